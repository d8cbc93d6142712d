"""Several scenarios by cost and effect: which are worth a thought, and what each step up costs (metrics, section 6)."""

from enum import StrEnum
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.statistics.checks import refuse_not_finite
from bpssim.statistics.cost_effectiveness import Quadrant, quadrant_of


class Standing(StrEnum):
    """Whether a scenario is on the frontier."""

    ON_FRONTIER = "ND"
    DOMINATED = "D"  # another has at least its effect for no more cost
    EXTENDEDLY_DOMINATED = "ED"  # a mixture of two others has its effect for less


class OnFrontier(NamedTuple):
    """Where a scenario stands, and its cost per additional mother over the next cheaper one on the frontier.

    The ratio [GBP] is NaN for the cheapest on the frontier and for those that are not on it.
    """

    standing: Standing
    ratio: float


class AgainstBase(NamedTuple):
    """Change of cost and effect against the base, its label, and its ratio where that has a meaning (else NaN)."""

    cost: float
    effect: float
    quadrant: Quadrant
    ratio: float


def frontier(costs: NDArray[Any], effects: NDArray[Any]) -> list[OnFrontier]:
    """Each scenario against its neighbour on the frontier, in the order given.

    Parameters
    ----------
    costs, effects
        Mean cost [GBP] and mothers who breastfeed, shape (scenarios,) each.

    Raises
    ------
    ValueError
        If a value is infinite or undefined.
    """
    refuse_not_finite(costs, "scenario")
    refuse_not_finite(effects, "scenario")
    standings = [Standing.DOMINATED] * len(costs)
    remaining: list[int] = []
    for scenario in np.lexsort((-np.asarray(effects), costs)).tolist():
        if not remaining or effects[scenario] > effects[remaining[-1]]:
            remaining.append(scenario)
    ratios = _steps(costs, effects, remaining)
    while (worse := _first_above_next(ratios)) is not None:
        standings[remaining.pop(worse)] = Standing.EXTENDEDLY_DOMINATED
        ratios = _steps(costs, effects, remaining)
    for scenario in remaining:
        standings[scenario] = Standing.ON_FRONTIER
    by_scenario = dict(zip(remaining, ratios, strict=True))
    return [OnFrontier(standing, by_scenario.get(number, np.nan)) for number, standing in enumerate(standings)]


def against_base(costs: NDArray[Any], effects: NDArray[Any]) -> list[AgainstBase]:
    """Each scenario against the first, which is the base, in the order given.

    Parameters
    ----------
    costs, effects
        As of `frontier`.

    Raises
    ------
    ValueError
        As `frontier`.
    """
    refuse_not_finite(costs, "scenario")
    refuse_not_finite(effects, "scenario")
    rows = []
    for cost, effect in zip(costs - costs[0], effects - effects[0], strict=True):
        quadrant = quadrant_of(cost, effect)
        has_ratio = quadrant in (Quadrant.ICER, Quadrant.ICER_SW)
        rows.append(AgainstBase(float(cost), float(effect), quadrant, float(cost / effect) if has_ratio else np.nan))
    return rows


def _steps(costs: NDArray[Any], effects: NDArray[Any], remaining: list[int]) -> list[float]:
    """Cost per additional mother of each remaining scenario over the one before it; NaN for the first."""
    return [np.nan, *(np.diff(costs[remaining]) / np.diff(effects[remaining])).tolist()]


def _first_above_next(ratios: list[float]) -> int | None:
    return next((place for place in range(1, len(ratios) - 1) if ratios[place] > ratios[place + 1]), None)
