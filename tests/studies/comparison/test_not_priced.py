"""What a change costs beside the team's time, and that there is no price for a mother until the planner says it."""

import math

import pytest

import bpssim as bps
from bpssim.scenario.reading import ready
from bpssim.studies.comparison.comparison import Comparison
from bpssim.studies.comparison.not_priced import not_priced
from tests.small import small

NOTHING_ELSE = ("site1_half_budget", "site1_interpreters", "site1_data_minimal", "site2_groups_doubled")

ALTERNATIVES = {
    "site1_evening_calls": "evening hours",
    "site1_postcode": "data agreements",
    "site1_ward_opt_out": "more mothers",
    "site1_local_supporters": "finding and training",
    "site1_retender": "another organisation",
    "site2_midwife_sign_up": "professionals' time",
}


@pytest.mark.parametrize(("name", "says"), ALTERNATIVES.items())
def test_ready_questions_say_what_nothing_prices(name: str, says: str) -> None:
    base, alternative = bps.load(name[:5]), bps.load(name)
    assert any(says in what for what in not_priced(base, alternative))
    assert any(says in what for what in not_priced(alternative, base))  # nor is what would be saved


@pytest.mark.parametrize("name", NOTHING_ELSE)
def test_work_of_the_team_is_priced(name: str) -> None:
    assert not_priced(bps.load(name[:5]), bps.load(name)) == ()


def test_other_hours_minutes_priorities_and_prices_are_priced() -> None:
    other = small(
        "team.supporters.paid.count=5",
        "team.duties.ward.minutes=90",
        "pathways.text_day_4.active=true",
        "pathways.call_48h.priority=3",
        "pathways.call_48h.attempts.most=5",
        "objectives.target_weight=4",
        "costs.paid_hour=40",
        "run.replicates=3",
    )
    assert not_priced(small(), other) == ()


def test_the_planner_says_what_it_costs_or_that_it_costs_nothing() -> None:
    base = bps.load("site1")
    for stated in (0, 12_000):
        assert not_priced(base, bps.load("site1_interpreters", [f"costs.other_per_year={stated}"])) == ()
    dearer = bps.load("site1", ["costs.other_per_year=5000"])
    inherited = bps.load("site1_interpreters", ["costs.other_per_year=5000"])
    assert not_priced(dearer, inherited)  # what both have says nothing about the change
    assert not_priced(dearer, bps.load("site1_interpreters", ["costs.other_per_year=9000"])) == ()


@pytest.mark.parametrize("name", ready.names())
def test_a_scenario_beside_itself_changes_nothing_that_costs(name: str) -> None:
    assert not_priced(bps.load(name), bps.load(name)) == ()


def test_a_price_for_a_mother_is_given_once_the_change_is_priced() -> None:
    base, hidden = small("support.strength=0"), small("support.strength=1", "name=hidden")
    stated = small("support.strength=1", "name=stated", "costs.other_per_year=20000")
    comparison = bps.compare(base, hidden, stated, replicates=12)
    without, with_price = Comparison.cost_effectiveness.rows(comparison)
    assert math.isnan(without.cost_per_additional_6w)
    assert "making support more effective" in without.not_priced
    assert with_price.not_priced == ""
    assert with_price.cost_per_additional_6w == pytest.approx(with_price.extra_cost / with_price.extra_mothers)
    assert with_price.extra_cost == pytest.approx(without.extra_cost + 20000.0)
    reported = comparison.comparison.query("metric == 'cost_per_additional_6w'").difference
    assert reported.isna().tolist() == [True, False]
