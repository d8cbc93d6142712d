"""Does an alternative help more mothers, and does it narrow the gap? The plane of both (metrics, section 7).

To the right the slope by deprivation becomes flatter, upwards more mothers breastfeed. A slope that overshoots to the
other side may be as steep as before, so the change of the slope and the table by quintile belong beside the plane.
"""

from enum import StrEnum
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.statistics.inequality import ranks, slope_index
from bpssim.statistics.intervals import over_replicates
from bpssim.statistics.paired import paired_difference


class Impact(StrEnum):
    """Quadrants of the plane."""

    WIN_WIN = "win-win"
    WIDER_GAP = "more mothers, wider gap"
    FEWER_MOTHERS = "narrower gap, fewer mothers"
    LOSE_LOSE = "lose-lose"
    ON_AXIS = "no change of one"
    UNDEFINED = "undefined"


class EquityImpact(NamedTuple):
    """A point on the plane; NaN where undefined."""

    total_gain: float  # additional mothers
    equity_gain: float  # by how much the slope index becomes smaller in size; positive where the gap narrows
    sii_change: float  # slope index of the alternative minus that of the base
    impact: Impact


def equity_impact(base: NDArray[Any], alternative: NDArray[Any], births: NDArray[Any]) -> EquityImpact:
    """Gain in mothers and in equity of an alternative over the base.

    Of means over replicates it is the point of the scenario, and of each replicate a point of its cloud.

    Parameters
    ----------
    base, alternative
        Share of mothers with the outcome by quintile, shape (5,) each; not looked at where there are no births.
    births
        The same in both, shape (5,).

    Raises
    ------
    ValueError
        As `bpssim.statistics.inequality.slope_index`.
    """
    ranks(births)
    gains = np.where(births > 0, births * (alternative - base), 0.0)
    before, after = slope_index(base, births).sii, slope_index(alternative, births).sii
    total, equity = float(gains.sum()), abs(before) - abs(after)
    return EquityImpact(total, equity, after - before, _impact(total, equity))


def levelling_down(base: NDArray[Any], alternative: NDArray[Any], births: NDArray[Any]) -> bool | None:
    """Whether the gap narrows while a quintile clearly does worse, by more than its Monte Carlo error.

    Parameters
    ----------
    base, alternative
        Share of mothers with the outcome by replicate and quintile, shape (replicates, 5) each, with the same seed in
        the same row.
    births
        Mean over replicates, shape (5,).

    Returns
    -------
    bool or None
        None where one cannot tell: of one replicate, or without a slope.

    Raises
    ------
    ValueError
        As `equity_impact` and `bpssim.statistics.paired.paired_difference`.
    """
    difference = paired_difference(base, alternative)
    gain = equity_impact(over_replicates(base).mean, over_replicates(alternative).mean, births).equity_gain
    if np.isnan(gain) or np.isnan(difference.upper[births > 0]).any():
        return None
    return bool(gain > 0.0 and np.any(difference.upper[births > 0] < 0.0))


def _impact(total: float, equity: float) -> Impact:
    if np.isnan(total) or np.isnan(equity):
        return Impact.UNDEFINED
    if total == 0.0 or equity == 0.0:
        return Impact.ON_AXIS
    if total > 0.0:
        return Impact.WIN_WIN if equity > 0.0 else Impact.WIDER_GAP
    return Impact.FEWER_MOTHERS if equity > 0.0 else Impact.LOSE_LOSE
