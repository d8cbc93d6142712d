"""`bpssim budget`: what it prints, and what it leaves behind."""

import json
from functools import partial
from pathlib import Path

import pytest

from tests import command_line
from tests.command_line import SMALL

FILES = {
    "manifest.json",
    "report.html",
    "figures",
    "scenarios",
    "metrics.csv",
    "summary.csv",
    "comparison.csv",
    "budget.csv",
    "budget_pairs.csv",
}

pytestmark = pytest.mark.usefixtures("undrawn", "workplace")
call = partial(command_line.call, "budget")


def test_it_prints_the_answer_and_keeps_it(workplace: Path) -> None:
    result = call("site1", "--more", "12000", "--replicates", "3", *SMALL, columns=100)
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    for words in (
        "Mothers: 300 births a year, with the quintile mix of the scenario",
        "What is the best use of £12,000 more a year?",
        "Sign-up by midwives",
        "More hours of the same",
        "rank",
        "the team already has unused time",
        "How each was scaled",
        "Not to be had",
        "The ward at weekends: its first step costs £",
        "assumed (grade C)",
        "Not priced",
        "Results: results/site1-budget-1",
        "Report: results/site1-budget-1/report.html",
    ):
        assert words in " ".join(result.stdout.split()), words
    folder = workplace / "results" / "site1-budget-1"
    assert {path.name for path in folder.iterdir()} == FILES
    again = command_line.call("report", str(folder))
    assert again.exit_code == 0, again.output


def test_it_prints_json_and_nothing_else(workplace: Path) -> None:
    result = call("site1", "--more=-30000", "--replicates", "2", *SMALL, "--json", "--out", "cut")
    found = json.loads(result.stdout)
    assert found["more"] == -30000
    assert found["replicates"] == 2
    assert found["levers"][0]["rank"] == 1
    assert {row["lever"] for row in found["levers"]} >= {"hours", "without_ward"}
    assert (workplace / "cut" / "budget.csv").is_file()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--more", "0"), "--more: should be a sum of money a year"),
        (("--more=-1e6",), "cuts all the money for paid hours, which is 102,117 GBP a year; cut less"),
        (("--more", "5", "--price", "datalink=5"), "did you mean 'data_link'?"),
        (("--more", "5", "--price", "data_link"), "name of a price and a number"),
        (("--more", "5", "--uncertainty", "3"), "needs 10 to 100,000 draws"),
        (("--more", "5", "--set", "team.unlimited=true"), "team.unlimited: is true: the team's time has no limit"),
    ],
)
def test_bad_input_is_refused_before_any_run(arguments: tuple[str, ...], message: str, workplace: Path) -> None:
    result = call("site1", *arguments, *SMALL)
    assert result.exit_code == 2
    assert message in result.stderr
    assert "Traceback" not in result.output
    assert not list(workplace.iterdir())


def test_the_page_can_be_left_out_and_made_later(workplace: Path) -> None:
    command_line.done("budget", "site1", "--more", "12000", "--replicates", "2", *SMALL, "--no-page", "--out", "kept")
    assert {path.name for path in (workplace / "kept").iterdir()} == FILES - {"report.html", "figures"}
    command_line.done("report", "kept")
    assert (workplace / "kept" / "report.html").is_file()


def test_a_folder_of_another_kind_is_not_replaced(workplace: Path) -> None:
    command_line.done("run", "site1", *SMALL, "--out", "kept")
    result = call("site1", "--more", "12000", *SMALL, "--out", "kept")
    assert result.exit_code == 2
    assert "holds results of another kind, which a budget does not replace" in result.stderr
    assert (workplace / "kept" / "scenario.yaml").is_file()
