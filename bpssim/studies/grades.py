"""Evidence grades of the inputs of a scenario: A read in the source, B well known, C assumption."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, cast

from bpssim.scenario.access import ALWAYS, GateProbability
from bpssim.scenario.fields import Grade, Section
from bpssim.scenario.reading.tree import KeyPath, dotted
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.wording import TRAITS


class GradedInput(NamedTuple):
    """An input that names its evidence.

    Parameters
    ----------
    path
        Keys from the top of the scenario.
    description
        In plain words.
    value
        Value in this scenario; a `GateProbability` for an access gate.
    unit
        Unit of the value.
    evidence
        Row of the evidence, or why it is assumed.
    grade
        Grade of that evidence.
    range
        Lowest and highest plausible value if the evidence gives them: of a number; for several numbers, of their
        multiplier; for an access gate, of the mean probability over quintiles.
    """

    path: KeyPath
    description: str
    value: object
    unit: str
    evidence: str
    grade: Grade
    range: tuple[float, float] | None


def graded_inputs(scenario: Scenario) -> Iterator[GradedInput]:
    """All graded inputs in use, in the order of a scenario file.

    The grade is that of the evidence given for the input; a planner's own number keeps it unless the file says
    otherwise. Left out are inactive pathways that no review may open, other inactive parts (`active: false`), and
    probabilities that are 1 by definition.
    """
    for part in Scenario.model_fields:
        if part != "pathways":
            yield from _graded(getattr(scenario, part), (part,), "")
            continue
        for name, pathway in scenario.active_pathways().items():
            yield from _of_section(pathway, (part, name))


def grades_of(scenario: Scenario) -> dict[Grade, list[str]]:
    """Paths of all graded inputs in use, by grade."""
    grades: dict[Grade, list[str]] = {"A": [], "B": [], "C": []}
    for graded in graded_inputs(scenario):
        grades[graded.grade].append(dotted(graded.path))
    return grades


def _graded(value: object, path: KeyPath, description: str) -> Iterator[GradedInput]:
    if isinstance(value, GateProbability):
        if value != ALWAYS:
            yield GradedInput(path, description, value, "probability", value.evidence, value.grade, value.range)
            yield from _effects_of(value, path)
    elif isinstance(value, Section):
        if getattr(value, "active", True):
            yield from _of_section(value, path)
    elif isinstance(value, Mapping):
        for key, entry in value.items():
            yield from _graded(entry, (*path, str(getattr(key, "word", key))), description)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for number, entry in enumerate(value):
            yield from _graded(entry, (*path, number), description)


def _effects_of(gate: GateProbability, path: KeyPath) -> Iterator[GradedInput]:
    """Effects of a gate of its own: all are assumptions about size, which may be half or double."""
    for number, effect in enumerate(gate.effects):
        whom = " and ".join(TRAITS[trait].true for trait in effect.when)
        limits = (effect.odds / 2.0, effect.odds * 2.0)
        here = (*path, "effects", number, "odds")
        yield GradedInput(here, f"Effect on it of: {whom}", effect.odds, "odds ratio", gate.evidence, "C", limits)


def _of_section(section: Section, path: KeyPath) -> Iterator[GradedInput]:
    for name, field in type(section).model_fields.items():
        value, here = getattr(section, name), (*path, name)
        description = (field.description or "").partition(" [")[0]
        origin = field.json_schema_extra
        if isinstance(origin, dict) and "grade" in origin:
            yield _declared(here, description, value, origin)
        else:
            yield from _graded(value, here, description)


def _declared(path: KeyPath, description: str, value: object, origin: Mapping[str, Any]) -> GradedInput:
    limits = origin.get("range")
    return GradedInput(
        path,
        description,
        value,
        origin["unit"],
        origin["evidence"],
        cast(Grade, origin["grade"]),
        (float(limits[0]), float(limits[1])) if limits else None,
    )
