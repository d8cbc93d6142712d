"""A scenario as written: values with their origins, and merging of layers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bpssim.scenario.reading.messages import BadInput, Mistake, Origin

Scalar = str | int | float | bool | None
KeyPath = tuple[str | int, ...]
EACH = "*"
"""Stands in a path for every entry of a map."""


@dataclass(frozen=True)
class Node:
    """A value and where it was written (for an entry of a map: where its key was)."""

    value: dict[str, Node] | list[Node] | Scalar
    origin: Origin

    def plain(self) -> Any:
        """Return the value without origins."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    def child(self, part: str | int) -> Node | None:
        """Return the entry of a map or item of a list, or None."""
        if isinstance(self.value, dict) and isinstance(part, str):
            return self.value.get(part)
        if isinstance(self.value, list) and str(part).isdecimal() and int(part) < len(self.value):
            return self.value[int(part)]
        return None

    def at(self, path: Sequence[str | int]) -> Node | None:
        """Return the node at a path, or None if nothing was written there."""
        child = self.child(path[0]) if path else self
        return child.at(path[1:]) if child and path else child

    def nearest(self, path: Sequence[str | int]) -> Node:
        """Return the node at a path, or else at the deepest part of it that was written."""
        child = self.child(path[0]) if path else None
        return child.nearest(path[1:]) if child else self

    def files(self) -> set[str]:
        """Return the names of all files that say something of it."""
        entries: Iterable[Node] = ()
        if isinstance(self.value, dict | list):
            entries = self.value.values() if isinstance(self.value, dict) else self.value
        return {self.origin.file}.union(*(entry.files() for entry in entries))

    def moved_to(self, origin: Origin) -> Node:
        """Return the same values, all written at one place."""
        if isinstance(self.value, dict):
            return Node({key: node.moved_to(origin) for key, node in self.value.items()}, origin)
        if isinstance(self.value, list):
            return Node([node.moved_to(origin) for node in self.value], origin)
        return Node(self.value, origin)


def as_node(value: Any, origin: Origin) -> Node:
    """Return plain maps, lists and scalars as a tree, all written at one place."""
    if isinstance(value, dict):
        return Node({str(key): as_node(entry, origin) for key, entry in value.items()}, origin)
    if isinstance(value, list | tuple):
        return Node([as_node(item, origin) for item in value], origin)
    return Node(value.item() if isinstance(value, np.generic) else value, origin)


def merge(below: Node, above: Node) -> Node:
    """Return one value laid over another: maps merge, everything else replaces, and an empty map clears."""
    if not (isinstance(below.value, dict) and isinstance(above.value, dict) and above.value):
        return above
    merged = {key: merge(below.value[key], node) if key in below.value else node for key, node in above.value.items()}
    return Node({**below.value, **merged}, above.origin)


def give_way(
    below: Node, above: Node, replaced: Mapping[KeyPath, Sequence[KeyPath]], kept: Mapping[KeyPath, KeyPath]
) -> Node:
    """Return a layer of a scenario without the values that data named in a nearer layer replace.

    A number in a layer further away belongs to another place. In the same layer as the data, or a nearer one, it is
    intended. Where data are cleared, by ``null`` or by others that replace them, what they replaced goes with them.

    Parameters
    ----------
    below, above
        Two layers, each with paths from the top.
    replaced
        For inputs that name data, the inputs whose values these data replace.
    kept
        For inputs whose value is still told when it gives way, the input that then has it.
    """
    for data, inputs in replaced.items():
        named, before = above.at(data), below.at(data)
        is_new = named and not (before and before.plain() == named.plain())  # what stands there already says no more
        if is_new and (_says(named) or _says(before)):
            cleared = [data, *inputs] if _says(named) else [data]
            also = [path for each in cleared if _says(below.at(each)) for path in replaced.get(each, ())]
            for path in (*inputs, *also):
                below = below if above.at(path) else _moved(below, path, kept.get(path))
    return below


def _says(node: Node | None) -> bool:
    return node is not None and node.value not in (None, "", [], {})


def _moved(node: Node, path: KeyPath, to: KeyPath | None) -> Node:
    """Return a tree in which one value, if it was written, stands elsewhere or nowhere."""
    value, rest = node.at(path), without(node, path)
    return lay_over(rest, list(map(str, to)), value) if to and value and value.value is not None else rest


def without(node: Node, path: Sequence[str | int]) -> Node:
    """Return a tree in which one entry of a map is left out; the same tree if it was not written."""
    *parents, last = path

    def left_out(parent: Node) -> Node:
        if not isinstance(parent.value, dict):
            return parent
        return Node({key: entry for key, entry in parent.value.items() if key != last}, parent.origin)

    return with_changed(node, parents, left_out)


def lay_over(node: Node, parts: list[str], value: Node, done: KeyPath = ()) -> Node:
    """Return a tree with one value laid over what stands at a path, and the rest as it was.

    Parameters
    ----------
    node
        The tree.
    parts
        Path of the value: keys of maps, and numbers of list items counted from 0.
    value
        What to merge in there; maps on the way are made where there are none.
    done
        Path of `node` itself, for the message.

    Raises
    ------
    BadInput
        If a list on the way has no such item.
    """
    if not parts:
        return merge(node, value)
    part, rest = parts[0], parts[1:]
    if isinstance(node.value, list):
        items = list(node.value)
        if part not in map(str, range(len(items))):
            text = f"the list has {len(items)} items, numbered from 0"
            raise BadInput(Mistake(value.origin, text, dotted((*done, part))))
        items[int(part)] = lay_over(items[int(part)], rest, value, (*done, part))
        return Node(items, node.origin)
    nothing = Node({}, value.origin)
    entries, origin = (node.value, node.origin) if isinstance(node.value, dict) else ({}, value.origin)
    return Node({**entries, part: lay_over(entries.get(part, nothing), rest, value, (*done, part))}, origin)


def with_changed(node: Node, path: Sequence[str | int], change: Callable[[Node], Node]) -> Node:
    """Return a tree in which one value that was written is changed; the same tree if it was not written."""
    if not path:
        return change(node)
    if path[0] == EACH and isinstance(node.value, dict):
        return Node({key: with_changed(entry, path[1:], change) for key, entry in node.value.items()}, node.origin)
    child = node.child(path[0])
    if child is None or not isinstance(node.value, dict):
        return node
    return Node({**node.value, str(path[0]): with_changed(child, path[1:], change)}, node.origin)


def dotted(path: Sequence[str | int]) -> str:
    """Return a key path as it is written after ``--set``."""
    return ".".join(str(part) for part in path)
