"""What a factor does to a scenario at one of its levels, or at one place of its range."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from types import MappingProxyType
from typing import Any, NamedTuple

from scipy.special import ndtri

from bpssim.scenario.access import GateProbability
from bpssim.scenario.paths import paths_of, value_at
from bpssim.scenario.reading.messages import NOWHERE, BadInput, Mistake, nearest, unknown, wrong
from bpssim.scenario.reading.tree import KeyPath, dotted
from bpssim.scenario.reading.writing import flow
from bpssim.scenario.resized.budget import with_budget
from bpssim.scenario.resized.hours import with_hours
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.with_values import with_values
from bpssim.studies.grades import graded_inputs
from bpssim.studies.plan.nulls import Nulls
from bpssim.studies.plan.slopes import sloped
from bpssim.studies.plan.study import BUDGET, HOURS, Factor, Varied
from bpssim.studies.plan.uncertain import UncertainParameters
from bpssim.studies.uncertainty.distributions import triangular
from bpssim.studies.uncertainty.which_inputs_vary import uncertain_parameter_of

Place = float | int
"""Where a factor stands: the number of a level, counted from 0, or a quantile of 0 to 1 of a range."""
Shown = float | str
"""What tables say of it."""

AT_NULL = "at its null"
"""Shown of a factor that is switched off."""
_CENTRAL = 0.975
"""A range of a normal distribution ends at this quantile, and at 1 less it."""


class Step(NamedTuple):
    """What a factor does to a scenario at one place.

    Parameters
    ----------
    shown
        Its value or label, for tables.
    changes
        Inputs to change, by path, to be checked together with those of other factors.
    values
        Inputs that then take values from their ranges, which need no check.
    then
        What is done to the scenario so changed.
    parts
        Steps that are taken together.
    """

    shown: Shown
    changes: Mapping[str, Any] = MappingProxyType({})
    values: Mapping[KeyPath, object] = MappingProxyType({})
    then: Callable[[Scenario], Scenario] | None = None
    parts: "tuple[Step, ...]" = ()


@dataclass(frozen=True)
class Base:
    """A scenario that factors change.

    Parameters
    ----------
    scenario
        As it is without them.
    """

    scenario: Scenario

    @cached_property
    def uncertain(self) -> UncertainParameters:
        """Its uncertain parameters."""
        return UncertainParameters(self.scenario)

    @cached_property
    def rows_of_gates(self) -> set[str]:
        """Rows of the evidence on which its access gates rest."""
        gates = (each for each in graded_inputs(self.scenario) if isinstance(each.value, GateProbability))
        return {uncertain_parameter_of(each) for each in gates}

    @cached_property
    def nulls(self) -> Nulls:
        """What can be switched off in it."""
        return Nulls(self.scenario)

    def rests_on(self, factor: Varied) -> bool:
        """Whether any of its inputs rests on the evidence that a factor names, or can be switched off by it."""
        if factor.null is not None:
            return factor.null in self.nulls.in_use
        if factor.slope is not None:
            return factor.slope in self.rows_of_gates
        return factor.evidence in self.uncertain.names


def step_of(factor: Varied, base: Base, place: Place) -> Step:
    """What a factor does at a place; nothing if it names evidence on which the scenario does not rest.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If the scenario has no such input.
    """
    if isinstance(factor, Factor) and factor.together:
        quantiles = zip(factor.together.values(), factor.points[int(place)], strict=True)
        return Step(float(place), parts=tuple(step_of(each, base, place_at(each, own)) for each, own in quantiles))
    if factor.evidence is not None:
        values, reported = base.uncertain.at(factor.evidence, float(place))
        return Step(reported, values=values)
    if factor.null is not None:
        return Step(AT_NULL, values=base.nulls.values(factor.null))
    shown, value = _value(factor, place)
    if factor.slope is not None:
        return Step(shown, then=partial(_with_slope, row=factor.slope, times=float(value)))
    if factor.path == HOURS:
        return Step(shown, then=partial(with_hours, factor=float(value)))
    if factor.path == BUDGET:
        return Step(shown, then=partial(with_budget, pounds=float(value)))
    if factor.path is None:
        return Step(shown, changes_in(base.scenario, value))
    if factor.times:
        paths = paths_of(base.scenario, factor.path)
        return Step(shown, {dotted(path): _multiplied(value_at(base.scenario, path), value) for path in paths})
    return Step(shown, changes_in(base.scenario, {factor.path: value}))


def what_is_done(factor: Varied, place: Place) -> list[Any]:
    """All that decides what a factor does at a place; other levels and the ends of its range do not."""
    if isinstance(factor, Factor) and factor.together:
        quantiles = zip(factor.together.values(), factor.points[int(place)], strict=True)
        return [what_is_done(each, place_at(each, own)) for each, own in quantiles]
    named = (factor.evidence, factor.null)
    value = place if named != (None, None) else _value(factor, place)[1]
    return [factor.path, *named, factor.slope, factor.times, value]


def with_steps(base: Base, steps: Iterable[Step]) -> Scenario:
    """The scenario at one place of every factor: inputs first, gradients next, and hours and money of all that last.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If the values are not allowed, or not together.
    """
    made = [part for step in steps for part in (step.parts or (step,))]
    changes = {path: value for step in made for path, value in step.changes.items()}
    changed = base.scenario.with_(changes) if changes else base.scenario
    changed = with_values(changed, {path: value for step in made for path, value in step.values.items()})
    for step in sorted(made, key=_is_of_the_team):
        if step.then:
            changed = step.then(changed)
    return changed


def changes_in(scenario: Scenario, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Changes by path of a study as changes by path of a scenario, without ``*``.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If a ``*`` stands for nothing.
    """
    return {dotted(path): value for written, value in changes.items() for path in paths_of(scenario, written)}


