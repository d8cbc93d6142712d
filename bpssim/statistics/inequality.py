"""Inequality between groups: gap, ratio, slope and relative index of inequality, equally distributed equivalents.

Values come by group in order of rank, the most deprived first, for quintiles, deciles or any other number of groups.
Undefined results are NaN. Relative rank runs from 0 (most deprived end) to 1, so a positive slope or a ratio above 1
means more among the less deprived.
"""

from typing import NamedTuple

import numpy as np

from bpssim.statistics.checks import Numbers, Values, above_zero, denominators, numbers, same_length

FEWEST_GROUPS = 3
"""Fewest groups with births for a slope."""


class SlopeIndex(NamedTuple):
    """Weighted regression line through the groups.

    Parameters
    ----------
    sii
        Slope index of inequality: fitted value at rank 1 less that at rank 0.
    rii
        Relative index of inequality (Kunst and Mackenbach): fitted value at rank 1 over that at rank 0; NaN unless both
        are positive.
    at_rank_0, at_rank_1
        Fitted values at the most and the least deprived end.
    """

    sii: float
    rii: float
    at_rank_0: float
    at_rank_1: float


NO_SLOPE = SlopeIndex(np.nan, np.nan, np.nan, np.nan)


def gap(values: Numbers) -> float:
    """Least deprived group minus most deprived; NaN if either value is missing: no other group takes its place.

    Parameters
    ----------
    values
        By group, shape (groups,), at least two.
    """
    first, last = _ends(values)
    return last - first


def ratio_of_ends(values: Numbers) -> float:
    """Least deprived group over the most deprived; NaN if that is 0 or either value is missing.

    Parameters are those of `gap`.
    """
    first, last = _ends(values)
    return last / first if first != 0.0 else np.nan


def ranks(population: Numbers) -> tuple[Values, Values]:
    """Population shares of groups in order of rank, and their midpoints on the scale from 0 to 1 (ridits).

    Parameters
    ----------
    population
        Denominators, such as births, shape (groups,); shares are NaN if all are 0.
    """
    births = denominators(population)
    total = np.sum(births)
    shares = births / total if total else np.full(len(births), np.nan)
    return shares, np.cumsum(shares) - shares / 2.0


def slope_index(values: Numbers, population: Numbers) -> SlopeIndex:
    """Slope and relative index of inequality by weighted least squares on ridits (method `linear`).

    Groups without births are left out and the others ranked. Nothing is defined if a value is missing where there are
    births, or with fewer than three groups.

    Parameters
    ----------
    values, population
        Values and their denominators by group, shape (groups,) each.
    """
    shares, used = used_groups(values, population)
    if len(used) < FEWEST_GROUPS or np.isnan(used).any():
        return NO_SLOPE
    a, b = ranks(shares)
    mean = float(a @ used)
    slope = float(a @ ((b - 0.5) * used) / (a @ (b - 0.5) ** 2))
    low, high = mean - slope / 2.0, mean + slope / 2.0
    return SlopeIndex(slope, high / low if low > 0.0 and high > 0.0 else np.nan, low, high)


def atkinson_equivalent(values: Numbers, population: Numbers, aversion: float) -> float:
    """Equally distributed equivalent of Atkinson: the equal value that is as good as the unequal ones.

    How much worse an unequal distribution is remains a judgement, so aversion to relative inequality has no default.

    Parameters
    ----------
    values
        By group, shape (groups,); ignored where there are no births.
    population
        Births, or other denominators, shape (groups,).
    aversion
        With 0, none, the equivalent is the mean; higher aversion gives more weight to the lowest value.

    Returns
    -------
    float
        In the unit of the values; NaN if any is missing or not above 0.
    """
    aversion = 0.0 if aversion == 0 else above_zero(aversion, "the aversion")
    shares, used = used_groups(values, population)
    if len(used) == 0 or not np.all(used > 0.0):
        return np.nan
    if aversion == 1.0:
        return float(np.exp(shares @ np.log(used)))
    return float((shares @ used ** (1.0 - aversion)) ** (1.0 / (1.0 - aversion)))


def kolm_equivalent(values: Numbers, population: Numbers, aversion: float) -> float:
    """Equally distributed equivalent of Kolm, for aversion to absolute inequality.

    Parameters
    ----------
    values, population
        As for `atkinson_equivalent`; values may be 0 or negative.
    aversion
        Above 0 [per unit of the values].

    Returns
    -------
    float
        In the unit of the values; NaN if any is missing.
    """
    aversion = above_zero(aversion, "the aversion")
    shares, used = used_groups(values, population)
    return float(-np.log(shares @ np.exp(-aversion * used)) / aversion) if len(used) else np.nan


def used_groups(values: Numbers, population: Numbers) -> tuple[Values, Values]:
    """Population shares and values of the groups with births."""
    given, (shares, _) = numbers(values), ranks(population)
    same_length({"values": given, "denominators": shares})
    return shares[shares > 0.0], given[shares > 0.0]


def _ends(values: Numbers) -> tuple[float, float]:
    by_group = numbers(values)
    if len(by_group) < 2:
        raise ValueError(f"the number of groups is {len(by_group)}; the ends to compare need at least 2")
    return float(by_group[0]), float(by_group[-1])
