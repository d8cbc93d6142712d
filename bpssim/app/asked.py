"""A service as a visitor of the page asks for it: a ready scenario, and what is changed in it.

It comes from a link, a form or an uploaded file, so nothing in it is trusted: it can name ready scenarios, but no file,
and is limited in size. Whatever it says is checked as a scenario file is.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from bpssim.model.initial_state import places_of
from bpssim.scenario import baseline
from bpssim.scenario.external_files import FILES, OUTSIDE
from bpssim.scenario.learning import SHIPPED
from bpssim.scenario.reading import ready
from bpssim.scenario.reading.files import is_table_file
from bpssim.scenario.reading.loader import default_maps, validated, written
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin, in_words, nearest, refuse
from bpssim.scenario.reading.parsing import MAX_DEPTH, parse_text
from bpssim.scenario.reading.tree import KeyPath, Node, dotted, give_way, merge, without
from bpssim.scenario.scenario import Scenario, load

MOST_CHANGES = 300
MOST_CHARACTERS = 100_000
"""In all changes together."""
MOST_BIRTHS = 20_000
MOST_PATHWAYS = 60
MOST_WINDOW = 1095
"""Days; the longest of a ready scenario."""
FIXED = ("name", "run.replicates", "extends")
"""Inputs that are the page's own."""
_BASELINE = ("feeding", "baseline")
_INFLUENCES = ("learning", "influences")
_UPLOAD = Origin("your file")
_ROUNDS = 3
"""In which changes are looked for that make one scenario of another: a first, one for what gave way, and a check."""


class Asked(NamedTuple):
    """A ready scenario with changes.

    Parameters
    ----------
    start
        Its name.
    changes
        New values by the place of the input, as for `bpssim.Scenario.with_`.
    """

    start: str
    changes: Mapping[str, Any]

    @property
    def key(self) -> str:
        """What a saved page calls it, as in `static/saved.js`; the same for changes in any order."""
        changes = sorted(self.changes.items())
        return json.dumps([self.start, changes], separators=(",", ":"), ensure_ascii=False)

    @property
    def in_full(self) -> str:
        """A text that no other service has: later changes win, so their order belongs to it."""
        return json.dumps([self.start, self.changes])

    def as_texts(self) -> list[str]:
        """The changes as a link has them."""
        return [f"{path}={json.dumps(value, separators=(',', ':'))}" for path, value in self.changes.items()]

    def scenario(self) -> Scenario:
        """The scenario.

        Raises
        ------
        bpssim.scenario.reading.messages.BadInput
            If there is no such ready scenario, a change is not allowed, or a page has no room for it.
        """
        _check_start(self.start)
        refuse(_too_much(self.changes))
        refuse(_files_in(self.changes))
        refuse(_fixed_in(self.changes))
        given = _ready(self.start)
        scenario = given.with_(self.changes) if self.changes else given
        refuse(_too_large(scenario))
        return scenario


@lru_cache(maxsize=40)
def _ready(name: str) -> Scenario:
    """A ready scenario, read once while a page is served."""
    return load(name)


def asked_for(start: object, changes: object) -> Asked:
    """What a form or link asks for.

    Parameters
    ----------
    start
        Name of a ready scenario.
    changes
        A map of places to values.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If they are anything else, or more than a page has room for.
    """
    if not isinstance(start, str):
        raise BadInput(Mistake(Origin("from"), "should be the name of a ready scenario", found=in_words(start)))
    if not isinstance(changes, dict) or not all(isinstance(path, str) for path in changes):
        raise BadInput(Mistake(Origin("set"), "should be changes by place of the input", found=in_words(changes)))
    refuse(_too_much(changes))
    return Asked(start, changes)


def asked_in_text(settings: Sequence[str]) -> dict[str, Any]:
    """Changes from texts such as ``data_sharing.preset="full"``; values are JSON.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If one of them is not such a text.
    """
    changes: dict[str, Any] = {}
    for text in settings:
        path, sign, value = text.partition("=")
        try:
            said = json.loads(value, parse_constant=_no_number)
        except (ValueError, RecursionError):
            said, sign = None, ""
        if not (path and sign):
            allowed = 'should be the place of an input, = and its value as JSON, such as data_sharing.preset="full"'
            raise BadInput(Mistake(Origin("set"), allowed, found=in_words(text)))
        changes.pop(path, None)  # so that the last is the one that wins
        changes[path] = said
    return changes


def _no_number(name: str) -> None:
    raise ValueError(name)


def asked_in_file(text: str) -> Asked:
    """What an uploaded scenario file asks for: the ready scenario that it extends, and what it makes different.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If it is not a scenario file, does not extend a ready scenario, or as `Asked.scenario`.
    """
    tree = _settings(text)
    parent = tree.child("extends")
    start = parent.plain() if parent else ""
    if start not in ready.names():
        allowed = "here a file must extend a ready scenario, with a line such as `extends: site1`"
        raise BadInput(Mistake(_UPLOAD, allowed, "extends", in_words(start), nearest(start, ready.names())))
    for own in (("extends",), ("name",), ("run", "replicates")):
        tree = without(tree, own)
    refuse(_files_in(tree.plain()))
    return _made_into(start, _extending(start, tree))


def _settings(text: str) -> Node:
    tree = parse_text(text.removeprefix("\ufeff"), str(_UPLOAD))
    if not isinstance(tree.value, dict):
        raise BadInput(Mistake(_UPLOAD, "should hold settings, such as `extends: site1`", found=in_words(tree.plain())))
    return tree