def places_of(factor: Varied) -> list[Place]:
    """Places of a factor in a grid: its levels, or evenly spaced over its range with both ends."""
    if factor.is_continuous:
        return [number / (factor.steps - 1) for number in range(factor.steps)]
    return list(range(factor.number_of_levels))


def place_at(factor: Varied, quantile: float) -> Place:
    """The place at a quantile of 0 to 1, at which levels have equal shares."""
    number = factor.number_of_levels
    return quantile if factor.is_continuous else min(int(quantile * number), number - 1)


def nothing_rests_on(factor: Varied, bases: Sequence[Base]) -> Mistake:
    """The mistake of a factor that names evidence on which no scenario rests."""
    if factor.slope is not None:
        rows = sorted({row for base in bases for row in base.rows_of_gates})
        return unknown("", factor.slope, "rows that access gates of these scenarios rest on", rows)
    if factor.null is not None:
        switches = sorted({name for base in bases for name in base.nulls.in_use})
        return unknown("", factor.null, "assumptions and mechanisms that can be switched off here", switches)
    known = sorted({name for base in bases for name in base.uncertain.names})
    text = "no uncertain parameter of these scenarios has this name (`bpssim sensitivity --list` prints them)"
    found = str(factor.evidence)
    return Mistake(NOWHERE, text, found=repr(found), suggestion=nearest(found, known))


def _is_of_the_team(step: Step) -> bool:
    return isinstance(step.then, partial) and step.then.func in (with_hours, with_budget)


def _value(factor: Varied, place: Place) -> tuple[Shown, Any]:
    """What to show, and the value itself."""
    if factor.is_continuous:
        number = _quantile(factor, float(place))
        return number, number
    if isinstance(factor.levels, dict):
        label = list(factor.levels)[int(place)]
        return label, factor.levels[label]
    value = factor.levels[int(place)]
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return (float(value) if is_number else value if isinstance(value, str) else flow(value)), value


def _quantile(factor: Varied, quantile: float) -> float:
    """Value of a factor with a range at a quantile of 0 to 1."""
    low, high = factor.range or (0.0, 1.0)
    if factor.shape == "log_uniform":
        value = math.exp(math.log(low) + quantile * (math.log(high) - math.log(low)))
    elif factor.shape == "triangular":
        value = triangular(quantile, (low, high), float(factor.mode or 0.0))
    elif factor.shape == "normal":
        value = (low + high) / 2.0 + float(ndtri(quantile)) * (high - low) / 2.0 / float(ndtri(_CENTRAL))
    else:
        value = low + quantile * (high - low)
    return min(max(value, low), high)  # against rounding, and the endless tails of a normal distribution


def _with_slope(scenario: Scenario, row: str, times: float) -> Scenario:
    steeper: dict[KeyPath, object] = {
        graded.path: graded.value.model_copy(update={"by_quintile": sloped(graded.value.by_quintile, times)})
        for graded in graded_inputs(scenario)
        if isinstance(graded.value, GateProbability) and uncertain_parameter_of(graded) == row
    }
    copy: Scenario = with_values(scenario, steeper)
    return copy


def _multiplied(value: Any, times: float) -> Any:
    """A number, or each number of a list or map, multiplied; whole numbers stay whole."""
    if isinstance(value, bool) or not isinstance(value, int | float | tuple | list | Mapping):
        raise BadInput(wrong("", "is no number, so it has no multiple"))
    if isinstance(value, Mapping):
        return {getattr(key, "word", key): _multiplied(entry, times) for key, entry in value.items()}
    if isinstance(value, tuple | list):
        return [_multiplied(entry, times) for entry in value]
    return round(value * times) if isinstance(value, int) else value * times
