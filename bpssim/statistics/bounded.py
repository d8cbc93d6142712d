"""Concentration of what has a least and a greatest possible value, such as a proportion (metrics, section 4.1).

The relative index says one thing of those who breastfeed and another of those who do not; that of Erreygers only
changes its sign.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bpssim.statistics.concentration import concentration_index, generalised_concentration
from bpssim.statistics.inequality import ranks


def scaled(values: NDArray[Any], lowest: float, highest: float) -> NDArray[np.float64]:
    """Values on the scale from 0 to 1 between their bounds; NaN where they are missing.

    Parameters
    ----------
    values
        By quintile, shape (5,).
    lowest, highest
        What is possible, and not what has been seen.

    Raises
    ------
    ValueError
        If a value is out of bounds, naming the quintile.
    """
    for quintile, value in enumerate(values, 1):
        if value < lowest or value > highest:
            raise ValueError(f"quintile {quintile} has {value}; it should be a number from {lowest} to {highest}")
    return np.asarray((np.asarray(values, float) - lowest) / (highest - lowest))


def erreygers(proportions: NDArray[Any], population: NDArray[Any]) -> float:
    """Index of Erreygers, -1 to 1; NaN if a value is missing.

    Parameters
    ----------
    proportions
        By quintile, shape (5,), from 0 to 1; others after `scaled`.
    population
        Births, or other denominators, shape (5,).

    Raises
    ------
    ValueError
        As `bpssim.statistics.inequality.ranks`, or if a proportion is not from 0 to 1.
    """
    return 4.0 * generalised_concentration(scaled(proportions, 0.0, 1.0), population)


def wagstaff(proportions: NDArray[Any], population: NDArray[Any]) -> float:
    """Index of Wagstaff; NaN if a value is missing, or all are 0 or all are 1.

    Parameters
    ----------
    proportions, population
        As of `erreygers`.

    Raises
    ------
    ValueError
        As `erreygers`.
    """
    shares, _ = ranks(population)
    without = float(shares @ np.where(shares > 0.0, 1.0 - scaled(proportions, 0.0, 1.0), 0.0))
    return concentration_index(proportions, population) / without if without > 0.0 else np.nan
