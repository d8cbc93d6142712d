"""Monte Carlo error of summaries over replicates, and the spread of single runs (metrics, section 8.1).

The error says what more replicates would change. The spread says how one simulated year differs from the next, which
is what somebody who plans for one year has to live with.
"""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

PERCENTILES = (5, 50, 95)
"""Of nine runs in ten the value lies between the outer two."""

Values = NDArray[np.float64]


def error_of_mean(values: NDArray[Any]) -> Values:
    """Monte Carlo standard error of the mean over the first axis; NaN for fewer than two replicates.

    Parameters
    ----------
    values
        One row a replicate, shape (replicates, ...), all defined.
    """
    return _spread(values) / math.sqrt(max(len(values), 1))


def error_of_spread(values: NDArray[Any]) -> Values:
    """Monte Carlo standard error of the standard deviation between replicates, for roughly normal values."""
    return _spread(values) / math.sqrt(2.0 * max(len(values) - 1, 1))


def error_of_share(happened: NDArray[np.bool_]) -> Values:
    """Monte Carlo standard error of the share of replicates in which something happened, shape (replicates, ...)."""
    share = np.mean(happened, axis=0)
    return np.asarray(np.sqrt(share * (1.0 - share) / len(happened)))


def single_runs(values: NDArray[Any]) -> Values:
    """5th, 50th and 95th percentile of single runs, shape (3, ...).

    Parameters
    ----------
    values
        One row a replicate, shape (replicates, ...), all defined.
    """
    return np.asarray(np.percentile(values, PERCENTILES, axis=0))


def decimals_supported(error: float) -> int:
    """Decimals that a Monte Carlo error above 0 lets one print; -1 means tens.

    Half of the last printed unit is at least the error.
    """
    return math.floor(-math.log10(2.0 * error))


def _spread(values: NDArray[Any]) -> Values:
    if len(values) < 2:
        return np.full(np.shape(values)[1:], np.nan)
    return np.asarray(np.std(values, axis=0, ddof=1))
