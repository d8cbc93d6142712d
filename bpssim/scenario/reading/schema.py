"""The JSON Schema of a scenario file, for completion and checks in an editor."""

from typing import Any

from pydantic import BaseModel

_EXTENDS = {
    "type": "string",
    "description": "Scenario that this one builds on: a ready name, or a path relative to this file.",
}
# Under these keys stand names chosen by the model, not words of JSON Schema.
_NAMED = {"properties", "$defs", "patternProperties"}
_VALUES = {"default", "const", "enum", "examples"}


def file_schema(model: type[BaseModel]) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a file that describes the model or a part of it.

    A file holds only what differs from its parent, so nothing is required and ``extends`` is allowed.
    """
    schema = _partial(model.model_json_schema())
    properties = {"extends": _EXTENDS, **schema.get("properties", {})}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "properties": properties}


def _partial(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_partial(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {_loose(key): _partial_entry(key, value) for key, value in schema.items() if key != "required"}


def _loose(key: str) -> str:
    # Without what tells the kinds apart, a partial entry fits several of them.
    return "anyOf" if key == "oneOf" else key


def _partial_entry(key: str, value: Any) -> Any:
    if key in _VALUES:
        return value
    if key in _NAMED:
        return {name: _or_nothing(_partial(entry)) for name, entry in value.items()}
    return _or_nothing(_partial(value)) if key == "additionalProperties" else _partial(value)


def _or_nothing(schema: Any) -> Any:
    """A section, or a heading with nothing below it."""
    if not isinstance(schema, dict) or "$ref" not in schema:
        return schema
    return {"anyOf": [{"$ref": schema["$ref"]}, {"type": "null"}], **{k: v for k, v in schema.items() if k != "$ref"}}
