"""Every name of a row of the evidence on a page leads to the row; tests of other pages check it of those."""

from pathlib import Path

import pytest

from bpssim.report.barriers.sheets import SHEETS
from bpssim.report.pattern_table import print_patterns
from bpssim.report.published_table import print_published
from bpssim.scenario.evidence import HOW_TO_READ_ROWS, ROW, evidence
from bpssim.scenario.influences.catalogue import catalogue
from bpssim.scenario.influences.influence import Catalogue
from bpssim.scenario.reading.writing import to_yaml
from tests.command_line import SMALL, done
from tests.report.pages import Page, check_rows

pytestmark = pytest.mark.usefixtures("undrawn", "workplace")
FACTORS = """\
name: tried
scenarios: [site1]
changes: {population.births_per_year: 200, run.warm_up_days: 14}
replicates: 1
factors:
  answering: {evidence: P3}
  strength: {path: support.strength, range: [0, 1.6]}
"""
DESIGN = "design: {kind: latin_hypercube, size: 8}\n"
TARGETS = "calibration: {targets: {any_6w: {value: 0.4, error: 0.3, evidence: O21}}, accepted: 20}\n"
SEARCH = """\
name: tried
scenarios: [site1]
changes: {population.births_per_year: 200, run.warm_up_days: 14}
replicates: 1
factors:
  calls: {path: pathways.call_48h.attempts.most, levels: [1, 3]}
  follow: {path: pathways.follow_up.active, levels: [true, false]}
search: {objectives: {any_6w: more}, candidates: 10, generation: 10, final_replicates: 2}
"""


def check(path: str, *rows: str) -> None:
    page = Page(Path(path))
    check_rows(page)
    assert {f"#{row}" for row in rows} <= set(page.links)


def test_pages_of_a_study_and_of_its_sensitivity_analysis() -> None:
    Path("tried.yaml").write_text(FACTORS + DESIGN, encoding="utf-8")
    done("sweep", "tried.yaml", "--out", "out")
    done("sensitivity", "tried.yaml", "--out", "out")
    check("out/report.html", "P3", "D12")
    check("out/sensitivity.html", "P3")


def test_the_page_of_a_calibration() -> None:
    Path("tried.yaml").write_text(FACTORS + TARGETS, encoding="utf-8")
    done("calibrate", "tried.yaml", "--out", "out")
    check("out/report.html", "P3", "O21")


def test_the_page_of_a_search() -> None:
    Path("tried.yaml").write_text(SEARCH, encoding="utf-8")
    done("frontier", "tried.yaml", "--out", "out")
    check("out/report.html", "P3", "D12")


def test_sheets_of_one_side_name_no_rows_because_paper_leads_nowhere() -> None:
    some = {name: catalogue().influences[name] for name in ("ward", "language")}
    Path("some.yaml").write_text(to_yaml(Catalogue(influences=some)), encoding="utf-8")
    done("barriers", "site1", *SMALL, "--set", "learning.influences=some.yaml", "--replicates", "2", "--out", "out")
    check("out/report.html", *some["ward"].evidence)
    for name in SHEETS:
        assert evidence().keys().isdisjoint(ROW.findall(Page(Path("out", name)).text)), name


def test_in_the_terminal_it_is_said_how_to_read_a_row(capsys: pytest.CaptureFixture[str]) -> None:
    assert HOW_TO_READ_ROWS in done("sensitivity", "--list").stdout
    done("new", "mine", "--from", "site1")
    assert "bpssim evidence P3 prints a row" in Path("mine.yaml").read_text(encoding="utf-8")
    print_patterns([], 2)
    assert HOW_TO_READ_ROWS in capsys.readouterr().out
    print_published([], 2)
    assert HOW_TO_READ_ROWS in capsys.readouterr().out
