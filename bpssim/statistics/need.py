"""Resources beside need: whether they are in proportion.

What counts as need is a choice, and printed beside the number: by default mothers who started to breastfeed and had a
feeding problem in the first six weeks.
"""

import numpy as np

from bpssim.statistics.checks import Numbers, Values, amounts, denominators, same_length
from bpssim.statistics.concentration import concentration_index, shares_of
from bpssim.statistics.groups import ratio


def proportionality(resource: Numbers, need: Numbers) -> Values:
    """Share of a resource over share of need in each group: 1 is in proportion, NaN where there is no need.

    Parameters
    ----------
    resource, need
        Totals by group, such as minutes and mothers with a feeding problem, shape (groups,) each.

    Raises
    ------
    ValueError
        If a total is negative, infinite, missing or no number, naming the group, or there is not one of each.
    """
    return ratio(*_shares(resource, need))


def hoover(resource: Numbers, need: Numbers) -> float:
    """Share of a resource that would have to move to be in proportion to need, 0 to 1; NaN without either.

    Parameters
    ----------
    resource, need
        As of `proportionality`.

    Raises
    ------
    ValueError
        As `proportionality`.
    """
    of_resource, of_need = _shares(resource, need)
    return float(np.abs(of_resource - of_need).sum() / 2.0)


def kakwani(resource: Numbers, need: Numbers, population: Numbers) -> float:
    """Horizontal inequity: concentration of a resource less that of need.

    Negative where the resource leans to the more deprived by more than need does.

    Parameters
    ----------
    resource, need, population
        Totals by group, shape (groups,) each.

    Raises
    ------
    ValueError
        As `proportionality`, or if a denominator cannot be.
    """
    (work, wanted), births = _totals(resource, need), denominators(population)
    same_length({"totals": work, "denominators": births})
    per = np.where(births > 0.0, births, 1.0)
    return concentration_index(work / per, births) - concentration_index(wanted / per, births)


def resource_per_need(resource: Numbers, need: Numbers) -> Values:
    """Resource for each in need, such as hours per mother with a problem, shape (groups,); NaN where there is no need.

    Parameters
    ----------
    resource, need
        As of `proportionality`.

    Raises
    ------
    ValueError
        As `proportionality`.
    """
    return ratio(*_totals(resource, need))


def concentration_by_need(resource: Numbers, need: Numbers) -> float:
    """Concentration index of resource per need, ranked and weighted by need; NaN where there is none of either.

    Negative where the more deprived have more for the same need. Its curve is
    `bpssim.statistics.concentration.concentration_curve` with need in the place of births.

    Parameters
    ----------
    resource, need
        As of `proportionality`.

    Raises
    ------
    ValueError
        As `proportionality`.
    """
    return concentration_index(resource_per_need(resource, need), need)


def _totals(resource: Numbers, need: Numbers) -> tuple[Values, Values]:
    work, wanted = amounts(resource, "of a resource"), amounts(need, "of need")
    same_length({"totals of a resource": work, "totals of need": wanted})
    return work, wanted


def _shares(resource: Numbers, need: Numbers) -> tuple[Values, Values]:
    work, wanted = _totals(resource, need)
    return shares_of(work), shares_of(wanted)
