"""Proportions by group, their gap and their ratio, from published counts.

Always name the denominator of a proportion: births, mothers who started, or infants due for a review.
"""

import math

import numpy as np

from bpssim.statistics.checks import Numbers, Values, counts, level
from bpssim.statistics.inequality import gap, ratio_of_ends
from bpssim.statistics.intervals import CONFIDENCE, normal_quantile
from bpssim.statistics.statistic import Estimate, Flag, Statistic, statistic


def wilson(successes: Numbers, population: Numbers, confidence: float = CONFIDENCE) -> tuple[Values, Values]:
    """Wilson confidence limits of proportions; NaN where there is nobody or the count is missing.

    Parameters
    ----------
    successes, population
        Counts by group, shape (groups,) each; None or NaN where a count of successes is missing.
    confidence
        Level of the limits.
    """
    from scipy.stats import binomtest  # here, because it is slow to import

    level(confidence)
    successes, births = counts(successes, population)
    limits = np.full((2, len(births)), np.nan)
    for group, (x, n) in enumerate(zip(successes, births, strict=True)):
        if n > 0.0 and not np.isnan(x):
            limits[:, group] = binomtest(int(x), int(n)).proportion_ci(confidence, "wilson")
    return limits[0], limits[1]


def proportions(successes: Numbers, population: Numbers, confidence: float = CONFIDENCE) -> list[Statistic]:
    """Proportion of each group with Wilson limits, in order of group.

    Parameters are those of `wilson`.
    """
    lower, upper = wilson(successes, population, confidence)
    successes, births = counts(successes, population)
    return [
        statistic(
            "proportion",
            Estimate(share, lower[group], upper[group], "wilson"),
            confidence,
            "proportion",
            {group + 1: births[group]},
            _missing(successes, births, (group,)),
        )
        for group, share in enumerate(_share(successes, births))
    ]


def gap_of_proportions(successes: Numbers, population: Numbers, confidence: float = CONFIDENCE) -> Statistic:
    """Proportion in the least deprived group minus that in the most deprived, with Newcombe limits.

    Parameters are those of `wilson`, with at least two groups.
    """
    lower, upper = wilson(successes, population, confidence)
    successes, births = counts(successes, population)
    p = _share(successes, births)
    below, above = p - lower, upper - p
    difference = gap(p)
    estimate = Estimate(
        difference,
        difference - math.hypot(below[-1], above[0]),
        difference + math.hypot(above[-1], below[0]),
        "newcombe",
    )
    return _between_ends("gap", estimate, confidence, "difference", successes, births)


def ratio_of_proportions(successes: Numbers, population: Numbers, confidence: float = CONFIDENCE) -> Statistic:
    """Proportion in the least deprived group over that in the most deprived, with limits on the logarithmic scale.

    A ratio of 0 has no limits, and a ratio to 0 is undefined. Parameters are those of `gap_of_proportions`.
    """
    z = normal_quantile(confidence)
    successes, births = counts(successes, population)
    p = _share(successes, births)
    ratio = ratio_of_ends(p)
    estimate = Estimate(ratio, flags=_no_ratio(p))
    if ratio > 0.0:
        x, n = successes[[0, -1]], births[[0, -1]]
        factor = math.exp(z * math.sqrt(np.sum(1.0 / x - 1.0 / n)))
        estimate = Estimate(ratio, ratio / factor, ratio * factor, "log_normal")
    return _between_ends("ratio", estimate, confidence, "quotient", successes, births)


def _share(successes: Values, population: Values) -> Values:
    return successes / np.where(population > 0.0, population, np.nan)


def _no_ratio(p: Values) -> tuple[Flag, ...]:
    """Why a ratio, or its limits, is undefined although both proportions are defined."""
    if p[0] == 0.0:
        return (Flag.NOTHING_BELOW,)
    return (Flag.ZERO_OR_FULL_CELL,) if p[-1] == 0.0 else ()


def _between_ends(
    name: str, estimate: Estimate, confidence: float, method: str, successes: Values, births: Values
) -> Statistic:
    last = len(births) - 1
    people = {1: births[0], last + 1: births[last]}
    return statistic(name, estimate, confidence, method, people, _missing(successes, births, (0, last)))


def _missing(successes: Values, births: Values, groups: tuple[int, ...]) -> list[Flag]:
    """Why the proportion of one of these groups is undefined."""
    nobody = [Flag.NOBODY for group in groups if births[group] == 0.0]
    return nobody + [Flag.MISSING_VALUE for group in groups if births[group] > 0.0 and np.isnan(successes[group])]
