"""A local rate in the terminal, on the page and in the folder: what was published, what the model gives, what moved."""

import re
from pathlib import Path

import pytest

import bpssim as bps
from bpssim.report.local_rate import local_rate_in_words, local_rate_section
from bpssim.scenario.scenario import Scenario, load
from bpssim.statistics.groups import GROUPS
from bpssim.studies.local_rate import fit, mothers
from bpssim.studies.local_rate.rows import LocalRateRow
from tests.command_line import SMALL, done, setting
from tests.report.pages import Page
from tests.small import small

NAN = float("nan")


def rows_of(case: str, published: dict[str, float]) -> list[LocalRateRow]:
    return [
        LocalRateRow(rate, group, published.get(rate, NAN) if group == "all" else NAN, *values, case, 40)
        for rate, values in {
            "initiation": (0.701, 0.698, 0.704, 0.700, 0.654),
            "any_2w": (0.557, 0.554, 0.560, 0.541, 0.506),
            "any_6w": (0.463, 0.460, 0.466, 0.439, 0.414),
        }.items()
        for group in reversed(GROUPS)
    ]


def told(scenario: Scenario, rows: list[LocalRateRow], of_several: bool = False) -> str:
    return " ".join(local_rate_in_words(scenario, rows, of_several)).replace("\N{NO-BREAK SPACE}", " ")


def test_all_is_said_of_a_rate_with_the_service() -> None:
    scenario = small(
        "feeding.local={any_6w: 0.464, source: rates.csv}", "feeding.moved={starting: 0.3, stopping_later: 0.8}"
    )
    assert told(scenario, rows_of("with_service", {"any_6w": 0.464})) == (
        "Local rate: any breastfeeding at 6 to 8 weeks 46.4 % (rates.csv), measured with the service. The model gives "
        "46.3 % (46.0 to 46.6), \N{MINUS SIGN}0.1 points from it. That is measured on other mothers than those to whom "
        "feeding was fitted, so what is left is mostly chance; the rate of one year's 300 births has a standard error "
        "of 2.9 points itself. To reach that, feeding was moved alike in all quintiles: initiation from 65.4 to "
        "70.1 %, and the hazard of stopping times 1.00 in the first 14 days and "
        "times 0.80 from then on. No initiation was given; it moves by as many log odds as the later rate, which is an "
        "assumption (grade C). Without the service, any breastfeeding at 6 to 8 weeks would be 43.9 %. At 6 to 8 weeks "
        "in quintiles 1 to 5: 46, 46, 46, 46, 46 %. The gradient by quintile is that of the baseline (site1_like); it "
        "was not measured there."
    )
    assert told(scenario, []) == ""


def test_all_is_said_of_rates_without_the_service() -> None:
    rates = {"initiation": 0.7, "any_6w": 0.464}
    local = "feeding.local={initiation: 0.7, any_6w: 0.464, measured: without_service}"
    scenario = small(local, "feeding.moved={starting: 0.3, stopping_early: 0.8, stopping_later: 0.8}")
    words = told(scenario, rows_of("without_service", rates), of_several=True)
    assert "weeks 46.4 %, measured without the service." in words
    assert "70.1 % (69.8 to 70.4), +0.1 points from it; 46.3 %" in words
    assert (
        "the hazard of stopping times 0.80. With the service, any breastfeeding at 6 to 8 weeks would be 43.9 %"
        in words
    )
    assert words.endswith("This is the service of site1. Feeding was moved once, and as much in all other scenarios.")
    nobody = load("site1_no_service", [local, "feeding.moved={}"])
    assert "With the service," not in told(nobody, rows_of("without_service", rates))


