"""Cost per additional mother breastfeeding, and net benefit, from paired replicates or draws of two scenarios.

Changes are alternative minus base in the same cohort of births: cost in GBP, effect in mothers who breastfeed. A ratio
of two negative changes, or of changes of opposite sign, looks like any other but means something else, so it has a
label or is not given at all.
"""

import math
from enum import StrEnum
from typing import Literal, NamedTuple

import numpy as np

from bpssim.statistics.checks import Numbers, Values, level, numbers, same_length
from bpssim.statistics.intervals import CONFIDENCE, REPLICATE, Interval, over_replicates, t_quantile
from bpssim.statistics.statistic import Flag

NAN = math.nan


class Quadrant(StrEnum):
    """Quadrant of the cost-effectiveness plane."""

    ICER = "icer"  # more effect at more cost: the ratio is cost per additional mother
    DOMINANT = "dominant"  # more effect at no more cost
    DOMINATED = "dominated"  # less effect at no less cost
    ICER_SW = "icer_sw"  # less effect at less cost: the ratio is the saving per mother lost
    UNDEFINED = "undefined"  # no effect


class CostPerMother(NamedTuple):
    """Cost per additional mother, or saving per mother lost [GBP]; NaN where undefined.

    The limits are undefined, too, where the effect may be 0; the net benefit is then more informative. A negative lower
    limit means that the alternative may cost less and do more. The flag says why there is no ratio, or no limits; it is
    empty where there are both.
    """

    quadrant: Quadrant
    ratio: float
    lower: float
    upper: float
    flag: Flag | Literal[""] = ""


def quadrant_of(cost: float, effect: float) -> Quadrant:
    """Quadrant of a change in cost and effect."""
    if effect == 0.0:
        return Quadrant.UNDEFINED
    if effect > 0.0:
        return Quadrant.ICER if cost > 0.0 else Quadrant.DOMINANT
    return Quadrant.ICER_SW if cost < 0.0 else Quadrant.DOMINATED


def cost_per_mother(cost_change: Numbers, effect_change: Numbers, confidence: float = CONFIDENCE) -> CostPerMother:
    """Incremental cost-effectiveness ratio with Fieller limits: mean change in cost over mean change in effect.

    Parameters
    ----------
    cost_change, effect_change
        One value a replicate or draw, shape (replicates,) each; at least one.
    confidence
        Level of the limits.
    """
    level(confidence)
    costs, effects = _changes(cost_change, effect_change)
    if len(costs) == 0:
        raise ValueError("there are no replicates; a ratio needs at least 1")
    cost, effect = float(np.mean(costs)), float(np.mean(effects))
    quadrant = quadrant_of(cost, effect)
    if quadrant not in (Quadrant.ICER, Quadrant.ICER_SW):
        return CostPerMother(quadrant, NAN, NAN, NAN, Flag.NO_EFFECT)
    if len(costs) < 2:
        return CostPerMother(quadrant, cost / effect, NAN, NAN, Flag.ONE_REPLICATE)
    limits = _fieller(costs, effects, confidence)
    return CostPerMother(quadrant, cost / effect, *(limits or (NAN, NAN)), "" if limits else Flag.EFFECT_MAY_BE_NIL)


def net_benefit(cost: Numbers, effect: Numbers, willingness: Numbers) -> Values:
    """Net monetary benefit [GBP] at each willingness to pay, shape (willingness, ...).

    Parameters
    ----------
    cost, effect
        Of any one shape, or changes in them.
    willingness
        Willingness to pay for one more mother who breastfeeds [GBP], shape (willingness,). There is no official value,
        so show a range.
    """
    spent, gained = numbers(cost, "as cost", REPLICATE, more=True), numbers(effect, "as effect", REPLICATE, more=True)
    same_length({"costs": spent, "effects": gained})
    return np.multiply.outer(numbers(willingness, "as willingness to pay", ("entry",), missing=False), gained) - spent


def net_benefit_gain(
    cost_change: Numbers, effect_change: Numbers, willingness: Numbers, confidence: float = CONFIDENCE
) -> Interval:
    """Mean gain in net benefit with its paired t interval at each willingness to pay, shape (willingness,) [GBP].

    Parameters
    ----------
    cost_change, effect_change, confidence
        As for `cost_per_mother`.
    willingness
        As for `net_benefit`.
    """
    return over_replicates(net_benefit(*_changes(cost_change, effect_change), willingness).T, confidence)


def _changes(cost_change: Numbers, effect_change: Numbers) -> tuple[Values, Values]:
    costs = numbers(cost_change, "as change in cost", REPLICATE, missing=False)
    effects = numbers(effect_change, "as change in effect", REPLICATE, missing=False)
    same_length({"changes in cost": costs, "changes in effect": effects})
    return costs, effects


def _fieller(cost_change: Values, effect_change: Values, confidence: float) -> tuple[float, float] | None:
    """Limits of the ratio of means, for two replicates or more; None where the effect may be 0."""
    replicates = len(cost_change)
    cost, effect = np.mean(cost_change), np.mean(effect_change)
    covariance = np.cov(cost_change, effect_change) / replicates * t_quantile(replicates - 1, confidence) ** 2
    a = effect**2 - covariance[1, 1]
    b = cost * effect - covariance[0, 1]
    d = cost**2 - covariance[0, 0]
    if a <= 0.0:
        return None
    root = math.sqrt(max(b**2 - a * d, 0.0))  # below 0 only by rounding, where cost and effect are proportional
    return float((b - root) / a), float((b + root) / a)
