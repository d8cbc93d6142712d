"""Copies of a scenario with other values, for values that are known to be allowed."""

from collections.abc import Mapping
from typing import Any

from bpssim.scenario.fields import Section
from bpssim.scenario.reading.tree import KeyPath


def with_values(part: Any, values: Mapping[KeyPath, object]) -> Any:
    """A copy of a scenario, or of a part of one, with values at paths below it; the rest is shared with the original.

    A path may add an entry to a map.

    Nothing is checked, which `Scenario.with_` would take thirty milliseconds for.
    """
    part = values.get((), part)
    below: dict[Any, dict[KeyPath, object]] = {}
    for path, value in values.items():
        if path:
            below.setdefault(path[0], {})[path[1:]] = value
    if not below:
        return part
    if isinstance(part, Section):
        return part.model_copy(update={name: with_values(getattr(part, name), rest) for name, rest in below.items()})
    if isinstance(part, list):
        return [with_values(entry, below.get(number, {})) for number, entry in enumerate(part)]
    return {**part, **{key: with_values(part.get(key), rest) for key, rest in below.items()}}
