"""Allowed values at a key of a model, in words.

The model's JSON Schema is the one description of what is allowed: it already holds the names,
choices, types and bounds that editors show, so messages cannot say anything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from pydantic import BaseModel

from bpssim.scenario.names import FORMS

Json = dict[str, Any]

_TYPES = {
    "integer": "a whole number",
    "number": "a number",
    "string": "a text",
    "boolean": "true or false",
    "array": "a list",
    "object": "a group of settings",
    "null": "null",
}
_BOUNDS = {
    "minimum": "at least {}",
    "exclusiveMinimum": "above {}",
    "maximum": "at most {}",
    "exclusiveMaximum": "below {}",
    "multipleOf": "a multiple of {}",
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "pattern": "made of {}",
    "format": "written as a {}",
}
_COUNTS = {"Items": "item", "Properties": "entry"}
"""Ends of the names of bounds, as in ``minItems``, and what they count."""


_UNIT = re.compile(r"\[([^\];]+)[^\]]*\]$")
"""How the description of an input ends: its unit, and perhaps what the value rests on."""


ANY_NAME = "NAME"
"""Stands in paths for a name that the planner chooses."""


@dataclass(frozen=True)
class Allowed:
    """What may be written at one key: any of several branches of a JSON Schema.

    Parameters
    ----------
    root
        The whole schema, for its definitions.
    branches
        The alternatives at this key, with references and unions resolved.
    unit
        Unit of numbers here, such as ``days``; empty if none is given.
    """

    root: Json
    branches: tuple[Json, ...]
    unit: str = ""

    @classmethod
    @cache
    def by(cls, model: type[BaseModel]) -> Allowed:
        """Return what the model allows for a whole file, put together once."""
        root = model.model_json_schema()
        return cls(root, tuple(_branches(root, root)))

    def inside(self, part: str | int) -> Allowed:
        """Return what is allowed for one entry of a map or item of a list."""
        schemas = [schema for branch in self.branches for schema in _entry(branch, part)]
        units = [found[1] for schema in schemas if (found := _UNIT.search(schema.get("description", "")))]
        is_setting = any(part in branch.get("properties", ()) for branch in self.branches)
        unit = units[0] if units else "" if is_setting else self.unit  # items of a list are as the list
        return Allowed(self.root, tuple(found for schema in schemas for found in _branches(schema, self.root)), unit)

    def at(self, path: Iterable[str | int], written: Any) -> Allowed:
        """Return what is allowed at a key path of a file, given what else is written in the file."""
        allowed = self._fitting(written)
        for part in path:
            written = _entry_written(written, part)
            allowed = allowed.inside(part)._fitting(written)
        return allowed

    def _fitting(self, written: Any) -> Allowed:
        """Return the groups whose constants (such as the kind of a trigger) are as written, or else all."""
        fitting = tuple(branch for branch in self.branches if _fits(branch, written))
        return Allowed(self.root, fitting or self.branches, self.unit)

    def kinds(self) -> Iterator[tuple[str, Any]]:
        """Yield settings, each with a value, that may tell one group from another if there are several."""
        groups = [branch["properties"] for branch in self.branches if "properties" in branch]
        for properties in groups if len(groups) > 1 else ():
            yield from ((name, value) for name, schema in properties.items() for value in _values(schema))

    def names(self) -> list[str]:
        """Return the settings that may be written here, if they are fixed."""
        fixed = [name for branch in self.branches for name in branch.get("properties", ())]
        keys = (_branches(branch.get("propertyNames", {}), self.root) for branch in self.branches)
        return fixed + [str(name) for schemas in keys for schema in schemas for name in _values(schema)]

    @cached_property
    def settings(self) -> tuple[tuple[str, ...], ...]:
        """Paths of all settings below this key, with `ANY_NAME` for chosen names and 0 for items of lists."""
        return tuple(dict.fromkeys(self._settings()))

    def _settings(self) -> Iterator[tuple[str, ...]]:
        others = any(_holds_other_names(branch) for branch in self.branches)
        names = self.names() or ([ANY_NAME] if others else [])
        yield from ((name,) for name in names)
        below = {name: self.inside(name) for name in names} or {"0": self.inside(0)}
        for part, inside in below.items():
            yield from ((part, *path) for path in (inside._settings() if inside.branches else ()))

    def form_of_names(self) -> str:
        """Return what a name must be made of where any such name may be written, or an empty text."""
        patterns = (pattern for branch in self.branches for pattern in branch.get("patternProperties", ()))
        return next((FORMS.get(pattern, pattern) for pattern in patterns), "")

    def only_needed(self) -> str:
        """Return the one setting that a group here must have, if it is a single one, or an empty text."""
        needed = [branch.get("required", ()) for branch in self.branches if "properties" in branch]
        return str(needed[0][0]) if len(needed) == 1 and len(needed[0]) == 1 else ""

    def named_in(self) -> str:
        """Return the part of the scenario of which a name is written here, or an empty text."""
        return next((str(branch["of"]) for branch in self.branches if "of" in branch), "")

    def choices(self) -> list[Any]:
        """Return the values to choose from, if there is a choice."""
        return [value for branch in self.branches for value in _values(branch)]

    def any_value(self) -> Any:
        """Return some choice or number that may be written here, ``None`` where only others may."""
        numbers = (
            branch.get("minimum", branch.get("exclusiveMinimum", -1) + 1)
            for branch in self.branches
            if branch.get("type") in ("integer", "number")
        )
        return next(iter([*self.choices(), *numbers]), None)

    def __str__(self) -> str:
        """Describe it, such as ``a number, at least 0, at most 1``; empty if anything goes."""
        choices = ", ".join(repr(value) for value in dict.fromkeys(self.choices()))
        kinds = [_kind(branch) for branch in self.branches if not _values(branch)]
        words = dict.fromkeys([f"one of {choices}" if choices else "", *kinds])
        return " or ".join(word for word in words if word)


def _branches(schema: Json, root: Json) -> Iterator[Json]:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        yield from _branches(root["$defs"][name], root)
    elif union := schema.get("anyOf") or schema.get("oneOf") or schema.get("allOf"):
        for branch in union:
            yield from _branches(branch, root)
    else:
        yield schema


def _entry(branch: Json, part: str | int) -> Iterator[Json]:
    if isinstance(part, int):
        fixed = branch.get("prefixItems", [])
        schema = fixed[part] if part < len(fixed) else branch.get("items")
    else:
        others = [branch.get("additionalProperties"), *branch.get("patternProperties", {}).values()]
        schema = branch.get("properties", {}).get(part) or next((other for other in others if other), None)
    if isinstance(schema, dict):
        yield schema


def _holds_other_names(branch: Json) -> bool:
    return "patternProperties" in branch or isinstance(branch.get("additionalProperties"), dict)


def _entry_written(written: Any, part: str | int) -> Any:
    if isinstance(written, dict):
        return written.get(part)
    known = isinstance(written, list) and isinstance(part, int) and part < len(written)
    return written[part] if known else None


def _fits(branch: Json, written: Any) -> bool:
    properties = branch.get("properties", {})
    constants = {name: schema["const"] for name, schema in properties.items() if "const" in schema}
    return isinstance(written, dict) and bool(constants) and constants.items() <= written.items()


def _values(branch: Json) -> list[Any]:
    return [branch["const"]] if "const" in branch else list(branch.get("enum", ()))


def _kind(branch: Json) -> str:
    kind = _TYPES.get(branch.get("type", ""), "")
    bounds = [words.format(FORMS.get(branch[key], branch[key])) for key, words in _BOUNDS.items() if key in branch]
    counts = (_count(branch.get(f"min{end}", 0), branch.get(f"max{end}"), what) for end, what in _COUNTS.items())
    return ", ".join([kind, *bounds, *filter(None, counts)]) if kind else ""


def _count(fewest: int, most: int | None, what: str) -> str:
    """How many there may be, such as ``with 1 to 40 items``; empty if any number of them."""
    if most is None and not fewest:
        return ""
    number = f"at least {fewest}" if most is None else f"at most {most}" if not fewest else f"{fewest} to {most}"
    number = number if fewest != most else f"{fewest}"
    several = (fewest if most is None else most) != 1
    return f"with {number} {what.removesuffix('y') + 'ies' if several and what.endswith('y') else what + 's' * several}"
