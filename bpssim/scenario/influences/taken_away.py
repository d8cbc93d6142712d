"""Scenarios in which influences are taken away, each alone or several at once.

What each influence changes is found and checked once. Any set of them is then a copy with some values, and the same
whatever the order in which they were taken away: no two may give one input different values.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bpssim.scenario.influences.extra_work import evening_of, session_of
from bpssim.scenario.influences.influence import Change, Influence
from bpssim.scenario.paths import keys_of, value_at
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin, nearest
from bpssim.scenario.reading.tree import KeyPath
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.with_values import with_values

GIVEN = "*"
"""Stands for any value in conditions on rows."""

_TABLES = ("pathways", "team.supporters", "team.duties", "data_sharing.feeds", "review.policies", "review.counts")

_Plain = Any
"""A part of a scenario as its file has it: maps, lists, words and numbers."""


@dataclass(frozen=True)
class _Effect:
    """What an influence changes in one scenario, spelled as in its file, by path."""

    set: dict[str, _Plain]
    add: dict[str, list[_Plain]]


class TakenAway:
    """A scenario without some influences.

    Parameters
    ----------
    scenario
        As it is.
    influences
        By name; those that change nothing in it are kept too.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If an influence cannot be taken away here because an input does not exist or a value is not allowed, or two of
        them give one input different values.
    """

    def __init__(self, scenario: Scenario, influences: Mapping[str, Influence]) -> None:
        self.scenario = scenario
        plain = scenario.model_dump(mode="json", round_trip=True)
        for name, influence in influences.items():
            _check_tables(name, influence, plain)
        effects = {name: _effect(influence, plain, scenario) for name, influence in influences.items()}
        _refuse_conflicts(effects)
        everything = _changed(scenario, plain, effects)
        self._set: dict[str, dict[KeyPath, Any]] = {}
        self._add: dict[str, dict[KeyPath, list[Any]]] = {}
        for name, effect in effects.items():
            self._set[name] = {keys_of(scenario, path): value_at(everything, path) for path in map(_split, effect.set)}
            self._add[name] = {
                _split(path): [entry for entry in value_at(everything, _split(path)) if entry.word in words]
                for path, words in effect.add.items()
            }
        self.unmatched = [text for each in influences.items() for text in _unmatched(*each, plain)]
        self.nothing = [name for name in influences if self.without([name]) == scenario]

    @property
    def names(self) -> list[str]:
        """Names of all influences, in the order of the catalogue."""
        return list(self._set)

    @property
    def active(self) -> list[str]:
        """Names of those without which the scenario would be another one."""
        return [name for name in self._set if name not in self.nothing]

    def without(self, names: Collection[str]) -> Scenario:
        """The scenario without some influences; it is not checked again."""
        values: dict[KeyPath, Any] = {}
        for name in self._set:
            if name in names:
                values |= self._set[name]
        for path in dict.fromkeys(path for name in self._add if name in names for path in self._add[name]):
            added = [entry for name in self._add if name in names for entry in self._add[name].get(path, [])]
            values[keys_of(self.scenario, path)] = sorted({*value_at(self.scenario, path), *added})
        return with_values(self.scenario, values)  # type: ignore[no-any-return]


def _split(path: str) -> KeyPath:
    return tuple(path.split("."))


def _effect(influence: Influence, plain: _Plain, scenario: Scenario) -> _Effect:
    effect = _Effect({}, {})
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


def _check_tables(name: str, influence: Influence, plain: _Plain) -> None:
    """Refuse rows of what is no table."""
    for number, change in enumerate(influence.counterfactual.changes):
        if change.rows is not None and not isinstance(_plain_at(plain, change.to), dict):
            text = f"should be a table of named rows: {', '.join(_TABLES)}"
            where = f"counterfactual.changes.{number}.to"
            near = nearest(change.to, _TABLES)
            raise BadInput(Mistake(Origin(f"influence {name}"), text, where, repr(change.to), near))


def _unmatched(name: str, influence: Influence, plain: _Plain) -> Iterator[str]:
    """Rows that are named and not there, so that nothing of them is taken away."""
    for change in influence.counterfactual.changes:
        if change.rows and "name" in change.rows and not any(_places(change, plain)):
            yield f"influence {name}: {change.to} has no row with the name {change.rows['name']}, which changes nothing"


def _places(change: Change, plain: _Plain) -> Iterator[str]:
    """Beginnings of the paths that a change stands for."""
    beginning = f"{change.to}." if change.to else ""
    if change.rows is None:
        yield beginning
        return
    table = _plain_at(plain, change.to, missing={})
    for name, row in table.items():
        if all(_meets({"name": name, **row}, path, wanted) for path, wanted in change.rows.items()):
            yield f"{beginning}{name}."


def _meets(row: _Plain, path: str, wanted: _Plain) -> bool:
    found = _plain_at(row, path)
    if wanted == GIVEN:
        return found is not None
    return found in wanted if isinstance(wanted, list) else bool(found == wanted)


def _plain_at(value: _Plain, path: str, missing: _Plain = None) -> _Plain:
    for part in path.split("."):
        if isinstance(value, list) and part.isdigit() and int(part) < len(value):
            value = value[int(part)]
        elif isinstance(value, dict) and part in value:
            value = value[part]
        else:
            return missing
    return value


def _refuse_conflicts(effects: Mapping[str, _Effect]) -> None:
    first: dict[str, str] = {}
    for name, effect in effects.items():
        for path, value in effect.set.items():
            other = first.setdefault(path, name)
            if effects[other].set[path] != value:
                text = f"gives {path} another value than {other} does; every set of influences must have one meaning"
                raise BadInput(Mistake(Origin(f"influence {name}"), text, "counterfactual"))


def _changed(scenario: Scenario, plain: _Plain, effects: Mapping[str, _Effect]) -> Scenario:
    """The scenario without any of them, checked; a mistake is told of the influence that brings it."""
    together: dict[str, _Plain] = {}
    for effect in effects.values():
        together |= _given(plain, effect, together)
    try:
        return scenario.with_(together)
    except BadInput:
        for name, effect in effects.items():
            _check_alone(scenario, name, _given(plain, effect, {}))
        raise


def _given(plain: _Plain, effect: _Effect, so_far: Mapping[str, _Plain]) -> dict[str, _Plain]:
    given = dict(effect.set)
    for path, entries in effect.add.items():
        own = so_far.get(path, _plain_at(plain, path, missing=[]))
        given[path] = list(dict.fromkeys([*own, *entries]))
    return given


def _check_alone(scenario: Scenario, name: str, given: Mapping[str, _Plain]) -> None:
    try:
        scenario.with_(given)
    except BadInput as error:
        raise BadInput(*(replace(each, origin=Origin(f"influence {name}")) for each in error.mistakes)) from None
