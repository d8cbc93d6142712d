"""Whether resources are proportionate to need.

What counts as need is a choice and is printed beside the number: by default mothers who started to breastfeed and had a
feeding problem in the first six weeks.
"""

import numpy as np

from bpssim.statistics.checks import Numbers, Values, amounts, denominators, same_length
from bpssim.statistics.concentration import concentration_index, shares_of
from bpssim.statistics.groups import ratio


def proportionality(resource: Numbers, need: Numbers) -> Values:
    """Share of a resource over share of need in each group: 1 is proportionate; NaN without need.

    Parameters
    ----------
    resource, need
        Totals by group, such as minutes and mothers with a feeding problem, shape (groups,) each.
    """
    return ratio(*_shares(resource, need))


def hoover(resource: Numbers, need: Numbers) -> float:
    """Hoover index: share of a resource to redistribute for it to be proportionate to need, 0 to 1; NaN without either.

    Parameters are those of `proportionality`.
    """
    of_resource, of_need = _shares(resource, need)
    return float(np.abs(of_resource - of_need).sum() / 2.0)


def kakwani(resource: Numbers, need: Numbers, population: Numbers) -> float:
    """Horizontal inequity (Kakwani): concentration index of a resource less that of need.

    Negative where the resource favours the more deprived by more than their greater need.

    Parameters
    ----------
    resource, need, population
        Totals by group, shape (groups,) each.
    """
    (work, wanted), births = _totals(resource, need), denominators(population)
    same_length({"totals": work, "denominators": births})
    per = np.where(births > 0.0, births, 1.0)
    return concentration_index(work / per, births) - concentration_index(wanted / per, births)


def resource_per_need(resource: Numbers, need: Numbers) -> Values:
    """Resource per mother in need, such as hours per mother with a problem, shape (groups,); NaN without need.

    Parameters are those of `proportionality`.
    """
    return ratio(*_totals(resource, need))


def concentration_by_need(resource: Numbers, need: Numbers) -> float:
    """Concentration index of resource per need, ranked and weighted by need; NaN without either.

    Negative where the more deprived get more for the same need. Its curve is
    `bpssim.statistics.concentration.concentration_curve` with need in place of births.

    Parameters are those of `proportionality`.
    """
    return concentration_index(resource_per_need(resource, need), need)


def _totals(resource: Numbers, need: Numbers) -> tuple[Values, Values]:
    work, wanted = amounts(resource, "of a resource"), amounts(need, "of need")
    same_length({"totals of a resource": work, "totals of need": wanted})
    return work, wanted


def _shares(resource: Numbers, need: Numbers) -> tuple[Values, Values]:
    work, wanted = _totals(resource, need)
    return shares_of(work), shares_of(wanted)
