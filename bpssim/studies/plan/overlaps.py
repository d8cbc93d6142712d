"""Factors that set the same input, of which one would be ignored wherever both are varied."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from bpssim.scenario.reading.messages import Mistake, wrong
from bpssim.scenario.reading.tree import dotted
from bpssim.studies.plan.factors import Base, Place, step_of
from bpssim.studies.plan.study import Factor


class _Inputs(NamedTuple):
    """Dotted paths of the inputs that a factor changes, and of those that it then gives values from their ranges."""

    changed: set[str]
    drawn: set[str]


def overlapping(factors: Mapping[str, Factor], bases: Sequence[Base]) -> Iterator[Mistake]:
    """Mistakes of factors that set what another one sets already; hours, money and gradients act on what others set.

    Parameters
    ----------
    factors
        Valid by themselves.
    bases
        The scenarios of the study.
    """
    inputs = {name: _inputs(factor, bases) for name, factor in factors.items()}
    for first, second in combinations(factors, 2):
        if both := _in_both(inputs[first], inputs[second]):
            yield wrong(f"factors.{second}", f"sets {both}, which {first} sets too; only one of them can decide it")


def _in_both(first: _Inputs, second: _Inputs) -> str:
    """An input of which one factor's value would be lost; empty if there is none."""
    # A value within a gate that is drawn as a whole comes after it, and is not lost.
    same = first.drawn & second.drawn
    lost = [
        ours
        for ours in sorted(second.changed | second.drawn)
        for theirs in first.changed | first.drawn
        if (ours in second.changed or theirs in first.changed) and _within(ours, theirs)
    ]
    return next(iter([*lost, *sorted(same)]), "")


def _inputs(factor: Factor, bases: Sequence[Base]) -> _Inputs:
    places: Sequence[Place] = (0.0, 1.0) if factor.is_continuous else range(factor.number_of_levels)
    steps = [step_of(factor, base, place) for base in bases for place in places]
    parts = [part for step in steps for part in (step.parts or (step,))]
    changed = {path for part in parts for path in part.changes}
    return _Inputs(changed, {dotted(path) for part in parts for path in part.values})


def _within(path: str, other: str) -> bool:
    """Whether one of two inputs lies within the other."""
    return f"{path}.".startswith(f"{other}.") or f"{other}.".startswith(f"{path}.")
