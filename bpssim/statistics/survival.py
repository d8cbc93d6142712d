"""How long breastfeeding lasts where some of its ends were not seen: Kaplan and Meier (metrics, section 5).

A duration is the number of days from birth to the end of any, or of exclusive, breastfeeding. A mother who never starts
has a duration of 0 that ended; without such mothers the curve is one of mothers who started, and has to say so. One who
is still breastfeeding when last heard of has a duration that has not ended.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.statistics.checks import refuse_not_finite
from bpssim.statistics.intervals import CONFIDENCE, normal_quantile

TOLERANCE = 1e-9
"""A product of fractions may come out as a little more than the share that it is."""

Values = NDArray[np.floating[Any]]


class Curve(NamedTuple):
    """Survival by the days on which somebody stopped; arrays of shape (days,), in order.

    Parameters
    ----------
    days
        Days after birth on which at least one mother stopped.
    at_risk, stopped
        Mothers still observed and breastfeeding before the day, and those of them who stopped on it.
    survival
        Share still breastfeeding after the day.
    last
        Last day observed; NaN if nobody was.
    """

    days: Values
    at_risk: NDArray[np.int64]
    stopped: NDArray[np.int64]
    survival: Values
    last: float

    @property
    def greenwood(self) -> Values:
        """Term of each day in the variance of Greenwood, shape (days,); infinite where nobody is left."""
        with np.errstate(divide="ignore"):
            return np.asarray(self.stopped / (self.at_risk * (self.at_risk - self.stopped)))


class Share(NamedTuple):
    """Share still breastfeeding, its standard error and its limits; arrays of one shape, NaN where undefined."""

    survival: Values
    error: Values
    lower: Values
    upper: Values


def survival_curve(durations: NDArray[Any], ended: NDArray[Any]) -> Curve:
    """The curve of Kaplan and Meier.

    On one day, mothers stop before others are lost.

    Parameters
    ----------
    durations
        Days from birth to the end, or to when the mother was last heard of, shape (mothers,).
    ended
        Whether the end was seen, shape (mothers,).

    Raises
    ------
    ValueError
        If a duration is negative, infinite or no number, or there is not one `ended` for each.
    """
    durations, ended = np.asarray(durations, float), np.asarray(ended, bool)
    if durations.shape != ended.shape:
        raise ValueError(f"there are {len(durations)} durations and {len(ended)} marks of whether they ended")
    refuse_not_finite(durations, "mother")
    if np.any(durations < 0.0):
        mother = int(np.argmax(durations < 0.0))
        raise ValueError(f"mother {mother + 1} has a duration of {durations[mother]} days; it should be 0 or more")
    days, stopped = np.unique(durations[ended], return_counts=True)
    at_risk = len(durations) - np.searchsorted(np.sort(durations), days)
    survival = np.cumprod(1.0 - stopped / at_risk)
    return Curve(days, at_risk, stopped, survival, float(durations.max()) if len(durations) else np.nan)


def share_at(curve: Curve, days: NDArray[Any], confidence: float = CONFIDENCE) -> Share:
    """Share still breastfeeding after each day, with limits on the scale of log minus log.

    Undefined after the last day observed, unless nobody was left. There are no limits where the share is 0 or 1.

    Parameters
    ----------
    curve
        As of `survival_curve`.
    days
        Whole days after birth, any shape.
    confidence
        Level of the limits at each day.
    """
    place = np.searchsorted(curve.days, days, side="right")
    survival = np.append(1.0, curve.survival)[place]
    survival = np.where((days <= curve.last) | (survival == 0.0), survival, np.nan)
    spread = np.sqrt(np.append(0.0, np.cumsum(curve.greenwood)))[place]
    with np.errstate(divide="ignore", invalid="ignore"):
        inside = np.where((survival > 0.0) & (survival < 1.0), survival, np.nan)
        power = np.exp(normal_quantile(confidence) * spread / np.abs(np.log(inside)))
        return Share(survival, survival * spread, inside**power, inside ** (1.0 / power))


def quantile(curve: Curve, share: float = 0.5) -> float:
    """First day by the end of which a share of mothers have stopped, by default the median; NaN if it is not reached.

    Parameters
    ----------
    curve
        As of `survival_curve`.
    share
        Of mothers who have stopped, above 0 and at most 1.
    """
    reached = curve.days[curve.survival <= 1.0 - share + TOLERANCE]
    return float(reached[0]) if len(reached) else np.nan
