"""Concentration indices and curve by rank of deprivation.

An index is below 0 where the more deprived have more. For bounded variables, such as proportions, the relative index
differs in size between those who have an outcome and those who do not; that of Erreygers only changes its sign.
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
        Mean of each group, shape (groups,); ignored where there are no births.
    population
        Births, or other denominators, shape (groups,).
    """
    shares, ridits, used = _by_rank(values, population)
    return float(2.0 * shares @ ((ridits - 0.5) * used))


def concentration_index(values: Numbers, population: Numbers) -> float:
    """Relative concentration index of values by group; negative where the more deprived have more.

    Parameters are those of `generalised_concentration`.

    Returns
    -------
    float
        -1 to 1; NaN if the overall mean is not above 0 or any value is missing.
    """
    shares, _, used = _by_rank(values, population)
    overall = float(shares @ used)
    return generalised_concentration(values, population) / overall if overall > 0.0 else np.nan


def erreygers(proportions: Numbers, population: Numbers) -> float:
    """Erreygers index, -1 to 1; NaN if any value is missing.

    Parameters
    ----------
    proportions
        By group, shape (groups,), from 0 to 1; rescale other bounded variables with `scaled`.
    population
        Births, or other denominators, shape (groups,).
    """
    return 4.0 * generalised_concentration(scaled(proportions, 0.0, 1.0), population)


def wagstaff(proportions: Numbers, population: Numbers) -> float:
    """Wagstaff index; NaN if any value is missing, or all are 0 or all are 1.

    Parameters are those of `erreygers`.
    """
    shares, _, used = _by_rank(scaled(proportions, 0.0, 1.0), population)
    without = float(shares @ np.where(shares > 0.0, 1.0 - used, 0.0))
    return concentration_index(proportions, population) / without if without > 0.0 else np.nan


def scaled(values: Numbers, lowest: float, highest: float) -> Values:
    """Rescale a bounded variable to 0 to 1; NaN where missing.

    Parameters
    ----------
    values
        By group, shape (groups,).
    lowest, highest
        Possible bounds, not those observed.

    Raises
    ------
    ValueError
        If a value is out of bounds, or the bounds do not rise.
    """
    if not lowest < highest:
        raise ValueError(f"the bounds are {lowest!r} and {highest!r}; the second should be the higher")
    return (numbers(values, lowest=lowest, highest=highest) - lowest) / (highest - lowest)


def concentration_of_mothers(group: Numbers, values: Numbers) -> float:
    """Relative concentration index of individual values, in any order.

    Mothers of a group are tied and share its middle rank.

    Parameters
    ----------
    group, values
        Whole numbers from 1 (most deprived) up, and numbers or booleans, shape (mothers,) each.
    """
    there, place = np.unique(group_numbers(group), return_inverse=True)
    of_mothers = numbers(values, axes=("mother",))
    births, given = (totals(place + 1, of, len(there))[:-1] for of in (None, of_mothers))
    return concentration_index(ratio(given, births), births)


def concentration_curve(given: Numbers, population: Numbers) -> tuple[Values, Values]:
    """Cumulative shares of births and of an amount, starting from the most deprived: one point more than groups.

    Above the diagonal the deprived have more than their share; the concentration index is one minus twice the area
    under the curve. The shares of the amount are NaN if its total is 0.

    Parameters
    ----------
    given
        Totals by group, such as minutes, shape (groups,).
    population
        Births, or other denominators, shape (groups,).
    """
    (births, _), shares = ranks(population), shares_of(given)
    same_length({"amounts": shares, "denominators": births})
    return np.append(0.0, np.cumsum(births)), np.append(0.0, np.cumsum(shares))


def shares_of(given: Numbers) -> Values:
    """Share of a total in each group, shape (groups,); NaN if the total is 0."""
    parts = amounts(given, "of an amount")
    total = float(np.sum(parts))
    return parts / total if total else np.full(len(parts), np.nan)


_OF_PROPORTIONS = ("erreygers", "wagstaff")


def concentration_statistics(data: Published, confidence: float = CONFIDENCE) -> dict[str, Statistic]:
    """Generalised and relative concentration index, and for proportions the Erreygers and Wagstaff indices, by name.

    Parameters
    ----------
    data
        One published data set by group (`bpssim.statistics.published`).
    confidence
        Level of the limits, which are simulated and accurate to about 0.2 %.
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
    """The indices of values, shape (..., groups), where all groups have births; NaN where undefined."""
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
    """An estimate with percentiles of simulated data; draws for which it is undefined are left out."""
    defined = drawn[~np.isnan(drawn)]
    tails = (1.0 - confidence) / 2.0, (1.0 + confidence) / 2.0
    limits = np.quantile(defined, tails) if len(defined) else np.full(2, np.nan)
    return simulated(value, limits, Flag.NOTHING_TO_SHARE)


def _by_rank(values: Numbers, population: Numbers) -> tuple[Values, Values, Values]:
    """Population shares, ridits, and values, which are 0 where there are no births."""
    used, (shares, ridits) = numbers(values), ranks(population)
    same_length({"values": used, "denominators": shares})
    return shares, ridits, np.where(shares > 0.0, used, 0.0)
