"""Differences between scenarios with common random numbers.

The same mothers live through both scenarios, so the chance variation of a seed is in both and cancels out. The interval
of paired differences is valid even without correlation; it is then merely no narrower.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.statistics.checks import Numbers, Values, level, numbers
from bpssim.statistics.intervals import CONFIDENCE, REPLICATE, Interval, over_replicates, t_quantile

RESAMPLES = 9_999
SEED = 1
"""Seed of the bootstrap, so that the same replicates always have the same limits."""

FEWEST_FOR_BOOTSTRAP = 20
"""Number of replicates below which the t interval is preferable."""


class PairedDifference(NamedTuple):
    """Alternative minus base; arrays of one shape, NaN where undefined."""

    mean: Values
    lower: Values
    upper: Values
    pairs: NDArray[np.int64]  # replicates in which the quantity is defined in both
    correlation: Values  # of base and alternative over the replicates
    variance_removed: Values  # share of the variance of a difference between independent seeds
    unpaired_lower: Values  # limits with independent seeds (Welch)
    unpaired_upper: Values

    @property
    def flags(self) -> NDArray[Any]:
        """Why limits are undefined or uninformative, as of `Interval.flags`."""
        return Interval(self.mean, self.lower, self.upper, self.pairs).flags


def paired_difference(
    base: Numbers, alternative: Numbers, contrasts: int = 1, confidence: float = CONFIDENCE
) -> PairedDifference:
    """Mean difference of two scenarios with its paired t interval, and the gain in precision from pairing.

    Identical scenarios have a difference of exactly 0 with limits of exactly 0, which is not certainty: see
    `bpssim.statistics.detection.limit_of_none`.

    Parameters
    ----------
    base, alternative
        One row per replicate, shape (replicates, ...) each, with the same seed in the same row; NaN where undefined.
        Replicates are used where both have a value.
    contrasts
        Number of comparisons planned before the run; the confidence of each is raised so that the level holds for all
        together (Bonferroni).
    confidence
        Simultaneous level of all contrasts.
    """
    confidence = level_of_each(confidence, contrasts)
    base, alternative = _pair(base, alternative, more=True, missing=True)
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


def difference_by_bootstrap(
    base: Numbers, alternative: Numbers, contrasts: int = 1, confidence: float = CONFIDENCE
) -> Interval:
    """Mean paired difference with BCa bootstrap limits, for clearly skewed differences such as costs.

    Parameters
    ----------
    base, alternative
        One value per replicate, shape (replicates,) each, in the same order of seeds, all defined.
    contrasts, confidence
        As for `paired_difference`.

    Raises
    ------
    ValueError
        If there are fewer than 20 replicates.
    """
    confidence = level_of_each(confidence, contrasts)
    base, alternative = _pair(base, alternative, more=False, missing=False)
    difference, number = alternative - base, np.asarray(len(base))
    if len(base) < FEWEST_FOR_BOOTSTRAP:
        fewest = FEWEST_FOR_BOOTSTRAP
        raise ValueError(f"there are {len(base)} replicates; below {fewest} the t interval is the better one")
    mean = np.asarray(np.mean(difference))
    if np.ptp(difference) == 0.0:
        return Interval(mean, mean, mean, number)
    from scipy.stats import bootstrap  # here, because it is slow to import and rarely asked for

    drawn = bootstrap(
        (difference,),
        np.mean,
        n_resamples=RESAMPLES,
        batch=1_000,  # keeps memory small
        confidence_level=confidence,
        method="BCa",
        rng=np.random.default_rng(SEED),
    ).confidence_interval
    return Interval(mean, np.asarray(drawn.low), np.asarray(drawn.high), number)


def level_of_each(confidence: float, contrasts: int) -> float:
    """Confidence of each of several contrasts for a simultaneous level (Bonferroni)."""
    if not (isinstance(contrasts, int | np.integer) and contrasts >= 1):
        raise ValueError(f"there are {contrasts!r} contrasts; there should be at least 1")
    return 1.0 - (1.0 - level(confidence)) / contrasts


def _pair(base: Numbers, alternative: Numbers, more: bool, missing: bool) -> tuple[Values, Values]:
    before, after = (numbers(given, axes=REPLICATE, more=more, missing=missing) for given in (base, alternative))
    if before.shape != after.shape:
        raise ValueError(f"base has shape {before.shape} and alternative {after.shape}; pairs need the same")
    return before, after


def _covariance(first: Values, second: Values, pairs: NDArray[np.int64]) -> Values:
    """Sample covariance over the replicates that have both; NaN for fewer than two."""
    number = np.where(pairs > 1, pairs, np.nan)
    products = _deviations(first, number) * _deviations(second, number)
    covariance: Values = np.nansum(products, axis=0) / (number - 1)
    return covariance


def _deviations(values: Values, number: Values) -> Values:
    """Deviations from the mean; exactly 0 for a constant, because values are measured from the lowest."""
    above_least = values - np.fmin.reduce(values, axis=0, initial=np.inf)
    deviations: Values = above_least - np.nansum(above_least, axis=0) / number
    return deviations