def test_the_page_has_a_table_by_quintile() -> None:
    scenario = small("feeding.local.any_6w=0.464", "feeding.moved={}")
    (section,) = local_rate_section(scenario, rows_of("with_service", {"any_6w": 0.464}))
    _, table = section.blocks
    assert [row.head for row in table.rows] == 3 * [  # type: ignore[union-attr]
        "With feeding moved to the local rate", "The same, without the service", "With feeding not moved",
    ]  # fmt: skip
    assert [row.cells[-1] for row in table.rows][-3:] == ["46.3 ±0.3", "43.9", "41.4"]  # type: ignore[union-attr]
    assert local_rate_section(scenario, []) == []
    nobody = load("site1_no_service", ["feeding.local.any_6w=0.464", "feeding.moved={}"])
    (section,) = local_rate_section(nobody, rows_of("with_service", {"any_6w": 0.464}))
    assert [row.head for row in section.blocks[1].rows] == 3 * [  # type: ignore[union-attr]
        "With feeding moved to the local rate", "With feeding not moved",
    ]  # fmt: skip


def test_a_run_keeps_what_moves_so_that_it_is_repeated_without_fitting(
    workplace: Path, undrawn: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mothers, "BIRTHS", 2000)
    monkeypatch.setattr(mothers, "_MOST", 6)
    table = "Area code,Area,Breastfed at 6-8 weeks in 2023/24 (%)\nE08000005,Rochdale,46.4 [note 1]\n"
    Path("rates.csv").write_text(table)
    place = setting("population.place=Rochdale", "feeding.local.file=rates.csv", "population.births_per_year=300")
    first = done("run", "site1", *SMALL, *place, "--replicates", "2", "--out", "first", columns=200)
    said = re.sub(r"\s+", " ", first.stdout)
    assert "Local rate: any breastfeeding at 6 to 8 weeks 46.4 % (rates.csv: Rochdale (E08000005), " in said
    page = Page(Path("first/report.html"))
    assert "Local rate: any breastfeeding at 6 to 8 weeks 46.4 %" in page.board
    assert "The gradient by quintile is that of the baseline (national_2024); it was not measured there." in page.text
    kept = load("first/scenario.yaml").feeding
    assert (kept.local.any_6w, kept.local.file, kept.moved is None) == (0.464, None, False)  # type: ignore[union-attr]

    monkeypatch.setattr(fit, "_moved", None)  # which would fail if it were called
    monkeypatch.setattr("bpssim.report.page.write_report", lambda *_: None)
    done("run", "first/scenario.yaml", "--replicates", "2", "--out", "second")
    for name in ("summary.csv", "local_rate.csv", "scenario.yaml"):
        assert Path("first", name).read_bytes() == Path("second", name).read_bytes()


def test_check_says_that_feeding_will_be_moved(workplace: Path) -> None:
    said = done("check", "site1", *setting("feeding.local.any_6w=0.46")).stdout.replace("\N{NO-BREAK SPACE}", " ")
    assert "Feeding: any breastfeeding at 6 to 8 weeks 46.0 %, measured with the service; moved to that when it" in said


def test_a_comparison_and_a_story_are_told_at_the_rate(
    workplace: Path, undrawn: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mothers, "BIRTHS", 600)
    local = setting("feeding.local={any_6w: 0.46, measured: without_service}")
    compared = done(
        "compare", "site1", "site1_no_service", *SMALL, *local, "--replicates", "2", "--out", "out", columns=200
    )
    assert "Feeding was moved once, and as much in all other scenarios." in re.sub(r"\s+", " ", compared.stdout)
    assert "Local rate: any breastfeeding at 6 to 8 weeks 46.0 %" in Page(Path("out/report.html")).board
    moved = [load(f"out/scenarios/{name}.yaml").feeding.moved for name in ("site1", "site1_no_service")]
    assert moved[0] == moved[1] != None  # noqa: E711
    one = small("feeding.local={any_6w: 0.46, measured: without_service}")
    mother = int(bps.run(one, replicates=1).mothers["id"].iloc[0])
    assert bps.story(one, mother).scenario.feeding.moved == moved[0]
