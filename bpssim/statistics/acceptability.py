"""Which scenario is best for all that is known of the parameters, and what knowing them would be worth (metrics, 6).

All of these need draws of the parameters. Replicates with fixed parameters differ by luck only: with more of them every
share goes to 0 or 1 and says nothing. Inside each draw, enough replicates have to be averaged
(`bpssim.statistics.parameter_uncertainty`).
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.statistics.checks import refuse_not_finite
from bpssim.statistics.cost_effectiveness import net_benefit

Values = NDArray[np.float64]


class BestOnAverage(NamedTuple):
    """The scenario of highest mean net benefit at each willingness to pay; arrays of shape (willingness,)."""

    scenario: NDArray[np.int64]  # its place among the scenarios, from 0
    share: Values  # share of draws in which it is the best


def acceptability(costs: NDArray[Any], effects: NDArray[Any], willingness: NDArray[Any]) -> Values:
    """Share of draws in which each scenario has the highest net benefit, shape (willingness, scenarios).

    Of equals the first counts, which is the base.

    Parameters
    ----------
    costs, effects
        Cost [GBP] and mothers who breastfeed in each draw of the parameters, shape (draws, scenarios) each.
    willingness
        To pay for one more mother who breastfeeds [GBP], shape (willingness,).

    Raises
    ------
    ValueError
        If a value is infinite or undefined.
    """
    best = _net_benefits(costs, effects, willingness).argmax(axis=2)
    return np.asarray((best[:, :, np.newaxis] == np.arange(costs.shape[1])).mean(axis=1))


def acceptability_frontier(costs: NDArray[Any], effects: NDArray[Any], willingness: NDArray[Any]) -> BestOnAverage:
    """The scenario to choose on average, and the share of draws in which the choice is right.

    Parameters
    ----------
    costs, effects, willingness
        As of `acceptability`.

    Raises
    ------
    ValueError
        As `acceptability`.
    """
    scenario = _net_benefits(costs, effects, willingness).mean(axis=1).argmax(axis=1)
    shares = acceptability(costs, effects, willingness)
    return BestOnAverage(scenario, shares[np.arange(len(scenario)), scenario])


def value_of_perfect_information(costs: NDArray[Any], effects: NDArray[Any], willingness: NDArray[Any]) -> Values:
    """What it would be worth, for this cohort, to know the parameters before choosing [GBP], shape (willingness,).

    Parameters
    ----------
    costs, effects, willingness
        As of `acceptability`.

    Raises
    ------
    ValueError
        As `acceptability`.
    """
    benefits = _net_benefits(costs, effects, willingness)
    chosen = benefits.mean(axis=1).argmax(axis=1)
    kept = np.take_along_axis(benefits, chosen[:, np.newaxis, np.newaxis], axis=2)[:, :, 0]
    return np.asarray((benefits.max(axis=2) - kept).mean(axis=1))


def share_with_gain(cost_change: NDArray[Any], effect_change: NDArray[Any], willingness: NDArray[Any]) -> Values:
    """Share of draws in which an alternative has more net benefit than the base, shape (willingness,).

    Parameters
    ----------
    cost_change, effect_change
        Alternative minus base in each draw of the parameters, shape (draws,) each.
    willingness
        As of `acceptability`.

    Raises
    ------
    ValueError
        As `acceptability`.
    """
    return np.asarray((_net_benefits(cost_change, effect_change, willingness) > 0.0).mean(axis=1))


def _net_benefits(costs: NDArray[Any], effects: NDArray[Any], willingness: NDArray[Any]) -> Values:
    refuse_not_finite(costs, "draw")
    refuse_not_finite(effects, "draw")
    return net_benefit(costs, effects, willingness)
