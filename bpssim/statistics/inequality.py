"""Inequality between groups: gap, ratio, and the slope and relative index of inequality.

Values come by group in order of rank, 1 (most deprived) first, as proportions or any number: quintiles, deciles or any
other number of groups. What does not exist is NaN. A relative rank runs from 0 (most deprived end) to 1, so a positive
slope or a ratio above 1 means more among the less deprived.
"""

from typing import NamedTuple

import numpy as np

from bpssim.statistics.checks import Numbers, Values, above_zero, denominators, numbers, same_length

FEWEST_GROUPS = 3
"""Groups with births that a slope needs."""


class SlopeIndex(NamedTuple):
    """What the weighted line through the groups says.

    Parameters
    ----------
    sii
        Slope index of inequality: fitted value at rank 1 less that at rank 0.
    rii
        Relative index of inequality (Kunst and Mackenbach): fitted value at rank 1 over that at rank 0; NaN where one
        of them is not positive.
    at_rank_0, at_rank_1
        Fitted values at the most and at the least deprived end.
    """

    sii: float
    rii: float
    at_rank_0: float
    at_rank_1: float

    @property
    def intercept(self) -> float:
        """Where the line begins: the fitted value at rank 0."""
        return self.at_rank_0


NO_SLOPE = SlopeIndex(np.nan, np.nan, np.nan, np.nan)


def gap(values: Numbers) -> float:
    """Least deprived group minus most deprived; NaN if either has none, for the next does not take its place.

    Parameters
    ----------
    values
        By group, shape (groups,), at least two.

    Raises
    ------
    ValueError
        If a value is infinite or no number, naming the group, or there are fewer than two.
    """
    first, last = _ends(values)
    return last - first


def ratio_of_ends(values: Numbers) -> float:
    """Least deprived group over the most deprived; NaN where that is 0 or either has no value.

    Parameters
    ----------
    values
        As of `gap`.

    Raises
    ------
    ValueError
        As `gap`.
    """
    first, last = _ends(values)
    return last / first if first != 0.0 else np.nan


def ranks(population: Numbers) -> tuple[Values, Values]:
    """Population shares of groups in order of rank, and the middle of each on the scale from 0 to 1 (ridits).

    Parameters
    ----------
    population
        Denominators, such as births, shape (groups,); shares are NaN if all are 0.

    Raises
    ------
    ValueError
        If a denominator is negative, missing or no number, naming the group.
    """
    births = denominators(population)
    total = np.sum(births)
    shares = births / total if total else np.full(len(births), np.nan)
    return shares, np.cumsum(shares) - shares / 2.0


def slope_index(values: Numbers, population: Numbers) -> SlopeIndex:
    """Slope and relative index of inequality by weighted least squares on ridits (method `linear`).

    Groups without births are left out and the others ranked; a value that is missing where there are births leaves
    nothing defined, and so do fewer than three groups.

    Parameters
    ----------
    values, population
        By group, shape (groups,) each: values, and their denominators.

    Raises
    ------
    ValueError
        As `ranks`, or if a value is infinite or no number.
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
    """Equally distributed equivalent of Atkinson: the value that, if all had it, would be as good as those they have.

    How much worse an unequal distribution is, is a judgement, so the aversion to (relative) inequality has no default.

    Parameters
    ----------
    values
        By group, shape (groups,); not looked at where there are no births.
    population
        Births, or other denominators, shape (groups,).
    aversion
        0 is none, where the equivalent is the mean; the greater, the more the least value counts.

    Returns
    -------
    float
        In the unit of the values; NaN if one is missing or not above 0.

    Raises
    ------
    ValueError
        As `slope_index`, or if the aversion is below 0.
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
        As of `atkinson_equivalent`; values may be 0 or negative.
    aversion
        Above 0 [per unit of the values].

    Returns
    -------
    float
        In the unit of the values; NaN if one is missing.

    Raises
    ------
    ValueError
        As `slope_index`, or if the aversion is not above 0.
    """
    aversion = above_zero(aversion, "the aversion")
    shares, used = used_groups(values, population)
    return float(-np.log(shares @ np.exp(-aversion * used)) / aversion) if len(used) else np.nan


def used_groups(values: Numbers, population: Numbers) -> tuple[Values, Values]:
    """Population shares and values of the groups with births.

    Raises
    ------
    ValueError
        As `slope_index`.
    """
    given, (shares, _) = numbers(values), ranks(population)
    same_length({"values": given, "denominators": shares})
    return shares[shares > 0.0], given[shares > 0.0]


def _ends(values: Numbers) -> tuple[float, float]:
    found = numbers(values)
    if len(found) < 2:
        raise ValueError(f"the number of groups is {len(found)}; the ends to compare need at least 2")
    return float(found[0]), float(found[-1])
