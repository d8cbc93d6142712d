"""The share that, if all quintiles had it, would be as good as the shares that they have (metrics, section 7).

How much worse an unequal distribution is, is a judgement. So the aversion to inequality has no default, and no other
result depends on these.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bpssim.statistics.checks import refuse_infinite
from bpssim.statistics.inequality import ranks


def atkinson_equivalent(values: NDArray[Any], population: NDArray[Any], aversion: float) -> float:
    """Equally distributed equivalent of Atkinson, for aversion to relative inequality.

    Parameters
    ----------
    values
        By quintile, shape (5,); not looked at where there are no births.
    population
        Births, or other denominators, shape (5,).
    aversion
        0 is none, where the equivalent is the mean; the greater, the more the least value counts.

    Returns
    -------
    float
        In the unit of the values; NaN if one is missing or not above 0.

    Raises
    ------
    ValueError
        As `bpssim.statistics.inequality.ranks`, or if a value is infinite.
    """
    shares, used = _used(values, population)
    if len(used) == 0 or not np.all(used > 0.0):
        return np.nan
    if aversion == 1.0:
        return float(np.exp(shares @ np.log(used)))
    return float((shares @ used ** (1.0 - aversion)) ** (1.0 / (1.0 - aversion)))


def kolm_equivalent(values: NDArray[Any], population: NDArray[Any], aversion: float) -> float:
    """Equally distributed equivalent of Kolm, for aversion to absolute inequality, above 0.

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
        As `atkinson_equivalent`.
    """
    shares, used = _used(values, population)
    return float(-np.log(shares @ np.exp(-aversion * used)) / aversion) if len(used) else np.nan


def _used(values: NDArray[Any], population: NDArray[Any]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Population shares and values of the quintiles with births."""
    refuse_infinite(values, "quintile")
    shares, _ = ranks(population)
    return shares[shares > 0.0], np.asarray(values, float)[shares > 0.0]
