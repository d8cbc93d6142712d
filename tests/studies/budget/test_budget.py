"""A budget: levers in order with those that cannot be had, the same mothers for all, amounts of a year."""

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import bpssim as bps
from bpssim.scenario.reading.messages import BadInput
from bpssim.scenario.resized.hours import at_its_size, paid_hours_per_week
from bpssim.scenario.scenario import load
from bpssim.studies.budget.budget import Budget, budget
from bpssim.studies.budget.how import how_in_words
from bpssim.studies.budget.levers.hours import MORE_HOURS
from bpssim.studies.budget.prices import prices_with
from bpssim.studies.budget.scaling import Option
from bpssim.studies.comparison.comparison import Comparison
from bpssim.studies.results_folder.reading import read_budget
from tests.small import small

SITE1 = small()


@pytest.fixture(scope="module")
def found() -> Budget:
    return budget(SITE1, 12_000.0, replicates=4, uncertainty=10)


def test_every_lever_is_listed_the_best_first_and_what_cannot_be_had_last(found: Budget) -> None:
    rows = Budget.levers.rows(found)
    assert {row.lever for row in rows} == {option.lever.name for option in found.options}
    usable = [row for row in rows if row.scenario]
    assert rows[: len(usable)] == usable
    assert [row.rank for row in usable] == sorted(row.rank for row in usable)
    assert usable[0].rank == 1
    (dear,) = [row for row in rows if not row.scenario]
    assert dear.lever == "weekend_ward"
    assert dear.reason.startswith("its first step costs £")
    assert math.isnan(dear.extra_mothers)


def test_every_two_levers_are_compared(found: Budget) -> None:
    usable = [row.lever for row in Budget.levers.rows(found) if row.scenario]
    pairs = Budget.pairs.rows(found)
    assert len(pairs) == len(usable) * (len(usable) - 1) // 2
    assert {pair.lever for pair in pairs} | {pair.other for pair in pairs} == set(usable)
    assert all(pair.told_apart == (pair.lower > 0.0 or pair.upper < 0.0) for pair in pairs)


def test_mothers_are_those_of_the_comparison(found: Budget) -> None:
    compared = {
        (row.scenario, row.quintile): row.difference
        for row in Comparison.comparison.rows(found.comparison)
        if row.metric == "any_6w"
    }
    births = found.comparison.estimates[0].value[0]  # the first metric
    for row in Budget.levers.rows(found):
        if row.scenario:
            assert row.extra_mothers == pytest.approx(compared[row.scenario, "all"] * births[5], abs=0.15)
            assert row.extra_mothers_1 == pytest.approx(compared[row.scenario, "1"] * births[0], abs=0.15)


def test_shares_of_draws_in_which_a_lever_is_best_make_a_whole(found: Budget) -> None:
    rows = [row for row in Budget.levers.rows(found) if row.scenario]
    assert sum(row.share_best for row in rows) == pytest.approx(1.0)
    assert all(row.drawn_mothers_lower <= row.drawn_mothers <= row.drawn_mothers_upper for row in rows)


def test_the_levers_have_the_mothers_of_the_base(found: Budget) -> None:
    births = [[summary["births"] for summary in run.summaries] for run in found.comparison.runs]
    assert all(np.array_equal(births[0], each) for each in births)


def test_the_number_of_threads_does_not_matter(found: Budget) -> None:
    again = budget(SITE1, 12_000.0, replicates=4, uncertainty=10, workers=3)
    assert repr(Budget.levers.rows(again)) == repr(Budget.levers.rows(found))


def test_amounts_are_those_of_a_year_whatever_the_length_of_the_runs() -> None:
    longer = small("run.window_days=730", "population.births_per_year=100")
    rows = Budget.levers.rows(budget(longer, 12_000.0, replicates=2))
    assert all(row.extra_cost == pytest.approx(12_000.0, rel=0.01) for row in rows if row.scenario)


def test_a_cut_ranks_what_does_least_harm() -> None:
    rows = Budget.levers.rows(budget(SITE1, -60_000.0, replicates=3))
    assert rows[0].extra_mothers == max(row.extra_mothers for row in rows if row.rank == 1)
    assert all(row.extra_cost == pytest.approx(-60_000.0, rel=0.01) for row in rows if row.scenario)
    assert {"hours", "without_call_48h", "without_ward"} <= {row.lever for row in rows}


def test_a_sum_that_buys_nothing_is_refused() -> None:
    for pounds in (0.0, math.inf, -200_000.0):
        with pytest.raises(BadInput):
            budget(SITE1, pounds)
    with pytest.raises(BadInput, match="no paid supporters"):
        budget("site1_no_service", 1_000.0)


def test_a_team_scaled_to_births_works_the_hours_of_its_place() -> None:
    scaled = load("site1", ["team.scale_to_births=4000"])
    whole = at_its_size(scaled)
    assert whole.team.scale_to_births is None
    assert paid_hours_per_week(whole) == pytest.approx(0.75 * 57.6, rel=1e-3)
    volunteers = [kind for kind in whole.team.supporters.values() if not kind.paid]
    assert sum(kind.count * kind.weekly_hours for kind in volunteers) == pytest.approx(0.75 * 36.0, rel=1e-3)
    assert at_its_size(SITE1) == SITE1


@pytest.mark.usefixtures("undrawn")
def test_it_is_saved_and_read_back(found: Budget, tmp_path: Path) -> None:
    saved = read_budget(bps.save(found, tmp_path / "kept"))
    assert [row.lever for row in saved.budget] == [row.lever for row in Budget.levers.rows(found)]
    assert saved.manifest.more == 12_000.0
    assert (tmp_path / "kept" / "report.html").is_file()


def test_how_says_who_works_more_and_when() -> None:
    hours = {"monday": 3.4, "tuesday": 3.4, "wednesday": 3.4, "friday": 3.4}
    more = SITE1.with_({"team.supporters.paid_part": {"hours": hours}})
    said = how_in_words(SITE1, Option(MORE_HOURS, more), prices_with({}))
    assert said == "one more person with 3.4 hours on Monday to Wednesday and Friday"
    fewer = SITE1.with_("team.supporters.paid.count", 2)
    assert how_in_words(SITE1, Option(MORE_HOURS, fewer), prices_with({})) == "two people instead of three"
    assert how_in_words(SITE1, Option(MORE_HOURS, SITE1), prices_with({})) == "no hours change"


def test_it_is_part_of_the_package() -> None:
    assert bps.budget is budget


def test_scenarios_have_names_and_questions_of_their_own(found: Budget) -> None:
    assert found.comparison.names[0] == "site1"
    assert "site1_midwife_sign_up" in found.comparison.names
    questions = [run.scenario.question for run in found.comparison.runs[1:]]
    assert all("£12,000 more a year" in question for question in questions)
    long = replace(found).base.model_copy(update={"name": "x" * 60})
    assert all(len(name) <= 60 for name in budget(long, 12_000.0, replicates=2).comparison.names)