def _extending(start: str, own: Node) -> Scenario:
    """The scenario of a file with these settings, as `bpssim.load` reads it."""
    base = written(start, outside=OUTSIDE)
    tree = merge(give_way(base, own, OUTSIDE.replaced, OUTSIDE.kept), own) if own.value else base
    return validated(merge(default_maps(Scenario, own.origin), tree), Scenario, OUTSIDE)


def _made_into(start: str, wanted: Scenario) -> Asked:
    """A ready scenario with the changes that make another of it.

    What gives way to data that a change names, but is wanted all the same, is said after them.
    """
    asked = Asked(start, {})
    after, short = (wanted.model_dump(mode="json", round_trip=True, exclude_defaults=each) for each in (False, True))
    for _ in range(_ROUNDS):
        before = asked.scenario().model_dump(mode="json", round_trip=True)
        lacking = dict(_differing(before, after, short))
        if not lacking:
            return asked
        asked = Asked(start, {**{path: said for path, said in asked.changes.items() if path not in lacking}, **lacking})
    raise BadInput(Mistake(_UPLOAD, "changes what a page cannot change; run it on the command line"))


def _differing(before: Any, after: Any, short: Any, path: KeyPath = ()) -> Iterator[tuple[str, Any]]:
    """Changes that make one value of another; `short` is the latter without its defaults, for what is new."""
    if not (isinstance(before, dict) and isinstance(after, dict)):
        if before != after:
            yield dotted(path), short
        return
    kept = before
    if not before.keys() <= after.keys():  # maps are merged, so what is no longer there must be cleared
        yield dotted(path), {}
        kept = {}
    for name, entry in after.items():
        brief = short.get(name, entry) if isinstance(short, dict) else entry
        if name in kept:
            yield from _differing(kept[name], entry, brief, (*path, name))
        else:
            yield dotted((*path, name)), brief


def extended_by(text: str) -> str:
    """The name that a scenario file extends; empty if it extends nothing.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If it is not a scenario file.
    """
    return str(_settings(text).plain().get("extends", ""))


def _check_start(start: str) -> None:
    if start not in ready.names():
        text = "should be the name of a ready scenario; `bpssim list` shows them"
        raise BadInput(Mistake(Origin("from"), text, found=in_words(start), suggestion=nearest(start, ready.names())))


def _too_much(changes: Mapping[str, Any]) -> Iterator[Mistake]:
    if len(changes) > MOST_CHANGES:
        yield Mistake(Origin("set"), f"the page has room for {MOST_CHANGES} changes", found=str(len(changes)))
    if any(path.count(".") + _depth(value) > MAX_DEPTH for path, value in changes.items()):
        yield Mistake(Origin("set"), f"nested too deeply (over {MAX_DEPTH} levels)")
        return  # what follows goes down as many levels
    size = len(json.dumps(dict(changes)))
    if size > MOST_CHARACTERS:
        yield Mistake(Origin("set"), f"the page has room for {MOST_CHARACTERS:,} characters", found=f"{size:,}")


def _depth(value: Any) -> int:
    """Levels of maps and lists, of which there may be more than Python can call within each other."""
    depth, level = 0, [value]
    while level := [each for each in level if isinstance(each, dict | list)]:
        level = [entry for each in level for entry in (each.values() if isinstance(each, dict) else each)]
        depth += 1
    return depth


def _files_in(changes: Mapping[str, Any]) -> Iterator[Mistake]:
    """Changes that name a file, which would be read from the machine of whoever serves the page."""
    for path, value in changes.items():
        for place, leaf in _all_leaves(value, tuple(path.split("."))):
            if _names_file(place, leaf):
                text = "names a file, which a page must not read; run the scenario on the command line"
                yield Mistake(Origin(path), text, dotted(place), in_words(leaf))


def _names_file(place: KeyPath, leaf: Any) -> bool:
    if place == _BASELINE:
        return leaf not in baseline.shipped()
    if place == _INFLUENCES:
        return bool(leaf != SHIPPED)
    if any(place[: len(file)] == file for file in FILES):
        return leaf is not None
    return place[:2] in (("population", "place"), ("population", "places")) and is_table_file(str(leaf))


def _all_leaves(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, Any]]:
    if isinstance(value, dict):
        for name, entry in value.items():
            yield from _all_leaves(entry, (*path, *str(name).split(".")))
    elif isinstance(value, list):
        for number, entry in enumerate(value):
            yield from _all_leaves(entry, (*path, number))
    else:
        yield path, value


def _fixed_in(changes: Mapping[str, Any]) -> Iterator[Mistake]:
    for path, value in changes.items():
        for place, _ in _all_leaves(value, tuple(path.split("."))):
            if any(
                dotted(place).startswith(fixed) for fixed in FIXED if dotted(place).split(".")[0] == fixed.split(".")[0]
            ):
                yield Mistake(Origin(path), "is set by the page itself", dotted(place))


def _too_large(scenario: Scenario) -> Iterator[Mistake]:
    """What is larger than a page that others use too has room for."""
    run = scenario.run
    births = sum(place.births_per_year for place in places_of(scenario.population, run.window_days))
    amounts = (
        ("births a year", births, MOST_BIRTHS, "population.births_per_year"),
        ("pathways", len(scenario.pathways), MOST_PATHWAYS, "pathways"),
        ("days of births that count", run.window_days, MOST_WINDOW, "run.window_days"),
    )
    for what, amount, most, path in amounts:
        if amount > most:
            text = f"makes {amount:,.0f} {what}; the page has room for {most:,}, the command line for more"
            yield Mistake(Origin(scenario.name), text, path)
