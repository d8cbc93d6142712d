"""Inputs by grade of evidence, those that an alternative adds first."""

from collections.abc import Mapping, Sequence

from bpssim.report.elements import Block, Note, Row, Section, Table
from bpssim.scenario.access import GateProbability
from bpssim.scenario.describing import value_in_words
from bpssim.scenario.reading.tree import dotted
from bpssim.scenario.scenario import Scenario
from bpssim.studies.grades import GradedInput, graded_inputs

_GRADES = {
    "C": "Grade C: assumptions, to be varied",
    "B": "Grade B: well known, source not read again",
    "A": "Grade A: read in the source",
}


def assumptions(scenarios: Sequence[Scenario], labels: Mapping[str, str]) -> Section:
    """Every graded input in use: a folded table for each alternative and grade, assumptions (grade C) first.

    Of the scenarios that were run the base of a comparison comes first.
    """
    base, *alternatives = [list(graded_inputs(scenario)) for scenario in scenarios]
    tables: list[Block] = []
    for scenario, inputs in zip(scenarios[1:], alternatives, strict=True):
        own = [each for each in inputs if each not in base]
        tables += _by_grade(own, f"Added or changed by {labels[scenario.name]}. ")
    tables += _by_grade(base, f"In {labels[scenarios[0].name]}, the base. " if alternatives else "")
    note = (
        f"{how_many_assumed(scenarios)} A value of five numbers is for quintile 1, the most deprived, to 5. Evidence "
        "names rows of the evidence, or says why this is an assumption; a number that a planner has changed keeps the "
        "grade of its input unless the scenario says otherwise."
    )
    return Section("assumptions", "Inputs by grade of evidence", [Note(note), *tables])


def how_many_assumed(scenarios: Sequence[Scenario]) -> str:
    """Sentence on how many of the graded inputs in use are assumptions."""
    grades = {each.path: each.grade for scenario in scenarios for each in graded_inputs(scenario)}
    assumed = sum(grade == "C" for grade in grades.values())
    return f"{assumed} of {len(grades)} graded inputs are assumptions: a result that rests on one is not a finding."


def _by_grade(inputs: Sequence[GradedInput], whose: str) -> list[Table]:
    head, prose = ("Input", "Value", "Unit", "Evidence"), frozenset({1, 2, 3})
    return [
        Table(f"{whose}{heading} ({len(same)})", head, {"": list(map(_row, same))}, prose=prose, folded=True)
        for grade, heading in _GRADES.items()
        if (same := [each for each in inputs if each.grade == grade])
    ]


def _row(given: GradedInput) -> Row:
    value = given.value.by_quintile if isinstance(given.value, GateProbability) else given.value
    return Row(given.description, (value_in_words(value), given.unit, given.evidence), dotted(given.path))
