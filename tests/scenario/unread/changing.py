"""Other values for every input of a scenario, and what a run says of them."""

from collections.abc import Iterator
from threading import Event
from typing import Any

import numpy as np

from bpssim.scenario.allowed import Allowed
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.tree import KeyPath, dotted
from bpssim.studies.replicate import find_places, replicate_of

ALLOWED = Allowed.by(Scenario)
NOT_A_STORY = {"neighbourhood", "wrong_number"}
"""Columns of mothers that name a part of a place, or an error of a record: by themselves they change nothing."""
EXAMPLES: dict[str, Any] = {
    "languages": ["urdu"],
    "modifiers": [{"when": ["first_birth"], "times": 0.3}],
    "any_of": [[{"item": "parity", "at_most": 0}]],
    "context_knowledge": 0.9,
    "scale_to_births": 20_000,
    "feeds": {"more": {"items": ["quintile"]}},
    "counts": {"calls": {"pathways": ["self_referral"], "per_quarter": 5}},
    "policies": {"less": {"when": {"review": 1}, "closes": ["self_referral"]}},
    "retender": {"month": 2},
    "at_least": 0,
    "times": None,
    "becomes": None,
    "place": "Hartlepool",
}
"""A value for inputs of which the present one says little about others, by name."""


def put(tree: Any, path: KeyPath, value: Any) -> Any:
    """The same tree with another value at a path."""
    if not path:
        return value
    if isinstance(tree, list):
        return [put(entry, path[1:], value) if n == path[0] else entry for n, entry in enumerate(tree)]
    return {key: put(entry, path[1:], value) if key == path[0] else entry for key, entry in tree.items()}


def at(tree: Any, path: KeyPath) -> Any:
    """What stands at a path; nothing where there is no such place."""
    for part in path:
        inside = part in tree if isinstance(tree, dict) else isinstance(tree, list) and int(part) < len(tree)
        if not inside:
            return None
        tree = tree[part]
    return tree


def leaves(tree: Any, path: KeyPath = ()) -> Iterator[KeyPath]:
    """Paths of all values: a list of groups is its groups."""
    if isinstance(tree, dict) and tree:
        entries: Any = tree.items()
    elif isinstance(tree, list) and tree and isinstance(tree[0], dict):
        entries = enumerate(tree)
    else:
        yield path
        return
    for key, entry in entries:
        yield from leaves(entry, (*path, key))


def others(tree: Any, path: KeyPath) -> list[Any]:
    """Other values that may stand at a path, those that change most first."""
    value, name = at(tree, path), str(path[-1])
    if name in EXAMPLES and (value is None or isinstance(value, list | dict)):
        return [EXAMPLES[name]]
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int | float):
        return _numbers(value)
    if isinstance(value, list) and value and all(isinstance(each, int | float) for each in value):
        return [[1.0 - 0.9 * each for each in value], [0.3 * each for each in value], [each + 1 for each in value]]
    choices = ALLOWED.at((*path, 0) if isinstance(value, list) else path, tree).choices()
    if isinstance(value, list):
        return [[each] for each in choices if [each] != value] + [[*value, each] for each in choices if each not in value]
    return [choice for choice in choices if choice != value]


def _numbers(value: float) -> list[float]:
    candidates = [0.95 if value < 0.5 else 0.05, 3 * value + 1, value - 1, value + 1, 1, 0, 30]
    kind = type(value)
    return [each for each in dict.fromkeys(kind(candidate) for candidate in candidates) if each != value]


def story(scenario: Scenario, seed: int) -> dict[str, bytes]:
    """Everything that one run says: every column of mothers and contacts, days, decisions and totals."""
    found = replicate_of(scenario, find_places(scenario), seed, Event(), contacts=True)
    columns = {**(found.mothers or {}), **{f"contact {name}": each for name, each in (found.contacts or {}).items()}}
    kept = {name: each.tobytes() for name, each in columns.items() if name not in NOT_A_STORY}
    totals = {f"total {name}": np.asarray(values).tobytes() for name, values in found.summary.items()}
    return {**kept, **totals, "days": found.daily.tobytes(), "decisions": repr(found.events).encode()}


def in_words(path: KeyPath) -> str:
    """A path as a test names it."""
    return dotted(path)
