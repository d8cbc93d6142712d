"""Record of a statistic of one published data set: estimate, confidence limits and method.

The limits are the sampling uncertainty of a published figure, from the number of people behind it. Results of a
simulation have intervals over replicates instead (`bpssim.statistics.intervals`): its mothers share supporters and
sessions, so they are not an independent sample.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

SMALLEST_GROUP = 30
"""Groups with fewer people are flagged."""

SIMULATED, CLOSED_FORM = "simulated", "closed_form"
"""How limits were computed."""


class Flag(StrEnum):
    """Why a result is undefined, or a warning about it."""

    GROUPS_USED = "groups_used"  # some groups are empty, and the others were ranked without them
    SMALL_GROUP = "small_group"  # a group has fewer than 30 people
    MISSING_VALUE = "missing_value"  # a group has people and no value
    NO_ERROR = "no_error"  # a group has a value of unknown standard error
    NOBODY = "nobody"  # a required group has no people, or none of them has any
    TOO_FEW_GROUPS = "too_few_groups"  # a slope needs three groups
    ZERO_OR_FULL_CELL = "zero_or_full_cell"  # nobody or everybody in a group, or a rate of 0
    NEGATIVE_VALUE = "negative_value"  # which has no logarithm
    FITTED_VALUE_NOT_POSITIVE = "fitted_value_not_positive"  # the line leaves the possible range; try `ohid_logit`
    MEAN_NOT_POSITIVE = "mean_not_positive"  # a share of it is undefined
    NOTHING_BELOW = "nothing_below"  # the ratio would divide by 0
    NOTHING_TO_SHARE = "nothing_to_share"  # nobody has any, or (Wagstaff) nobody is without
    NO_FIT = "no_fit"  # the likelihood has no maximum, as with complete separation
    NO_REPLICATES = "no_replicates"  # it is defined in none
    ONE_REPLICATE = "one_replicate"  # without any measure of variation
    NEVER_VARIES = "never_varies"  # it is the same in all replicates, so the interval has zero width
    NO_EFFECT = "no_effect"  # no change to divide by, or one of the opposite sign to the cost
    EFFECT_MAY_BE_NIL = "effect_may_be_nil"  # its interval includes 0, so the ratio has no limits
    NOBODY_OR_EVERYBODY = "nobody_or_everybody"  # a share of 0 or 1 has no limits on a scale of logarithms
    NOT_FOLLOWED = "not_followed"  # nobody was followed for so long


class Estimate(NamedTuple):
    """An estimate with its limits; NaN where undefined."""

    value: float = np.nan
    lower: float = np.nan
    upper: float = np.nan
    ci_method: str = ""
    flags: tuple[Flag, ...] = ()


def estimate(value: float, limits: NDArray[Any], ci_method: str, flags: tuple[Flag, ...] = ()) -> Estimate:
    """An estimate with its lower and upper limit, shape (2,)."""
    lower, upper = limits
    return Estimate(float(value), float(lower), float(upper), ci_method, flags)


def simulated(value: float, limits: NDArray[np.floating[Any]], flag: Flag) -> Estimate:
    """An estimate with simulated limits, flagged where it or a limit is undefined."""
    if np.isnan(value):
        return Estimate(flags=(flag,))
    return estimate(value, limits, SIMULATED, (flag,) if np.isnan(limits).any() else ())


class Statistic(NamedTuple):
    """A statistic of one published data set; quote its method together with its name.

    Parameters
    ----------
    name, method
        Which statistic it is, and how it was computed.
    estimate, lower, upper
        None where undefined; `flags` say why.
    confidence, ci_method
        Level of the limits, and how they were computed; empty without limits.
    n
        People in the groups used.
    groups_used
        These groups, from 1 (most deprived) up.
    flags
        Warnings and reasons, each once.
    """

    name: str
    estimate: float | None
    lower: float | None
    upper: float | None
    confidence: float
    method: str
    ci_method: str
    n: float
    groups_used: tuple[int, ...]
    flags: tuple[Flag, ...]


def statistic(
    name: str,
    result: Estimate,
    confidence: float,
    method: str,
    people: dict[int, float],
    flags: Iterable[Flag] = (),
) -> Statistic:
    """The record of an estimate.

    Parameters
    ----------
    name, confidence, method
        As for `Statistic`.
    result
        The estimate, flagged with reasons where it, or a limit, is undefined.
    people
        Number of people in each group used.
    flags
        Warnings about the data.
    """
    small = [Flag.SMALL_GROUP] if any(0 < number < SMALLEST_GROUP for number in people.values()) else []
    value, lower, upper = (None if np.isnan(part) else float(part) for part in result[:3])
    return Statistic(
        name,
        value,
        lower,
        upper,
        confidence,
        method,
        result.ci_method if lower is not None or upper is not None else "",
        float(sum(people.values())),
        tuple(people),
        tuple(dict.fromkeys([*flags, *small, *result.flags])),
    )
