"""The inputs of a scenario by section: default, unit, range, grade and evidence, as they are declared."""

import re
from collections.abc import Iterator, Mapping
from types import NoneType
from typing import Any, Literal, NamedTuple, get_args, get_origin

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from bpssim.scenario.access import GateProbability
from bpssim.scenario.evidence import named_in
from bpssim.scenario.fields import Section, range_of
from bpssim.scenario.reading.writing import flow
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import Word
from odd_tables.markdown import code, table

_BRACKET = re.compile(r"\s*\[([^\[\]]*)\]$")
_GRADE = re.compile(r"grade ([ABC])")
_LIMITS = {"minimum": "from", "exclusiveMinimum": "above", "maximum": "to", "exclusiveMaximum": "below"}
_BESIDE = ("evidence", "grade")
"""Inputs of a gate that stand in columns of their own."""
Json = dict[str, Any]


class Input(NamedTuple):
    """One input of a section."""

    name: str
    words: str
    default: str
    unit: str
    range: str
    grade: str
    evidence: str


def sections() -> dict[type[Section], list[str]]:
    """Every kind of section, with the places at which scenarios have it; `*` stands for a name or number."""
    places: dict[type[Section], list[str]] = {}
    for place, section in _below(Scenario, ""):
        places.setdefault(section, []).append(place)
    return places


def inputs_of(section: type[Section]) -> list[Input]:
    """Inputs that a section declares; sections within it have tables of their own."""
    declared = section.model_json_schema()
    properties = declared["properties"]
    return [
        _input(name, field, properties[name], declared.get("$defs", {})) for name, field in section.model_fields.items()
    ]


def tables() -> str:
    """All inputs, one table for each kind of section."""
    return "\n\n".join(
        f"**{_heading(places)}**: {_first_sentence(section)}\n\n{of(section)}" for section, places in sections().items()
    )


def of(section: type[Section]) -> str:
    """A table of the inputs of a section."""
    head = ("Input", "What it is", "Default", "Unit", "Range", "Grade", "Evidence")
    return table(head, ((code(each.name), *each[1:]) for each in inputs_of(section)))


def written(value: Any) -> str:
    """A value as a scenario file has it."""
    return code(flow(_plain(value)))


def _heading(places: list[str]) -> str:
    return ", ".join(code(place) for place in places) if any(places) else "A scenario"


def _first_sentence(section: type[Section]) -> str:
    return (section.__doc__ or "").strip().split("\n\n")[0].replace("\n    ", " ")


def _below(section: type[Section], place: str) -> Iterator[tuple[str, type[Section]]]:
    yield place, section
    for name, field in section.model_fields.items():
        for steps, inner in _within(field.annotation):
            yield from _below(inner, ".".join(filter(None, (place, name, *steps))))


def _within(annotation: Any) -> Iterator[tuple[tuple[str, ...], type[Section]]]:
    """Sections of which a type consists, and what leads to them: `*` for entries of a list or map."""
    if isinstance(annotation, type) and issubclass(annotation, Section):
        yield (), annotation
        return
    origin = getattr(annotation, "__origin__", None)
    for part in get_args(annotation):
        yield from (((*("*",) * (origin in (list, dict)), *steps), inner) for steps, inner in _within(part))


def _input(name: str, field: FieldInfo, node: Json, definitions: Json) -> Input:
    description = field.description or ""
    bracket = _BRACKET.search(description)
    said = bracket[1].split("; ") if bracket else []
    extra: Json = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    if isinstance(field.default, GateProbability):
        unit, evidence, grade = "gate", field.default.evidence, field.default.grade
    elif extra:
        unit, evidence, grade = str(extra.get("unit", "")), str(extra.get("evidence", "")), str(extra.get("grade", ""))
    else:
        rest = "; ".join(part for part in said if named_in(part))
        unit = "; ".join(part for part in said if not named_in(part))
        found = _GRADE.search(rest)
        evidence, grade = rest.partition(", grade")[0], found[1] if found else ""
    return Input(
        name,
        _BRACKET.sub("", description),
        _default(field),
        unit or _kind(field.annotation),
        _plausible(field) or _allowed(node, definitions),
        grade,
        evidence,
    )


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "must be given"
    value = field.default
    if isinstance(value, Section):
        return "as its table says" if value == _untouched(type(value)) else written(value)
    return "none" if value is None or value is PydanticUndefined else written(value)


def _untouched(section: type[Section]) -> Section | None:
    required = any(field.is_required() for field in section.model_fields.values())
    return None if required else section()


def _plain(value: Any) -> Any:
    if isinstance(value, Word):
        return value.word
    if isinstance(value, Section):
        given = [name for name in type(value).model_fields if name in value.model_fields_set and name not in _BESIDE]
        return {name: _plain(getattr(value, name)) for name in given}
    if isinstance(value, Mapping):
        return {_plain(name): _plain(entry) for name, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    return value


def _kind(annotation: Any) -> str:
    """What a value without a unit is."""
    if annotation is bool:
        return "yes or no"
    if annotation in (int, float):
        return "number"
    if annotation is str:
        return "text"
    if isinstance(annotation, type):
        return f"one of `{annotation.__name__}`" if issubclass(annotation, Word) else "section"
    origin, parts = get_origin(annotation), [part for part in get_args(annotation) if part is not NoneType]
    if origin is Literal:
        return f"one of {', '.join(map(code, parts))}"
    kind = _kind(parts[-1] if origin is dict else parts[0])
    if origin is dict:
        return f"{kind}, by name"
    return f"list: {kind}" if origin is list else kind


def _plausible(field: FieldInfo) -> str:
    """Range for sensitivity analysis; of several values a factor for each of them."""
    limits = range_of(field)
    if limits is None:
        return ""
    low, high = (f"{limit:g}" for limit in limits)
    single = isinstance(field.default, int | float)
    return f"{low} to {high}" if single else f"times {low} to {high}"


def _allowed(node: Json, definitions: Json) -> str:
    """In brackets, what a scenario may say."""
    for inner in (node, *node.get("anyOf", [])):
        limits = [f"{word} {inner[key]:,}" for key, word in _LIMITS.items() if key in inner]
        if limits:
            return f"({' '.join(limits)})"
    return ""
