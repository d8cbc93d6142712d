"""Other values for every input of a scenario, and what a run says of them."""

from collections.abc import Iterator
from threading import Event
from typing import Any

import numpy as np

from bpssim.scenario.reading.schema_rules import Allowed
from bpssim.scenario.reading.tree import KeyPath
from bpssim.scenario.scenario import Scenario
from bpssim.studies.prepared import prepare
from bpssim.studies.replicate import replicate_of

ALLOWED = Allowed.by(Scenario)
NOT_A_STORY = {"neighbourhood", "wrong_number"}
"""Columns of mothers that name a part of a place, or an error of a record: by themselves they change nothing."""
EVERYONE_FIRST = {"any_of": [[{"item": "parity", "at_most": 0}]]}
EXAMPLES: dict[str, Any] = {
    "places": ["Hartlepool", "Blackpool"],
    "place": "Hartlepool",
    "quintile_mix": [5, 4, 3, 2, 1],
    "other_per_year": 1000.0,
    "baseline": "national_2024",
    "member": 3,
    "moved": {"starting": 1.0},
    "languages": ["urdu"],
    "effects": [{"when": ["first_birth"], "odds": 0.1}],
    "any_of": EVERYONE_FIRST["any_of"],
    "losing": EVERYONE_FIRST,
    "context_knowledge": 0.9,
    "hours": {"monday": 5},
    "evening_hours": {"monday": 3},
    "scale_to_births": 20_000,
    "supporters": {"paid": {"hours": {"monday": 5}}},
    "feeds": {"more": {"items": ["quintile"]}},
    "feed": {"items": ["quintile"]},
    "counts": {"calls": {"pathways": ["self_referral"], "per_quarter": 5}},
    "policies": {"less": {"when": {"review": 1}, "closes": ["self_referral"]}},
    "agreement": {"opens": ["self_referral"]},
    "retender": {"month": 2},
    "half_life_days": 30.0,
    "target_weight": 5.0,
    "review": 1,
    "at_ages": [5],
    "reach_gap": 0.1,
}
"""A value for inputs of which the present one says little about others, by name."""
LOWEST = [0, 1, 12]
"""Values from which items may go: of a difficulty, a quintile and an age."""
PATHWAYS = {"opens", "fitting", "widens", "closes", "pathways"}
"""Inputs of the review that name pathways."""


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
    value = at(tree, path)
    return [each for each in (_names(tree, path) or _values(tree, path, value)) if each != value]


def _values(tree: Any, path: KeyPath, value: Any) -> list[Any]:
    name = str(path[-1])
    if name == "at_least" and value is None:
        return LOWEST
    if name in EXAMPLES and not isinstance(value, int | float):
        return [EXAMPLES[name]]
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int | float):
        return _numbers(value)
    if isinstance(value, list) and value and all(isinstance(each, int | float) for each in value):
        more, less, later = (lambda x: min(x + 0.1, 1.0)), (lambda x: 0.3 * x), (lambda x: x + 1)
        return [list(map(change, value)) for change in (more, less, later)]
    choices = ALLOWED.at((*path, 0) if isinstance(value, list) else path, tree).choices()
    if isinstance(value, list):
        return [choices, [], *([each] for each in choices)]
    return choices


def _names(tree: Any, path: KeyPath) -> list[Any]:
    """Names that may stand at a path, if names of other parts stand there."""
    kinds, duties, pathways = tree["team"]["supporters"], tree["team"]["duties"], tree["pathways"]
    offered = [name for name, pathway in pathways.items() if pathway["opens"]["on"] == "offered" and name not in path]
    match path:
        case ("team", "duties", _, "by"):
            return list(kinds)
        case ("pathways", _, "session"):
            return [name for name, duty in duties.items() if duty["task"] == "mothers"]
        case ("pathways", _, "offers"):
            return [[{"pathway": name}] for name in offered if pathways[name]["active"]]
        case ("pathways", _, "offers", _, "pathway"):
            return offered
        case ("review", *_, "below"):
            return list(tree["review"]["counts"])
        case ("review", *_, name) if name in PATHWAYS:
            return [list(pathways)[:1], *([each] for each, pathway in pathways.items() if pathway["active"])]
    return []


def _numbers(value: float) -> list[float]:
    if isinstance(value, int):
        return [3 * value + 1, 0, 30, value - 1, value + 1]
    return [0.95 if value < 0.5 else 0.05, 3.0 * value + 1.0, 0.0, 1.0, value - 1.0, 30.0]


def story(scenario: Scenario, seed: int) -> dict[str, bytes]:
    """Everything that one run says: every column of mothers and contacts, days, decisions and totals."""
    found = replicate_of(prepare(scenario), seed, Event(), mothers=True, contacts=True)
    columns = {**(found.mothers or {}), **{f"contact {name}": each for name, each in (found.contacts or {}).items()}}
    kept = {name: each.tobytes() for name, each in columns.items() if name not in NOT_A_STORY}
    totals = {f"total {name}": np.asarray(values).tobytes() for name, values in found.summary.items()}
    return {**kept, **totals, "days": found.daily.tobytes(), "decisions": repr(found.decisions).encode()}
