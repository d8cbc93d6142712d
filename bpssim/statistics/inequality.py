"""Inequality between quintiles: gap, ratio, and the slope and relative index of inequality (metrics, sections 2, 3).

Values come by quintile, 1 (most deprived) to 5, as proportions or any number. What does not exist is NaN. A relative
rank runs from 0 (most deprived end) to 1, so a positive slope or a ratio above 1 means more among the less deprived.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.scenario.words import QUINTILES
from bpssim.statistics.checks import refuse_infinite, refuse_negative

FEWEST_GROUPS = 3
"""Quintiles with births that a slope needs."""


class SlopeIndex(NamedTuple):
    """What the weighted line through the quintiles says.

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


NO_SLOPE = SlopeIndex(np.nan, np.nan, np.nan, np.nan)


def gap(values: NDArray[Any]) -> float:
    """Least deprived quintile minus most deprived; NaN if either has none, for the next does not take its place.

    Parameters
    ----------
    values
        By quintile, shape (5,) or longer; what follows the quintiles is not looked at.

    Raises
    ------
    ValueError
        If a value is infinite, naming the quintile.
    """
    refuse_infinite(values, "quintile")
    return float(values[QUINTILES - 1] - values[0])


def ratio_of_ends(values: NDArray[Any]) -> float:
    """Least deprived quintile over the most deprived; NaN where that is 0 or either has no value.

    Raises
    ------
    ValueError
        If a value is infinite, naming the quintile.
    """
    refuse_infinite(values, "quintile")
    return float(values[QUINTILES - 1] / values[0]) if values[0] != 0 else np.nan


def ranks(population: NDArray[Any]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Population shares of groups in order of rank, and the middle of each on the scale from 0 to 1 (ridits).

    Parameters
    ----------
    population
        Denominators, such as births, shape (groups,); shares are NaN if all are 0.

    Raises
    ------
    ValueError
        If a denominator is negative or no number.
    """
    refuse_negative(population, "in its denominator")
    total = np.sum(population)
    shares = np.asarray(population, float) / total if total else np.full(len(population), np.nan)
    return shares, np.cumsum(shares) - shares / 2.0


def slope_index(values: NDArray[Any], population: NDArray[Any]) -> SlopeIndex:
    """Slope and relative index of inequality by weighted least squares on ridits (method `linear`).

    Quintiles without births are left out and the others ranked; a value that is missing where there are births leaves
    nothing defined, and so do fewer than three groups.

    Parameters
    ----------
    values, population
        By quintile, shape (5,) each: values, and their denominators.

    Raises
    ------
    ValueError
        As `ranks`, or if a value is infinite.
    """
    refuse_infinite(values, "quintile")
    a_all, _ = ranks(population)
    there = a_all > 0.0
    values, population = np.asarray(values, float)[there], np.asarray(population, float)[there]
    if there.sum() < FEWEST_GROUPS or np.isnan(values).any():
        return NO_SLOPE
    a, b = ranks(population)
    mean = float(a @ values)
    slope = float(a @ ((b - 0.5) * values) / (a @ (b - 0.5) ** 2))
    low, high = mean - slope / 2.0, mean + slope / 2.0
    return SlopeIndex(slope, high / low if low > 0.0 and high > 0.0 else np.nan, low, high)
