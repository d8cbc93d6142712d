"""How long breastfeeding lasts where some ends are right-censored: Kaplan-Meier.

A duration is the number of days from birth to the end of any, or of exclusive, breastfeeding. A mother who never starts
has a duration of 0 that ended; without such mothers the curve is one of mothers who started, and has to say so.
Durations of mothers still breastfeeding when last heard of are right-censored.
"""

import math
import warnings
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.statistics.checks import Numbers, Values, above_zero, level, marks, numbers
from bpssim.statistics.intervals import CONFIDENCE, normal_quantile
from bpssim.statistics.statistic import Flag

MOTHER = ("mother",)

TOLERANCE = 1e-9
"""A product of fractions may come out as a little more than the share that it is."""

EIGHT_WEEKS, TWENTY_SIX_WEEKS = 56, 182
"""Usual horizons of a restricted mean [days]."""


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
    function
        SciPy's survival function, or None if there is nobody.
    """

    days: Values
    at_risk: NDArray[np.int64]
    stopped: NDArray[np.int64]
    survival: Values
    last: float
    function: Any

    @property
    def greenwood(self) -> Values:
        """Term of each day in the variance of Greenwood, shape (days,); infinite where nobody is left."""
        left = self.at_risk - self.stopped
        with np.errstate(divide="ignore"):
            return np.asarray(self.stopped / (self.at_risk * left))


class Share(NamedTuple):
    """Share still breastfeeding, its standard error and its limits; arrays of one shape, NaN where undefined.

    `flags` say why there are no limits; empty texts where there are.
    """

    survival: Values
    error: Values
    lower: Values
    upper: Values
    flags: NDArray[Any]


class RestrictedMean(NamedTuple):
    """Mean days up to a horizon, or a difference of two; NaN where undefined, and `flag` says why."""

    mean: float
    error: float  # standard error
    lower: float
    upper: float
    flag: Flag | Literal[""] = ""


def survival_curve(durations: Numbers, ended: Numbers) -> Curve:
    """The curve of Kaplan and Meier (`scipy.stats.ecdf`).

    On one day, mothers stop before others are lost.

    Parameters
    ----------
    durations
        Days from birth to the end, or to when the mother was last heard of, shape (mothers,).
    ended
        1 or true if the end was seen, 0 or false if it is censored, shape (mothers,).

    Raises
    ------
    ValueError
        If a duration is negative, infinite, missing or no number, or a mark is not 0 or 1, naming the mother, or there
        is not one mark for each duration.
    """
    lasted = numbers(durations, "as duration in days", MOTHER, missing=False, lowest=0.0)
    seen = marks(ended, "as mark of an end", MOTHER)
    if len(lasted) != len(seen):
        raise ValueError(f"there are {len(lasted)} durations and {len(seen)} marks of whether they ended")
    if len(lasted) == 0:
        nobody = np.array([], np.int64)
        return Curve(np.array([]), nobody, nobody, np.array([]), np.nan, None)
    from scipy.stats import CensoredData, ecdf  # here, because it is slow to import

    function: Any = ecdf(CensoredData(uncensored=lasted[seen], right=lasted[~seen])).sf
    days, stopped = np.unique(lasted[seen], return_counts=True)
    at_risk = len(lasted) - np.searchsorted(np.sort(lasted), days)
    return Curve(days, at_risk, stopped, function.evaluate(days), float(lasted.max()), function)


def share_at(curve: Curve, days: Numbers, confidence: float = CONFIDENCE) -> Share:
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

    Raises
    ------
    ValueError
        If a day is missing, infinite or no number, or the confidence not between 0 and 1.
    """
    level(confidence)
    asked = numbers(days, "as day", ("entry",), more=True, missing=False)
    if curve.function is None:
        nothing = np.full(asked.shape, np.nan)
        return Share(nothing, nothing, nothing, nothing, np.full(asked.shape, Flag.NOBODY.value))
    with warnings.catch_warnings():  # that limits are undefined is said by a flag
        warnings.simplefilter("ignore", RuntimeWarning)
        low, high = curve.function.confidence_interval(confidence, method="log-log")
    survival = curve.function.evaluate(asked)
    followed = (asked <= curve.last) | np.any(curve.survival == 0.0)
    survival = np.where(followed, survival, np.nan)
    place = np.searchsorted(curve.days, asked, side="right")
    spread = np.sqrt(np.append(0.0, np.cumsum(curve.greenwood)))[place]
    inside = (survival > 0.0) & (survival < 1.0)
    lower, upper = (np.where(inside, limit.evaluate(asked), np.nan) for limit in (low, high))
    flags = np.where(inside, "", np.where(followed, Flag.NOBODY_OR_EVERYBODY.value, Flag.NOT_FOLLOWED.value))
    with np.errstate(invalid="ignore"):  # nobody left, of whom the spread is infinite
        return Share(survival, survival * spread, lower, upper, flags)


def quantile(curve: Curve, share: float = 0.5) -> float:
    """First day by the end of which a share of mothers have stopped, by default the median; NaN if it is not reached.

    Parameters
    ----------
    curve
        As of `survival_curve`.
    share
        Of mothers who have stopped, above 0 and at most 1.

    Raises
    ------
    ValueError
        If the share is not above 0 and at most 1.
    """
    if not 0.0 < above_zero(share, "the share") <= 1.0:
        raise ValueError(f"the share is {share!r}; it should be a number above 0 and at most 1")
    reached = curve.days[curve.survival <= 1.0 - share + TOLERANCE]
    return float(reached[0]) if len(reached) else np.nan


def restricted_mean(curve: Curve, horizon: float = EIGHT_WEEKS, confidence: float = CONFIDENCE) -> RestrictedMean:
    """Area under a survival curve up to a horizon: the mean of durations of which none counts for more than that.

    Undefined where mothers were lost from sight before the horizon and none was followed up to it.

    Parameters
    ----------
    curve
        As of `survival_curve`.
    horizon
        Days after birth, above 0.
    confidence
        Level of the limits.

    Raises
    ------
    ValueError
        If the horizon is not a number above 0, or the confidence not between 0 and 1.
    """
    z, horizon = normal_quantile(confidence), above_zero(horizon, "the horizon")
    if not (horizon <= curve.last or np.any(curve.survival == 0.0)):
        flag = Flag.NOT_FOLLOWED if curve.function else Flag.NOBODY
        return RestrictedMean(np.nan, np.nan, np.nan, np.nan, flag)
    before = curve.days < horizon
    width = np.diff(np.concatenate([[0.0], curve.days[before], [horizon]]))
    areas = width * np.append(1.0, curve.survival[before])
    after = np.cumsum(areas[:0:-1])[::-1]  # area from each day on which somebody stopped to the horizon
    left = (curve.at_risk > curve.stopped)[before]
    error = math.sqrt(np.sum(after[left] ** 2 * curve.greenwood[before][left]))
    mean = float(areas.sum())
    return RestrictedMean(mean, error, mean - z * error, mean + z * error)


def difference_of_means(
    first: RestrictedMean, second: RestrictedMean, confidence: float = CONFIDENCE
) -> RestrictedMean:
    """Second restricted mean minus the first, of two groups of different mothers and with one horizon.

    Parameters
    ----------
    first, second
        As of `restricted_mean`.
    confidence
        Level of the limits.

    Raises
    ------
    ValueError
        If the confidence is not between 0 and 1.
    """
    z, error = normal_quantile(confidence), math.hypot(first.error, second.error)
    mean = second.mean - first.mean
    return RestrictedMean(mean, error, mean - z * error, mean + z * error, first.flag or second.flag)
