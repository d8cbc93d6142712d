"""`bpssim run`: with draws of the inputs, in the terminal, the page and the folder; and without a page."""

import csv
import json
from functools import partial
from pathlib import Path

import pytest

from bpssim.studies.comparison.rows import LevelRow
from tests import command_line
from tests.command_line import SMALL

pytestmark = pytest.mark.usefixtures("undrawn", "workplace")
call = partial(command_line.call, "run")


def test_levels_have_limits_over_draws_of_feeding_too() -> None:
    result = call("site1", *SMALL, "--out", "out", "--uncertainty", "10")
    assert result.exit_code == 0, result.output
    assert "Over 10 draws of the uncertain inputs" in " ".join(result.stdout.split())
    with Path("out/levels.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert tuple(header) == LevelRow._fields
    (six_weeks,) = (LevelRow(*row) for row in rows if row[1:3] == ["any_6w", "all"])
    assert float(six_weeks.lower) < float(six_weeks.value) - 0.02 < float(six_weeks.upper) - 0.04
    about = json.loads(Path("out/manifest.json").read_text(encoding="utf-8"))["uncertainty"]
    assert {"feeding", "support.strength"} <= {given["path"] for given in about["varied"]}
    assert not {given["path"] for given in about["held_fixed"]} & {"feeding.stopping_hazard", "feeding.difficulties"}
    page = Path("out/report.html").read_text(encoding="utf-8")
    assert "How sure the levels are" in page
    assert "one of a bank of baselines" in page


def test_without_draws_nothing_is_said_of_them_but_how_to_have_them() -> None:
    result = call("site1", *SMALL, "--out", "out")
    assert "--uncertainty adds ranges over the inputs" in " ".join(result.stdout.split())
    assert not Path("out/levels.csv").exists()
    assert "How sure the levels are" not in Path("out/report.html").read_text(encoding="utf-8")


def test_too_few_draws_are_refused() -> None:
    result = call("site1", *SMALL, "--uncertainty", "3")
    assert result.exit_code == 2
    assert "needs 10 to 100,000 draws" in result.stderr


def test_a_run_without_a_page_keeps_everything_else_and_gets_the_page_later() -> None:
    with_page, without = (call("site1", *SMALL, *asked, "--out", "out") for asked in ((), ("--no-page",)))
    assert (without.exit_code, without.stderr) == (0, "")
    assert without.stdout == with_page.stdout.replace("Report:  out/report.html\n", "")
    left = {path.name for path in Path("out").iterdir()}
    assert "summary.csv" in left
    assert not left & {"report.html", "figures"}
    assert command_line.call("report", "out").exit_code == 0
    assert {path.name for path in Path("out").iterdir()} - left == {"report.html", "figures"}


@pytest.mark.parametrize("asked", [("--png", "--no-page"), ("--no-page", "--png")])
@pytest.mark.parametrize("command", [("run", "site1"), ("compare", "site1", "site1_half_budget")])
def test_pictures_of_no_page_are_refused(command: tuple[str, ...], asked: tuple[str, str]) -> None:
    result = command_line.call(*command, *SMALL, *asked, "--out", "out")
    assert result.exit_code == 2
    assert "--png is for the figures of the page, which --no-page leaves out" in result.stderr
    assert not Path("out").exists()
