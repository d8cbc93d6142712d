"""Two-level Monte Carlo: how much of the spread comes from what is not known (metrics, section 8.6).

Every draw of the parameters is run with several replicates. Means of draws differ because parameters differ and also
by the luck of few replicates; taking the latter away leaves the variance due to the parameters (O'Hagan, Stevenson and
Madan 2007).
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.statistics.checks import refuse_not_finite


class TwoLevels(NamedTuple):
    """Mean squares of draws and replicates, and what follows from them."""

    mean: float
    between: float  # replicates of a draw times the variance of the means of draws
    within: float  # mean of the variances between the replicates of a draw
    parameter_variance: float
    error: float  # Monte Carlo standard error of the mean


def two_levels(values: NDArray[Any]) -> TwoLevels:
    """Split the variance of an outcome into that of the parameters and that of the replicates.

    For a mean, many draws with one to five replicates of each serve best. Shares of draws in favour of a scenario need
    `within` over the replicates to be small beside `parameter_variance`, or they flatten towards one half.

    Parameters
    ----------
    values
        Shape (draws, replicates), at least two of each. Seeds differ between draws.

    Raises
    ------
    ValueError
        If there are fewer than two draws or replicates, or a value is infinite or undefined.
    """
    if np.ndim(values) != 2 or min(values.shape) < 2:
        raise ValueError(f"values have shape {np.shape(values)}; two levels need 2 draws and 2 replicates of each")
    refuse_not_finite(values, "draw")
    draws, replicates = values.shape
    within = float(np.var(values, axis=1, ddof=1).mean())
    between = float(replicates * np.var(values.mean(axis=1), ddof=1))
    variance = max(0.0, (between - within) / replicates)
    return TwoLevels(float(values.mean()), between, within, variance, (between / (draws * replicates)) ** 0.5)
