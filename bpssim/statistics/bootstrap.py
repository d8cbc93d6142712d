"""Limits by drawing replicates again, where a t interval does not serve (metrics, sections 3.5 and 8.2).

Replicates are drawn whole, with everything that belongs to them, from a fixed seed: the same replicates always have the
same limits.
"""

from collections.abc import Callable
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from bpssim.statistics.checks import refuse_not_finite
from bpssim.statistics.intervals import CONFIDENCE, Interval

RESAMPLES = 9_999
SEED = 1
FEWEST_FOR_DIFFERENCES = 20
"""Replicates below which a mean difference is better judged by its t interval."""

NAN = np.asarray(np.nan)

Value = NDArray[np.float64]
Method = Literal["BCa", "percentile"]


def difference_by_bootstrap(base: NDArray[Any], alternative: NDArray[Any], contrasts: int = 1) -> Interval:
    """Mean paired difference with BCa limits, for differences that are clearly skewed, such as those of costs.

    Parameters
    ----------
    base, alternative
        One value a replicate, shape (replicates,) each, with the same seed at the same place, all defined.
    contrasts
        Comparisons named before the run (Bonferroni).

    Raises
    ------
    ValueError
        If there are fewer than 20 replicates, or a value is infinite or undefined.
    """
    difference = np.asarray(alternative, float) - np.asarray(base, float)
    refuse_not_finite(difference)
    if len(difference) < FEWEST_FOR_DIFFERENCES:
        fewest = FEWEST_FOR_DIFFERENCES
        raise ValueError(f"there are {len(difference)} replicates; below {fewest} the t interval is the better one")
    mean, number = np.mean(difference), np.asarray(len(difference))
    if np.ptp(difference) == 0.0:
        return Interval(mean, mean, mean, number)
    return Interval(mean, *_limits(np.mean, (difference,), "BCa", 1.0 - (1.0 - CONFIDENCE) / contrasts), number)


def ratio_of_means(top: NDArray[Any], bottom: NDArray[Any]) -> Interval:
    """Ratio of two means over the same replicates with percentile limits, such as slope index over mean.

    The mean of the ratios of single replicates would be biased. Undefined (NaN) unless the mean below is above 0;
    without limits for one replicate.

    Parameters
    ----------
    top, bottom
        One value a replicate, shape (replicates,) each, all defined.

    Raises
    ------
    ValueError
        If a value is infinite or undefined.
    """
    refuse_not_finite(top)
    refuse_not_finite(bottom)
    number = np.asarray(len(top))
    if number == 0 or np.mean(bottom) <= 0.0:
        return Interval(NAN, NAN, NAN, number)
    lower, upper = _limits(_quotient, (top, bottom), "percentile", CONFIDENCE) if number > 1 else (NAN, NAN)
    return Interval(_quotient(top, bottom), lower, upper, number)


def relative_index(at_rank_0: NDArray[Any], at_rank_1: NDArray[Any]) -> Interval:
    """Relative index of inequality over replicates; undefined (NaN) unless both fitted ends are above 0 on average.

    Parameters
    ----------
    at_rank_0, at_rank_1
        Fitted ends of the slope in each replicate (`bpssim.statistics.inequality.SlopeIndex`), shape (replicates,)
        each.

    Raises
    ------
    ValueError
        As `ratio_of_means`.
    """
    interval = ratio_of_means(at_rank_1, at_rank_0)
    return interval if interval.mean > 0.0 else Interval(NAN, NAN, NAN, interval.replicates)


def _quotient(top: NDArray[Any], bottom: NDArray[Any], axis: int = -1) -> Value:
    return np.asarray(np.mean(top, axis=axis) / np.mean(bottom, axis=axis))


def _limits(
    statistic: Callable[..., Any], samples: tuple[NDArray[Any], ...], method: Method, confidence: float
) -> tuple[Value, Value]:
    from scipy.stats import bootstrap  # here, because it is slow to import and rarely asked for

    drawn = bootstrap(
        samples,
        statistic,
        n_resamples=RESAMPLES,
        batch=1_000,  # keeps memory small
        paired=True,
        vectorized=True,
        confidence_level=confidence,
        method=method,
        rng=np.random.default_rng(SEED),
    )
    return np.asarray(drawn.confidence_interval.low), np.asarray(drawn.confidence_interval.high)
