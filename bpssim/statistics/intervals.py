"""Intervals over replicates: what more runs with the same inputs would change (metrics, section 8.1)."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

CONFIDENCE = 0.95


class Interval(NamedTuple):
    """Mean over replicates and its limits; arrays of one shape."""

    mean: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    replicates: NDArray[np.int64]  # replicates in which the quantity exists


def t_quantile(degrees: float | NDArray[Any], confidence: float = CONFIDENCE) -> NDArray[np.float64]:
    """Quantile of Student's t that leaves half of what is not covered above it, for any number of degrees above 0."""
    from scipy.special import stdtrit  # here, because one replicate has no interval and need not wait for it

    return np.asarray(stdtrit(degrees, (1.0 + confidence) / 2.0), float)


def normal_quantile(confidence: float = CONFIDENCE) -> float:
    """Quantile of the normal distribution that leaves half of what is not covered above it."""
    from scipy.special import ndtri  # here, because over replicates nobody asks for it

    return float(ndtri((1.0 + confidence) / 2.0))


def over_replicates(values: NDArray[Any], confidence: float = CONFIDENCE) -> Interval:
    """Mean and t interval over the first axis.

    Replicates in which the quantity is undefined (NaN) are left out of its mean. With fewer than two replicates there
    are no limits, and with none no mean: these are NaN.

    Parameters
    ----------
    values
        One row a replicate, shape (replicates, ...).
    confidence
        Share of such intervals that cover the mean of endless replicates.
    """
    defined = ~np.isnan(values)
    number = defined.sum(axis=0)
    mean = _divided(np.where(defined, values, 0.0).sum(axis=0), number)
    squares = np.where(defined, values - mean, 0.0) ** 2
    error = np.sqrt(_divided(_divided(squares.sum(axis=0), number - 1), number))
    half = error * t_quantile(np.maximum(number - 1, 1), confidence) if np.any(number > 1) else error
    return Interval(mean, mean - half, mean + half, number)


def _divided(numerator: NDArray[Any], denominator: NDArray[Any]) -> NDArray[np.float64]:
    undefined = np.full(np.shape(numerator), np.nan)
    quotient: NDArray[np.float64] = np.divide(numerator, denominator, out=undefined, where=denominator > 0)
    return quotient
