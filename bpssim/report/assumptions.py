"""What the results rest on: inputs by how well they are known, those that an alternative adds first."""

from collections.abc import Mapping, Sequence

from bpssim.report.elements import Note, Row, Section, Table
from bpssim.scenario.access import Chance
from bpssim.scenario.describing import value_in_words
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.tree import dotted
from bpssim.studies.grades import GradedInput, graded_inputs

_GRADES = {
    "C": "Grade C: assumptions, to be varied",
    "B": "Grade B: well known, not read again in the source",
    "A": "Grade A: read in the source",
}


def assumptions(scenarios: Sequence[Scenario], labels: Mapping[str, str]) -> Section:
    """Every graded input that is in use, by alternative and grade, assumptions first.

    Parameters
    ----------
    scenarios
        What was run; of a comparison the base first.
    labels
        What its alternatives are called.
    """
    base, *alternatives = [list(graded_inputs(scenario)) for scenario in scenarios]
    bodies: dict[str, list[Row]] = {}
    for scenario, inputs in zip(scenarios[1:], alternatives, strict=True):
        own = [each for each in inputs if each not in base]
        bodies |= _by_grade(own, f"Added or changed by {labels[scenario.name]}. ")
    bodies |= _by_grade(base, f"In {labels[scenarios[0].name]}, the base. " if alternatives else "")
    grades = {each.path: each.grade for inputs in (*alternatives, base) for each in inputs}
    assumed = sum(grade == "C" for grade in grades.values())
    words = (
        f"{assumed} of {len(grades)} graded inputs are assumptions. A result that hangs on one of them is no finding."
    )
    note = (
        "A value of five numbers is for quintile 1, the most deprived, to 5. Evidence names the row of the evidence "
        "table, or says why it is an assumption; a number that a planner has changed keeps the grade of its input "
        "unless the scenario says otherwise."
    )
    head = ("Input", "Value", "Unit", "Evidence")
    table = Table("Inputs in use, by how well they are known", head, bodies, note, frozenset({1, 2, 3}))
    return Section("assumptions", "What this rests on", [Note(words), table])


def _by_grade(inputs: Sequence[GradedInput], whose: str) -> dict[str, list[Row]]:
    return {
        f"{whose}{heading} ({len(same)})": [_row(each) for each in same]
        for grade, heading in _GRADES.items()
        if (same := [each for each in inputs if each.grade == grade])
    }


def _row(given: GradedInput) -> Row:
    value = given.value.by_quintile if isinstance(given.value, Chance) else given.value
    return Row(given.description, (value_in_words(value), given.unit, given.evidence), dotted(given.path))
