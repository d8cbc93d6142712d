"""Values of one published data set by group, and how sure each of them is.

Each is taken to vary normally on the scale of its kind: a proportion on that of the logit, a rate on that of the
logarithm. Where a proportion is 0 or 1, or a rate not above 0, that scale has no place for it, and all values stay as
they are.
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
"""What values can be. A negative rate, such as time saved, has no logarithm."""

ENDS: dict[Kind, tuple[float, ...]] = {"proportion": (0.0, 1.0), "rate": (0.0,), "other": ()}
"""Possible values at which the scale ends."""

DRAWS = 100_000
SEED = 1
"""Of all simulated limits, so that the same data always have the same."""


class Published(NamedTuple):
    """Values of the groups that have people, in order of rank; arrays of shape (groups,).

    Parameters
    ----------
    groups
        Their numbers among those given, from 1 (most deprived) up.
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
        """Number of people in each group used."""
        return dict(zip(self.groups, self.population.tolist(), strict=True))


def from_counts(successes: Numbers, population: Numbers) -> Published:
    """Proportions from counts, with Wilson limits.

    Parameters
    ----------
    successes, population
        Counts by group, shape (groups,) each; None or NaN where a count of successes is missing.

    Raises
    ------
    ValueError
        If a count cannot be, naming the group and the value.
    """
    found, births = counts(successes, population)
    p = found / np.where(births > 0.0, births, np.nan)
    return _from_limits(p, *wilson(found, births), births, "proportion")


def from_limits(
    values: Numbers, lower: Numbers, upper: Numbers, population: Numbers, kind: Kind, confidence: float = 0.95
) -> Published:
    """Values with their published limits.

    Parameters
    ----------
    values, lower, upper
        By group, shape (groups,) each; None or NaN where missing.
    population
        People that each value is about, shape (groups,).
    kind
        What the values are.
    confidence
        Level of the published limits.

    Raises
    ------
    ValueError
        If a number cannot be, naming the group and the value, or the confidence is not between 0 and 1.
    """
    found, births = _values(values, population, kind)
    below, above = (
        numbers(limits, f"as {name} limit", lowest=RANGES[kind][0], highest=RANGES[kind][1])
        for name, limits in (("lower", lower), ("upper", upper))
    )
    same_length({"values": found, "lower limits": below})
    same_length({"values": found, "upper limits": above})
    numbers(above - below, "between its limits", lowest=0.0)
    return _from_limits(found, below, above, births, kind, confidence)


def from_errors(values: Numbers, errors: Numbers, population: Numbers, kind: Kind) -> Published:
    """Values with standard errors, of proportions on the scale of the logit and of rates on that of the logarithm.

    Parameters
    ----------
    values, errors
        By group, shape (groups,) each; None or NaN where missing.
    population, kind
        As of `from_limits`.

    Raises
    ------
    ValueError
        As `from_limits`.
    """
    found, births = _values(values, population, kind)
    given, scale = numbers(errors, "as standard error", lowest=0.0), _scale(found[births > 0.0], kind)
    same_length({"values": found, "standard errors": given})
    return _published(found, births, given if scale == SCALES[kind] else np.full(len(given), np.nan), kind, scale)


def draws(data: Published) -> Values:
    """What might as well have been observed, shape (draws, groups); always the same for the same data."""
    return from_scale(on_scale(data.values, data.scale) + data.errors * _noise(len(data.values)), data.scale)


@lru_cache(maxsize=2)
def _noise(groups: int) -> Values:
    """Standard normal numbers, shape (draws, groups): the same for all data, and drawn once."""
    return np.random.default_rng(SEED).standard_normal((DRAWS, groups))


def on_scale(values: NDArray[Any], scale: Scale) -> Values:
    """Values as they are on a scale; infinite at its ends, NaN beyond."""
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
    found = numbers(values, lowest=RANGES[kind][0], highest=RANGES[kind][1])
    births = denominators(population)
    same_length({"values": found, "denominators": births})
    return found, births


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
