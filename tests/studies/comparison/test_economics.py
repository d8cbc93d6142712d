"""Cost per additional mother, net benefit, frontier and planes of a comparison."""

import math

import numpy as np
import pytest

import bpssim as bps
from bpssim.outcomes.metrics import METRICS, Summary
from bpssim.statistics.equity_impact import impact_of
from bpssim.statistics.groups import ALL, GROUPS
from bpssim.studies.comparison.comparison import Comparison
from bpssim.studies.comparison.differences import widest_rows
from bpssim.studies.comparison.economics import (
    Limits,
    cost_row,
    frontier_rows,
    impact_in_words,
    impact_row,
    net_benefit_rows,
    plane_rows,
)
from tests.small import small


def summaries(cost: list[float], share: list[float]) -> list[Summary]:
    """Replicates of 1,000 births, 200 in each quintile, with the same share in all."""
    found = []
    for spent, part in zip(cost, share, strict=True):
        summary = {name: np.full(len(GROUPS), math.nan) for name in METRICS}
        summary["births"] = np.array([200.0] * 5 + [1000.0])
        summary["any_6w"] = np.full(len(GROUPS), part)
        summary["cost_total"][ALL] = spent
        summary["sii_any_6w"][ALL] = 0.0
        found.append(summary)
    return found


# The worked example of cost: changes of cost and of mothers in eight paired replicates.
COST = [21200.0, 19850.0, 23410.0, 20120.0, 22640.0, 21980.0, 20470.0, 22030.0]
MOTHERS = [126.0, 101.0, 138.0, 109.0, 117.0, 131.0, 98.0, 124.0]
BASE = summaries([0.0] * 8, [0.3] * 8)
BETTER = summaries(COST, [0.3 + number / 1000 for number in MOTHERS])


def test_the_worked_example() -> None:
    row = cost_row("x", BASE, BETTER)
    assert row.quadrant == "icer"
    assert (row.extra_cost, row.extra_mothers) == pytest.approx((21462.5, 118.0))
    assert row.cost_per_additional_6w == pytest.approx(181.885593, abs=1e-6)
    assert (row.lower, row.upper) == pytest.approx((170.747501, 195.295432), abs=1e-6)
    assert (row.reason, row.not_priced) == ("", "")
    at_100 = net_benefit_rows("x", BASE, BETTER, None)[1]
    assert at_100.willingness_to_pay == 100.0
    assert at_100.net_benefit == pytest.approx(100.0 * 118 - 21462.5)
    assert math.isnan(at_100.probability_best)


@pytest.mark.parametrize(
    ("cost", "mothers", "quadrant", "words"),
    [
        (-1.0, 1.0, "dominant", "for no more money"),
        (1.0, -1.0, "dominated", "no more mothers"),
        (-1.0, -1.0, "icer_sw", "saving for each mother lost"),
        (1.0, 0.0, "undefined", "as many mothers as before"),
    ],
)
def test_a_ratio_that_would_mislead_is_not_given_and_the_reason_is(
    cost: float, mothers: float, quadrant: str, words: str
) -> None:
    row = cost_row("x", BASE, summaries([1000.0 * cost] * 8, [0.3 + mothers / 100] * 8))
    assert row.quadrant == quadrant
    assert words in row.reason
    assert math.isnan(row.cost_per_additional_6w) == (quadrant != "icer_sw")


@pytest.mark.parametrize("sign", [-1.0, 1.0])
@pytest.mark.parametrize("up", [0.01, 0.009, 0.008])
def test_there_is_no_quadrant_where_the_effect_may_be_nil(sign: float, up: float) -> None:
    """Neither better, nor worse, nor exactly as many on average."""
    spent = [sign * (1000.0 + n) for n in range(8)]
    row = cost_row("x", BASE, summaries(spent, [0.3 + d for d in [up, -0.009] * 4]))
    assert row.quadrant == "unclear"
    assert math.isnan(row.cost_per_additional_6w)
    assert math.isnan(row.lower)
    assert "includes 0" in row.reason


def test_there_is_no_quadrant_where_the_cost_may_be_the_same() -> None:
    row = cost_row("x", BASE, summaries([9.0, -8.0] * 4, [0.31] * 8))
    assert row.quadrant == "unclear"
    assert "change in cost includes 0" in row.reason


