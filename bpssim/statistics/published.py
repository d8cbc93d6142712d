"""Values of one published data set by quintile, and how sure each of them is (metrics, section 3.4).

Each is taken to vary normally on the scale of its kind (`bpssim.statistics.scales`). Where a proportion is 0 or 1, or a
rate not above 0, that scale has no place for it, and all values stay as they are.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.statistics.checks import Given, counts, denominators, numbers, refuse_negative
from bpssim.statistics.intervals import normal_quantile
from bpssim.statistics.proportions import wilson
from bpssim.statistics.scales import ENDS, RANGES, SCALES, Kind, Scale, from_scale, on_scale
from bpssim.statistics.statistic import Flag

Values = NDArray[np.float64]

DRAWS = 100_000
SEED = 1
"""Of all simulated limits, so that the same data always have the same."""


class Published(NamedTuple):
    """Values of the quintiles that have people, in order of quintile; arrays of shape (groups,).

    Parameters
    ----------
    groups
        Quintiles, 1 (most deprived) to 5.
    values, population
        NaN where a value is missing, and the people that it is about.
    errors
        Standard errors on the scale; NaN where not known.
    kind, scale
        What the values are, and the scale on which they vary normally.
    flags
        What is to be known of the data.
    """

    groups: tuple[int, ...]
    values: Values
    population: Values
    errors: Values
    kind: Kind
    scale: Scale
    flags: tuple[Flag, ...]

    @property
    def people(self) -> dict[int, float]:
        """Number of people in each quintile used."""
        return dict(zip(self.groups, self.population.tolist(), strict=True))


def from_counts(successes: Given, population: Given) -> Published:
    """Proportions from counts, with Wilson limits.

    Parameters
    ----------
    successes, population
        Counts by quintile, shape (5,) each; None where a count of successes is missing.

    Raises
    ------
    ValueError
        If a count cannot be, naming the quintile and the value.
    """
    found, births = counts(successes, population)
    p = found / np.where(births > 0.0, births, np.nan)
    return _from_limits(p, *wilson(found, births), births, "proportion")


def from_limits(values: Given, lower: Given, upper: Given, population: Given, kind: Kind) -> Published:
    """Values with their 95 % limits.

    Parameters
    ----------
    values, lower, upper
        By quintile, shape (5,) each; None where missing.
    population
        People that each value is about, shape (5,).
    kind
        What the values are.

    Raises
    ------
    ValueError
        If a number cannot be, naming the quintile and the value.
    """
    given = numbers(values, "as value", *RANGES[kind])
    below, above = numbers(lower, "as lower limit", *RANGES[kind]), numbers(upper, "as upper limit", *RANGES[kind])
    refuse_negative(np.nan_to_num(above - below), "between its limits")
    return _from_limits(given, below, above, denominators(population), kind)


def from_errors(values: Given, errors: Given, population: Given, kind: Kind) -> Published:
    """Values with standard errors, of proportions on the scale of the logit and of rates on that of the logarithm.

    Parameters
    ----------
    values, errors
        By quintile, shape (5,) each; None where missing.
    population, kind
        As of `from_limits`.

    Raises
    ------
    ValueError
        As `from_limits`.
    """
    found, births = numbers(values, "as value", *RANGES[kind]), denominators(population)
    given, scale = numbers(errors, "as standard error", 0.0), _scale(found[births > 0.0], kind)
    return _published(found, births, given if scale == SCALES[kind] else np.full(len(given), np.nan), kind, scale)


def draws(data: Published) -> Values:
    """What might as well have been observed, shape (draws, groups); always the same for the same data."""
    noise = np.random.default_rng(SEED).standard_normal((DRAWS, len(data.values)))
    return from_scale(on_scale(data.values, data.scale) + data.errors * noise, data.scale)


def _scale(values: Values, kind: Kind) -> Scale:
    return SCALES[kind] if np.isfinite(on_scale(values[~np.isnan(values)], SCALES[kind])).all() else "natural"


def _from_limits(values: Values, lower: Values, upper: Values, births: Values, kind: Kind) -> Published:
    scale = _scale(values[births > 0.0], kind)
    width = on_scale(upper, scale) - on_scale(lower, scale)
    errors = np.where(np.isfinite(width), width / (2.0 * normal_quantile(0.95)), np.nan)
    return _published(values, births, errors, kind, scale)


def _published(values: Values, births: Values, errors: Values, kind: Kind, scale: Scale) -> Published:
    there = births > 0.0
    used = values[there]
    unusual = {
        Flag.NOBODY: not there.any(),
        Flag.GROUPS_USED: 0 < there.sum() < len(births),
        Flag.MISSING_VALUE: np.isnan(used).any(),
        Flag.ZERO_OR_FULL_CELL: np.isin(used, ENDS[kind]).any(),
        Flag.NEGATIVE_VALUE: kind == "rate" and (used < 0.0).any(),
    }
    flags = tuple(flag for flag, applies in unusual.items() if applies)
    groups = tuple((np.flatnonzero(there) + 1).tolist())
    return Published(groups, used, births[there], errors[there], kind, scale, flags)
