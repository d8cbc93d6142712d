"""How well the inputs of a scenario are known: A read in the source, B well known, C assumption."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from bpssim.scenario.access import ALWAYS, Chance
from bpssim.scenario.pathways import Pathway


def grades_of(section: BaseModel) -> dict[str, list[str]]:
    """Paths of all graded inputs that are in use, by grade.

    The grade is that of the evidence named beside the input; a planner's own number keeps it unless the file says
    otherwise. Pathways that are off, and chances that are 1 by definition, are left out.
    """
    grades: dict[str, list[str]] = {"A": [], "B": [], "C": []}
    for path, grade in _graded(section, ""):
        grades[grade].append(path)
    return grades


def counted_grades(section: BaseModel) -> dict[str, dict[str, Any]]:
    """Number and paths of the graded inputs in use, by grade, as a manifest tells them."""
    return {grade: {"count": len(paths), "inputs": paths} for grade, paths in grades_of(section).items()}


def _graded(value: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Chance):
        if value != ALWAYS:
            yield path, value.grade
    elif isinstance(value, Pathway) and not value.active:
        return
    elif isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            here = f"{path}.{name}" if path else name
            extra = field.json_schema_extra
            if isinstance(extra, dict) and "grade" in extra:
                yield here, str(extra["grade"])
            else:
                yield from _graded(getattr(value, name), here)
    elif isinstance(value, Mapping):
        for key, entry in value.items():
            yield from _graded(entry, f"{path}.{getattr(key, 'word', key)}")
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for number, entry in enumerate(value):
            yield from _graded(entry, f"{path}.{number}")
