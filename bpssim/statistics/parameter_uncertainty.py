"""Two-level Monte Carlo: how much of the variance is due to uncertain parameters.

Every draw of the parameters is run with several replicates. Means of draws differ because parameters differ, and by the
Monte Carlo error of few replicates; subtracting the latter leaves the variance due to the parameters (O'Hagan,
Stevenson and Madan 2007).
"""

import math
from typing import NamedTuple

import numpy as np

from bpssim.statistics.checks import Numbers, level, numbers
from bpssim.statistics.intervals import CONFIDENCE


class TwoLevels(NamedTuple):
    """Variance components of draws and replicates."""

    mean: float
    between: float  # mean square between draws: replicates per draw times the variance of their means
    within: float  # mean square within draws
    parameter_variance: float
    error: float  # Monte Carlo standard error of the mean

    @property
    def share_of_parameters(self) -> float:
        """Share of variance between draws that is due to parameters, not Monte Carlo error; NaN if nothing varies."""
        return max(0.0, self.between - self.within) / self.between if self.between else math.nan


def two_levels(values: Numbers) -> TwoLevels:
    """Split the variance of an outcome between parameters and replicates.

    For a mean, many draws with one to five replicates each are most efficient. For shares of draws in favour of a
    scenario, `within` over the number of replicates must be small compared with `parameter_variance`, or the shares are
    biased towards one half.

    Parameters
    ----------
    values
        Shape (draws, replicates), at least two of each, with different seeds in each draw.
    """
    drawn = numbers(values, axes=("draw",), more=True, missing=False)
    if drawn.ndim != 2 or min(drawn.shape) < 2:
        raise ValueError(f"values have shape {drawn.shape}; two levels need 2 draws and 2 replicates of each")
    draws, replicates = drawn.shape
    within = float(np.var(drawn, axis=1, ddof=1).mean())
    between = float(replicates * np.var(drawn.mean(axis=1), ddof=1))
    variance = max(0.0, (between - within) / replicates)
    return TwoLevels(float(drawn.mean()), between, within, variance, (between / (draws * replicates)) ** 0.5)


def limits_of_share(share: float, draws: int, replicates: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Limits of `TwoLevels.share_of_parameters`, from the quantiles of F; those of a share cut off at 0 are too wide.

    They hold where both means of draws and replicates are normally distributed, and roughly elsewhere. Few draws say
    little: a share of one half from 20 draws with 4 replicates each lies between 0.02 and 0.78.

    Parameters
    ----------
    share
        Its estimate.
    draws, replicates
        Numbers of draws, and of replicates of each; at least two.
    confidence
        Level of the limits.
    """
    from scipy.special import fdtri  # here, because runs do not need it

    tail = (1.0 - level(confidence)) / 2.0
    high, low = (float(fdtri(draws - 1, draws * (replicates - 1), part)) for part in (1.0 - tail, tail))
    return max(0.0, 1.0 - (1.0 - share) * high), max(0.0, 1.0 - (1.0 - share) * low)


RANGE_OF_ALL = "range of all draws"


class OverDraws(NamedTuple):
    """Limits over draws of the parameters, and their kind: such as ``95 % of draws``, or `RANGE_OF_ALL`."""

    lower: float
    upper: float
    kind: str


def over_draws(values: Numbers, confidence: float = CONFIDENCE) -> OverDraws:
    """Percentile interval over draws of the parameters, or the range of all draws if there are fewer than 40.

    A further draw falls below the lower limit with a probability of 2.5 %, and as often above the upper one (Weibull
    quantiles, type 6 of Hyndman and Fan 1996). For 39 draws these would be the lowest and highest draw, and for fewer
    they do not exist.

    Parameters
    ----------
    values
        One per draw, shape (draws,), at least one.
    confidence
        Share of the distribution between the limits.
    """
    drawn = numbers(values, axes=("draw",), missing=False)
    tail = (1.0 - level(confidence)) / 2.0
    if len(drawn) == 0:
        raise ValueError("there are no draws; a range needs at least 1")
    if len(drawn) * tail < 1.0 - 1e-9:
        return OverDraws(float(drawn.min()), float(drawn.max()), RANGE_OF_ALL)
    lower, upper = np.quantile(drawn, [tail, 1.0 - tail], method="weibull").tolist()
    return OverDraws(lower, upper, f"{100.0 * confidence:g} % of draws")
