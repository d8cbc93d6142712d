"""What an influence changes in one scenario: its changes, found in the scenario as its file has it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bpssim.scenario.influences.extra_work import evening_of, session_of
from bpssim.scenario.influences.influence import Change, Influence
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin, nearest
from bpssim.scenario.reading.tree import KeyPath
from bpssim.scenario.scenario import Scenario

GIVEN = "*"
"""Stands for any value in conditions on rows."""

Plain = Any
"""A part of a scenario as its file has it: maps, lists, words and numbers."""

_TABLES = ("pathways", "team.supporters", "team.duties", "data_sharing.feeds", "review.policies", "review.counts")


@dataclass(frozen=True)
class Effect:
    """What an influence changes in one scenario, spelled as in its file, by path."""

    set: dict[str, Plain]
    add: dict[str, list[str]]


def effect_of(name: str, influence: Influence, plain: Plain, scenario: Scenario) -> Effect:
    """What an influence changes; nothing where its rows or pathways are not there.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If it names rows of what is no table.
    """
    _check_tables(name, influence, plain)
    effect = Effect({}, {})
    for change in influence.counterfactual.changes:
        for place in _places(change, plain):
            for path, value in change.set.items():
                effect.set[f"{place}{path}"] = value
            for path, entries in change.add.items():
                effect.add.setdefault(f"{place}{path}", []).extend(entries)
    for name in influence.counterfactual.runs:
        if name in scenario.pathways:
            effect.set.update(session_of(scenario, name))
    if influence.counterfactual.evening:
        effect.set.update(evening_of(scenario))
    return effect


def unmatched(name: str, influence: Influence, plain: Plain) -> Iterator[str]:
    """Rows that are named and not there, so that nothing of them is taken away."""
    for change in influence.counterfactual.changes:
        if change.rows and "name" in change.rows and not any(_places(change, plain)):
            yield f"influence {name}: {change.to} has no row with the name {change.rows['name']}, which changes nothing"


def _places(change: Change, plain: Plain) -> Iterator[str]:
    """Beginnings of the paths that a change stands for."""
    beginning = f"{change.to}." if change.to else ""
    if change.rows is None:
        yield beginning
        return
    table = plain_at(plain, change.to, missing={})
    for name, row in table.items():
        if all(_meets({"name": name, **row}, path, wanted) for path, wanted in change.rows.items()):
            yield f"{beginning}{name}."


def _meets(row: Plain, path: str, wanted: Plain) -> bool:
    found = plain_at(row, path)
    if wanted == GIVEN:
        return found is not None
    return found in wanted if isinstance(wanted, list) else bool(found == wanted)


def plain_at(value: Plain, path: str, missing: Plain = None) -> Plain:
    """A part of a scenario as its file has it, or `missing`."""
    for part in path.split("."):
        if isinstance(value, list) and part.isdigit() and int(part) < len(value):
            value = value[int(part)]
        elif isinstance(value, dict) and part in value:
            value = value[part]
        else:
            return missing
    return value


def _check_tables(name: str, influence: Influence, plain: Plain) -> None:
    """Refuse rows of what is no table."""
    for number, change in enumerate(influence.counterfactual.changes):
        if change.rows is not None and not isinstance(plain_at(plain, change.to), dict):
            text = f"should be a table of named rows: {', '.join(_TABLES)}"
            where = f"counterfactual.changes.{number}.to"
            near = nearest(change.to, _TABLES)
            raise BadInput(Mistake(Origin(f"influence {name}"), text, where, repr(change.to), near))


def keys(path: str) -> KeyPath:
    """Parts of a path, as `bpssim.scenario.paths` takes it."""
    return tuple(path.split("."))
