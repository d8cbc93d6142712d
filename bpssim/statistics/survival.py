"""Duration of breastfeeding with right-censored observations: Kaplan-Meier.

A duration is the number of days from birth to the end of any, or of exclusive, breastfeeding. A mother who never starts
has an observed duration of 0; without such mothers the curve is that of mothers who started, and must say so. Durations
of mothers still breastfeeding at last contact are right-censored.
"""

import math
import warnings
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.statistics.checks import Numbers, Values, above_zero, level, marks, numbers, same_length
from bpssim.statistics.intervals import CONFIDENCE, normal_quantile
from bpssim.statistics.statistic import Flag

MOTHER = ("mother",)

TOLERANCE = 1e-9
"""Against rounding: a product of fractions may exceed the exact share slightly."""

EIGHT_WEEKS, TWENTY_SIX_WEEKS = 56, 182
"""Usual horizons of a restricted mean [days]."""


class Curve(NamedTuple):
    """Survival curve by day of event; arrays of shape (days,), in order.

    Parameters
    ----------
    days
        Days after birth on which at least one mother stopped.
    at_risk, stopped
        Mothers observed and breastfeeding before the day, and how many of them stopped on it.
    survival
        Share still breastfeeding after the day.
    last
        Last day observed; NaN without mothers.
    function
        SciPy's survival function; None without mothers.
    """

    days: Values
    at_risk: NDArray[np.int64]
    stopped: NDArray[np.int64]
    survival: Values
    last: float
    function: Any

    @property
    def greenwood(self) -> Values:
        """Term of each day in Greenwood's variance, shape (days,); infinite where nobody is left."""
        left = self.at_risk - self.stopped
        with np.errstate(divide="ignore"):
            return np.asarray(self.stopped / (self.at_risk * left))


class Share(NamedTuple):
    """Share still breastfeeding, with standard error and confidence limits; arrays of one shape, NaN where undefined.

    `flags` say why limits are undefined; they are empty texts otherwise.
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


def survival_curve(durations: Numbers, event_observed: Numbers) -> Curve:
    """Kaplan-Meier curve (`scipy.stats.ecdf`).

    On any day, events come before censoring.

    Parameters
    ----------
    durations
        Days from birth to the end of breastfeeding, or to last contact, shape (mothers,).
    event_observed
        1 or true if the end was observed, 0 or false if the duration is right-censored, shape (mothers,).
    """
    lasted = numbers(durations, "as duration in days", MOTHER, missing=False, lowest=0.0)
    observed = marks(event_observed, "as event_observed", MOTHER)
    same_length({"durations": lasted, "entries of event_observed": observed})
    if len(lasted) == 0:
        nobody = np.array([], np.int64)
        return Curve(np.array([]), nobody, nobody, np.array([]), np.nan, None)
    from scipy.stats import CensoredData, ecdf  # here, because it is slow to import

    function: Any = ecdf(CensoredData(uncensored=lasted[observed], right=lasted[~observed])).sf
    days, stopped = np.unique(lasted[observed], return_counts=True)
    at_risk = len(lasted) - np.searchsorted(np.sort(lasted), days)
    return Curve(days, at_risk, stopped, function.evaluate(days), float(lasted.max()), function)


def share_at(curve: Curve, days: Numbers, confidence: float = CONFIDENCE) -> Share:
    """Share still breastfeeding after each day, with limits on the log-log scale.

    Undefined after the last day observed, unless nobody was left. There are no limits where the share is 0 or 1.

    Parameters
    ----------
    curve
        From `survival_curve`.
    days
        Whole days after birth, any shape.
    confidence
        Pointwise level of the limits.
    """
    level(confidence)
    asked = numbers(days, "as day", ("entry",), more=True, missing=False)
    if curve.function is None:
        nothing = np.full(asked.shape, np.nan)
        return Share(nothing, nothing, nothing, nothing, np.full(asked.shape, Flag.NOBODY.value))
    with warnings.catch_warnings():  # undefined limits are flagged
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
    with np.errstate(invalid="ignore"):  # nobody is left, so the standard error is infinite
        return Share(survival, survival * spread, lower, upper, flags)


def quantile(curve: Curve, share: float = 0.5) -> float:
    """Quantile of the duration, by default the median: first day by which that share has stopped; NaN if not reached.

    Parameters
    ----------
    curve
        From `survival_curve`.
    share
        Share of mothers who have stopped, above 0 and at most 1.
    """
    if not 0.0 < above_zero(share, "the share") <= 1.0:
        raise ValueError(f"the share is {share!r}; it should be a number above 0 and at most 1")
    reached = curve.days[curve.survival <= 1.0 - share + TOLERANCE]
    return float(reached[0]) if len(reached) else np.nan


def restricted_mean(curve: Curve, horizon: float = EIGHT_WEEKS, confidence: float = CONFIDENCE) -> RestrictedMean:
    """Restricted mean duration: area under the survival curve up to a horizon.

    Undefined if nobody was followed up to the horizon and some durations are censored before it.

    Parameters
    ----------
    curve
        From `survival_curve`.
    horizon
        Days after birth, above 0.
    confidence
        Level of the limits.
    """
    z, horizon = normal_quantile(confidence), above_zero(horizon, "the horizon")
    if not (horizon <= curve.last or np.any(curve.survival == 0.0)):
        flag = Flag.NOT_FOLLOWED if curve.function else Flag.NOBODY
        return RestrictedMean(np.nan, np.nan, np.nan, np.nan, flag)
    before = curve.days < horizon
    width = np.diff(np.concatenate([[0.0], curve.days[before], [horizon]]))
    areas = width * np.append(1.0, curve.survival[before])
    after = np.cumsum(areas[:0:-1])[::-1]  # area from each event to the horizon
    left = (curve.at_risk > curve.stopped)[before]
    error = math.sqrt(np.sum(after[left] ** 2 * curve.greenwood[before][left]))
    mean = float(areas.sum())
    return RestrictedMean(mean, error, mean - z * error, mean + z * error)


def difference_of_means(
    first: RestrictedMean, second: RestrictedMean, confidence: float = CONFIDENCE
) -> RestrictedMean:
    """Second restricted mean minus the first, for two independent groups with the same horizon.

    Parameters
    ----------
    first, second
        From `restricted_mean`.
    confidence
        Level of the limits.
    """
    z, error = normal_quantile(confidence), math.hypot(first.error, second.error)
    mean = second.mean - first.mean
    return RestrictedMean(mean, error, mean - z * error, mean + z * error, first.flag or second.flag)
