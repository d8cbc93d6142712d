"""Paths of inputs: ``*`` stands for each entry of a map or list."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bpssim.scenario.fields import Section
from bpssim.scenario.reading.messages import BadInput, nearest, wrong
from bpssim.scenario.reading.tree import EACH, KeyPath, dotted
from bpssim.scenario.scenario import Scenario


def paths_of(scenario: Scenario, path: str) -> list[KeyPath]:
    """Inputs that a path of a study stands for in a scenario; the path itself, there or not, if it has no ``*``.

    A ``*`` passes over pathways that are off, and over entries that do not have the rest of the path.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If there is a ``*``, and nothing that it could stand for.
    """
    parts = path.split(".")
    if EACH not in parts:
        return [tuple(parts)]
    found = [place for place, _ in _matching(scenario, parts, ())]
    if not found:
        raise BadInput(wrong("", f"stands for nothing in {scenario.name}: no input there is called {path}"))
    return found


def value_at(scenario: Scenario, path: KeyPath) -> Any:
    """Value of an input.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If there is none.
    """
    value: Any = scenario
    for number, part in enumerate(path):
        entries = _entries(value)
        if part not in entries:
            near = nearest(part, map(str, entries))
            advice = f"; did you mean {near!r}?" if near else ""
            raise BadInput(wrong("", f"{scenario.name} has no {dotted(path[: number + 1])}{advice}"))
        value = entries[part]
    return value


def keys_of(scenario: Scenario, path: KeyPath) -> KeyPath:
    """The same path with the keys and numbers that maps and lists have, as `bpssim.scenario.with_values` takes it."""
    value: Any = scenario
    keys: list[Any] = []
    for part in path:
        if isinstance(value, Mapping):
            part = next((key for key in value if str(getattr(key, "word", key)) == part), part)
            value = value.get(part)
        elif isinstance(value, Sequence) and not isinstance(value, str):
            part = int(part)
            value = value[part]
        else:
            value = getattr(value, str(part), None)
        keys.append(part)
    return tuple(keys)


def _matching(value: Any, parts: Sequence[str], done: KeyPath) -> Iterator[tuple[KeyPath, Any]]:
    if not parts:
        yield done, value
        return
    entries = _entries(value)
    names = list(entries) if parts[0] == EACH else [name for name in (parts[0],) if name in entries]
    for name in names:
        is_off = parts[0] == EACH and getattr(entries[name], "active", True) is False
        if not is_off:
            yield from _matching(entries[name], parts[1:], (*done, name))


def _entries(value: Any) -> dict[str, Any]:
    """Entries of a section, map or list by the name that a path uses."""
    if isinstance(value, Section):
        return {name: getattr(value, name) for name in type(value).model_fields}
    if isinstance(value, Mapping):
        return {str(getattr(key, "word", key)): entry for key, entry in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return {str(number): entry for number, entry in enumerate(value)}
    return {}
