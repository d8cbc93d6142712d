"""What one more mother breastfeeding costs, from paired replicates or draws of two scenarios.

Changes are alternative minus base, in the same cohort of births: cost in GBP, effect in mothers who breastfeed. A ratio
of two negative changes, or of changes of opposite sign, looks like any other and means something else, so it has a
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
    """Where an alternative lies on the plane of effect and cost."""

    ICER = "icer"  # more effect at more cost: the ratio is cost per additional mother
    DOMINANT = "dominant"  # more effect at no more cost
    DOMINATED = "dominated"  # less effect at no less cost
    ICER_SW = "icer_sw"  # less effect at less cost: the ratio is what is saved per mother lost
    UNDEFINED = "undefined"  # no effect


class CostPerMother(NamedTuple):
    """Cost per additional mother, or saved per mother lost [GBP]; NaN where undefined.

    Limits are undefined, too, where the effect is not clearly different from 0; then the net benefit says more. A
    negative lower limit means that the alternative may cost less and do more. The flag says why there is no ratio, or
    why it has no limits; it is empty where there are both.
    """

    quadrant: Quadrant
    ratio: float
    lower: float
    upper: float
    flag: Flag | Literal[""] = ""


def quadrant_of(cost: float, effect: float) -> Quadrant:
    """Label of a change of cost and effect."""
    if effect == 0.0:
        return Quadrant.UNDEFINED
    if effect > 0.0:
        return Quadrant.ICER if cost > 0.0 else Quadrant.DOMINANT
    return Quadrant.ICER_SW if cost < 0.0 else Quadrant.DOMINATED


def cost_per_mother(cost_change: Numbers, effect_change: Numbers, confidence: float = CONFIDENCE) -> CostPerMother:
    """Ratio of the mean change of cost to that of effect, with limits of Fieller.

    Parameters
    ----------
    cost_change, effect_change
        One value a replicate or draw, shape (replicates,) each; at least one.
    confidence
        Level of the limits.

    Raises
    ------
    ValueError
        If a value is infinite, missing or no number, there is none, there are not as many of both, or the confidence is
        not between 0 and 1.
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
        Of any one shape, or changes of them.
    willingness
        To pay for one more mother who breastfeeds [GBP], shape (willingness,). No official value exists: show a range.

    Raises
    ------
    ValueError
        If a number is infinite or no number, or costs and effects differ in shape.
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
        As of `cost_per_mother`.
    willingness
        As of `net_benefit`.

    Raises
    ------
    ValueError
        As `cost_per_mother`.
    """
    return over_replicates(net_benefit(*_changes(cost_change, effect_change), willingness).T, confidence)


def _changes(cost_change: Numbers, effect_change: Numbers) -> tuple[Values, Values]:
    costs = numbers(cost_change, "as change of cost", REPLICATE, missing=False)
    effects = numbers(effect_change, "as change of effect", REPLICATE, missing=False)
    same_length({"changes of cost": costs, "changes of effect": effects})
    return costs, effects


def _fieller(cost_change: Values, effect_change: Values, confidence: float) -> tuple[float, float] | None:
    """Limits of the ratio of the means of two replicates or more; None where the effect may be 0."""
    replicates = len(cost_change)
    cost, effect = np.mean(cost_change), np.mean(effect_change)
    covariance = np.cov(cost_change, effect_change) / replicates * t_quantile(replicates - 1, confidence) ** 2
    a = effect**2 - covariance[1, 1]
    b = cost * effect - covariance[0, 1]
    d = cost**2 - covariance[0, 0]
    if a <= 0.0:
        return None
    root = math.sqrt(max(b**2 - a * d, 0.0))  # below 0 by rounding only, where cost and effect move as one
    return float((b - root) / a), float((b + root) / a)
