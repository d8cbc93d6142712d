"""Intervals over replicates: what more runs with the same inputs would change."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.statistics.checks import Numbers, Values, amounts, level, numbers
from bpssim.statistics.statistic import Flag

CONFIDENCE = 0.95
REPLICATE = ("replicate",)
EVERYWHERE = np.array(True)


class Interval(NamedTuple):
    """Mean over replicates and its limits; arrays of one shape."""

    mean: Values
    lower: Values
    upper: Values
    replicates: NDArray[np.int64]  # replicates in which the quantity exists

    @property
    def flags(self) -> NDArray[Any]:
        """Why there are no limits, or why they say nothing; empty texts where they do, of the same shape."""
        flags = np.where(self.upper == self.lower, Flag.NEVER_VARIES.value, "")
        flags = np.where(self.replicates == 1, Flag.ONE_REPLICATE.value, flags)
        return np.where(self.replicates == 0, Flag.NO_REPLICATES.value, flags)


def t_quantile(degrees: Numbers | float, confidence: float = CONFIDENCE) -> Values:
    """Upper (1 + confidence)/2 quantile of Student's t, for any number of degrees above 0.

    Raises
    ------
    ValueError
        If the confidence is not between 0 and 1.
    """
    from scipy.special import stdtrit  # here, because one replicate has no interval and need not wait for it

    return np.asarray(stdtrit(np.asarray(degrees, float), (1.0 + level(confidence)) / 2.0), float)


def normal_quantile(confidence: float = CONFIDENCE) -> float:
    """Upper (1 + confidence)/2 quantile of the normal distribution.

    Raises
    ------
    ValueError
        If the confidence is not between 0 and 1.
    """
    from scipy.special import ndtri  # here, because over replicates nobody asks for it

    return float(ndtri((1.0 + level(confidence)) / 2.0))


def over_replicates(values: Numbers, confidence: float = CONFIDENCE) -> Interval:
    """Mean and t interval over the first axis.

    Replicates in which the quantity is undefined (NaN) are left out of its mean. With fewer than two replicates there
    are no limits, and with none no mean: these are NaN, and `Interval.flags` says which. What never varies has limits
    of exactly no width, which is no certainty: see `bpssim.statistics.detection.limit_of_none`.

    Parameters
    ----------
    values
        One row a replicate, shape (replicates, ...).
    confidence
        Share of such intervals that cover the mean of endless replicates.

    Raises
    ------
    ValueError
        If a value is infinite or no number, or the confidence not between 0 and 1.
    """
    level(confidence)
    found = numbers(values, axes=REPLICATE, more=True)
    defined = ~np.isnan(found)
    number = defined.sum(axis=0)
    least = np.fmin.reduce(found, axis=0, initial=np.inf)  # so that what never varies has deviations of exactly 0
    above_least = np.where(defined, found - np.where(np.isinf(least), 0.0, least), 0.0)
    mean_above = _divided(above_least.sum(axis=0), number)
    squares = np.where(defined, above_least - mean_above, 0.0) ** 2
    return t_interval(least + mean_above, squares.sum(axis=0), number, confidence)


def t_interval(mean: Values, squares: Values, number: NDArray[np.int64], confidence: float = CONFIDENCE) -> Interval:
    """The t interval around means; NaN where there are fewer than two replicates.

    Parameters
    ----------
    mean, squares, number
        Mean over replicates, sum of the squares of their deviations from it, and how many there are; of one shape.
    confidence
        Share of such intervals that cover the mean of endless replicates.
    """
    error = np.sqrt(_divided(_divided(squares, number - 1), number))
    half = error * t_quantile(np.maximum(number - 1, 1), confidence) if np.any(number > 1) else error
    return Interval(mean, mean - half, mean + half, number)


def shares_over_replicates(shares: Numbers, people: Numbers, confidence: float = CONFIDENCE) -> Interval:
    """Mean share and its limits over the first axis, which stay within 0 and 1.

    Where all replicates have nobody, or everybody, limits are those of as many people who have nothing to do with each
    other, which is the least that is not known: with N of them and t degrees from the replicates, 0 to t²/(N + t²).

    Parameters
    ----------
    shares
        From 0 to 1, NaN where there is nobody, one row a replicate, shape (replicates, ...).
    people
        Of whom each is a share, in the same shape, or 1 along an axis where they are the same.
    confidence
        As of `over_replicates`.

    Raises
    ------
    ValueError
        As `over_replicates`, or if a share is not from 0 to 1, or there are not people for each.
    """
    found = numbers(shares, "as share", REPLICATE, more=True, lowest=0.0, highest=1.0)
    base = amounts(people, "people", REPLICATE, more=True)
    if base.ndim != found.ndim or any(n not in (1, of) for n, of in zip(base.shape, found.shape, strict=True)):
        raise ValueError(f"shares have shape {found.shape} and people {base.shape}; each share needs its people")
    base = np.broadcast_to(base, found.shape)
    return within_0_and_1(over_replicates(found, confidence), base.sum(axis=0), confidence)


def within_0_and_1(
    interval: Interval, people: NDArray[Any], confidence: float = CONFIDENCE, shares: NDArray[np.bool_] = EVERYWHERE
) -> Interval:
    """The interval of a share, moved within 0 and 1 by the method of Wilson.

    The variance between replicates says of how many independent people the share is worth, its effective sample size;
    Wilson's limits of so many, with the quantile of t, are these. Near one half they are the t interval; near 0 and 1
    they lean inwards, as the distribution of a rare share does (Korn and Graubard 1998; Franco and others 2019).

    Parameters
    ----------
    interval
        t interval around shares from 0 to 1, as of `over_replicates`.
    people
        Of all replicates together, of whom it is a share; what decides where nobody, or everybody, had it in any.
        Infinite where that is not known, for limits of no width.
    confidence
        Level of the limits.
    shares
        Where the quantities are shares from 0 to 1; elsewhere limits stay as they are.
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
