"""What each factor of a study varies: the inputs, how far, on what evidence, and whether anything reads them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bpssim.scenario.fields import Grade
from bpssim.scenario.reading.tree import dotted
from bpssim.scenario.scenario import Scenario
from bpssim.studies.comparison.changes import changed_inputs
from bpssim.studies.grades import graded_inputs
from bpssim.studies.plan.factors import Base, Place, step_of, with_steps
from bpssim.studies.plan.study import BUDGET, HOURS, Factor

OF_NONE = "no input of it rests on this"


@dataclass(frozen=True)
class Varied:
    """A factor as it acts on the scenarios of a study.

    Parameters
    ----------
    name
        Of the factor.
    what
        What it names: a path, a row of the evidence, or several inputs.
    places
        Its ends, or its levels, as shown in tables.
    grade
        The weakest grade of the inputs that it varies; empty where it is a choice and no measurement.
    evidence
        Rows of the evidence, or why it is assumed.
    unread
        Why nothing reads it, by name of those scenarios where that is so.
    """

    name: str
    what: str
    places: tuple[str, ...]
    grade: Grade | str
    evidence: str
    unread: Mapping[str, str]

    def unread_in(self, *scenarios: str) -> str:
        """Why nothing reads it in any of some scenarios; empty if something does."""
        return self.unread[scenarios[0]] if all(name in self.unread for name in scenarios) else ""


def varied(factors: Mapping[str, Factor], scenarios: Sequence[Scenario]) -> dict[str, Varied]:
    """What every factor varies, by its name.

    Parameters
    ----------
    factors, scenarios
        Of a study that has been checked.
    """
    bases = [Base(scenario) for scenario in scenarios]
    return {name: _varied(name, factor, bases) for name, factor in factors.items()}


def _varied(name: str, factor: Factor, bases: Sequence[Base]) -> Varied:
    places: Sequence[Place] = (0.0, 1.0) if factor.is_continuous else range(factor.number_of_levels)
    unread: dict[str, str] = {}
    graded: dict[Grade, None] = {}
    evidence: dict[str, None] = {}
    for base in bases:
        paths, why = _touched(factor, base, places)
        if why:
            unread[base.scenario.name] = why
            continue
        for each in graded_inputs(base.scenario):
            if any(_is_within(path, dotted(each.path)) for path in paths):
                graded[each.grade] = None
                evidence[each.evidence] = None
    shown = [step_of(factor, base, place).shown for base in bases[:1] for place in places]
    is_choice = factor.path in (HOURS, BUDGET)
    grade = "" if is_choice else max(graded, default="")
    return Varied(name, _what(factor), tuple(map(_in_short, shown)), grade, "; ".join(evidence), unread)


def _touched(factor: Factor, base: Base, places: Sequence[Place]) -> tuple[list[str], str]:
    """Paths of the inputs that a factor changes in a scenario, and why nothing reads any of them."""
    changes = [
        change
        for place in places
        for change in changed_inputs(base.scenario, with_steps(base, [step_of(factor, base, place)]))
    ]
    read = [change.path for change in changes if not change.unread]
    return read, "" if read else next((change.unread for change in changes), OF_NONE)


def _is_within(changed: str, graded: str) -> bool:
    """Whether one of two paths lies within the other."""
    longer, shorter = sorted((changed, graded), key=len, reverse=True)
    return f"{longer}.".startswith(f"{shorter}.")


def _what(factor: Factor) -> str:
    if factor.evidence is not None:
        return factor.evidence
    if factor.slope is not None:
        return f"gradient by quintile of {factor.slope}"
    return factor.null or factor.path or "several inputs"


def _in_short(shown: float | str) -> str:
    return shown if isinstance(shown, str) else f"{shown:.3g}"
