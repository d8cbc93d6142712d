"""Cost-effectiveness acceptability curves, their frontier, and the value of perfect information (metrics, 6).

All of these need draws of the parameters (probabilistic sensitivity analysis). Replicates with fixed parameters differ
by chance alone: with more of them every share tends to 0 or 1 and says nothing. Within each draw, average enough
replicates (`bpssim.statistics.parameter_uncertainty`).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.statistics.checks import Axes, Numbers, Values, numbers
from bpssim.statistics.cost_effectiveness import net_benefit

DRAW: Axes = ("draw",)
DRAW_AND_SCENARIO: Axes = ("draw", "scenario")


class BestOnAverage(NamedTuple):
    """The scenario of highest mean net benefit at each willingness to pay; arrays of shape (willingness,)."""

    scenario: NDArray[np.int64]  # its index among the scenarios
    share: Values  # share of draws in which it is the best


def acceptability(costs: Numbers, effects: Numbers, willingness: Numbers) -> Values:
    """Acceptability curves: share of draws in which each scenario has the highest net benefit.

    Ties go to the first scenario, which is the base.

    Parameters
    ----------
    costs, effects
        Cost [GBP] and mothers who breastfeed in each draw of the parameters, shape (draws, scenarios) each.
    willingness
        Willingness to pay for one more mother who breastfeeds [GBP], shape (willingness,).

    Returns
    -------
    Values
        Shape (willingness, scenarios).
    """
    benefits = _net_benefits(costs, effects, willingness, DRAW_AND_SCENARIO)
    best = benefits.argmax(axis=2)
    return np.asarray((best[:, :, np.newaxis] == np.arange(benefits.shape[2])).mean(axis=1))


def acceptability_frontier(costs: Numbers, effects: Numbers, willingness: Numbers) -> BestOnAverage:
    """Acceptability frontier: the scenario of highest mean net benefit, and the share of draws in which it is best.

    Parameters are those of `acceptability`.
    """
    scenario = _net_benefits(costs, effects, willingness, DRAW_AND_SCENARIO).mean(axis=1).argmax(axis=1)
    shares = acceptability(costs, effects, willingness)
    return BestOnAverage(scenario, shares[np.arange(len(scenario)), scenario])


def value_of_perfect_information(costs: Numbers, effects: Numbers, willingness: Numbers) -> Values:
    """Expected value of perfect information about the parameters for this cohort [GBP], shape (willingness,).

    Parameters are those of `acceptability`.
    """
    benefits = _net_benefits(costs, effects, willingness, DRAW_AND_SCENARIO)
    chosen = benefits.mean(axis=1).argmax(axis=1)
    kept = np.take_along_axis(benefits, chosen[:, np.newaxis, np.newaxis], axis=2)[:, :, 0]
    return np.asarray((benefits.max(axis=2) - kept).mean(axis=1))


def share_with_gain(cost_change: Numbers, effect_change: Numbers, willingness: Numbers) -> Values:
    """Share of draws in which an alternative has a higher net benefit than the base, shape (willingness,).

    Parameters
    ----------
    cost_change, effect_change
        Alternative minus base in each draw of the parameters, shape (draws,) each.
    willingness
        As for `acceptability`.
    """
    return np.asarray((_net_benefits(cost_change, effect_change, willingness, DRAW) > 0.0).mean(axis=1))


def _net_benefits(costs: Numbers, effects: Numbers, willingness: Numbers, axes: Axes) -> Values:
    cost, effect = (
        numbers(given, f"as {what}", axes, missing=False) for given, what in ((costs, "cost"), (effects, "effect"))
    )
    if 0 in cost.shape:
        raise ValueError("there are no draws; a share of them needs at least 1")
    return net_benefit(cost, effect, willingness)