@pytest.mark.parametrize("alternative", [BETTER, summaries([-9.0] * 8, [0.31] * 8)])
def test_a_change_that_nobody_has_priced_has_no_quadrant_and_no_price(alternative: list[Summary]) -> None:
    row = cost_row("x", BASE, alternative, ("interpreters", "a data link"))
    assert row.quadrant == "unclear"
    assert row.extra_mothers_lower > 0.0
    assert np.isnan([row.cost_per_additional_6w, row.lower, row.upper]).all()
    assert "that of the team's time alone" in row.reason
    assert row.not_priced == "interpreters; a data link"


@pytest.mark.parametrize("cost", [-1000.0, 0.0, 1000.0])
def test_one_replicate_has_no_price(cost: float) -> None:
    row = cost_row("x", BASE[:1], summaries([cost], [0.31]))
    assert math.isnan(row.cost_per_additional_6w)
    assert row.quadrant == "unclear"
    assert "one replicate" in row.reason


def test_the_frontier_is_in_order_of_cost_with_what_is_not_worth_a_thought() -> None:
    runs = [summaries([cost] * 2, [share] * 2) for cost, share in ((0, 0.9), (60e3, 0.911), (95e3, 0.91), (12e4, 0.98))]
    rows = frontier_rows(["none", "phone", "drop_in", "proactive"], runs)
    assert [(row.scenario, row.status) for row in rows] == [
        ("none", "on the frontier"),
        ("phone", "extendedly dominated"),
        ("drop_in", "dominated"),
        ("proactive", "on the frontier"),
    ]
    assert (rows[-1].extra_cost, rows[-1].extra_mothers, rows[-1].ratio) == pytest.approx((120e3, 80.0, 1500.0))
    assert [row.share_on_frontier for row in rows] == [1.0, 0.0, 0.0, 1.0]


def test_the_frontier_says_in_what_share_of_pairs_or_draws_each_is_on_it() -> None:
    base, other = summaries([0.0] * 4, [0.9] * 4), summaries([100.0] * 4, [0.95, 0.95, 0.95, 0.85])
    by_pairs = {row.scenario: row for row in frontier_rows(["a", "b"], [base, other])}
    assert (by_pairs["b"].status, by_pairs["b"].share_on_frontier, by_pairs["b"].share_of) == (
        "on the frontier",
        0.75,
        "pairs",
    )
    by_draws = frontier_rows(["a", "b"], [base, other], [base[:2], other[2:]])
    assert {(row.scenario, row.share_on_frontier, row.share_of) for row in by_draws} == {
        ("a", 1.0, "draws"),
        ("b", 0.5, "draws"),
    }


def test_a_plane_has_a_point_for_each_replicate_whose_mean_is_the_estimate() -> None:
    points = plane_rows("x", "replicate", BASE, BETTER)
    assert np.mean([point.extra_mothers for point in points]) == pytest.approx(118.0)
    assert [point.extra_cost for point in points] == COST


def test_a_gap_that_narrows_because_somebody_loses_is_levelling_down() -> None:
    base, worse = summaries([0.0] * 4, [0.4] * 4), summaries([0.0] * 4, [0.4] * 4)
    for n, (before, after) in enumerate(zip(base, worse, strict=True)):
        before["any_6w"][:ALL] = [0.2, 0.3, 0.4, 0.5, 0.6]
        after["any_6w"][:ALL] = [0.2, 0.3, 0.4, 0.5, 0.5 + 0.001 * n]
        before["sii_any_6w"][ALL], after["sii_any_6w"][ALL] = 0.5, 0.4
    row = impact_row("x", base, worse)
    assert row.levelling_down
    assert row.equity_gain == pytest.approx(0.1)
    assert row.sii_change == pytest.approx(-0.1)


@pytest.mark.parametrize(
    ("mothers", "gain", "words"),
    [
        ((9.0, 4.0, 14.0), (0.01, 0.005, 0.015), "more mothers, flatter gradient"),
        ((9.0, -1.0, 19.0), (0.01, 0.005, 0.015), "flatter gradient; the change in mothers may be chance"),
        ((9.0, 4.0, 14.0), (-0.01, -0.025, 0.005), "more mothers; the change in the gradient may be chance"),
        ((9.0, -1.0, 19.0), (-0.01, -0.025, 0.005), "no change beyond chance"),
    ],
)
def test_the_label_is_of_the_gradient_and_claims_no_direction_that_chance_may_bring(
    mothers: Limits, gain: Limits, words: str
) -> None:
    assert impact_in_words(impact_of(mothers[0], gain[0]), mothers, gain) == words


@pytest.fixture(scope="module")
def drawn() -> Comparison:
    return bps.compare(small(), small("team.supporters.paid.count=2", "name=fewer"), replicates=2, uncertainty=12)


