"""`bpssim story`: what it prints where, how it finds mothers, and what it leaves behind."""

import json
from functools import partial
from pathlib import Path

import pytest

from tests import command_line
from tests.command_line import SMALL

pytestmark = pytest.mark.usefixtures("workplace")
call = partial(command_line.call, "story")


def data(*arguments: str) -> dict[str, object]:
    result = call(*arguments, "--json")
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    found: dict[str, object] = json.loads(result.stdout)
    return found


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_two_services_stand_side_by_side_at_every_width(columns: int, workplace: Path) -> None:
    settings = [*SMALL, "--set", "population.births_per_year=900"]
    result = call("site1", *settings, "--against", "site1_interpreters", "--pick", "changed=any", columns=columns)
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    lines = [line.rstrip() for line in result.stdout.splitlines()]
    assert max(map(len, lines)) <= columns
    assert "…" not in result.stdout
    head = next(line for line in lines if line.startswith(("age", "baby's age")) and "site1" in line)
    assert head.split()[-2:] == ["site1", "site1_interpreters"]
    whole = " ".join(result.stdout.split())
    for words in ("mothers, the same in both services,", "are newly reached", "Birth.", "End of follow-up", "the same"):
        assert words in whole
    assert list(workplace.iterdir()) == []


def test_a_mother_of_the_table_is_told_by_her_id_and_replicate() -> None:
    chosen = data("site1", *SMALL, "--pick", "quintile=1,started=yes", "--seed", "4")
    same = data("site1", *SMALL, "--mother", str(chosen["mother"]), "--seed", "2", "--replicate", "2")
    assert chosen["services"] == same["services"]
    assert same["found"] == []
    assert str(chosen["found"]).count("quintile=1,started=yes") == 1


def test_without_a_choice_it_is_one_who_gains() -> None:
    settings = [*SMALL, "--set", "population.births_per_year=900"]
    first = data("site1_half_budget", *settings, "--against", "site1_interpreters")
    same = ("--mother", str(first["mother"]))
    assert (
        first["services"] == data("site1_half_budget", *settings, "--against", "site1_interpreters", *same)["services"]
    )
    assert "changed=gained" in str(first["found"])
    assert "breastfeed longer" in str(first["found"])
    assert [service["scenario"] for service in first["services"]] == ["site1_half_budget", "site1_interpreters"]  # type: ignore[attr-defined]


def test_a_folder_appears_whole_and_may_be_replaced(workplace: Path) -> None:
    arguments = ("site1", *SMALL, "--pick", "quintile=1", "--out", "told")
    for _ in range(2):
        result = call(*arguments)
        assert (result.exit_code, result.stderr) == (0, ""), result.output
        assert result.stdout.splitlines()[-1] == "Files: told"
    assert [path.name for path in workplace.iterdir()] == ["told"]
    assert {path.name for path in (workplace / "told").iterdir()} >= {"story.html", "story.svg", "story.png"}


def test_a_folder_of_others_is_refused_before_anything_is_run(workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (workplace / "mine").mkdir()
    (workplace / "mine" / "thesis.txt").touch()
    monkeypatch.setattr("bpssim.studies.story.cast.gather", lambda *_: pytest.fail("simulated in vain"))
    result = call("site1", *SMALL, "--pick", "quintile=1", "--out", "mine")
    assert result.exit_code == 2
    assert "holds other files" in result.stderr


def test_a_failure_leaves_no_folder(workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("bpssim.report.story.folder.story_page", full)
    result = call("site1", *SMALL, "--pick", "quintile=1", "--out", "told")
    assert result.exit_code == 1
    assert "No space left" in result.stderr
    assert list(workplace.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["site1"], "choose a mother with"),
        (["site1", "--mother", "1", "--pick", "quintile=1"], "not both"),
        (["sit1", "--mother", "1"], "did you mean 'site1'?"),
        (["site1", "--mother", "1", "--against", "sit1"], "did you mean 'site1'?"),
        (["site1", *SMALL, "--mother", "999999"], "mothers gave birth in its recruitment window"),
        (["site1", *SMALL, "--mother", str(2**64)], "mothers gave birth in its recruitment window"),
        (["site1", *SMALL, "--mother", "999999", "--against", "site1_interpreters"], "is not in this run"),
        (["site1", *SMALL, "--mother", "x"], "--mother"),
        (["site1", *SMALL, "--pick", "quintle=1"], "did you mean 'quintile'?"),
        (["site1", *SMALL, "--pick", "quintile=7"], "`quintile=7` alone leaves none"),
        (["site1", *SMALL, "--against", "site2"], "does not have the same mothers as site1"),
        (
            ["site1", "--against", "site1_year2"],
            "scenarios are compared over the same periods",
        ),
        (["site1", *SMALL, "--against", "site1"], "alters the outcome of none"),
        (["site1", *SMALL, "--mother", "1", "--place", "Rochdale"], "is not a place of site1"),
        (["site1", *SMALL, "--mother", "1", "--replicate", "-1"], "--replicate"),
        (["site1", *SMALL, "--mother", "1", "--seed", "-1"], "'--seed': -1 is not in the range"),
        (["site1", *SMALL, "--mother", "1", "--set", "population.place=Rochdal"], "Rochdale"),
    ],
)
def test_bad_input_is_one_message_and_exit_code_2(arguments: list[str], message: str, workplace: Path) -> None:
    result = call(*arguments)
    assert result.exit_code == 2, result.output
    assert message in result.stderr
    assert "Traceback" not in result.output
    assert result.stdout == ""
    assert list(workplace.iterdir()) == []
