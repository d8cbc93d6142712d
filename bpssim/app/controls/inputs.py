"""Every input of a section as a control: its title, unit, limits, choices, and what it rests on.

All of it comes from the declarations of the inputs (`bpssim.scenario.fields`), as JSON Schema has them.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from bpssim.scenario.external_files import FILES
from bpssim.scenario.reading.messages import printable
from bpssim.scenario.reading.tree import KeyPath, dotted
from bpssim.scenario.scenario import Scenario

_BRACKET = re.compile(r"\s*\[([^\[\]]*)\]\s*$")
_SAYS_ITSELF = ("evidence", "grade", "range")
"""Entries of a gate that say what its value rests on, and are no inputs of their own."""
_END_OF_TITLE = re.compile(r"(?<=[^.\s])[:;.]\s+|\s+[\u2013\u2014=-]\s+")
_END_OF_LONG_TITLE = re.compile(r",\s+|\s+(?=\()")
_LONG_TITLE = 90
"""Characters of a title that may also end at a comma or a bracket."""
_NO_UNITS = ("yes or no", "0 to 1")
_LEFT_OUT = {("name",), ("run", "replicates"), ("run", "seed"), *FILES}

Json = dict[str, Any]


def sections(scenario: Scenario) -> list[Json]:
    """Sections of a scenario with their titles, in the order in which a planner thinks of them."""
    described = {name: field.description for name, field in type(scenario).model_fields.items()}
    first = ("data_sharing", "pathways", "team", "population", "review", "costs")
    rest = [name for name in described if name not in (*first, "name", "question")]
    return [{"section": name, "title": described[name]} for name in (*first, *rest)]


def inputs_of(scenario: Scenario, place: str) -> Json:
    """All inputs of a section, or of a part of one, as groups of controls.

    Parameters
    ----------
    scenario
        Gives the present values.
    place
        Such as ``team`` or ``pathways.call_48h``.

    Returns
    -------
    dict
        A group: ``path``, ``title``, ``controls``, and ``groups`` within it. A control has a ``path``, ``title``,
        ``kind`` (number, numbers, switch, choice, many, quintiles, text) and ``value``, and where it is known ``note``,
        ``low``, ``high``, ``step``, ``unit``, ``choices``, ``source``, ``plausible`` and ``optional``. A part that the
        scenario does not have has controls if each of its inputs may be given alone.

    Raises
    ------
    KeyError
        If there is no such part.
    """
    path: KeyPath = ()
    node, value, title = _schema(), scenario.model_dump(mode="json", round_trip=True), ""
    for part in place.split("."):
        found = {str(name): (name, inner, entry) for name, inner, entry in _entries(node, value)}
        name, node, value = found[part]
        path = (*path, name)
        title = _title_of(path, node, value, scenario)
    return _group(path, node, value, title, scenario)


@cache
def _schema() -> Json:
    return Scenario.model_json_schema()


def _group(path: KeyPath, node: Json, value: Any, title: str, scenario: Scenario) -> Json:
    """A group of what is below a path."""
    group: Json = {"path": dotted(path), "title": title, "controls": [], "groups": []}
    source = f"{value['evidence']}, grade {value['grade']}" if _is_gate(value) else ""
    for name, inner, entry in _entries(node, value):
        here = (*path, name)
        if here in _LEFT_OUT or (source and name in _SAYS_ITSELF):
            continue
        entry = _as_absent(inner) if entry is None else entry
        control = _control(here, inner, entry)
        if control is not None:
            group["controls"].append(control | ({"source": source} if source else {}))
        elif isinstance(entry, dict | list) and entry:
            group["groups"].append(_group(here, inner, entry, _title_of(here, inner, entry, scenario), scenario))
    return group


def _as_absent(node: Json) -> Json | None:
    """Values of a part that a scenario does not have, to fill in; None if it is no part, or some must be given."""
    node = _resolved(node)
    if not node.get("optional") or "properties" not in node or node.get("required"):
        return None
    return {name: _resolved(inner).get("default") for name, inner in node["properties"].items()}


def _is_gate(value: Any) -> bool:
    return isinstance(value, dict) and "by_quintile" in value


def _title_of(path: KeyPath, node: Json, entry: Any, scenario: Scenario) -> str:
    if path[0] == "pathways" and len(path) == 2:
        return scenario.title_of(str(path[1]))
    if isinstance(path[-1], int):
        where = f", day {entry['day']}" if isinstance(entry, dict) and "day" in entry else ""
        channel = (
            f" ({str(entry['channel']).replace('_', ' ')}{where})"
            if isinstance(entry, dict) and "channel" in entry
            else ""
        )
        return f"{path[-1] + 1}{channel}"
    return short_title(_words(node.get("description"), str(path[-1]))[0])


def _entries(node: Json, value: Any) -> Iterator[tuple[str | int, Json, Any]]:
    """What is below a value: its name, its declaration, and its value."""
    node = _resolved(node)
    if isinstance(value, dict):
        properties = node.get("properties", {})
        others: Json = node.get("additionalProperties") or next(iter(node.get("patternProperties", {}).values()), {})
        names = dict.fromkeys([*properties, *value])
        words = node.get("propertyNames", {}).get("enum", [])
        for name in dict.fromkeys([*names, *words]):
            if name in properties or others:
                yield name, properties.get(name, others), value.get(name)
    elif isinstance(value, list):
        for number, entry in enumerate(value):
            yield number, node.get("items", {}), entry


def _resolved(node: Json) -> Json:
    """A declaration with what it refers to, and without the choice of nothing."""
    found = dict(node)
    if "$ref" in found:
        found = {**_schema()["$defs"][found["$ref"].rpartition("/")[2]], **found}
    others = [branch for branch in found.get("anyOf", []) if branch.get("type") != "null"]
    if len(others) == 1:
        inner = _resolved(others[0])
        optional = {"optional": True} if len(found["anyOf"]) > 1 else {}
        return {**inner, **{key: entry for key, entry in found.items() if key != "anyOf"}, **optional}
    return found


def _control(path: KeyPath, node: Json, value: Any) -> Json | None:
    """A single input as a control; None for a group, or for what has no control."""
    node = _resolved(node)
    title, bracket = _words(node.get("description"), str(path[-1]))
    kind = _kind(node, value)
    if kind is None:
        return None
    short, more = _parted(title)
    control = {"path": dotted(path), "title": short, "value": _printable(value), **kind}
    if more:
        control["note"] = more
    if node.get("optional"):
        control["optional"] = True
    unit = node.get("unit", bracket if not node.get("evidence") else "")
    if unit and unit not in _NO_UNITS:
        control["unit"] = unit
    if node.get("evidence"):
        control["source"] = f"{node['evidence']}, grade {node['grade']}"
    if node.get("range"):
        control["plausible"] = node["range"]
    return control


def _kind(node: Json, value: Any) -> Json | None:
    by_quintile = any(branch.get("by") == "quintile" for branch in node.get("anyOf", []))
    if by_quintile:
        return {"kind": "quintiles", "low": 0.0, "high": 1.0, "step": 0.01}
    if "enum" in node:
        return {"kind": "choice", "choices": [_choice(word) for word in node["enum"]]}
    match node.get("type"):
        case "boolean":
            return {"kind": "switch"}
        case "number" | "integer":
            low, high = node.get("minimum", node.get("exclusiveMinimum")), node.get("maximum")
            whole = node["type"] == "integer"
            return {"kind": "number", "low": low, "high": high, "step": 1 if whole else "any", "whole": whole}
        case "array" if "enum" in _resolved(node.get("items", {})):
            return {"kind": "many", "choices": [_choice(word) for word in _resolved(node["items"])["enum"]]}
        case "array" if isinstance(value, list) and _resolved(node.get("items", {})).get("type") in (
            "integer",
            "number",
        ):
            return {"kind": "numbers"}
        case "string":
            return {"kind": "text", "most": node.get("maxLength", 400)}
    return None


def _choice(word: object) -> Json:
    text = str(word).replace("_", " ")
    return {"value": word, "title": text}


def _words(description: object, name: str) -> tuple[str, str]:
    """Title of an input, and what its description has in brackets at the end."""
    text = str(description or name.replace("_", " "))
    bracket = _BRACKET.search(text)
    title = _BRACKET.sub("", text)
    return title[:1].upper() + title[1:], bracket[1] if bracket else ""


def short_title(description: str) -> str:
    """The first part of the description of an input, without marks of code."""
    return _parted(_words(description, "")[0])[0]


def _parted(text: str) -> tuple[str, str]:
    """The first part of a description, and the rest; without marks of code."""
    text = text.replace("`", "")
    end = _END_OF_TITLE.search(text)
    if (end.start() if end else len(text)) > _LONG_TITLE:
        end = _END_OF_LONG_TITLE.search(text) or end
    rest = text[end.end() :] if end else ""
    return text[: end.start()] if end else text, rest[:1].upper() + rest[1:]


def _printable(value: Any) -> Any:
    return printable(value) if isinstance(value, str) else value


def all_controls(group: Mapping[str, Any]) -> Iterator[Json]:
    """Controls of a group and of the groups within it."""
    yield from group["controls"]
    for inner in group["groups"]:
        yield from all_controls(inner)
