"""Confidence intervals over replicates: the Monte Carlo uncertainty that more runs would reduce."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.statistics.checks import Numbers, Values, amounts, level, numbers
from bpssim.statistics.statistic import Flag

CONFIDENCE = 0.95
REPLICATE = ("replicate",)
EVERYWHERE = np.array(True)


class Interval(NamedTuple):
    """Mean over replicates with its confidence limits; arrays of one shape."""

    mean: Values
    lower: Values
    upper: Values
    replicates: NDArray[np.int64]  # replicates in which the quantity is defined

    @property
    def flags(self) -> NDArray[Any]:
        """Why limits are undefined or uninformative, as texts of the same shape; empty where they are neither."""
        flags = np.where(self.upper == self.lower, Flag.NEVER_VARIES.value, "")
        flags = np.where(self.replicates == 1, Flag.ONE_REPLICATE.value, flags)
        return np.where(self.replicates == 0, Flag.NO_REPLICATES.value, flags)


def t_quantile(degrees: Numbers | float, confidence: float = CONFIDENCE) -> Values:
    """Upper (1 + confidence)/2 quantile of Student's t, for any degrees of freedom above 0."""
    from scipy.special import stdtrit  # here, because a single replicate does not need it

    return np.asarray(stdtrit(np.asarray(degrees, float), (1.0 + level(confidence)) / 2.0), float)


def normal_quantile(confidence: float = CONFIDENCE) -> float:
    """Upper (1 + confidence)/2 quantile of the normal distribution."""
    from scipy.special import ndtri  # here, because runs do not need it

    return float(ndtri((1.0 + level(confidence)) / 2.0))


def over_replicates(values: Numbers, confidence: float = CONFIDENCE) -> Interval:
    """Mean and t interval over the first axis.

    Replicates in which the quantity is undefined (NaN) are left out. With fewer than two replicates the limits are NaN,
    with none the mean too, and `Interval.flags` says which. A quantity that never varies has an interval of exactly
    zero width, which is not certainty: see `bpssim.statistics.detection.limit_of_none`.

    Parameters
    ----------
    values
        One row per replicate, shape (replicates, ...).
    confidence
        Coverage of the expected value.
    """
    level(confidence)
    by_replicate = numbers(values, axes=REPLICATE, more=True)
    defined = ~np.isnan(by_replicate)
    number = defined.sum(axis=0)
    least = np.fmin.reduce(by_replicate, axis=0, initial=np.inf)  # so that a constant has deviations of exactly 0
    above_least = np.where(defined, by_replicate - np.where(np.isinf(least), 0.0, least), 0.0)
    mean_above = _divided(above_least.sum(axis=0), number)
    squares = np.where(defined, above_least - mean_above, 0.0) ** 2
    return t_interval(least + mean_above, squares.sum(axis=0), number, confidence)


def t_interval(mean: Values, squares: Values, number: NDArray[np.int64], confidence: float = CONFIDENCE) -> Interval:
    """The t interval around means; NaN with fewer than two replicates.

    Parameters
    ----------
    mean, squares, number
        Mean over replicates, sum of squared deviations from it, and number of replicates; of one shape.
    confidence
        Coverage of the expected value.
    """
    error = np.sqrt(_divided(_divided(squares, number - 1), number))
    half = error * t_quantile(np.maximum(number - 1, 1), confidence) if np.any(number > 1) else error
    return Interval(mean, mean - half, mean + half, number)


