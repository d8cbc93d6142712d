"""Who gets what by rank of deprivation: concentration, and proportion to need (metrics, section 4)."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bpssim.statistics.checks import refuse_infinite, refuse_negative
from bpssim.statistics.groups import ALL, mean, totals
from bpssim.statistics.inequality import ranks


def generalised_concentration(values: NDArray[Any], population: NDArray[Any]) -> float:
    """Generalised (absolute) concentration index, in the unit of the values; NaN if a value is missing.

    Parameters
    ----------
    values
        Mean of each quintile, shape (5,); not looked at where there are no births.
    population
        Births, or other denominators, shape (5,).

    Raises
    ------
    ValueError
        As `bpssim.statistics.inequality.ranks`, or if a value is infinite.
    """
    refuse_infinite(values, "quintile")
    shares, ridits = ranks(population)
    return float(2.0 * shares @ ((ridits - 0.5) * np.where(shares > 0.0, values, 0.0)))


def concentration_index(values: NDArray[Any], population: NDArray[Any]) -> float:
    """Relative concentration index of values by quintile; negative where the more deprived have more.

    Parameters
    ----------
    values, population
        As of `generalised_concentration`.

    Returns
    -------
    float
        -1 to 1; NaN if the overall mean is not above 0 or a value is missing.

    Raises
    ------
    ValueError
        As `generalised_concentration`.
    """
    shares, _ = ranks(population)
    overall = float(shares @ np.where(shares > 0.0, values, 0.0))
    return generalised_concentration(values, population) / overall if overall > 0.0 else np.nan


def concentration_of_mothers(quintile: NDArray[Any], values: NDArray[Any]) -> float:
    """Relative concentration index of one value a mother, in any order.

    Mothers of a quintile are tied, and each has the middle rank of the tie: that of the quintile.

    Parameters
    ----------
    quintile, values
        Integers 1 to 5, and numbers or booleans, shape (mothers,) each.

    Raises
    ------
    ValueError
        If a quintile is not 1 to 5.
    """
    return concentration_index(mean(quintile, values)[:ALL], totals(quintile)[:ALL])


def concentration_curve(amounts: NDArray[Any], population: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Cumulative shares of births and of an amount, from the most deprived on: six points each, from 0 to 1.

    Above the diagonal the deprived have more than their share; one minus twice the area under it is the concentration
    index. All NaN where the amount is 0 in all.

    Raises
    ------
    ValueError
        As `bpssim.statistics.inequality.ranks`.
    """
    shares, _ = ranks(population)
    return np.append(0.0, np.cumsum(shares)), np.append(0.0, np.cumsum(shares_of(amounts)))


def shares_of(amounts: NDArray[Any]) -> NDArray[np.float64]:
    """Share of the total in each quintile, shape (5,); NaN where the total is 0.

    Raises
    ------
    ValueError
        If an amount is negative, infinite or no number, naming the quintile.
    """
    refuse_negative(amounts, "of an amount")
    total = float(np.sum(amounts))
    return np.asarray(amounts, float) / total if total else np.full(len(amounts), np.nan)


def proportionality(resource: NDArray[Any], need: NDArray[Any]) -> NDArray[np.float64]:
    """Share of a resource over share of need in each quintile: 1 is in proportion, NaN where there is no need.

    Parameters
    ----------
    resource, need
        Totals by quintile, such as minutes and mothers with a feeding problem, shape (5,) each.

    Raises
    ------
    ValueError
        As `shares_of`.
    """
    share = shares_of(need)
    undefined = np.full(len(share), np.nan)
    quotient: NDArray[np.float64] = np.divide(shares_of(resource), share, out=undefined, where=share > 0.0)
    return quotient


def hoover(resource: NDArray[Any], need: NDArray[Any]) -> float:
    """Share of a resource that would have to move to be in proportion to need, 0 to 1; NaN without either.

    Parameters
    ----------
    resource, need
        As of `proportionality`.

    Raises
    ------
    ValueError
        As `shares_of`.
    """
    return float(np.abs(shares_of(resource) - shares_of(need)).sum() / 2.0)


def kakwani(resource: NDArray[Any], need: NDArray[Any], population: NDArray[Any]) -> float:
    """Horizontal inequity: concentration of a resource less that of need.

    Negative where the resource leans to the more deprived by more than need does.

    Parameters
    ----------
    resource, need, population
        Totals by quintile, shape (5,) each.

    Raises
    ------
    ValueError
        As `bpssim.statistics.inequality.ranks`.
    """
    births = np.where(np.asarray(population) > 0, population, 1)
    return concentration_index(resource / births, population) - concentration_index(need / births, population)
