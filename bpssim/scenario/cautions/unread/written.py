"""Settings of a file or override that nothing reads, reported where they are written."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bpssim.scenario.cautions.unread.finding import unread_inputs
from bpssim.scenario.external_files import OUTSIDE
from bpssim.scenario.fields import Section
from bpssim.scenario.reading.loader import written
from bpssim.scenario.reading.messages import Mistake
from bpssim.scenario.reading.tree import KeyPath, Node, dotted
from bpssim.scenario.scenario import Scenario

_REQUIRED = object()
"""Marks an input without a default."""


def written_in_vain(source: str | Path, overrides: Iterable[str], scenario: Scenario) -> list[Mistake]:
    """Settings in the file itself or in an override that nothing reads, and offers of what they switch off.

    Left out are inherited settings, which are the parent's, settings beside their own `active: false`, which are meant
    for later, and values equal to the default.

    Parameters
    ----------
    source, overrides
        As for `bpssim.scenario.scenario.load`.
    scenario
        Scenario loaded from them.
    """
    tree = written(source, overrides, outside=OUTSIDE)
    unread = unread_inputs(scenario)
    found: dict[tuple[KeyPath, str], dict[KeyPath, Node]] = defaultdict(dict)
    for path, node in _own_leaves(tree, (), tree.origin.file):
        input_path = next((path[:n] for n in range(1, len(path) + 1) if path[:n] in unread), None)
        if input_path and not _is_default(scenario, path):
            found[input_path[:-1], unread[input_path]].setdefault(input_path, node)
    return [*(_mistake(part, why, inputs) for (part, why), inputs in found.items()), *_still_offered(tree, scenario)]


def _still_offered(tree: Node, scenario: Scenario) -> Iterator[Mistake]:
    """Pathways that the file itself or an override switches off, while offers from elsewhere go on."""
    running, file = scenario.active_pathways(), tree.origin.file
    offers = {name: tree.at(("pathways", name, "offers")) for name in running}
    inherited = [name for name, node in offers.items() if node and not _is_own(node, file)]
    for name in scenario.pathways:
        switch = tree.at(path := ("pathways", name, "active"))
        by = [other for other in inherited if name in {offer.pathway for offer in running[other].offers}]
        if by and name not in running and switch and _is_own(switch, file):
            text = f"it is off and still offered by {', '.join(map(scenario.named, by))}, which comes to nothing"
            yield Mistake(switch.origin, text, dotted(path))


def _mistake(part: KeyPath, why: str, inputs: Mapping[KeyPath, Node]) -> Mistake:
    """One line for all inputs of a part with the same reason."""
    origin = next(iter(inputs.values())).origin
    if len(inputs) == 1:
        return Mistake(origin, f"nothing reads it: {why}", dotted(next(iter(inputs))))
    part = part[:-1] if isinstance(next(iter(inputs))[-1], int) else part
    names = ", ".join(dotted(path[len(part) :]) for path in inputs)
    return Mistake(origin, f"nothing reads {names}: {why}", dotted(part))


def _own_leaves(node: Node, path: KeyPath, file: str) -> Iterator[tuple[KeyPath, Node]]:
    """Values in the file itself or in an override, except in parts that it switches off."""
    switch = node.child("active")
    if switch and switch.value is False and _is_own(switch, file):
        return
    entries = node.value.items() if isinstance(node.value, dict) else _items(node)
    for key, entry in entries:
        yield from _own_leaves(entry, (*path, key), file)
    if not entries and _is_own(node, file):
        yield path, node


def _items(node: Node) -> list[tuple[int, Node]]:
    """Items of a list of sections; other lists are values."""
    items = node.value if isinstance(node.value, list) else []
    return list(enumerate(items)) if any(isinstance(item.value, dict) for item in items) else []


def _is_own(node: Node, file: str) -> bool:
    return node.origin.file == file or node.origin.file.startswith("--set ")


def _is_default(scenario: Scenario, path: KeyPath) -> bool:
    """Whether an input has its default value."""
    value: Any = scenario
    default: Any = _REQUIRED
    for part in path:
        if isinstance(value, Section):
            field = type(value).model_fields[str(part)]
            own = _REQUIRED if field.is_required() else field.default
            default = getattr(default, str(part)) if isinstance(default, Section) else own
            value = getattr(value, str(part))
        else:
            value, default = _entry(value, part), _entry(default, part)
    return value is not _REQUIRED and bool(value == default)


def _entry(value: Any, part: str | int) -> Any:
    if isinstance(value, Mapping):
        return next((entry for key, entry in value.items() if str(getattr(key, "word", key)) == part), _REQUIRED)
    inside = isinstance(value, list | tuple) and isinstance(part, int) and part < len(value)
    return value[int(part)] if inside else _REQUIRED