class Running:
    """Mean and confidence interval over replicates that arrive one by one, so that none needs to be kept.

    Welford's recurrence (1962), in each cell over the replicates in which it is defined. A cell that never varies has a
    sum of squares of exactly 0.

    Parameters
    ----------
    shape
        Shape of the array of each replicate.
    """

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.number: NDArray[np.int64] = np.zeros(shape, np.int64)
        self._mean: Values = np.zeros(shape)
        self._squares: Values = np.zeros(shape)

    def add(self, values: Values) -> None:
        """Add one replicate; NaN where a quantity is undefined."""
        defined = ~np.isnan(values)
        self.number += defined
        before = np.where(defined, values - self._mean, 0.0)
        self._mean += before / np.maximum(self.number, 1)
        self._squares += before * np.where(defined, values - self._mean, 0.0)

    def interval(self, confidence: float = CONFIDENCE) -> Interval:
        """Mean and t interval, as of `over_replicates`."""
        mean = np.where(self.number > 0, self._mean, np.nan)
        return t_interval(mean, self._squares, self.number, confidence)


def shares_over_replicates(shares: Numbers, people: Numbers, confidence: float = CONFIDENCE) -> Interval:
    """Mean share over the first axis, with limits that stay within 0 and 1.

    Where the share is 0, or 1, in every replicate, the limits are those of as many independent people, the least
    uncertainty there can be: 0 to t²/(N + t²) for N people and the t quantile of the replicates.

    Parameters
    ----------
    shares
        From 0 to 1, NaN where there is nobody, one row per replicate, shape (replicates, ...).
    people
        Denominators of the shares, in the same shape, or with length 1 along an axis where they are the same.
    confidence
        Coverage of the expected value.
    """
    by_replicate = numbers(shares, "as share", REPLICATE, more=True, lowest=0.0, highest=1.0)
    base = amounts(people, "people", REPLICATE, more=True)
    if base.ndim != by_replicate.ndim or any(
        n not in (1, of) for n, of in zip(base.shape, by_replicate.shape, strict=True)
    ):
        raise ValueError(f"shares have shape {by_replicate.shape} and people {base.shape}; each share needs its people")
    base = np.broadcast_to(base, by_replicate.shape)
    return within_0_and_1(over_replicates(by_replicate, confidence), base.sum(axis=0), confidence)


def within_0_and_1(
    interval: Interval, people: NDArray[Any], confidence: float = CONFIDENCE, shares: NDArray[np.bool_] = EVERYWHERE
) -> Interval:
    """Confidence interval of a share within 0 and 1, by Wilson's method with the effective sample size.

    The variance between replicates gives the effective sample size: the number of independent people with as much
    information about the share. The limits are Wilson's for that number, with the t quantile. Near one half they equal
    the t interval; near 0 and 1 they are skewed inwards (Korn and Graubard 1998; Franco and others 2019).

    Parameters
    ----------
    interval
        t interval around shares from 0 to 1, as of `over_replicates`.
    people
        Denominators of all replicates together, which decide where the share is 0, or 1, in every replicate. Infinite
        where unknown, for limits of zero width.
    confidence
        Level of the limits.
    shares
        Which quantities are shares from 0 to 1; the limits of others are unchanged.
    """
    share, half = np.where(shares, interval.mean, np.nan), interval.upper - interval.mean
    spread = share * (1.0 - share)
    with np.errstate(divide="ignore", invalid="ignore"):
        varies = half**2 / spread
        never = t_quantile(np.maximum(interval.replicates - 1, 1), confidence) ** 2 / np.asarray(people, float)
    k = np.where(spread > 0.0, varies, np.where(np.isnan(half), np.nan, never))  # t² over the effective sample size
    centre = (share + k / 2.0) / (1.0 + k)
    reach = np.sqrt(k * spread + k**2 / 4.0) / (1.0 + k)
    lower = np.where(share == 0.0, np.where(np.isnan(k), np.nan, 0.0), centre - reach)
    upper = np.where(share == 1.0, np.where(np.isnan(k), np.nan, 1.0), centre + reach)
    lower, upper = np.where(shares, lower, interval.lower), np.where(shares, upper, interval.upper)
    return Interval(interval.mean, lower, upper, interval.replicates)


def _divided(numerator: NDArray[Any], denominator: NDArray[Any]) -> Values:
    undefined = np.full(np.shape(numerator), np.nan)
    quotient: Values = np.divide(numerator, denominator, out=undefined, where=denominator > 0)
    return quotient
