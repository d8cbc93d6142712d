"""Equity impact plane: whether an alternative helps more mothers, and whether it flattens the gradient.

To the right the slope by deprivation flattens; upwards more mothers breastfeed. A slope that overshoots to the other
side may be as steep as before, so show the change in the slope and a table by group beside the plane.
"""

from enum import StrEnum
from typing import NamedTuple

import numpy as np

from bpssim.statistics.checks import Numbers, denominators, numbers, same_length
from bpssim.statistics.inequality import slope_index
from bpssim.statistics.intervals import CONFIDENCE, over_replicates
from bpssim.statistics.paired import paired_difference


class Impact(StrEnum):
    """Quadrants of the plane."""

    WIN_WIN = "more mothers, flatter gradient"
    STEEPER = "more mothers, steeper gradient"
    FEWER_MOTHERS = "fewer mothers, flatter gradient"
    LOSE_LOSE = "fewer mothers, steeper gradient"
    ON_AXIS = "no change of one"
    UNDEFINED = "undefined"


class EquityImpact(NamedTuple):
    """A point on the plane; NaN where undefined."""

    total_gain: float  # additional mothers
    equity_gain: float  # reduction in the absolute slope index; positive where the gradient flattens
    sii_change: float  # slope index of the alternative minus that of the base
    impact: Impact


def equity_impact(base: Numbers, alternative: Numbers, births: Numbers) -> EquityImpact:
    """Additional mothers and equity gain of an alternative over the base.

    Means over replicates give the point of the scenario on the plane, and single replicates the cloud around it.

    Parameters
    ----------
    base, alternative
        Share of mothers with the outcome by group, shape (groups,) each; ignored where there are no births.
    births
        Births by group, the same in both, shape (groups,).
    """
    people, was, now = denominators(births), numbers(base), numbers(alternative)
    same_length({"values of the base": was, "values of the alternative": now})
    same_length({"values": was, "denominators": people})
    gains = np.where(people > 0.0, people * (now - was), 0.0)
    before, after = slope_index(was, people).sii, slope_index(now, people).sii
    total, equity = float(gains.sum()), abs(before) - abs(after)
    return EquityImpact(total, equity, after - before, impact_of(total, equity))


def levelling_down(base: Numbers, alternative: Numbers, births: Numbers, confidence: float = CONFIDENCE) -> bool | None:
    """Whether the gradient flattens while a group does worse by more than its Monte Carlo error.

    Parameters
    ----------
    base, alternative
        Share of mothers with the outcome by replicate and group, shape (replicates, groups) each, with the same seed in
        the same row.
    births
        Mean over replicates, shape (groups,).
    confidence
        Level of the interval that must lie below 0 for a group to count as worse off.

    Returns
    -------
    bool or None
        None if undecidable: with a single replicate, or without a slope.
    """
    was, now = (numbers(given, axes=("replicate", "group")) for given in (base, alternative))
    upper = paired_difference(was, now, confidence=confidence).upper
    gain = equity_impact(over_replicates(was).mean, over_replicates(now).mean, births).equity_gain
    upper = upper[denominators(births) > 0.0]
    if np.isnan(gain) or np.isnan(upper).any():
        return None
    return bool(gain > 0.0 and np.any(upper < 0.0))


def impact_of(total: float, equity: float) -> Impact:
    """Quadrant of a number of additional mothers and an equity gain."""
    if np.isnan(total) or np.isnan(equity):
        return Impact.UNDEFINED
    if total == 0.0 or equity == 0.0:
        return Impact.ON_AXIS
    if total > 0.0:
        return Impact.WIN_WIN if equity > 0.0 else Impact.STEEPER
    return Impact.FEWER_MOTHERS if equity > 0.0 else Impact.LOSE_LOSE