def test_draws_widen_intervals_and_are_the_same_for_both(drawn: Comparison) -> None:
    assert drawn.uncertainty is not None
    rows = {(row.metric, row.quintile): row for row in drawn.uncertainty.uncertainty_rows()}
    cost = rows["cost_total", "all"]
    assert (cost.draws, cost.replicates_per_draw) == (12, 4)
    assert cost.lower < cost.difference < cost.upper < 0.0  # a supporter less is always cheaper, by an uncertain sum
    assert cost.probability_better == 1.0
    assert 0.9 < cost.share_of_inputs < 1.0 + 1e-9
    assert cost.kind == "range of all draws"
    differences = drawn.uncertainty.values[1] - drawn.uncertainty.values[0]
    own = differences[:, list(METRICS).index("cost_total"), ALL]
    assert (cost.lower, cost.upper) == (own.min(), own.max())
    assert cost.parameter_deviation > 10.0 * cost.monte_carlo_error / math.sqrt(12)
    assert math.isnan(rows["data_items", "all"].probability_better)
    for draw in drawn.uncertainty.drawn:
        ours, theirs = draw.draw.scenarios
        assert ours.costs == theirs.costs
        assert ours.population == theirs.population
    assert {row.point for row in Comparison.plane.rows(drawn)} == {"draw"}
    best = drawn.net_benefit
    assert best.probability_best.between(0.0, 1.0).all()
    assert best.probability_best.iloc[0] == 1.0  # at no price the cheaper one wins


def test_a_scenario_differs_from_itself_in_no_draw() -> None:
    same = bps.compare(small(), small(), replicates=1, uncertainty=10).uncertainty
    assert same is not None
    found = [row for row in same.uncertainty_rows() if not math.isnan(row.difference)]
    assert len(found) > 100
    assert all(row.difference == row.lower == row.upper == 0.0 for row in found)
    assert all(row.probability_better == 0.0 for row in found if row.metric == "any_6w")
    assert all((row.probability_more, row.probability_same, row.probability_fewer) == (0.0, 1.0, 0.0) for row in found)


def test_more_the_same_and_fewer_add_up_to_all_draws(drawn: Comparison) -> None:
    assert drawn.uncertainty is not None
    rows = [row for row in drawn.uncertainty.uncertainty_rows() if not math.isnan(row.difference)]
    for row in rows:
        assert row.probability_more + row.probability_same + row.probability_fewer == pytest.approx(1.0)
    mothers = next(row for row in rows if (row.metric, row.quintile) == ("any_6w", "all"))
    differences = drawn.uncertainty.values[1] - drawn.uncertainty.values[0]
    own = differences[:, list(METRICS).index("any_6w"), ALL]
    assert mothers.probability_more == np.mean(own > 1e-12)
    assert mothers.probability_fewer == np.mean(own < -1e-12)
    assert mothers.probability_better == mothers.probability_more
    assert next(row for row in rows if row.metric == "births").probability_same == 1.0


def test_a_headline_has_the_wider_of_two_intervals(drawn: Comparison) -> None:
    widest = {(row.metric, row.quintile): row for row in drawn.widest_rows}
    over_pairs = {(row.metric, row.quintile): row for row in Comparison.comparison.rows(drawn)}
    over_draws = {(row.metric, row.quintile): row for row in drawn.uncertainty_rows}
    kinds = set()
    for key, row in widest.items():
        pairs, draws = over_pairs[key], over_draws.get(key)
        widths = [pairs.upper - pairs.lower, draws.upper - draws.lower if draws else math.nan]
        assert row.upper - row.lower == pytest.approx(np.fmax(*widths), nan_ok=True)
        source = draws if draws and row.kind == draws.kind else pairs
        assert row[3:6] == pytest.approx(source[3:6] if source is draws else pairs[5:8], nan_ok=True)
        kinds.add(row.kind)
    assert kinds >= {"95 % over pairs of runs", "range of all draws"}
    without = widest_rows(Comparison.comparison.rows(drawn), [])
    assert {row.kind for row in without} <= {"95 % over pairs of runs", ""}


def test_few_draws_do_not_say_which_input_matters(drawn: Comparison) -> None:
    assert drawn.uncertainty is not None
    assert drawn.uncertainty.importance_rows() == []


@pytest.mark.parametrize("number", [-1, 1, 9])
def test_too_few_draws_are_refused(number: int) -> None:
    with pytest.raises(bps.BadInput, match="needs 10 to 100,000 draws"):
        bps.compare(small(), small(), uncertainty=number)
