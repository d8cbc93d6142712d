"""Monte Carlo error of summaries over replicates, and the variation between single runs.

The error is what more replicates would reduce. The variation between runs is how one simulated year differs from the
next, which anyone who plans for a single year has to live with.
"""

import math

import numpy as np

from bpssim.statistics.checks import Numbers, Values, above_zero, marks, numbers
from bpssim.statistics.intervals import REPLICATE

PERCENTILES = (5, 50, 95)
"""Nine runs in ten lie between the outer two."""


def error_of_mean(values: Numbers) -> Values:
    """Monte Carlo standard error of the mean over the first axis; NaN for fewer than two replicates.

    Parameters
    ----------
    values
        One row a replicate, shape (replicates, ...), all defined.
    """
    by_replicate = _all_defined(values)
    return _spread(by_replicate) / math.sqrt(max(len(by_replicate), 1))


def error_of_spread(values: Numbers) -> Values:
    """Monte Carlo standard error of the standard deviation between replicates, for roughly normal values.

    Parameters and errors are those of `error_of_mean`.
    """
    by_replicate = _all_defined(values)
    return _spread(by_replicate) / math.sqrt(2.0 * max(len(by_replicate) - 1, 1))


def error_of_share(happened: Numbers) -> Values:
    """Monte Carlo standard error of the share of replicates with an event.

    Parameters
    ----------
    happened
        0 or 1, one row a replicate, shape (replicates, ...), at least one.
    """
    by_replicate = marks(happened, "as mark", REPLICATE, more=True)
    if len(by_replicate) == 0:
        raise ValueError("there are no replicates; a share needs at least 1")
    share = np.mean(by_replicate, axis=0)
    return np.asarray(np.sqrt(share * (1.0 - share) / len(by_replicate)))


def single_runs(values: Numbers) -> Values:
    """5th, 50th and 95th percentile of single runs, shape (3, ...).

    Parameters
    ----------
    values
        One row a replicate, shape (replicates, ...), all defined, at least one.
    """
    by_replicate = _all_defined(values)
    if len(by_replicate) == 0:
        raise ValueError("there are no replicates; percentiles need at least 1")
    return np.asarray(np.percentile(by_replicate, PERCENTILES, axis=0))


def decimals_supported(error: float) -> int:
    """Decimals that a Monte Carlo error above 0 justifies; -1 means tens.

    Half of the last printed unit is at least the error.
    """
    return math.floor(-math.log10(2.0 * above_zero(error, "the error")))


def _all_defined(values: Numbers) -> Values:
    return numbers(values, axes=REPLICATE, more=True, missing=False)


def _spread(values: Values) -> Values:
    if len(values) < 2:
        return np.full(np.shape(values)[1:], np.nan)
    return np.asarray(np.std(values, axis=0, ddof=1))
