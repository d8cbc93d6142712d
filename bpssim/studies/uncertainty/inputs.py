"""What varies in scenarios that are compared, and what is held, as lists for people."""

from collections.abc import Sequence
from typing import NamedTuple

from bpssim.scenario.fields import Grade
from bpssim.scenario.reading.tree import KeyPath, dotted
from bpssim.scenario.scenario import Scenario
from bpssim.studies.uncertainty.judging import judged, unknown_of
from bpssim.studies.uncertainty.triangle import Limits, ToldAs


class UncertainInput(NamedTuple):
    """An input that varies.

    Parameters
    ----------
    path
        Place of the input, such as ``support.resolves``.
    unit
        Unit of the input.
    evidence
        Row of the evidence, or why it is assumed.
    grade
        B or C.
    range
        Lowest and highest of what is told; where scenarios differ, of the first.
    told_as
        What stands for the input in tables: its value, the multiplier of its values, or its mean probability.
    unknown
        What is not known: inputs that share it move together, by the same quantile.
    """

    path: str
    unit: str
    evidence: str
    grade: Grade
    range: Limits
    told_as: ToldAs
    unknown: str


class HeldInput(NamedTuple):
    """A graded input that does not vary.

    Parameters
    ----------
    path, unit, evidence, grade
        As for `UncertainInput`; the grade may be A.
    reason
        Why not.
    scenarios
        Names of the scenarios in which it is held; in others it may vary.
    """

    path: str
    unit: str
    evidence: str
    grade: Grade
    reason: str
    scenarios: tuple[str, ...]


def uncertain_inputs(scenarios: Sequence[Scenario]) -> tuple[UncertainInput, ...]:
    """Inputs that vary in any of the scenarios, each once, in the order of a scenario file, the first scenario's first.

    Which those are, and why, is said in `bpssim.studies.uncertainty.judging`.
    """
    found: dict[KeyPath, UncertainInput] = {}
    for scenario in scenarios:
        for graded, varying in judged(scenario):
            path, _, _, unit, evidence, grade, _ = graded
            if not isinstance(varying, str) and path not in found:
                told = varying.range, varying.told_as, unknown_of(graded)
                found[path] = UncertainInput(dotted(path), unit, evidence, grade, *told)
    return tuple(found.values())


def held_fixed(scenarios: Sequence[Scenario]) -> tuple[HeldInput, ...]:
    """Graded inputs in use that do not vary in at least one of the scenarios, once for each reason."""
    found: dict[tuple[KeyPath, str], HeldInput] = {}
    for scenario in scenarios:
        for graded, reason in judged(scenario):
            if isinstance(reason, str):
                path, _, _, unit, evidence, grade, _ = graded
                first = HeldInput(dotted(path), unit, evidence, grade, reason, ())
                so_far = found.get((path, reason), first)
                found[path, reason] = so_far._replace(scenarios=(*so_far.scenarios, scenario.name))
    return tuple(found.values())
