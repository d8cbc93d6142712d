"""How well the inputs of a scenario are known: A read in the source, B well known, C assumption."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, cast

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from bpssim.scenario.access import ALWAYS, Chance
from bpssim.scenario.pathways import Pathway


class GradedInput(NamedTuple):
    """An input that is in use, and what it rests on."""

    path: str
    grade: str
    description: str
    value: Any
    unit: str
    evidence: str


def grades_of(section: BaseModel) -> dict[str, list[str]]:
    """Paths of all graded inputs that are in use, by grade.

    The grade is that of the evidence named beside the input; a planner's own number keeps it unless the file says
    otherwise. Pathways that are off, and chances that are 1 by definition, are left out.
    """
    grades: dict[str, list[str]] = {"A": [], "B": [], "C": []}
    for each in graded_inputs(section):
        grades[each.grade].append(each.path)
    return grades


def graded_inputs(section: BaseModel) -> Iterator[GradedInput]:
    """All graded inputs that are in use, in the order of the scenario; which they are says `grades_of`."""
    return _graded(section, "", "")


def _graded(value: object, path: str, description: str) -> Iterator[GradedInput]:
    if isinstance(value, Chance):
        if value != ALWAYS:
            yield GradedInput(path, value.grade, description, value.by_quintile, "probability", value.evidence)
    elif isinstance(value, Pathway) and not value.active:
        return
    elif isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            here = f"{path}.{name}" if path else name
            yield from _of_field(getattr(value, name), here, field)
    elif isinstance(value, Mapping):
        for key, entry in value.items():
            yield from _graded(entry, f"{path}.{getattr(key, 'word', key)}", description)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for number, entry in enumerate(value):
            yield from _graded(entry, f"{path}.{number}", description)


def _of_field(value: object, path: str, field: FieldInfo) -> Iterator[GradedInput]:
    description = (field.description or "").partition(" [")[0]
    extra = field.json_schema_extra
    if isinstance(extra, dict) and "grade" in extra:
        origin = cast("dict[str, str]", extra)
        yield GradedInput(path, origin["grade"], description, value, origin["unit"], origin["evidence"])
    else:
        yield from _graded(value, path, description)
