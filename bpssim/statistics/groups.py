"""Totals, shares and means by deprivation quintile, and over all mothers.

Every function returns an array of shape (6,): quintile 1 (most deprived) to 5, then all. What does not exist, such as
a share among no mothers, is NaN here and an empty cell in a file; it is never 0.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bpssim.scenario.words import QUINTILES

GROUPS = (*(str(quintile) for quintile in range(1, QUINTILES + 1)), "all")
"""Names of the groups, in the order of every array of results."""

ALL = QUINTILES
"""Place of `all` among the groups."""

Values = NDArray[np.float64]
"""One number for each group, shape (6,)."""


def totals(quintile: NDArray[Any], values: NDArray[Any] | None = None) -> Values:
    """Number of mothers in each group, or the sum of their values.

    Parameters
    ----------
    quintile
        Integers 1 to 5, shape (mothers,).
    values
        Numbers or booleans, shape (mothers,).

    Raises
    ------
    ValueError
        If a quintile is not 1 to 5.
    """
    by_quintile = np.bincount(quintile, weights=values, minlength=QUINTILES + 1)
    if len(by_quintile) > QUINTILES + 1 or np.any(quintile == 0):
        raise ValueError(f"a quintile is 1 to {QUINTILES} (found {quintile.min()} to {quintile.max()})")
    return np.append(by_quintile[1:], by_quintile.sum()).astype(float)


def ratio(numerator: Values, denominator: Values) -> Values:
    """Quotient by group; undefined where the denominator is 0."""
    undefined = np.full(np.broadcast(numerator, denominator).shape, np.nan)
    quotient: Values = np.divide(numerator, denominator, out=undefined, where=np.asarray(denominator) != 0)
    return quotient


def mean(quintile: NDArray[Any], values: NDArray[Any], among: NDArray[np.bool_] | None = None) -> Values:
    """Mean of values, or share of true ones, among the mothers of each group.

    Parameters
    ----------
    quintile, values
        As for `totals`.
    among
        Mothers who count, shape (mothers,); everyone if not given.
    """
    if among is not None:
        quintile, values = quintile[among], values[among]
    return ratio(totals(quintile, values), totals(quintile))
