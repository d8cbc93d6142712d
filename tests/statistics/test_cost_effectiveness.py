"""Cost and effect of scenarios, by worked examples and by what must always hold."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from bpssim.statistics.acceptability import (
    acceptability,
    acceptability_frontier,
    share_with_gain,
    value_of_perfect_information,
)
from bpssim.statistics.cost_effectiveness import cost_per_mother, net_benefit, net_benefit_gain
from bpssim.statistics.frontier import Standing, against_base, frontier, shares_on_frontier

COST = np.array([21200, 19850, 23410, 20120, 22640, 21980, 20470, 22030])
EFFECT = np.array([126, 101, 138, 109, 117, 131, 98, 124])

COSTS = np.array([0.0, 60000.0, 95000.0, 120000.0])  # none, peer_phone, drop_in, proactive
EFFECTS = np.array([900.0, 1010.0, 1000.0, 1180.0])

scenarios = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=8, unique=True)
draws = arrays(float, (7, 3), elements=st.integers(-100, 100))
LEVELS = np.array([0.0, 1.0, 3.5, 20.0])


def test_cost_per_additional_mother_by_hand() -> None:
    found = cost_per_mother(COST, EFFECT)
    assert found == ("icer", *(pytest.approx(x, abs=1e-6) for x in (181.885593, 170.747501, 195.295432)), "")


def test_net_benefit_by_hand() -> None:
    found = net_benefit_gain(COST, EFFECT, np.array([180.0, 200.0]))
    assert found.mean == pytest.approx([-222.50, 2137.50])
    assert found.lower == pytest.approx([-1636.606, 502.732], abs=1e-3)
    assert found.upper == pytest.approx([1191.606, 3772.268], abs=1e-3)
    assert net_benefit(COST, EFFECT, np.array([180.0])).mean() == pytest.approx(-222.50)


def test_limits_of_the_ratio_are_where_net_benefit_is_as_likely_a_loss() -> None:
    found = cost_per_mother(COST, EFFECT)
    gain = net_benefit_gain(COST, EFFECT, np.array([found.lower, found.upper]))
    assert gain.upper[0] == pytest.approx(0.0, abs=1e-6)
    assert gain.lower[1] == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize(
    ("cost", "effect", "quadrant", "ratio"),
    [
        (300.0, 2.0, "icer", 150.0),
        (-300.0, 2.0, "dominant", math.nan),
        (0.0, 2.0, "dominant", math.nan),
        (300.0, -2.0, "dominated", math.nan),
        (0.0, -2.0, "dominated", math.nan),
        (-300.0, -2.0, "icer_sw", 150.0),
        (300.0, 0.0, "undefined", math.nan),
        (0.0, 0.0, "undefined", math.nan),
    ],
)
def test_a_ratio_has_a_label_or_is_not_given(cost: float, effect: float, quadrant: str, ratio: float) -> None:
    found = cost_per_mother(np.array([cost]), np.array([effect]))
    assert found.quadrant == quadrant
    assert found.ratio == pytest.approx(ratio, nan_ok=True)
    assert np.isnan([found.lower, found.upper]).all()
    assert found.flag == ("no_effect" if math.isnan(ratio) else "one_replicate")
    plane = against_base(np.array([1000.0, 1000.0 + cost]), np.array([50.0, 50.0 + effect]))[1]
    assert plane == ("2", cost, effect, quadrant, pytest.approx(ratio, nan_ok=True))


def test_an_effect_that_may_be_nothing_has_a_ratio_without_limits() -> None:
    found = cost_per_mother(COST, EFFECT - 110)
    assert found.ratio == pytest.approx(21462.5 / 8)
    assert np.isnan([found.lower, found.upper]).all()
    assert found.flag == "effect_may_be_nil"


@pytest.mark.parametrize("price", np.arange(100.0, 300.0, 7.7))
def test_cost_and_effect_that_move_as_one_have_a_ratio_without_doubt(price: float) -> None:
    found = cost_per_mother(price * EFFECT, EFFECT.astype(float))
    assert found.ratio == pytest.approx(price)
    assert (found.lower, found.upper) == pytest.approx((price, price), rel=1e-6)


def test_a_ratio_needs_replicates() -> None:
    with pytest.raises(ValueError, match="no replicates"):
        cost_per_mother(np.array([]), np.array([]))


def test_a_frontier_by_hand() -> None:
    none, peer_phone, drop_in, proactive = frontier(COSTS, EFFECTS)
    assert [none.standing, peer_phone.standing, drop_in.standing, proactive.standing] == ["ND", "ED", "D", "ND"]
    assert proactive.ratio == pytest.approx(428.571429, abs=1e-6)
    assert np.isnan([none.ratio, peer_phone.ratio, drop_in.ratio]).all()
    rows = against_base(COSTS, EFFECTS)
    assert [row.ratio for row in rows[1:]] == pytest.approx([545.454545, 950.0, 428.571429], abs=1e-6)
    assert (proactive.name, proactive.extra_cost, proactive.extra_effect) == ("4", 120000.0, 280.0)
    assert np.isnan([none.extra_cost, none.extra_effect, drop_in.extra_cost]).all()
    names = ["none", "phone", "drop in", "proactive"]
    assert [row.name for row in frontier(COSTS, EFFECTS, names)] == names
    assert [row.name for row in against_base(COSTS, EFFECTS, names)] == names
    with pytest.raises(ValueError, match="there are 3 names and 4 scenarios"):
        frontier(COSTS, EFFECTS, names[1:])
    step = against_base(COSTS[[1, 3]], EFFECTS[[1, 3]])[1]
    assert step.ratio == pytest.approx(352.941176, abs=1e-6)


def test_shares_of_pairs_in_which_each_scenario_is_on_the_frontier() -> None:
    costs = np.tile(COSTS, (4, 1))
    effects = EFFECTS + np.array([[0, 0, 0, 0], [0, 60, 0, 0], [0, 0, 200, 0], [0, 0, 0, -300]])
    #               none proactive      none phone proactive  none drop_in   none phone
    assert shares_on_frontier(costs, effects).tolist() == [1.0, 0.5, 0.25, 0.5]
    twins = shares_on_frontier([[1.0, 1.0]], [[5.0, 5.0]])
    assert twins.tolist() == [1.0, 0.0]  # of equals the first, which is the base
    with pytest.raises(ValueError, match="no replicates"):
        shares_on_frontier(np.ones((0, 2)), np.ones((0, 2)))


@given(scenarios, st.randoms(use_true_random=False))
def test_a_frontier_rises_and_knows_no_order(drawn: list, order: object) -> None:
    costs, effects = np.array(drawn, float).T
    found = dict(zip(drawn, frontier(costs, effects), strict=True))
    on = sorted(scenario for scenario, row in found.items() if row.standing == Standing.ON_FRONTIER)
    assert np.all(np.diff([found[scenario].ratio for scenario in on[1:]]) >= 0.0)
    assert np.all(np.diff([effect for _, effect in on]) > 0.0)
    for scenario, row in found.items():
        no_worse = [other for other in drawn if other[0] <= scenario[0] and other[1] >= scenario[1]]
        assert (row.standing == Standing.DOMINATED) == (len(no_worse) > 1)
    order.shuffle(drawn)
    again = dict(zip(drawn, frontier(*np.array(drawn, float).T), strict=True))
    for scenario, row in found.items():
        assert again[scenario].standing == row.standing
        assert again[scenario].ratio == pytest.approx(row.ratio, nan_ok=True)
    dearer_and_no_better = (costs[0] + 1.0, effects[0])
    more = frontier(np.append(costs, dearer_and_no_better[0]), np.append(effects, dearer_and_no_better[1]))
    assert more[-1].standing == Standing.DOMINATED
    assert [row.standing for row in more[:-1]] == [row.standing for row in frontier(costs, effects)]


def test_a_scenario_that_a_mixture_only_equals_stays_on_the_frontier() -> None:
    rows = frontier(np.array([0.0, 10.0, 20.0]), np.array([0.0, 1.0, 2.0]))
    assert [row.standing for row in rows] == ["ND", "ND", "ND"]


@given(scenarios)
def test_some_scenario_on_the_frontier_is_best_at_any_willingness(drawn: list) -> None:
    costs, effects = np.array(drawn, float).T
    on = [row.standing == Standing.ON_FRONTIER for row in frontier(costs, effects)]
    benefits = net_benefit(costs, effects, LEVELS)
    assert benefits[:, on].max(axis=1) == pytest.approx(benefits.max(axis=1))


def test_shares_of_draws_with_a_gain_by_hand() -> None:
    found = share_with_gain(COST, EFFECT, np.array([150.0, 170.0, 180.0, 200.0, 220.0]))
    assert found == pytest.approx([0.0, 0.375, 0.5, 0.875, 1.0])
    assert share_with_gain(np.zeros(3), np.zeros(3), np.array([100.0])) == pytest.approx([0.0])


@given(draws, draws)
def test_shares_add_up_and_knowing_more_never_hurts(costs: np.ndarray, effects: np.ndarray) -> None:
    shares = acceptability(costs, effects, LEVELS)
    assert shares.sum(axis=1) == pytest.approx(np.ones(len(LEVELS)))
    assert np.all(value_of_perfect_information(costs, effects, LEVELS) >= 0.0)
    best = acceptability_frontier(costs, effects, LEVELS)
    assert best.share.tolist() == [shares[level, scenario] for level, scenario in enumerate(best.scenario)]


def test_draws_by_hand() -> None:
    costs = np.array([[0.0, 10.0], [0.0, 10.0], [0.0, 10.0]])
    effects = np.array([[0.0, 1.0], [0.0, 1.0], [0.0, 7.0]])  # gains at 5: -5, -5, 25
    levels = np.array([0.0, 5.0, 10.0])
    assert acceptability(costs, effects, levels) == pytest.approx(np.array([[1, 0], [2 / 3, 1 / 3], [2 / 3, 1 / 3]]))
    best = acceptability_frontier(costs, effects, levels)
    assert best.scenario.tolist() == [0, 1, 1]
    assert best.share == pytest.approx([1.0, 1 / 3, 1 / 3])
    assert value_of_perfect_information(costs, effects, levels) == pytest.approx([0.0, 10 / 3, 0.0])
