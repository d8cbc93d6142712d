"""The tables in the terminal: whole numbers at every width, and sense in the smallest runs."""

import re
from pathlib import Path

import pytest

from bpssim.outcomes.decisions import DecisionRow
from bpssim.report.decisions import KindOfDecision, kinds_of_decisions
from bpssim.report.formatting import UNDEFINED
from tests.command_line import SMALL, done, setting


@pytest.fixture(autouse=True)
def unwritten(workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bpssim.report.page.write_report", lambda *_: None)  # it takes longer than the run


def printed(columns: int, *settings: str) -> list[str]:
    result = done("run", "site1", *SMALL, *setting(*settings), "--out", "out", columns=columns)
    assert result.stderr == ""
    return result.stdout.splitlines()


def values(lines: list[str], label: str) -> list[str]:
    row = next(line for line in lines if line.strip().startswith(label))
    return re.sub(r"±\S+|\(.*?\)", "", row.strip().removeprefix(label)).split()


@pytest.mark.parametrize(("columns", "births"), [(60, 300), (80, 300), (60, 40_000), (80, 40_000)])
def test_nothing_is_cut_where_there_is_little_room(columns: int, births: int) -> None:
    setting = f"population.births_per_year={births}"
    narrow, wide = printed(columns, setting), printed(160, setting)
    assert max(map(len, narrow)) <= columns
    assert "…" not in "".join(narrow)
    for label in ("Births", "Reached ever, %", "Contacts a birth", "No first move was made"):
        assert values(narrow, label)[:6] == values(wide, label)[:6]
    assert values(narrow, "% of births") == ["1", "2", "3", "4", "5", "all"]
    assert "  was not breastfeeding then" in [line.rstrip() for line in narrow]


def test_a_terminal_too_narrow_for_any_table_breaks_the_lines_by_itself() -> None:
    narrow = printed(20)
    assert "…" not in "".join(narrow)
    assert 20 < max(map(len, narrow)) <= 60


@pytest.mark.parametrize(("columns", "limits"), [(60, 0), (80, 1), (150, 6)])
def test_there_are_limits_where_there_is_room_for_them(columns: int, limits: int) -> None:
    line = next(line for line in printed(columns) if "Reached ever" in line)
    assert line.count("±") + line.count(" to ") == limits


def test_the_share_of_no_births_is_a_dash() -> None:
    lines = printed(100, "population.quintile_mix=[1, 0, 1, 1, 1]", "run.replicates=1")
    assert values(lines, "Births")[1] == "0"
    assert values(lines, "Reached ever, %")[1] == values(lines, "Before any pathway opened")[1] == UNDEFINED


def test_a_run_without_births_has_no_losses_to_show() -> None:
    lines = printed(100, "population.births_per_year=1", "run.window_days=1", "run.replicates=1")
    assert values(lines, "Births") == ["0"] * 6
    assert values(lines, "Reached ever, %") == [UNDEFINED] * 6
    assert "Where mothers were lost" not in "".join(lines)


def test_the_use_of_time_is_told_of_paid_and_of_volunteer_hours() -> None:
    used = r"Team time used: (\S+) % .*?of its hours: (\S+) % .*?of paid and (\S+) % .*?of volunteer hours\."
    found = re.search(used, " ".join(" ".join(printed(100)).split()).replace("\N{NO-BREAK SPACE}", " "))
    assert found
    whole, paid, volunteer = map(float, found.groups())
    assert min(paid, volunteer) < whole < max(paid, volunteer)
    only_paid = "".join(printed(100, "team.supporters.volunteer.paid=true"))
    assert "of its hours." in only_paid
    assert "volunteer hours" not in only_paid


def test_decisions_are_told_with_the_runs_in_which_they_were_made() -> None:
    events = [
        DecisionRow(0, "a", 91, "review", "end of quarter 1", ""),
        DecisionRow(0, "a", 30, "opened x", "", ""),
        DecisionRow(0, "b", 60, "opened x", "", ""),
        DecisionRow(2, "a", 400, "opened x", "", ""),
        DecisionRow(1, "a", 364, "closed y", "", ""),
    ]
    assert kinds_of_decisions(events, {"x": "An x"}) == [
        KindOfDecision('opened "An x"', 2, 2, ""),
        KindOfDecision("closed y", 1, 12, ""),
    ]
    assert kinds_of_decisions(events[:1], {}) == []
