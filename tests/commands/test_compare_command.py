"""`bpssim compare`: what it prints, and what it leaves behind."""

import csv
import json
from functools import partial
from pathlib import Path

import pytest

from bpssim.studies.comparison.rows import ComparisonRow
from tests import command_line
from tests.command_line import SMALL

FILES = {
    "manifest.json",
    "report.html",
    "figures",
    "scenarios",
    "summary.csv",
    "metrics.csv",
    "between_runs.csv",
    "by_seed.csv",
    "cascade.csv",
    "survival.csv",
    "local_rate.csv",
    "comparison.csv",
    "pairing.csv",
    "changed.csv",
    "cost_effectiveness.csv",
    "net_benefit.csv",
    "frontier.csv",
    "equity_impact.csv",
    "plane.csv",
}

pytestmark = pytest.mark.usefixtures("undrawn", "workplace")
call = partial(command_line.call, "compare")


def test_it_prints_what_changes_and_keeps_it(workplace: Path) -> None:
    result = call("site1", "site1_interpreters", "site1_half_budget", *SMALL)
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    for words in (
        "Mothers: 300 births a year, with the quintile mix of the scenario",
        "site1_interpreters compared with site1",
        "site1_half_budget compared with site1",
        "What if the Site 1 service had telephone interpreters",
        "pathways.call_48h.removes",
        "Breastfeeds longer",
        "gains limited english",
        "independent runs would give",
        "stories of",
        "costs.other_per_year",
        "3 pairs of runs",
        "Results: results/site1-compared-1",
        "Report: results/site1-compared-1/report.html",
    ):
        assert words in " ".join(result.stdout.split())
    folder = workplace / "results" / "site1-compared-1"
    assert {path.name for path in folder.iterdir()} == FILES
    with (folder / "comparison.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert tuple(header) == ComparisonRow._fields
    assert {row[0] for row in rows} == {"site1_interpreters", "site1_half_budget"}
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["kind"] == "comparison"
    assert manifest["scenarios"] == ["site1", "site1_interpreters", "site1_half_budget"]
    assert {path.stem for path in (folder / "scenarios").iterdir()} == set(manifest["scenarios"])
    changes = manifest["differences"]["site1_interpreters"]
    told = {"path": "pathways.call_48h.removes", "words": "48-hour call: gains limited english", "unread": ""}
    assert {**told, "base": [], "alternative": ["limited_english"]} in changes


def test_json_is_all_that_is_printed_when_it_is_asked_for() -> None:
    result = call("site1", "site1", *SMALL, "--json", "--out", "out", "--uncertainty", "10", "--replicates", "1")
    told = json.loads(result.stdout)
    assert told["scenarios"] == ["site1", "site1-2"]
    assert {row["difference"] for row in told["comparison"]} <= {0.0, None}
    assert {path.name for path in Path("out").iterdir()} == FILES - {"figures"} | {
        "levels.csv",
        "uncertainty.csv",
        "importance.csv",
        "value_of_information.csv",
        "parameters.csv",
    }
    about = json.loads(Path("out/manifest.json").read_text(encoding="utf-8"))["uncertainty"]
    assert about["draws"] == 10
    assert {"costs.paid_hour", "access.area_residual"} <= {given["path"] for given in about["varied"]}
    assert all(given["reason"] for given in about["held_fixed"])


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_nothing_is_cut_where_there_is_little_room(columns: int) -> None:
    lines = call("site1", "site1_interpreters", *SMALL, "--out", "out", columns=columns).stdout.splitlines()
    assert max(map(len, lines)) <= columns
    assert "…" not in "".join(lines)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["site1"], "Missing argument 'ALT"),
        (["site1", "site9"], "did you mean 'site"),
        (["site1", "site1_year2", *SMALL], "compared over the same periods"),
        (["site1", "site1", "--precision", "any6w=0.1"], "did you mean 'any_6w'"),
        (["site1", "site1", "--replicates", "0"], "'--replicates': 0 is not"),
    ],
)
def test_bad_input_is_one_message_and_leaves_nothing(workplace: Path, arguments: list[str], says: str) -> None:
    result = call(*arguments)
    assert result.exit_code == 2
    assert says in result.stderr
    assert list(workplace.iterdir()) == []


def test_a_page_that_fails_takes_no_results_with_it(workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bpssim.report.page.write_report", lambda *_: [][1])
    result = call("site1", "site1", *SMALL, "--out", "out")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1] == (
        "failed: the results are kept, without their page (IndexError: list index out of range); "
        "`bpssim report out` makes it again"
    )
    assert "3 pairs of runs" in result.stdout
    assert {path.name for path in (workplace / "out").iterdir()} == FILES - {"report.html", "figures"}


def test_a_comparison_without_a_page_keeps_everything_else(workplace: Path) -> None:
    result = call("site1", "site1", *SMALL, "--no-page", "--out", "out")
    assert result.exit_code == 0
    assert "failed" not in result.stderr
    assert {path.name for path in (workplace / "out").iterdir()} == FILES - {"report.html", "figures"}
