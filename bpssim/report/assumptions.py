"""What the results rest on: inputs by how well they are known."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from bpssim.report.elements import Note, Row, Section, Table
from bpssim.scenario.access import Chance
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.tree import dotted
from bpssim.scenario.words import Word
from bpssim.studies.grades import GradedInput, graded_inputs

_GRADES = {
    "C": "Grade C: assumptions, to be varied",
    "B": "Grade B: well known, not read again in the source",
    "A": "Grade A: read in the source",
}


def assumptions(scenario: Scenario) -> Section:
    """Every graded input that is in use, assumptions first."""
    inputs = list(graded_inputs(scenario))
    bodies = {
        f"{heading} ({len(same)})": [_row(each) for each in same]
        for grade, heading in _GRADES.items()
        if (same := [each for each in inputs if each.grade == grade])
    }
    counted = len([each for each in inputs if each.grade == "C"])
    words = (
        f"{counted} of {len(inputs)} graded inputs are assumptions. A result that hangs on one of them is no finding."
    )
    note = (
        "A value of five numbers is for quintile 1, the most deprived, to 5. Evidence names the row of the evidence "
        "table, or says why it is an assumption; a number that a planner has changed keeps the grade of its input "
        "unless the scenario says otherwise."
    )
    head = ("Input", "Value", "Unit", "Evidence")
    table = Table("Inputs in use, by how well they are known", head, bodies, note, frozenset({1, 2, 3}))
    return Section("assumptions", "What this rests on", [Note(words), table])


def _row(given: GradedInput) -> Row:
    value = given.value.by_quintile if isinstance(given.value, Chance) else given.value
    return Row(given.description, (value_in_words(value), given.unit, given.evidence), dotted(given.path))


def value_in_words(value: Any) -> str:
    """Return the value of an input as a person reads it."""
    if isinstance(value, Word):
        return value.word.replace("_", " ")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value:,g}" if abs(value) < 1e6 else f"{value:,.0f}"
    if isinstance(value, BaseModel):
        return "; ".join(f"{name.replace('_', ' ')} {value_in_words(entry)}" for name, entry in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{value_in_words(key)} {value_in_words(entry)}" for key, entry in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        same = len(value) > 1 and all(entry == value[0] for entry in value)
        return f"{value_in_words(value[0])} in all" if same else ", ".join(map(value_in_words, value))
    return "none" if value is None else str(value).replace("_", " ")
