"""Scenarios written as YAML."""

import re
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

_PLAIN = re.compile(r"[A-Za-z]([\w ./%()-]*[\w.%()])?", re.ASCII)
_NOT_TEXTS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}


def to_yaml(instance: BaseModel) -> str:
    """Return the whole effective scenario as YAML that reads back to an equal instance.

    Keys stand in the order of the model; values are plain texts, numbers, lists and maps.
    """
    return dump(instance.model_dump(mode="json", round_trip=True))


def dump(values: dict[str, Any]) -> str:
    """Return plain values as YAML, one setting a line, in the order given; a list of single values is one line.

    A general writer would take longer for a resolved scenario than its first run does.
    """
    return "".join(f"{line}\n" for line in _lines(values)) if values else "{}\n"


def flow(value: Any) -> str:
    """Return plain values as YAML on one line, with braces and brackets."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key(name)}: {flow(entry)}' for name, entry in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(flow, value))}]"
    return _single(value)


def key(name: Any) -> str:
    """Return the key of a map as YAML."""
    return _single(name)


def _lines(value: Any) -> Iterator[str]:
    """Lines of a map, or of a list that holds maps or lists."""
    if isinstance(value, dict):
        for key, entry in value.items():
            if _takes_lines(entry):
                yield f"{_single(key)}:"
                yield from (f"  {line}" for line in _lines(entry))
            else:
                yield f"{_single(key)}: {_single(entry)}"
    else:
        for entry in value:
            first, *others = _lines(entry) if _takes_lines(entry) else (_single(entry),)
            yield f"- {first}"
            yield from (f"  {line}" for line in others)


def _takes_lines(value: Any) -> bool:
    if isinstance(value, dict):
        return bool(value)
    return isinstance(value, list) and any(isinstance(entry, dict | list) for entry in value)


def _single(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{}"
    if isinstance(value, list):
        return f"[{', '.join(map(_single, value))}]"
    return _text(value) if isinstance(value, str) else repr(value)


def _text(text: str) -> str:
    if _PLAIN.fullmatch(text) and text.lower() not in _NOT_TEXTS:
        return text
    return f'"{"".join(map(_character, text))}"'


def _character(char: str) -> str:
    """A character between quotes; an unusual one as an escape, because some of them would end a line."""
    if char in '"\\':
        return f"\\{char}"
    return char if char.isprintable() else f"\\U{ord(char):08x}"
