"""`bpssim places`: what there is, what a part of a name finds, and completion in the shell."""

from functools import partial

import pytest

from bpssim.cli import main
from bpssim.commands.completion import Bash
from tests import command_line

call = partial(command_line.call, "places")


def test_without_a_text_the_kinds_are_counted() -> None:
    lines = call().stdout.splitlines()
    assert [line.split(maxsplit=1) for line in lines[:2]] == [["361", "district"], ["43", "former district"]]
    assert ["6,784", "ward"] in [line.split(maxsplit=1) for line in lines]
    assert len(lines) < 15
    assert "bpssim places TEXT finds those with a name" in lines[-1]


def test_places_of_a_name_are_listed_with_what_to_write_births_and_mix() -> None:
    lines = call("devon").stdout.splitlines()
    assert " ".join(lines[0].split()) == "kind write code in areas births mix by quintile, %"
    assert " ".join(lines[1].split()) == "county Devon (county) E10000008 England 474 6,489 7 26 33 26 8"
    assert "NHS Devon" in lines[2]
    assert len(lines) == 42
    assert lines[-1].endswith("more; write more of the name")
    assert "former district  Carlisle" in call("carlisle").stdout
    assert call("castle", "cambridge").stdout.splitlines()[1].startswith("ward  Castle, Cambridge")
    assert "not known" in call("belfast").stdout


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("south northamptonshire", "E07000155  West Northamptonshire "),
        ("poole", "as Bournemouth, Christchurch and Poole "),
        ("taunton deane", "as Somerset "),
    ],
)
def test_a_former_district_is_listed_with_what_it_is_part_of_or_what_is_used_for_it(text: str, told: str) -> None:
    [line] = (line for line in call(*text.split()).stdout.splitlines() if line.startswith("former district"))
    assert told in line


def test_a_name_that_is_not_there_gets_the_same_help_as_in_a_scenario() -> None:
    result = call("Isle of Man")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.strip() == (
        "unknown place 'Isle of Man'; it is not part of the United Kingdom, and only that is known here"
    )


# As bash gives the words: the sign = stands alone.
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["places", "Rochd"], "Rochdale"),
        (["places", "blackburn\\ w"], r"Blackburn\\ with\\ Darwen"),
        (["run", "site1", "--set", "population.place", "=", "Rochd"], "Rochdale"),
        (["check", "site1", "--set", "population.place", "=", "Castle,\\ Cambr"], r"Castle,\\ Cambridge"),
        (["compare", "site1", "site2", "--set", "population.place", "=", "nhs\\ dev"], r"NHS\\ Devon"),
        (["run", "site1", "--set", "population.place", "="], r"Aberdeen\\ City"),
        (["run", "site1", "--set", "run.replicates", "=", "1"], ""),
        (["pla"], "places"),
    ],
)
def test_names_are_completed_in_bash(monkeypatch: pytest.MonkeyPatch, words: list[str], expected: str) -> None:
    monkeypatch.setenv("COMP_WORDS", " ".join(["bpssim", *words]))
    monkeypatch.setenv("COMP_CWORD", str(len(words)))
    completed = Bash(main, {}, "bpssim", "_BPSSIM_COMPLETE").complete().splitlines()
    assert completed[:1] == ([f"plain,{expected}"] if expected else [])
