"""The record of a statistic of one published data set: what was found, how sure it is, and by which method.

Limits say how sure a published figure is, from the number of people behind it. What a simulation
gives has its intervals from replicates instead (`bpssim.statistics.intervals`): its mothers share supporters and
sessions, so they are no independent sample.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

SMALLEST_GROUP = 30
"""Fewer people than these in a group are flagged."""

SIMULATED, CLOSED_FORM = "simulated", "closed_form"
"""How limits were computed."""


class Flag(StrEnum):
    """Why something is undefined, or what to keep in mind."""

    GROUPS_USED = "groups_used"  # some groups have nobody, and the others were ranked without them
    SMALL_GROUP = "small_group"  # a group has fewer than 30 people
    MISSING_VALUE = "missing_value"  # a group has people and no value
    NO_ERROR = "no_error"  # a group has a value, and nothing says how sure it is
    NOBODY = "nobody"  # a group that is needed has no people, or all of them have none
    TOO_FEW_GROUPS = "too_few_groups"  # a slope needs three groups
    ZERO_OR_FULL_CELL = "zero_or_full_cell"  # nobody or everybody in a group, or a rate of 0
    NEGATIVE_VALUE = "negative_value"  # of which there is no logarithm
    FITTED_VALUE_NOT_POSITIVE = "fitted_value_not_positive"  # the line leaves the possible range; try `ohid_logit`
    MEAN_NOT_POSITIVE = "mean_not_positive"  # nothing to be a share of
    NOTHING_BELOW = "nothing_below"  # the ratio would divide by 0
    NOTHING_TO_SHARE = "nothing_to_share"  # nobody has any, or (Wagstaff) nobody is without
    NO_FIT = "no_fit"  # the likelihood rises for ever, as where all who have it are at one end
    NO_REPLICATES = "no_replicates"  # it exists in none
    ONE_REPLICATE = "one_replicate"  # which says nothing about another
    NEVER_VARIES = "never_varies"  # it is the same in all replicates, so that an interval has no width
    NO_EFFECT = "no_effect"  # no change to divide by, or none of one sign with its cost
    EFFECT_MAY_BE_NIL = "effect_may_be_nil"  # it is not told apart from 0, so that a ratio has no limits
    NOBODY_OR_EVERYBODY = "nobody_or_everybody"  # a share of 0 or 1 has no limits on a scale of logarithms
    NOT_FOLLOWED = "not_followed"  # nobody was followed so far


class Estimate(NamedTuple):
    """A number with its limits; NaN where undefined."""

    value: float = np.nan
    lower: float = np.nan
    upper: float = np.nan
    ci_method: str = ""
    flags: tuple[Flag, ...] = ()


def estimate(value: float, limits: NDArray[Any], ci_method: str, flags: tuple[Flag, ...] = ()) -> Estimate:
    """A number with its lower and upper limit, shape (2,)."""
    lower, upper = limits
    return Estimate(float(value), float(lower), float(upper), ci_method, flags)


def simulated(value: float, limits: NDArray[np.floating[Any]], flag: Flag) -> Estimate:
    """A number with simulated limits, flagged where it or a limit does not exist; without itself it has no limits."""
    if np.isnan(value):
        return Estimate(flags=(flag,))
    return estimate(value, limits, SIMULATED, (flag,) if np.isnan(limits).any() else ())


class Statistic(NamedTuple):
    """A statistic of one published data set; its name is not complete without its method.

    Parameters
    ----------
    name, method
        What it is, and how it was computed.
    estimate, lower, upper
        None where undefined; `flags` say why.
    confidence, ci_method
        Level of the limits, and how they were computed; empty if there are none.
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
    found: Estimate,
    confidence: float,
    method: str,
    people: dict[int, float],
    flags: Iterable[Flag] = (),
) -> Statistic:
    """The record of an estimate.

    Parameters
    ----------
    name, confidence, method
        As of `Statistic`.
    found
        With the reasons why it, or a limit, is undefined.
    people
        Number of people in each group used.
    flags
        What is to be known of the data.
    """
    small = [Flag.SMALL_GROUP] if any(0 < number < SMALLEST_GROUP for number in people.values()) else []
    value, lower, upper = (None if np.isnan(part) else float(part) for part in found[:3])
    return Statistic(
        name,
        value,
        lower,
        upper,
        confidence,
        method,
        found.ci_method if lower is not None or upper is not None else "",
        float(sum(people.values())),
        tuple(people),
        tuple(dict.fromkeys([*flags, *small, *found.flags])),
    )
