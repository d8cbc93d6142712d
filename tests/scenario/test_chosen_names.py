"""Names that some system or table could not keep apart are refused at the start, wherever a name may stand."""

from pathlib import Path
from typing import Any

import pytest

from bpssim.scenario.reading.messages import BadInput
from bpssim.scenario.scenario import Scenario, load
from bpssim.studies.comparison.compare import compare
from tests.command_line import call
from tests.small import small

PLACES: dict[str, dict[str, Any]] = {
    "pathways": {"active": False, "opens": {"on": "booking"}, "needs": ["phone"], "steps": [{"channel": "call"}]},
    "team.supporters": {"hours": {"monday": 1}},
    "team.duties": {"weekdays": ["monday"], "minutes": 30, "by": "paid", "task": "supervision"},
    "data_sharing.feeds": {"items": ["name"]},
    "review.counts": {"pathways": ["ward_visit"], "per_quarter": 1},
    "review.policies": {"when": {"review": 1}, "target_weight": 2},
}
"""Where names stand, and something to be called so."""
RESERVED = ["any", "Any", "con", "AUX", "nul", "com1", "LPT9"]
MISSHAPEN = ["a/b", "a\\b", "name ", ".hidden", "a.", "..", "größe", "x" * 61, "a\nb", "a\x1b[2J", "a\u202eb", ""]


@pytest.fixture(scope="module")
def site1() -> Scenario:
    return load("site1")


def refused(scenario: Scenario, place: str, value: object) -> str:
    with pytest.raises(BadInput) as caught:
        scenario.with_(place, value)
    return str(caught.value)


@pytest.mark.parametrize("place", PLACES)
def test_names_of_every_kind_are_refused_alike(place: str, site1: Scenario) -> None:
    what = PLACES[place]
    for name in RESERVED:
        assert "choose another name" in refused(site1, place, {name: what}), name
    for name in MISSHAPEN:
        assert "should be a name made of up to 60 letters" in refused(site1, place, {name: what}), name
    assert "'New' and 'new' differ by case only" in refused(site1, place, {"New": what, "new": what})
    assert site1.with_(place, {"Good-1_name": what})


@pytest.mark.parametrize("name", [*RESERVED, *MISSHAPEN])
def test_names_of_scenarios_are_refused_by_check_and_new_too(name: str, workplace: Path) -> None:
    for arguments in (["check", "site1", "--set", f"name='{name}'"], ["new", name, "--from", "site1"]):
        result = call(*arguments)
        assert result.exit_code == 2, result.output
        assert "name" in result.stderr
    assert list(workplace.iterdir()) == []


@pytest.mark.parametrize(
    ("languages", "words"),
    [
        (["Urdu", "urdu"], "'Urdu' and 'urdu' differ by case only"),
        (["English"], "English is spoken anyway"),
        (["a\x1b"], "should be the name of a language"),
        ([" urdu"], "should be the name of a language"),
        (["u" * 61], "should be the name of a language"),
    ],
)
def test_languages_can_be_told_apart_in_a_table(languages: list[str], words: str, site1: Scenario) -> None:
    bare = site1.with_("population.languages", {})
    assert words in refused(bare, "population.languages", dict.fromkeys(languages, 1.0))
    assert bare.with_("population.languages", {"Brazilian Portuguese": 1.0, "Français": 1.0})


def test_scenarios_that_differ_by_case_only_are_not_compared() -> None:
    with pytest.raises(BadInput, match="Site1: name: differs from site1 only by case"):
        compare(small(), small("name=Site1"))


@pytest.mark.parametrize(
    "arguments", [["check", "a\udcff.yaml"], ["run", "site1", "--out", "a\udcff"], ["report", "a\udcff"]]
)
def test_names_of_files_that_are_not_utf_8_are_refused(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a\udcff.yaml").write_text("extends: site1\nname: a\n", encoding="utf-8")
    result = call(*arguments)
    assert (result.exit_code, result.stderr) == (
        2,
        f"{arguments[-1]}: is not UTF-8 text; give the file or folder another name\n".replace("\udcff", "\\udcff"),
    )


def test_a_folder_whose_name_is_not_utf_8_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a\udcff").mkdir()
    monkeypatch.chdir(tmp_path / "a\udcff")
    result = call("run", "site1")
    assert result.exit_code == 2
    assert "is not UTF-8 text" in result.stderr
