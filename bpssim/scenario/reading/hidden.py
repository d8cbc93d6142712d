"""Mistakes hidden by others, which a model would find only once every single value is valid.

A bad value prevents checks between settings, of references, places and files. Here the rest is checked without it, and
only mistakes that do not follow from its absence are reported.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from bpssim.scenario.reading.errors import explain, faulty_paths
from bpssim.scenario.reading.messages import BadInput, Mistake
from bpssim.scenario.reading.schema_rules import Allowed
from bpssim.scenario.reading.tree import KeyPath, Node, lay_over, without

_Path = tuple[str, ...]


def hidden(
    error: ValidationError,
    tree: Node,
    model: type[BaseModel],
    check: Callable[[Any], None] | None,
    sections: Collection[str],
) -> Iterator[Mistake]:
    """Yield further mistakes of a scenario in which some values are wrong.

    Parameters
    ----------
    error, tree, model
        As for `bpssim.scenario.reading.errors.explain`.
    check
        Check of what lies outside the model; raises `BadInput`.
    sections
        The sections that `check` looks at.
    """
    faulty = faulty_paths(error, tree, model)
    rest = _with_needed(_without(tree, faulty), faulty, model)
    gone = [tuple(map(str, path)) for path in faulty]
    yield from (each for each in _refused(rest, model) if not _follows(each, gone))
    if check and isinstance(rest.value, dict):
        needed = {*sections, *(name for name, field in model.model_fields.items() if field.is_required())}
        part = Node({key: node for key, node in rest.value.items() if key in needed}, rest.origin)
        yield from (each for each in _refused(part, model, check) if not _is_same(_parts(each.path), gone))


def _without(tree: Node, paths: Sequence[KeyPath]) -> Node:
    """The tree without the settings at paths; a list goes as a whole, because its items have no names."""
    for path in paths:
        in_list = next((n for n, part in enumerate(path) if isinstance(part, int)), len(path))
        tree = without(tree, path[:in_list]) if path[:in_list] else tree
    return tree


def _with_needed(tree: Node, paths: Sequence[KeyPath], model: type[BaseModel]) -> Node:
    """The tree with any allowed value at those of the paths where one must be given."""
    try:
        model.model_validate(tree.plain())
    except ValidationError as error:
        allowed = Allowed.by(model)
        for path in faulty_paths(error, tree, model):
            value = allowed.at(path, tree.plain()).any_value()
            if path in paths and value is not None and not any(isinstance(part, int) for part in path):
                tree = lay_over(tree, list(map(str, path)), Node(value, tree.nearest(path).origin))
    return tree


def _refused(tree: Node, model: type[BaseModel], check: Callable[[Any], None] | None = None) -> Sequence[Mistake]:
    """Mistakes of the model, or of the check instead where one is given."""
    try:
        found = model.model_validate(tree.plain())
        if check:
            check(found)
    except ValidationError as error:
        return () if check else explain(error, tree, model)
    except BadInput as error:
        return error.mistakes
    return ()


def _follows(mistake: Mistake, gone: Sequence[_Path]) -> bool:
    """Whether a mistake may come from what was left out: the same, a rule beside it, or a name that it has given."""
    path, refers = _parts(mistake.path), _parts(mistake.refers)
    if mistake.rest or _is_same(path, gone):
        return True
    if refers:
        return any(refers[: len(left_out) - 1] == left_out[:-1] for left_out in gone)
    return any(path[:-1] == left_out[:-1] for left_out in gone)


def _is_same(path: _Path, gone: Sequence[_Path]) -> bool:
    """Whether a key is one of those left out, or within or above one; a mistake of a file of its own has no key."""
    return any(path[: len(left_out)] == left_out or (path and left_out[: len(path)] == path) for left_out in gone)


def _parts(path: str) -> _Path:
    return tuple(path.split(".")) if path else ()
