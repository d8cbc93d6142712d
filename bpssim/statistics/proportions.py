"""Proportions by quintile, their gap and their ratio, from published counts (metrics, section 2).

The denominator belongs to the name of a proportion: births, mothers who started, or infants due for a review.
"""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bpssim.scenario.words import QUINTILES
from bpssim.statistics.checks import Given, counts
from bpssim.statistics.inequality import gap, ratio_of_ends
from bpssim.statistics.intervals import CONFIDENCE, normal_quantile
from bpssim.statistics.statistic import Estimate, Flag, Statistic, statistic

Values = NDArray[np.float64]


def wilson(successes: NDArray[Any], population: NDArray[Any], confidence: float = CONFIDENCE) -> tuple[Values, Values]:
    """Wilson limits of proportions; NaN where there is nobody or the count is missing.

    Parameters
    ----------
    successes, population
        Counts of one shape.
    confidence
        Level of the limits.
    """
    z = normal_quantile(confidence)
    n = np.where(np.asarray(population) > 0, population, np.nan)
    p = successes / n
    centre = (p + z**2 / (2.0 * n)) / (1.0 + z**2 / n)
    half = z / (1.0 + z**2 / n) * np.sqrt(p * (1.0 - p) / n + z**2 / (4.0 * n**2))
    return np.where(p == 0.0, 0.0, centre - half), np.where(p == 1.0, 1.0, centre + half)


def proportions(successes: Given, population: Given, confidence: float = CONFIDENCE) -> list[Statistic]:
    """Proportion of each quintile with Wilson limits, in order of quintile.

    Parameters
    ----------
    successes, population
        Counts by quintile, shape (5,) each; None where a count of successes is missing.
    confidence
        Level of the limits.

    Raises
    ------
    ValueError
        If a count cannot be, naming the quintile and the value.
    """
    found, births = counts(successes, population)
    lower, upper = wilson(found, births, confidence)
    return [
        statistic(
            "proportion",
            Estimate(_share(found, births)[quintile], lower[quintile], upper[quintile], "wilson"),
            confidence,
            "proportion",
            {quintile + 1: births[quintile]},
            _missing(found, births, (quintile,)),
        )
        for quintile in range(QUINTILES)
    ]


def gap_of_proportions(successes: Given, population: Given, confidence: float = CONFIDENCE) -> Statistic:
    """Proportion in the least deprived quintile minus that in the most deprived, with limits of Newcombe.

    Parameters
    ----------
    successes, population, confidence
        As of `proportions`.

    Raises
    ------
    ValueError
        As `proportions`.
    """
    found, births = counts(successes, population)
    p, (lower, upper) = _share(found, births), wilson(found, births, confidence)
    below, above = p - lower, upper - p
    difference = gap(p)
    estimate = Estimate(
        difference,
        difference - math.hypot(below[-1], above[0]),
        difference + math.hypot(above[-1], below[0]),
        "newcombe",
    )
    return _between_ends("gap", estimate, confidence, "difference", found, births)


def ratio_of_proportions(successes: Given, population: Given, confidence: float = CONFIDENCE) -> Statistic:
    """Proportion in the least deprived quintile over that in the most deprived, with limits on the logarithmic scale.

    A ratio of 0 has no limits, and over 0 there is no ratio.

    Parameters
    ----------
    successes, population, confidence
        As of `proportions`.

    Raises
    ------
    ValueError
        As `proportions`.
    """
    found, births = counts(successes, population)
    p = _share(found, births)
    ratio = ratio_of_ends(p)
    estimate = Estimate(ratio, flags=_no_ratio(p))
    if ratio > 0.0:
        x, n = found[[0, -1]], births[[0, -1]]
        factor = math.exp(normal_quantile(confidence) * math.sqrt(np.sum(1.0 / x - 1.0 / n)))
        estimate = Estimate(ratio, ratio / factor, ratio * factor, "log_normal")
    return _between_ends("ratio", estimate, confidence, "quotient", found, births)


def _share(successes: Values, population: Values) -> Values:
    return successes / np.where(population > 0.0, population, np.nan)


def _no_ratio(p: Values) -> tuple[Flag, ...]:
    """Why a ratio, or its limits, do not exist although both proportions do."""
    if p[0] == 0.0:
        return (Flag.NOTHING_BELOW,)
    return (Flag.ZERO_OR_FULL_CELL,) if p[-1] == 0.0 else ()


def _between_ends(
    name: str, estimate: Estimate, confidence: float, method: str, found: Values, births: Values
) -> Statistic:
    people = {1: births[0], QUINTILES: births[-1]}
    return statistic(name, estimate, confidence, method, people, _missing(found, births, (0, QUINTILES - 1)))


def _missing(found: Values, births: Values, quintiles: tuple[int, ...]) -> list[Flag]:
    """Why a proportion of one of these quintiles does not exist."""
    nobody = [Flag.NOBODY for quintile in quintiles if births[quintile] == 0.0]
    return nobody + [
        Flag.MISSING_VALUE for quintile in quintiles if births[quintile] > 0.0 and np.isnan(found[quintile])
    ]
