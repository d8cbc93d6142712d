"""What one more mother breastfeeding costs, from paired replicates or draws of two scenarios (metrics, section 6).

Changes are alternative minus base, in the same cohort of births: cost in GBP, effect in mothers who breastfeed. A ratio
of two negative changes, or of changes of opposite sign, looks like any other and means something else, so it has a
label or is not given at all.
"""

import math
from enum import StrEnum
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.statistics.checks import refuse_not_finite
from bpssim.statistics.intervals import CONFIDENCE, Interval, over_replicates, t_quantile

NAN = math.nan


class Quadrant(StrEnum):
    """Where an alternative lies on the plane of effect and cost."""

    ICER = "icer"  # more effect at more cost: the ratio is cost per additional mother
    DOMINANT = "dominant"  # more effect at no more cost
    DOMINATED = "dominated"  # less effect at no less cost
    ICER_SW = "icer_sw"  # less effect at less cost: the ratio is what is saved per mother lost
    UNDEFINED = "undefined"  # no effect


class CostPerMother(NamedTuple):
    """Cost per additional mother, or saved per mother lost [GBP]; NaN where undefined.

    Limits are undefined, too, where the effect is not clearly different from 0; then the net benefit says more. A
    negative lower limit means that the alternative may cost less and do more.
    """

    quadrant: Quadrant
    ratio: float
    lower: float
    upper: float


def quadrant_of(cost: float, effect: float) -> Quadrant:
    """Label of a change of cost and effect."""
    if effect == 0.0:
        return Quadrant.UNDEFINED
    if effect > 0.0:
        return Quadrant.ICER if cost > 0.0 else Quadrant.DOMINANT
    return Quadrant.ICER_SW if cost < 0.0 else Quadrant.DOMINATED


def cost_per_mother(cost_change: NDArray[Any], effect_change: NDArray[Any]) -> CostPerMother:
    """Ratio of the mean change of cost to that of effect, with 95 % limits of Fieller.

    Parameters
    ----------
    cost_change, effect_change
        One value a replicate or draw, shape (replicates,) each; at least one.

    Raises
    ------
    ValueError
        If a value is infinite or undefined, or there is none.
    """
    refuse_not_finite(cost_change)
    refuse_not_finite(effect_change)
    if len(cost_change) == 0:
        raise ValueError("there are no replicates; a ratio needs at least 1")
    cost, effect = float(np.mean(cost_change)), float(np.mean(effect_change))
    quadrant = quadrant_of(cost, effect)
    if quadrant not in (Quadrant.ICER, Quadrant.ICER_SW):
        return CostPerMother(quadrant, NAN, NAN, NAN)
    return CostPerMother(quadrant, cost / effect, *_fieller(cost_change, effect_change))


def net_benefit(cost: NDArray[Any], effect: NDArray[Any], willingness: NDArray[Any]) -> NDArray[np.float64]:
    """Net monetary benefit [GBP] at each willingness to pay, shape (willingness, ...).

    Parameters
    ----------
    cost, effect
        Of any one shape, or changes of them.
    willingness
        To pay for one more mother who breastfeeds [GBP], shape (willingness,). No official value exists: show a range.
    """
    worth = np.multiply.outer(np.asarray(willingness, float), effect)
    return np.asarray(worth - cost)


def net_benefit_gain(cost_change: NDArray[Any], effect_change: NDArray[Any], willingness: NDArray[Any]) -> Interval:
    """Mean gain in net benefit with its paired t interval at each willingness to pay, shape (willingness,) [GBP].

    Parameters
    ----------
    cost_change, effect_change
        As of `cost_per_mother`.
    willingness
        As of `net_benefit`.

    Raises
    ------
    ValueError
        If a value is infinite or undefined.
    """
    refuse_not_finite(cost_change)
    refuse_not_finite(effect_change)
    return over_replicates(net_benefit(cost_change, effect_change, willingness).T)


def _fieller(cost_change: NDArray[Any], effect_change: NDArray[Any]) -> tuple[float, float]:
    """Limits of the ratio of the means; NaN for one replicate, or where the effect may be 0."""
    replicates = len(cost_change)
    if replicates < 2:
        return NAN, NAN
    cost, effect = np.mean(cost_change), np.mean(effect_change)
    covariance = np.cov(cost_change, effect_change) / replicates * t_quantile(replicates - 1, CONFIDENCE) ** 2
    a = effect**2 - covariance[1, 1]
    b = cost * effect - covariance[0, 1]
    d = cost**2 - covariance[0, 0]
    if a <= 0.0:
        return NAN, NAN
    root = math.sqrt(max(b**2 - a * d, 0.0))  # below 0 by rounding only, where cost and effect move as one
    return float((b - root) / a), float((b + root) / a)
