"""Totals, shares and means by deprivation quintile, and over all mothers.

Every function returns an array of shape (6,): quintile 1 (most deprived) to 5, then all mothers; with another number of
groups, one entry for each and one for all. An undefined value, such as a share of no mothers, is NaN here and an empty
cell in a file, and never 0.
"""

import numpy as np

from bpssim.scenario.words import QUINTILES
from bpssim.statistics.checks import Numbers, Values, group_numbers, marks, numbers, same_length

__all__ = ["ALL", "GROUPS", "Values", "mean", "ratio", "totals"]

GROUPS = (*(str(quintile) for quintile in range(1, QUINTILES + 1)), "all")
"""Names of the groups, in the order of every array of results."""

ALL = QUINTILES
"""Index of `all` among the groups."""

MOTHER = ("mother",)


def totals(quintile: Numbers, values: Numbers | None = None, groups: int = QUINTILES) -> Values:
    """Number of mothers in each group, or the sum of their values.

    Parameters
    ----------
    quintile
        Whole numbers from 1 to the number of groups, shape (mothers,).
    values
        Numbers or booleans, shape (mothers,).
    groups
        Number of groups, such as 10 for deciles.
    """
    place = group_numbers(quintile, groups)
    weights = None if values is None else numbers(values, "as value", MOTHER)
    if weights is not None:
        same_length({"quintiles": place, "values": weights})
    by_group = np.bincount(place, weights=weights, minlength=groups + 1)
    return np.append(by_group[1:], by_group.sum()).astype(float)


def ratio(numerator: Numbers, denominator: Numbers) -> Values:
    """Quotient by group; NaN where the denominator is 0."""
    top = numbers(numerator, "in its numerator", more=True)
    bottom = numbers(denominator, "in its denominator", more=True)
    undefined = np.full(np.broadcast(top, bottom).shape, np.nan)
    quotient: Values = np.divide(top, bottom, out=undefined, where=bottom != 0)
    return quotient


def mean(quintile: Numbers, values: Numbers, among: Numbers | None = None, groups: int = QUINTILES) -> Values:
    """Mean of values, or share of true values, among the mothers of each group.

    Parameters
    ----------
    quintile, values, groups
        As for `totals`.
    among
        Mothers to include, 0 or 1, shape (mothers,); all by default. The groups of the others are not read.
    """
    weights = numbers(values, "as value", MOTHER)
    if among is not None:
        chosen, given = marks(among, "as mark of inclusion", MOTHER), numbers(quintile, "as group", MOTHER)
        same_length({"quintiles": given, "values": weights, "marks of inclusion": chosen})
        quintile = group_numbers(np.where(chosen, given, 1.0), groups)[chosen]
        weights = weights[chosen]
    return ratio(totals(quintile, weights, groups), totals(quintile, groups=groups))
