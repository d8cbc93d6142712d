"""Which uncertain parameters drive the spread of an outcome: standardised rank regression coefficients."""

import math

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

Floats = NDArray[np.float64]

DRAWS_PER_PARAMETER = 2
"""Fewest draws for each uncertain parameter: with fewer the regression would explain anything by chance."""

_CONFIDENCE = 0.95


def has_enough_draws(draws: int, parameters: int) -> bool:
    """Whether the regression has enough draws for this number of uncertain parameters."""
    return draws >= DRAWS_PER_PARAMETER * parameters and draws > parameters + 1


def importance(quantiles: Floats, outcome: Floats) -> Floats:
    """Standardised rank regression coefficient of each uncertain parameter, or 0 where it may be noise.

    The sign says whether the outcome rises or falls with the parameter. As parameters are drawn independently, the
    square approximates the parameter's share of the variance of the outcome's ranks (better with more draws); 1 less
    the sum of squares is due to the Monte Carlo error of the replicates, to interactions and to effects that are not
    monotone. A coefficient is 0 unless it differs from 0 at 95 % confidence for all parameters together (Bonferroni).

    Parameters
    ----------
    quantiles
        Shape (draws, parameters).
    outcome
        Shape (draws,); a draw in which it is undefined (NaN) is left out.

    Returns
    -------
    NDArray
        Shape (parameters,), each -1 to 1. All are 0 if the outcome is the same in all draws.

    Raises
    ------
    ValueError
        If fewer draws have an outcome than `has_enough_draws` asks for.
    """
    defined = ~np.isnan(outcome)
    count, parameters = int(defined.sum()), quantiles.shape[1]
    if not has_enough_draws(count, parameters):
        needed = DRAWS_PER_PARAMETER * parameters
        raise ValueError(f"{count} draws are too few for {parameters} uncertain parameters; {needed} are needed")
    y = _standard_ranks(outcome[defined])
    if parameters == 0 or not y.any():
        return np.zeros(parameters)
    x = _standard_ranks(quantiles[defined])
    coefficients, *_ = np.linalg.lstsq(x, y)
    freedom = count - parameters - 1
    unexplained = float(np.sum((y - x @ coefficients) ** 2)) / freedom
    errors = np.sqrt(unexplained * np.diag(np.linalg.pinv(x.T @ x)))
    limit = float(stdtrit(freedom, 1.0 - (1.0 - _CONFIDENCE) / (2 * parameters)))
    clear = np.abs(coefficients) > limit * errors
    return np.where(clear, np.clip(coefficients, -1.0, 1.0), 0.0)


def _standard_ranks(values: Floats) -> Floats:
    """Ranks along the first axis, ties sharing their mean rank, with mean 0 and standard deviation 1 (or all 0)."""
    from scipy.stats import rankdata  # here, because runs without draws do not need it

    ranks = rankdata(values, axis=0)
    centred = ranks - ranks.mean(axis=0)
    spread = centred.std(axis=0)
    return np.asarray(centred / np.where(spread > math.ulp(1.0), spread, 1.0))
