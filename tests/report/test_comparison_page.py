"""The report of a comparison: what it claims follows from the files, and everybody can read it."""

import csv
import json
from pathlib import Path
from shutil import copytree

import pytest

from bpssim.report.assumptions import assumptions
from bpssim.report.elements import Table
from bpssim.report.page import write_report
from bpssim.scenario.reading.messages import BadInput
from bpssim.scenario.scenario import load
from bpssim.studies.comparison.rows import ImportanceRow
from bpssim.studies.results_folder.csv_files import write_csv
from tests.command_line import SMALL, done, setting
from tests.report.pages import Page, check_page
from tests.small import SETTINGS

MINUS = "\N{MINUS SIGN}"
pytestmark = pytest.mark.usefixtures("undrawn")


def make(folder: Path, *arguments: str) -> Path:
    done("compare", *arguments, *SMALL, "--out", str(folder))
    return folder


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page") / "compared"
    return make(folder, "site1", "site1_half_budget", "site1_data_none", "--uncertainty", "10")


@pytest.fixture
def copied(kept: Path, tmp_path: Path) -> Path:
    copytree(kept, tmp_path, dirs_exist_ok=True)
    change_manifest(tmp_path, files={})  # which would tell that tables have other rows than were written
    return tmp_path


def test_a_table_that_has_lost_rows_is_named(kept: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copytree(kept, copy)
    for name in ("cascade.csv", "changed.csv"):
        text = (copy / name).read_text(encoding="utf-8")
        (copy / name).write_text("".join(text.splitlines(keepends=True)[:-2]), encoding="utf-8")
        with pytest.raises(BadInput, match=rf"{name}: was changed since it was written"):
            write_report(copy)
        (copy / name).write_text(text, encoding="utf-8")
    write_report(copy)


@pytest.fixture
def without_draws(copied: Path) -> Path:
    """The same without draws of the inputs."""
    change_manifest(copied, uncertainty=None)
    return copied


def change_manifest(folder: Path, **parts: object) -> None:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    (folder / "manifest.json").write_text(json.dumps({**manifest, **parts}), encoding="utf-8")


def again(folder: Path) -> Page:
    write_report(folder)
    return check_page(folder / "report.html")


def rewrite(path: Path, metric: str = "", **cells: object) -> None:
    """Change cells in all rows of a file, or in those of one metric."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [
            {**row, **(cells if row.get("metric", "") in (metric, "") or not metric else {})}
            for row in csv.DictReader(file)
        ]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def rewrite_each(path: Path, metric: str, differences: dict[str, float], half: float) -> None:
    """Give each alternative a difference in one metric, with an interval of this half width."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["metric"] == metric:
            middle = differences[row["scenario"]]
            row |= {"difference": str(middle), "lower": str(middle - half), "upper": str(middle + half)}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def set_extra(folder: Path, lower: float, mothers: float, upper: float, quadrant: str = "icer") -> None:
    limits = {"extra_mothers": mothers, "extra_mothers_lower": lower, "extra_mothers_upper": upper}
    rewrite(folder / "equity_impact.csv", **limits)
    price = {"cost_per_additional_6w": 35.0, "lower": 30.0, "upper": 41.0, "not_priced": "", "quadrant": quadrant}
    rewrite(folder / "cost_effectiveness.csv", **limits, **price)
    rewrite(folder / "comparison.csv", "cost_total", difference=460.0, lower=450.0, upper=470.0)


def test_it_answers_first_and_tells_all_there_is(kept: Path) -> None:
    page = check_page(kept / "report.html")
    titles = [title for _, title in page.headings]
    assert titles[0] == "What changes with each of 2 alternatives to site1?"
    assert titles[1] == "In short"
    assert titles[2:6] == ["What changes, by quintile", "What not to conclude", "What this rests on", "Annex"]
    assert titles[-1] == "Where this comes from"
    for words in (
        "What is compared",
        "fewer mothers are lost",
        "Whose story changes",
        "flatter gradient",
        "What it costs",
        "sure",
    ):
        assert any(words in title for title in titles), words
    for words in (
        "half budget",
        "data none",
        "What if the hospital passed on nothing",
        "data_sharing.preset",
        "10 draws",
    ):
        assert words in page.text
    names = {str(picture["aria-labelledby"]).removesuffix("-title") for picture in page.pictures}
    assert {"difference_any_6w", "survival_quintile_1", "equity_plane", "cost_plane"} <= names


def test_one_alternative_is_asked_about_in_its_own_words_and_without_draws_nothing_is_best(tmp_path: Path) -> None:
    page = check_page(make(tmp_path / "out", "site1", "site1_half_budget") / "report.html")
    assert page.headings[0][1].startswith("What if the Site 1 service had half")
    assert "acceptability" not in page.source
    assert "is not in this comparison" in page.text


def test_many_alternatives_stay_apart(tmp_path: Path) -> None:
    names = ["half_budget", "data_none", "data_full", "ward_opt_out", "evening_calls", "interpreters"]
    page = check_page(make(tmp_path / "out", "site1", *(f"site1_{name}" for name in names)) / "report.html")
    assert "What changes with each of 6 alternatives" in page.text
    for name in names:
        assert name.replace("_", " ").capitalize() in page.text


def test_the_same_twice_has_no_difference_gap_or_price_to_tell(tmp_path: Path) -> None:
    page = check_page(make(tmp_path / "out", "site1", "site1", "--replicates", "1") / "report.html")
    assert "nothing at all differs in one pair of runs" in page.text
    assert "both scenarios have the same inputs" in page.text
    assert "would make no difference" not in page.text
    assert page.pictures == []
    assert "0 ±0" not in page.text


def test_one_pair_has_no_intervals(tmp_path: Path) -> None:
    page = check_page(make(tmp_path / "out", "site1", "site1_data_none", "--replicates", "1") / "report.html")
    assert "one pair of runs, which cannot separate an effect from chance, has" in page.text
    assert "there are no intervals" in page.text


def test_a_quintile_without_births_and_no_births_at_all(tmp_path: Path) -> None:
    mix = make(tmp_path / "mix", "site1", "site1_half_budget", "--set", "population.quintile_mix=[0, 1, 1, 1, 0]")
    assert "is not defined: one of them has no births" in check_page(mix / "report.html").text
    few = ["--set", "population.births_per_year=1", "--set", "run.window_days=1", "--replicates", "1"]
    done("compare", "site1", "site1_half_budget", *setting(SETTINGS[1]), *few, "--out", str(tmp_path / "no"))
    assert "These runs have no births" in check_page(tmp_path / "no" / "report.html").text


def test_more_mothers_at_a_price(without_draws: Path) -> None:
    set_extra(without_draws, 9.0, 13.0, 17.0)
    text = again(without_draws).text
    assert "there would be about 13 (9 to 17) more mothers still breastfeeding at six weeks" in text
    assert "time and travel cost £460 (£450 to £470) more, which is £35 (£30 to £41) per additional mother" in text


def test_there_is_no_price_where_part_of_the_change_has_none(without_draws: Path) -> None:
    set_extra(without_draws, 9.0, 13.0, 17.0)
    rewrite(without_draws / "cost_effectiveness.csv", not_priced="a data link")
    text = again(without_draws).text
    assert "no price per additional mother: part of what the change costs is not known" in text
    assert "Not priced (costs.other_per_year): a data link." in text
    assert "£35" not in text


def test_the_cost_plane_calls_nothing_cheaper_that_is_not_fully_priced(without_draws: Path) -> None:
    set_extra(without_draws, 9.0, 13.0, 17.0)
    rewrite(without_draws / "comparison.csv", "cost_total", difference=-15.17, lower=-27.3, upper=-3.0)
    page = again(without_draws)
    assert "Costs less than the base: half budget and data none" in page.text
    assert "time and travel cost £15 (£3 to £27) less" in page.text
    assert "Paid hours cost the same whether they are worked or not" in page.text
    rewrite(without_draws / "cost_effectiveness.csv", not_priced="a data link", quadrant="unclear")
    text = again(without_draws).text
    assert "Costs less than the base" not in text
    assert "No alternative clearly costs less than the base; part of what a change costs is not priced" in text


def test_over_draws_the_gradient_is_called_flatter_only_where_their_range_excludes_no_change(copied: Path) -> None:
    gain = {"equity_gain": 0.002, "equity_gain_lower": 0.001, "equity_gain_upper": 0.003}
    rewrite(copied / "equity_impact.csv", **gain)
    rewrite(copied / "comparison.csv", "sii_any_6w", difference=-0.002, lower=-0.003, upper=-0.001)
    drawn = {"difference": -0.002, "kind": "95 % of draws"}
    rewrite(copied / "uncertainty.csv", "sii_any_6w", lower=-0.007, upper=-0.0001, **drawn)
    assert "flatter gradient; the change in mothers may be chance" in again(copied).text
    rewrite(copied / "uncertainty.csv", "sii_any_6w", lower=-0.007, upper=0.001, **drawn)
    assert "flatter gradient; the change in mothers may be chance" not in again(copied).text


def test_what_may_be_chance_is_not_told_as_a_difference(without_draws: Path) -> None:
    set_extra(without_draws, -4.0, 13.0, 37.0)
    rewrite(without_draws / "comparison.csv", "any_6w", detectable=0.1)
    page = again(without_draws)
    assert (
        "these runs cannot tell whether more or fewer mothers would still be breastfeeding at six weeks: between "
        "4 fewer and 37 more" in page.text
    )
    assert "Nine of ten such comparisons would find a difference of 30 mothers" in page.text
    assert "no price per additional mother: more or fewer mothers could not be distinguished from chance" in page.text
    assert "£35" not in page.text
    assert "No alternative clearly has both more mothers and a flatter gradient" in page.text


def test_no_difference_in_any_pair_is_told_with_what_may_be_there(without_draws: Path) -> None:
    set_extra(without_draws, 0.0, 0.0, 0.0)
    text = again(without_draws).text
    assert "there is no difference in 3 pairs of runs in mothers still breastfeeding at six weeks" in text
    assert "so at most 1.0 a run (upper 95 % limit)" in text


def test_fewer_mothers_have_no_price(without_draws: Path) -> None:
    set_extra(without_draws, -17.0, -13.0, -9.0, "icer_sw")
    text = again(without_draws).text
    assert "about 13 (9 to 17) fewer mothers" in text
    assert "there are fewer; £35 (£30 to £41) is saved for each mother fewer" in text


def test_with_draws_the_headline_quotes_the_wider_interval_and_how_often_it_is_more(copied: Path) -> None:
    set_extra(copied, 9.0, 13.0, 17.0)
    shares = {"probability_more": 0.62, "probability_same": 0.08, "probability_fewer": 0.3, "share_of_inputs": 0.71}
    rewrite(
        copied / "uncertainty.csv", "any_6w", difference=0.05, lower=-0.5, upper=0.6, kind="95 % of draws", **shares
    )
    text = again(copied).text
    assert "over 10 draws of the inputs, these draws cannot tell whether more or fewer mothers" in text
    assert "13 (9 to 17)" not in text
    assert "more mothers breastfeed in 62 %, as many in 8 %, fewer in 30 %" in text
    assert "10 draws are too few to tell how much of the spread in mothers is due to the inputs (between 25 %" in text
    assert "uncertain inputs are too few to show which matter most" in text
    rewrite(copied / "uncertainty.csv", "any_6w", draws=200)
    assert "71 % (64 to 77) of the spread in mothers is due to the inputs, the rest to chance" in again(copied).text


@pytest.mark.parametrize(
    ("base", "alternative", "words"),
    [
        (0.30, 0.25, "narrows by 5 percentage points (4 to 6)"),
        (0.25, 0.30, "widens by 5 percentage points (4 to 6)"),
        (-0.30, -0.25, "narrows by 5 percentage points (4 to 6)"),
        (-0.02, 0.03, "reverses"),
    ],
)
def test_a_gap_narrows_whichever_way_it_leans(base: float, alternative: float, words: str, without_draws: Path) -> None:
    change = alternative - base
    limits = {"difference": change, "lower": change - 0.01, "upper": change + 0.01}
    rewrite(without_draws / "comparison.csv", base=base, alternative=alternative, **limits)
    assert f"least deprived quintile {words}" in again(without_draws).text


@pytest.mark.parametrize(
    ("other", "title"),
    [
        (0.0004, "data none changes most, +0.25 points in the most deprived quintile"),
        (0.0023, "change in points in the most deprived quintile: +0.23 with half budget and +0.25 with data none"),
        (-0.0023, f"{MINUS}0.23 with half budget and +0.25 with data none"),  # by size, whatever the direction
    ],
)
def test_a_title_ranks_only_what_chance_separates(other: float, title: str, without_draws: Path) -> None:
    sizes = {"site1_half_budget": other, "site1_data_none": 0.0025}
    rewrite_each(without_draws / "comparison.csv", "reach_day7", sizes, 0.0003)
    assert title in again(without_draws).text


def test_what_the_service_believes_is_explained_where_it_changes(copied: Path) -> None:
    page = again(copied)
    assert "believed_reach" in page.text
    assert "it sees whom it does not reach, and what it believes falls although nobody is lost" in page.text


def test_levelling_down_is_told(copied: Path) -> None:
    set_extra(copied, -17.0, -13.0, -9.0)
    gain = {"equity_gain": 0.02, "equity_gain_lower": 0.01, "equity_gain_upper": 0.03, "levelling_down": True}
    rewrite(copied / "equity_impact.csv", **gain)
    assert "Levelling down with half budget and data none" in again(copied).text
    rewrite(copied / "equity_impact.csv", equity_gain_lower=-0.01)
    assert "Levelling down" not in again(copied).text


def test_inputs_that_matter_are_named_with_their_paths(copied: Path) -> None:
    rows = [ImportanceRow("site1_data_none", "any_6w", "all", "support.resolves", -0.41)]
    write_csv(copied / "importance.csv", ImportanceRow._fields, rows)
    text = again(copied).text
    assert "Inputs that matter most" in text
    assert "support.resolves" in text
    assert "\N{MINUS SIGN}0.41" in text


@pytest.mark.parametrize(
    ("reached", "words"),
    [(0.004, "±0.004 was reached; not met"), (0.0, "no pair differs, so its width is unknown; not met")],
)
def test_precision_that_was_asked_for_is_told(reached: float, words: str, copied: Path) -> None:
    told = {"scenario": "site1_data_none", "metric": "any_6w", "quintile": "1", "half_width": 0.002, "reached": reached}
    change_manifest(copied, precision=[{**told, "met": False}])
    assert f"for any_6w in quintile 1 ±0.002 was asked, and after 3 pairs of runs {words}" in again(copied).text


def test_a_scenario_tells_in_how_many_pairs_it_is_on_the_frontier(without_draws: Path) -> None:
    rewrite(without_draws / "frontier.csv", share_on_frontier=0.35, share_of="pairs")
    text = again(without_draws).text
    assert "On the frontier, of pairs" in text
    assert "35 %" in text


def test_what_an_alternative_adds_to_the_assumptions_comes_first() -> None:
    base, alternative = (load(name) for name in ("site2", "site2_midwife_sign_up"))
    section = assumptions([base, alternative], {"site2": "site2", "site2_midwife_sign_up": "midwife sign up"})
    first, second, *_ = (block for block in section.blocks if isinstance(block, Table))
    assert first.caption == "Added or changed by midwife sign up. Grade C: assumptions, to be varied (4)"
    assert {row.detail for row in first.rows} == {
        "pathways.midwife_sign_up.reached",
        "pathways.midwife_sign_up.connects",
        "pathways.midwife_sign_up.connects.effects.0.odds",
        "pathways.midwife_sign_up.connects.effects.1.odds",
    }
    assert second.caption.startswith("In site2, the base. Grade C")
    alone = assumptions([base], {"site2": "site2"})
    assert any(isinstance(block, Table) and block.caption.startswith("Grade C") for block in alone.blocks)
