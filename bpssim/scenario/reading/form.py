"""A scenario as a form: every setting with its value, commented out, with description, unit and evidence.

Made from the declarations of the inputs. A line of a setting begins with ``# `` after its
indentation, and is part of a valid file without it, alone or together with any others; words begin with ``##``.
"""

from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from bpssim.scenario.reading.schema_rules import Allowed
from bpssim.scenario.reading.tree import KeyPath
from bpssim.scenario.reading.writing import flow, key

_COLUMN = 46
"""Column where the description of a setting starts, if its value leaves room."""


def form(instance: BaseModel, without: frozenset[str] = frozenset()) -> str:
    """Return the lines of a form that changes nothing of a scenario, without some inputs at its top."""
    values = instance.model_dump(mode="json", round_trip=True)
    writer = _Form(Allowed.by(type(instance)), values)
    fields = [(name, field) for name, field in type(instance).model_fields.items() if name not in without]
    lines = [line for name, field in fields for line in ("", *writer.top(name, field, getattr(instance, name)))]
    return "\n".join([*lines, ""])


class _Form:
    """Writes the settings of one scenario."""

    def __init__(self, allowed: Allowed, values: dict[str, Any]) -> None:
        self.allowed = allowed
        self.values = values

    def top(self, name: str, field: FieldInfo, value: Any) -> Iterator[str]:
        """A part of the scenario, under its heading."""
        yield f"## ---- {field.description or name} ".ljust(118, "-")
        if _entries(value):
            yield from self._explained((name,), value)
        if isinstance(value, BaseModel) or _entries(value):
            yield from self._block((name,), field, value, 0)
        else:
            yield self._line((name,), field, 0)

    def _block(self, path: KeyPath, field: FieldInfo | None, value: Any, depth: int) -> Iterator[str]:
        """A section or a map of sections: its key, and its settings below it."""
        said = f"  ## {field.description}" if field and field.description and depth else ""
        title = getattr(value, "title", "")
        yield f"{'  ' * depth}{key(path[-1])}:{said}{f'  ## {title}' if title else ''}"
        if isinstance(value, dict):
            for name, entry in value.items():
                yield from self._block((*path, str(getattr(name, "word", name))), None, entry, depth + 1)
            return
        for name, inner in type(value).model_fields.items():
            entry = getattr(value, name)
            if _entries(entry) or _has_evidence(entry):
                yield from self._block((*path, name), inner, entry, depth + 1)
            else:
                yield self._line((*path, name), inner, depth + 1)

    def _line(self, path: KeyPath, field: FieldInfo, depth: int) -> str:
        """One setting with its value, commented out."""
        value = self.values
        for part in path:
            value = value[str(part)]
        written = f"{'  ' * depth}# {key(path[-1])}: {flow(value)}"
        return f"{written.ljust(_COLUMN)}  # {self._said(path, field)}"

    def _said(self, path: KeyPath, field: FieldInfo) -> str:
        """Description of a setting, with its choices if it has any."""
        return f"{field.description or path[-1]}{_listed(self.allowed.at(path, self.values))}"

    def _explained(self, path: KeyPath, sections: dict[Any, BaseModel]) -> Iterator[str]:
        """What stands within braces in the settings of a map of sections, once for all its entries."""
        name, section = next(iter(sections.items()))
        here = self.allowed.at((*path, getattr(name, "word", name)), self.values)
        yield from _within(type(section), here, set())


def _within(model: type[BaseModel], allowed: Allowed, told: set[type[BaseModel]]) -> Iterator[str]:
    """What stands within the settings of a section, and within these, each kind once."""
    settings: dict[type[BaseModel], list[str]] = {}
    for name, field in model.model_fields.items():
        for inner in _models(field.annotation):
            settings.setdefault(inner, []).append(name)
    for inner, names in settings.items():
        if inner in told:
            continue
        told.add(inner)
        inside = _of_items(allowed.inside(names[0]))
        yield f"##   within {', '.join(names)}:"
        for part, field in inner.model_fields.items():
            yield f"##     {part}: {field.description or part}{_listed(inside.inside(part))}"
        yield from _within(inner, inside, told)


def _of_items(allowed: Allowed) -> Allowed:
    """What is allowed for a section, where lists of sections may be given."""
    return allowed if allowed.names() or not allowed.inside(0).branches else _of_items(allowed.inside(0))


def _listed(allowed: Allowed) -> str:
    """Choices for a single value or for the items of a list."""
    for what, choices in (("one", allowed.choices()), ("any", allowed.inside(0).choices())):
        if choices:
            return f" ({what} of {', '.join(map(str, choices))})"
    return ""


def _entries(value: Any) -> bool:
    """Whether a value is a map of sections."""
    return isinstance(value, dict) and bool(value) and all(isinstance(entry, BaseModel) for entry in value.values())


def _has_evidence(value: Any) -> bool:
    """Whether a value is a section whose settings name their evidence, so that each has a line of its own."""
    if not isinstance(value, BaseModel):
        return False
    fields = type(value).model_fields.items()
    return any(field.json_schema_extra or _has_evidence(getattr(value, name)) for name, field in fields)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """Models that a type consists of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)
