"""Two-level Monte Carlo: how much of the spread comes from what is not known.

Every draw of the parameters is run with several replicates. Means of draws differ because parameters differ and also
by the luck of few replicates; taking the latter away leaves the variance due to the parameters (O'Hagan, Stevenson and
Madan 2007).
"""

import math
from typing import NamedTuple

import numpy as np

from bpssim.statistics.checks import Numbers, level, numbers
from bpssim.statistics.intervals import CONFIDENCE


class TwoLevels(NamedTuple):
    """Mean squares of draws and replicates, and what follows from them."""

    mean: float
    between: float  # replicates of a draw times the variance of the means of draws
    within: float  # mean of the variances between the replicates of a draw
    parameter_variance: float
    error: float  # Monte Carlo standard error of the mean

    @property
    def share_of_parameters(self) -> float:
        """Part of the variance between draws that is the parameters'; the rest is luck. NaN where nothing varies."""
        return max(0.0, self.between - self.within) / self.between if self.between else math.nan


def two_levels(values: Numbers) -> TwoLevels:
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
        If there are fewer than two draws or replicates, or a value is infinite, missing or no number.
    """
    found = numbers(values, axes=("draw",), more=True, missing=False)
    if found.ndim != 2 or min(found.shape) < 2:
        raise ValueError(f"values have shape {found.shape}; two levels need 2 draws and 2 replicates of each")
    draws, replicates = found.shape
    within = float(np.var(found, axis=1, ddof=1).mean())
    between = float(replicates * np.var(found.mean(axis=1), ddof=1))
    variance = max(0.0, (between - within) / replicates)
    return TwoLevels(float(found.mean()), between, within, variance, (between / (draws * replicates)) ** 0.5)


RANGE_OF_ALL = "range of all draws"


class OverDraws(NamedTuple):
    """Limits over draws of the parameters, and what they are: such as ``95 % of draws``, or `RANGE_OF_ALL`."""

    lower: float
    upper: float
    kind: str


def over_draws(values: Numbers, confidence: float = CONFIDENCE) -> OverDraws:
    """Limits that hold 95 % of what the parameters may bring, or, of fewer than 40 draws, the range of them all.

    Percentiles lie where a further draw falls below the lower one in 2.5 % of cases and above the upper one in as many
    (Weibull; type 6 of Hyndman and Fan 1996). Of 39 draws these would be the lowest and the highest, and fewer have
    none.

    Parameters
    ----------
    values
        One a draw, shape (draws,), at least one.
    confidence
        Share of what the parameters may bring that the limits hold.

    Raises
    ------
    ValueError
        If there is none, a value is infinite, missing or no number, or the confidence is not between 0 and 1.
    """
    found = numbers(values, axes=("draw",), missing=False)
    tail = (1.0 - level(confidence)) / 2.0
    if len(found) == 0:
        raise ValueError("there are no draws; a range needs at least 1")
    if len(found) * tail < 1.0 - 1e-9:
        return OverDraws(float(found.min()), float(found.max()), RANGE_OF_ALL)
    lower, upper = np.quantile(found, [tail, 1.0 - tail], method="weibull").tolist()
    return OverDraws(lower, upper, f"{100.0 * confidence:g} % of draws")
