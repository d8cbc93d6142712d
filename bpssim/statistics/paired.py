"""Differences between scenarios that were run with the same seeds (metrics, section 8.2).

The same mothers live through both scenarios, so the luck of a seed is in both and drops out of the difference. The
interval of the paired differences is right even where the two are not correlated; it is then merely no narrower.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.statistics.checks import refuse_infinite
from bpssim.statistics.intervals import CONFIDENCE, over_replicates, t_quantile

Values = NDArray[np.float64]


class PairedDifference(NamedTuple):
    """Alternative minus base; arrays of one shape, NaN where undefined."""

    mean: Values
    lower: Values
    upper: Values
    pairs: NDArray[np.int64]  # replicates in which the quantity exists in both
    correlation: Values  # of base and alternative over the replicates
    variance_removed: Values  # share of the variance that a difference between independent seeds would have had
    unpaired_lower: Values  # limits that independent seeds would have given (Welch)
    unpaired_upper: Values


def paired_difference(base: NDArray[Any], alternative: NDArray[Any], contrasts: int = 1) -> PairedDifference:
    """Mean difference of two scenarios with its t interval, and what pairing was worth.

    Scenarios that do the same have a difference of exactly 0 with limits of exactly 0.

    Parameters
    ----------
    base, alternative
        One row a replicate, shape (replicates, ...) each, with the same seed in the same row; NaN where undefined. A
        replicate counts where both have a value.
    contrasts
        Comparisons named before the run; the confidence of each is raised so that 95 % holds for all of them together
        (Bonferroni).

    Raises
    ------
    ValueError
        If the two differ in shape, a value is infinite, or there are no contrasts.
    """
    base, alternative = np.asarray(base, float), np.asarray(alternative, float)
    if base.shape != alternative.shape:
        raise ValueError(f"base has shape {base.shape} and alternative {alternative.shape}; pairs need the same")
    if contrasts < 1:
        raise ValueError(f"there are {contrasts} contrasts; there should be at least 1")
    refuse_infinite(base)
    refuse_infinite(alternative)
    confidence = 1.0 - (1.0 - CONFIDENCE) / contrasts
    both = ~np.isnan(base) & ~np.isnan(alternative)
    base, alternative = np.where(both, base, np.nan), np.where(both, alternative, np.nan)
    mean, lower, upper, pairs = over_replicates(alternative - base, confidence)
    with np.errstate(divide="ignore", invalid="ignore"):  # nothing varies, or one pair: undefined
        variances = _covariance(base, base, pairs), _covariance(alternative, alternative, pairs)
        together = variances[0] + variances[1]
        correlation = _covariance(base, alternative, pairs) / np.sqrt(variances[0] * variances[1])
        removed = 1.0 - _covariance(alternative - base, alternative - base, pairs) / together
        degrees = together**2 * (pairs - 1) / (variances[0] ** 2 + variances[1] ** 2)
        half = np.sqrt(together / pairs) * t_quantile(degrees, confidence)
    unpaired = np.where(together == 0.0, 0.0, half)
    return PairedDifference(mean, lower, upper, pairs, correlation, removed, mean - unpaired, mean + unpaired)


def _covariance(first: Values, second: Values, pairs: NDArray[np.int64]) -> Values:
    """Sample covariance over the replicates that have both; NaN for fewer than two."""
    number = np.where(pairs > 1, pairs, np.nan)
    products = _deviations(first, number) * _deviations(second, number)
    covariance: Values = np.nansum(products, axis=0) / (number - 1)
    return covariance


def _deviations(values: Values, number: Values) -> Values:
    """Deviations from the mean; exactly 0 of what never varies, because it is measured from the least value."""
    above_least = values - np.fmin.reduce(values, axis=0, initial=np.inf)
    deviations: Values = above_least - np.nansum(above_least, axis=0) / number
    return deviations
