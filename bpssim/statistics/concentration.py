"""Who has what by rank of deprivation: concentration indices and curve.

An index is below 0 where the more deprived have more. Of what has a least and a greatest possible value, such as a
proportion, the relative index says one thing of those who have it and another of those who have not; that of Erreygers
only changes its sign.
"""

import numpy as np

from bpssim.statistics.checks import Numbers, Values, amounts, group_numbers, level, numbers, same_length
from bpssim.statistics.groups import ratio, totals
from bpssim.statistics.inequality import ranks
from bpssim.statistics.intervals import CONFIDENCE
from bpssim.statistics.published import Published, draws
from bpssim.statistics.statistic import Estimate, Flag, Statistic, simulated, statistic


def generalised_concentration(values: Numbers, population: Numbers) -> float:
    """Generalised (absolute) concentration index, in the unit of the values; NaN if a value is missing.

    Parameters
    ----------
    values
        Mean of each group, shape (groups,); not looked at where there are no births.
    population
        Births, or other denominators, shape (groups,).

    Raises
    ------
    ValueError
        As `bpssim.statistics.inequality.slope_index`.
    """
    shares, ridits, found = _by_rank(values, population)
    return float(2.0 * shares @ ((ridits - 0.5) * found))


def concentration_index(values: Numbers, population: Numbers) -> float:
    """Relative concentration index of values by group; negative where the more deprived have more.

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
    shares, _, found = _by_rank(values, population)
    overall = float(shares @ found)
    return generalised_concentration(values, population) / overall if overall > 0.0 else np.nan


def erreygers(proportions: Numbers, population: Numbers) -> float:
    """Index of Erreygers, -1 to 1; NaN if a value is missing.

    Parameters
    ----------
    proportions
        By group, shape (groups,), from 0 to 1; others after `scaled`.
    population
        Births, or other denominators, shape (groups,).

    Raises
    ------
    ValueError
        As `generalised_concentration`, or if a proportion is not from 0 to 1.
    """
    return 4.0 * generalised_concentration(scaled(proportions, 0.0, 1.0), population)


def wagstaff(proportions: Numbers, population: Numbers) -> float:
    """Index of Wagstaff; NaN if a value is missing, or all are 0 or all are 1.

    Parameters
    ----------
    proportions, population
        As of `erreygers`.

    Raises
    ------
    ValueError
        As `erreygers`.
    """
    shares, _, found = _by_rank(scaled(proportions, 0.0, 1.0), population)
    without = float(shares @ np.where(shares > 0.0, 1.0 - found, 0.0))
    return concentration_index(proportions, population) / without if without > 0.0 else np.nan


def scaled(values: Numbers, lowest: float, highest: float) -> Values:
    """Values on the scale from 0 to 1 between their bounds; NaN where they are missing.

    Parameters
    ----------
    values
        By group, shape (groups,).
    lowest, highest
        What is possible, and not what has been seen.

    Raises
    ------
    ValueError
        If a value is out of bounds, naming the group, or the bounds do not rise.
    """
    if not lowest < highest:
        raise ValueError(f"the bounds are {lowest!r} and {highest!r}; the second should be the higher")
    return (numbers(values, lowest=lowest, highest=highest) - lowest) / (highest - lowest)


def concentration_of_mothers(group: Numbers, values: Numbers) -> float:
    """Relative concentration index of one value a mother, in any order.

    Mothers of a group are tied, and each has the middle rank of the tie: that of the group.

    Parameters
    ----------
    group, values
        Whole numbers from 1 (most deprived) up, and numbers or booleans, shape (mothers,) each.

    Raises
    ------
    ValueError
        If a group or a value is no such number, naming the mother, or there is not one of each.
    """
    there, place = np.unique(group_numbers(group), return_inverse=True)
    found = numbers(values, axes=("mother",))
    births, given = (totals(place + 1, of, len(there))[:-1] for of in (None, found))
    return concentration_index(ratio(given, births), births)


def concentration_curve(given: Numbers, population: Numbers) -> tuple[Values, Values]:
    """Cumulative shares of births and of an amount, from the most deprived on: one point more than groups, 0 to 1.

    Above the diagonal the deprived have more than their share; one minus twice the area under it is the concentration
    index. All NaN where the amount is 0 in all.

    Parameters
    ----------
    given
        Totals by group, such as minutes, shape (groups,).
    population
        Births, or other denominators, shape (groups,).

    Raises
    ------
    ValueError
        As `bpssim.statistics.inequality.ranks`, or if an amount is negative, missing or no number.
    """
    (births, _), shares = ranks(population), shares_of(given)
    same_length({"amounts": shares, "denominators": births})
    return np.append(0.0, np.cumsum(births)), np.append(0.0, np.cumsum(shares))


def shares_of(given: Numbers) -> Values:
    """Share of the total in each group, shape (groups,); NaN where the total is 0.

    Raises
    ------
    ValueError
        If an amount is negative, infinite, missing or no number, naming the group.
    """
    found = amounts(given, "of an amount")
    total = float(np.sum(found))
    return found / total if total else np.full(len(found), np.nan)


_OF_PROPORTIONS = ("erreygers", "wagstaff")


def concentration_statistics(data: Published, confidence: float = CONFIDENCE) -> dict[str, Statistic]:
    """Generalised and relative concentration index, and for proportions those of Erreygers and Wagstaff, by name.

    Parameters
    ----------
    data
        One published data set by group (`bpssim.statistics.published`).
    confidence
        Level of the limits, which are simulated and good to about 0.2 %.

    Raises
    ------
    ValueError
        If the confidence is not between 0 and 1.
    """
    level(confidence)
    if Flag.NOBODY in data.flags or Flag.MISSING_VALUE in data.flags:
        estimates = dict.fromkeys(_indices(data.values, data.population), Estimate())
    else:
        drawn = _indices(draws(data), data.population)
        estimates = {
            name: _with_percentiles(float(value), drawn[name], confidence)
            for name, value in _indices(data.values, data.population).items()
        }
    return {
        name: statistic(name, estimate, confidence, "grouped", data.people, data.flags)
        for name, estimate in estimates.items()
        if data.kind == "proportion" or name not in _OF_PROPORTIONS
    }


def _indices(values: Values, population: Values) -> dict[str, Values]:
    """The indices of values, shape (..., groups), where all groups have births; NaN where one does not exist."""
    shares, ridits = ranks(population)
    mean = np.asarray(values @ shares)
    absolute = 2.0 * values @ (shares * (ridits - 0.5))
    relative = np.divide(absolute, mean, out=np.full(mean.shape, np.nan), where=mean > 0.0)
    normalised = np.divide(relative, 1.0 - mean, out=np.full(mean.shape, np.nan), where=mean < 1.0)
    return {
        "generalised_concentration": absolute,
        "concentration_index": relative,
        "erreygers": 4.0 * absolute,
        "wagstaff": normalised,
    }


def _with_percentiles(value: float, drawn: Values, confidence: float) -> Estimate:
    """A number with the percentiles of what might as well have been found; draws without the number are left out."""
    found = drawn[~np.isnan(drawn)]
    tails = (1.0 - confidence) / 2.0, (1.0 + confidence) / 2.0
    limits = np.quantile(found, tails) if len(found) else np.full(2, np.nan)
    return simulated(value, limits, Flag.NOTHING_TO_SHARE)


def _by_rank(values: Numbers, population: Numbers) -> tuple[Values, Values, Values]:
    """Population shares, ridits, and values, which are 0 where there are no births."""
    found, (shares, ridits) = numbers(values), ranks(population)
    same_length({"values": found, "denominators": shares})
    return shares, ridits, np.where(shares > 0.0, found, 0.0)
