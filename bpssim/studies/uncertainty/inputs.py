"""Lists of the inputs that vary in scenarios that are compared, and of those that are held fixed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bpssim.scenario.fields import Grade
from bpssim.scenario.reading.tree import KeyPath, dotted
from bpssim.scenario.scenario import Scenario
from bpssim.studies.uncertainty.distributions import Limits, ReportedAs
from bpssim.studies.uncertainty.which_inputs_vary import classified_inputs, uncertain_parameter_of


@dataclass(frozen=True)
class UncertainInput:
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
        Lowest and highest of what is reported; where scenarios differ, of the first.
    reported_as
        What stands for the input in tables: its value, the multiplier of its values, or its mean probability.
    uncertain_parameter
        What is uncertain about it: inputs that share it move together, by the same quantile.
    """

    path: str
    unit: str
    evidence: str
    grade: Grade
    range: Limits
    reported_as: ReportedAs
    uncertain_parameter: str


@dataclass(frozen=True)
class HeldInput:
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

    `bpssim.studies.uncertainty.which_inputs_vary` says which those are, and why.
    """
    inputs: dict[KeyPath, UncertainInput] = {}
    for scenario in scenarios:
        for graded, varying in classified_inputs(scenario):
            path, _, _, unit, evidence, grade, _ = graded
            if not isinstance(varying, str) and path not in inputs:
                reported = varying.range, varying.reported_as, uncertain_parameter_of(graded)
                inputs[path] = UncertainInput(dotted(path), unit, evidence, grade, *reported)
    return tuple(inputs.values())


def held_fixed(scenarios: Sequence[Scenario]) -> tuple[HeldInput, ...]:
    """Graded inputs in use that do not vary in at least one of the scenarios, once for each reason."""
    inputs: dict[tuple[KeyPath, str], HeldInput] = {}
    for scenario in scenarios:
        for graded, reason in classified_inputs(scenario):
            if isinstance(reason, str):
                path, _, _, unit, evidence, grade, _ = graded
                first = HeldInput(dotted(path), unit, evidence, grade, reason, ())
                so_far = inputs.get((path, reason), first)
                inputs[path, reason] = replace(so_far, scenarios=(*so_far.scenarios, scenario.name))
    return tuple(inputs.values())
