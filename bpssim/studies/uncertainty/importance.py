"""Which unknowns the spread of an outcome comes from: standardised rank regression."""

import math

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit
from scipy.stats import rankdata

Floats = NDArray[np.float64]

DRAWS_PER_UNKNOWN = 2
"""Draws for each unknown below which nothing can be told: the regression would explain anything by chance."""

_CONFIDENCE = 0.95


def can_be_told(draws: int, unknowns: int) -> bool:
    """Whether so many draws can say anything about so many unknowns."""
    return draws >= DRAWS_PER_UNKNOWN * unknowns and draws > unknowns + 1


def importance(quantiles: Floats, outcome: Floats) -> Floats:
    """Standardised rank regression coefficient of each unknown, or 0 where it cannot be told from noise.

    The sign says whether the outcome rises or falls with the unknown. As unknowns are drawn independently, the square
    is about the share of the variance of the outcome's ranks that goes with it (the more draws, the nearer), and 1 less
    the sum of squares is what the replicates' own luck, joint effects and effects that are not one-way account for. A
    coefficient is 0 unless it differs from 0 at 95 % confidence for all unknowns together (Bonferroni).

    Parameters
    ----------
    quantiles
        Shape (draws, unknowns).
    outcome
        Shape (draws,); a draw in which it is undefined (NaN) is left out.

    Returns
    -------
    NDArray
        Shape (unknowns,), each -1 to 1. All are 0 if the outcome is the same in all draws.

    Raises
    ------
    ValueError
        If fewer draws have an outcome than `can_be_told` asks for.
    """
    defined = ~np.isnan(outcome)
    count, unknowns = int(defined.sum()), quantiles.shape[1]
    if not can_be_told(count, unknowns):
        raise ValueError(
            f"{count} draws cannot tell {unknowns} unknowns apart; {DRAWS_PER_UNKNOWN * unknowns} are needed"
        )
    y = _standard_ranks(outcome[defined])
    if unknowns == 0 or not y.any():
        return np.zeros(unknowns)
    x = _standard_ranks(quantiles[defined])
    coefficients, *_ = np.linalg.lstsq(x, y)
    freedom = count - unknowns - 1
    unexplained = float(np.sum((y - x @ coefficients) ** 2)) / freedom
    errors = np.sqrt(unexplained * np.diag(np.linalg.pinv(x.T @ x)))
    limit = float(stdtrit(freedom, 1.0 - (1.0 - _CONFIDENCE) / (2 * unknowns)))
    clear = np.abs(coefficients) > limit * errors
    return np.where(clear, np.clip(coefficients, -1.0, 1.0), 0.0)


def _standard_ranks(values: Floats) -> Floats:
    """Ranks along the first axis, ties sharing their mean rank, with mean 0 and standard deviation 1 (or all 0)."""
    ranks = rankdata(values, axis=0)
    centred = ranks - ranks.mean(axis=0)
    spread = centred.std(axis=0)
    return np.asarray(centred / np.where(spread > math.ulp(1.0), spread, 1.0))
