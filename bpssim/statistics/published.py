"""Values of one published data set by group, with their standard errors.

Each value is assumed to be normally distributed on the scale of its kind: proportions on the logit scale, rates on the
log scale. If a proportion is 0 or 1, or a rate is not above 0, all values stay on the natural scale.
"""

import math
from functools import lru_cache
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.statistics.checks import Numbers, Values, counts, denominators, numbers, same_length
from bpssim.statistics.intervals import normal_quantile
from bpssim.statistics.proportions import wilson
from bpssim.statistics.statistic import Flag

Kind = Literal["proportion", "rate", "other"]
Scale = Literal["logit", "log", "natural"]

SCALES: dict[Kind, Scale] = {"proportion": "logit", "rate": "log", "other": "natural"}

RANGES: dict[Kind, tuple[float, float]] = {
    "proportion": (0.0, 1.0),
    "rate": (-math.inf, math.inf),
    "other": (-math.inf, math.inf),
}
"""Allowed values. A negative rate, such as time saved, is allowed but has no logarithm."""

ENDS: dict[Kind, tuple[float, ...]] = {"proportion": (0.0, 1.0), "rate": (0.0,), "other": ()}
"""Possible values that the scale maps to infinity."""

DRAWS = 100_000
SEED = 1
"""Seed of all simulated limits, so that the same data always have the same limits."""


class Published(NamedTuple):
    """Values of the groups that have people, in order of rank; arrays of shape (groups,).

    Parameters
    ----------
    groups
        Their numbers among those given, from 1 (most deprived) up.
    values, population
        Values, NaN where missing, and numbers of people behind them.
    errors
        Standard errors on the scale; NaN where unknown.
    kind, scale
        Kind of values, and the scale on which they are assumed to be normal.
    flags
        Warnings about the data.
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
        """Number of people in each group used."""
        return dict(zip(self.groups, self.population.tolist(), strict=True))


def from_counts(successes: Numbers, population: Numbers) -> Published:
    """Proportions from counts, with Wilson limits.

    Parameters
    ----------
    successes, population
        Counts by group, shape (groups,) each; None or NaN where a count of successes is missing.
    """
    cases, births = counts(successes, population)
    p = cases / np.where(births > 0.0, births, np.nan)
    return _from_limits(p, *wilson(cases, births), births, "proportion")


def from_limits(
    values: Numbers, lower: Numbers, upper: Numbers, population: Numbers, kind: Kind, confidence: float = 0.95
) -> Published:
    """Values with their published limits.

    Parameters
    ----------
    values, lower, upper
        By group, shape (groups,) each; None or NaN where missing.
    population
        Number of people behind each value, shape (groups,).
    kind
        Kind of values.
    confidence
        Level of the published limits.
    """
    given, births = _values(values, population, kind)
    below, above = (
        numbers(limits, f"as {name} limit", lowest=RANGES[kind][0], highest=RANGES[kind][1])
        for name, limits in (("lower", lower), ("upper", upper))
    )
    same_length({"values": given, "lower limits": below})
    same_length({"values": given, "upper limits": above})
    numbers(above - below, "between its limits", lowest=0.0)
    return _from_limits(given, below, above, births, kind, confidence)


def from_errors(values: Numbers, errors: Numbers, population: Numbers, kind: Kind) -> Published:
    """Values with standard errors, which are on the logit scale for proportions and on the log scale for rates.

    Parameters
    ----------
    values, errors
        By group, shape (groups,) each; None or NaN where missing.
    population, kind
        As for `from_limits`.
    """
    given, births = _values(values, population, kind)
    known, scale = numbers(errors, "as standard error", lowest=0.0), _scale(given[births > 0.0], kind)
    same_length({"values": given, "standard errors": known})
    return _published(given, births, known if scale == SCALES[kind] else np.full(len(known), np.nan), kind, scale)


def draws(data: Published) -> Values:
    """Simulated data sets, shape (draws, groups); always the same for the same data."""
    return from_scale(on_scale(data.values, data.scale) + data.errors * _noise(len(data.values)), data.scale)


@lru_cache(maxsize=2)
def _noise(groups: int) -> Values:
    """Standard normal numbers, shape (draws, groups): drawn once, and the same for all data."""
    return np.random.default_rng(SEED).standard_normal((DRAWS, groups))


def on_scale(values: NDArray[Any], scale: Scale) -> Values:
    """Transform values to a scale; infinite at its ends, NaN beyond."""
    from scipy.special import logit  # here, because runs do not need it

    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray({"logit": logit, "log": np.log, "natural": np.positive}[scale](values))


def from_scale(values: NDArray[Any], scale: Scale) -> Values:
    """Inverse of `on_scale`."""
    from scipy.special import expit  # here, because runs do not need it

    return np.asarray({"logit": expit, "log": np.exp, "natural": np.positive}[scale](values))


def _values(values: Numbers, population: Numbers, kind: Kind) -> tuple[Values, Values]:
    if kind not in SCALES:
        raise ValueError(f"the kind is {kind!r}; it should be one of {', '.join(SCALES)}")
    given = numbers(values, lowest=RANGES[kind][0], highest=RANGES[kind][1])
    births = denominators(population)
    same_length({"values": given, "denominators": births})
    return given, births


def _scale(values: Values, kind: Kind) -> Scale:
    return SCALES[kind] if np.isfinite(on_scale(values[~np.isnan(values)], SCALES[kind])).all() else "natural"


def _from_limits(
    values: Values, lower: Values, upper: Values, births: Values, kind: Kind, confidence: float = 0.95
) -> Published:
    scale = _scale(values[births > 0.0], kind)
    width = on_scale(upper, scale) - on_scale(lower, scale)
    errors = np.where(np.isfinite(width), width / (2.0 * normal_quantile(confidence)), np.nan)
    return _published(values, births, errors, kind, scale)


def _published(values: Values, births: Values, errors: Values, kind: Kind, scale: Scale) -> Published:
    there = births > 0.0
    used = values[there]
    unusual = {
        Flag.NOBODY: not there.any(),
        Flag.GROUPS_USED: 0 < there.sum() < len(births),
        Flag.MISSING_VALUE: np.isnan(used).any(),
        Flag.NO_ERROR: (np.isnan(errors[there]) & ~np.isnan(used)).any(),
        Flag.ZERO_OR_FULL_CELL: np.isin(used, ENDS[kind]).any(),
        Flag.NEGATIVE_VALUE: kind == "rate" and (used < 0.0).any(),
    }
    flags = tuple(flag for flag, applies in unusual.items() if applies)
    groups = tuple((np.flatnonzero(there) + 1).tolist())
    return Published(groups, used, births[there], errors[there], kind, scale, flags)
