"""From pydantic's errors to messages for a planner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, takewhile
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bpssim.scenario.reading.likely_causes import likely_cause
from bpssim.scenario.reading.messages import (
    NOWHERE,
    SHOWN_MISTAKES,
    BadInput,
    Mistake,
    Origin,
    and_more,
    either,
    in_words,
    nearest,
)
from bpssim.scenario.reading.quintile_names import with_names
from bpssim.scenario.reading.schema_rules import ANY_NAME, Allowed
from bpssim.scenario.reading.tree import KeyPath, Node, dotted
from bpssim.scenario.reading.writing import flow

MUST_BE_GIVEN = "must be given"
_NAMES_SHOWN = 15
_PLACES_SHOWN = 3
_SURELY = 0.8
"""Likeness of names above which one is surely a misspelling of the other."""


@dataclass(frozen=True)
class _Fault:
    """One error of pydantic, at a key path of the file.

    Where a value may be one of several kinds, pydantic reports the errors of each kind and puts the
    kind into the location: `union` is the path of such a value, and `kind` what pydantic called it.
    """

    error: ErrorDetails
    path: KeyPath
    union: KeyPath | None
    kind: str


_OF_THE_WHOLE = {"missing", "union_tag_not_found", "mistake", "value_error", "assertion_error"}
"""Errors that may be none once the rest of a scenario is there."""


def explain(error: ValidationError, tree: Node, model: type[BaseModel], is_whole: bool = True) -> list[Mistake]:
    """Return the mistakes of a scenario, one per key in reading order, and the number of others.

    Parameters
    ----------
    error
        Pydantic's error about the values of the tree.
    tree
        The scenario as written.
    model
        Model that it should describe.
    is_whole
        Whether the tree is all of it; of a part, only what is wrong whatever the rest is.
    """
    allowed = Allowed.by(model)
    found = _faults(error, tree, allowed)
    faults = [fault for fault in found if is_whole or fault.error["type"] not in _OF_THE_WHOLE]
    one_a_key: dict[KeyPath, _Fault] = {}
    for fault in faults:
        one_a_key.setdefault(fault.path, fault)
    in_order = sorted(one_a_key.values(), key=lambda fault: _reading_order(tree.nearest(fault.path).origin))
    values = tree.plain()
    shown = in_order[:SHOWN_MISTAKES]
    told = [_who_cleared(_mistake(fault, tree.nearest(fault.path).origin, allowed, values), tree) for fault in shown]
    return [*told, *and_more(tree.origin.file, len(in_order) - len(shown))]


def faulty_paths(error: ValidationError, tree: Node, model: type[BaseModel]) -> list[KeyPath]:
    """Return the key paths of mistakes, each once; parameters as for `explain`."""
    return list(dict.fromkeys(fault.path for fault in _faults(error, tree, Allowed.by(model))))


def _faults(error: ValidationError, tree: Node, allowed: Allowed) -> list[_Fault]:
    every = [each for details in error.errors(include_url=False) for each in _apart(details)]
    return _fold([_fault(details, tree, allowed) for details in every])


def located(mistakes: Iterable[Mistake], tree: Node) -> list[Mistake]:
    """Return mistakes, in files of their own or at key paths of a tree, with their places, in reading order."""
    found = (
        replace(each, origin=tree.nearest(each.path.split(".")).origin) if each.origin == NOWHERE else each
        for each in mistakes
    )
    return sorted(found, key=lambda mistake: _reading_order(mistake.origin))


def _who_cleared(mistake: Mistake, tree: Node) -> Mistake:
    """The same mistake with what took away the settings that a name refers to, if something cleared them."""
    cleared = tree.nearest(mistake.refers.split("."))
    if not mistake.refers or cleared.value not in ({}, []):
        return mistake
    return replace(mistake, advice=f"{cleared.origin} has taken them away")


def _apart(error: ErrorDetails) -> list[ErrorDetails]:
    """Errors for each of the mistakes that a section found between its inputs."""
    found = error.get("ctx", {}).get("error")
    if not isinstance(found, BadInput):
        return [error]
    return [
        {**error, "type": "mistake", "loc": (*error["loc"], *_keys(mistake.path)), "ctx": {"mistake": mistake}}
        for mistake in found.mistakes
    ]


def _keys(path: str) -> Iterator[str | int]:
    yield from (int(part) if part.isdecimal() else part for part in path.split(".") if part)


def _reading_order(origin: Origin) -> tuple[str, int, int]:
    return origin.file, origin.line or 0, origin.column or 0


def _fault(error: ErrorDetails, tree: Node, allowed: Allowed) -> _Fault:
    """Separate the keys in an error's location from pydantic's names for kinds of values."""
    path: KeyPath = ()
    unions: list[tuple[KeyPath, str]] = []
    node: Node | None = tree
    for part in error["loc"]:
        child = node.child(part) if node else None
        in_list = isinstance(part, int) and not (node and isinstance(node.value, str | int | float))
        is_key = child or part in allowed.names() or in_list
        # A kind may be called like one of its settings: {kind: day, day: 10}.
        is_kind = path not in dict(unions) and part in _kinds_written(node, allowed)
        if is_key and not is_kind:
            path, node, allowed = (*path, part), child, allowed.inside(part)
        elif part != "[key]" and not isinstance(part, int):  # one number may stand for a whole list
            unions.append((path, str(part)))
    if error["type"].startswith("union_tag"):
        path = (*path, error["ctx"]["discriminator"].strip("'"))
    union, kind = unions[0] if unions else (None, "")
    return _Fault(error, path, union, kind)


def _kinds_written(node: Node | None, allowed: Allowed) -> set[Any]:
    entries = ((node.child(name), value) for name, value in allowed.kinds()) if node else ()
    return {value for entry, value in entries if entry and entry.value == value}


def _fold(faults: list[_Fault]) -> list[_Fault]:
    """Keep, for a value that may be of several kinds, the kind that it comes closest to."""
    kept = [fault for fault in faults if fault.union is None]
    for union in dict.fromkeys(fault.union for fault in faults if fault.union is not None):
        here = [fault for fault in faults if fault.union == union]
        kinds = [list(group) for _, group in groupby(here, key=lambda fault: fault.kind)]
        closest = min(kinds, key=_distance)
        kept += closest
    return kept


def _distance(kind: list[_Fault]) -> tuple[bool, int, int]:
    wrong_altogether = any(fault.path == fault.union for fault in kind)
    unknown = sum(fault.error["type"] == "extra_forbidden" for fault in kind)
    return wrong_altogether, unknown, len(kind)


def _mistake(fault: _Fault, origin: Origin, whole: Allowed, values: Any) -> Mistake:
    error = fault.error
    found, suggestion, advice, refers = in_words(error["input"]), "", "", ""
    here = whole.at(fault.path, values)
    match error["type"]:
        case "mistake":
            told: Mistake = error["ctx"]["mistake"]
            text, found, suggestion, advice, refers = told.text, told.found, told.suggestion, told.advice, told.refers
        case "value_error" | "assertion_error":
            text = str(error["ctx"]["error"])
            if isinstance(error["input"], dict):  # all the settings that a rule looks at: too many to show
                found = ""
        case "extra_forbidden":
            found = ""
            text, suggestion = _unknown(fault.path, whole, values)
        case "missing" | "union_tag_not_found":
            found = ""
            text = f"{MUST_BE_GIVEN}: {here}" if str(here) else MUST_BE_GIVEN
            suggestion = _nearest_entry(fault.path, values)
        case "union_tag_invalid":
            found = repr(error["ctx"]["tag"])
            text, suggestion = f"should be {here}", _nearest_choice(error["ctx"]["tag"], here)
        case _ if error["loc"][-1:] == ("[key]",):
            found = ""
            text, suggestion = _unknown(fault.path, whole, values)
        case "finite_number":
            text = f"should be {here}".replace("a number", "a finite number")
        case _:
            text = f"should be {here}" if str(here) else error["msg"].replace("Input should", "should", 1)
            suggestion = _nearest_choice(error["input"], here)
    if found:
        advice = advice or likely_cause(error["input"], here) or _enclosed_in_words(error["input"], here, values)
    return Mistake(origin, text, dotted(with_names(whole, fault.path)), found, suggestion, advice, refers)


def _unknown(path: KeyPath, whole: Allowed, values: Any) -> tuple[str, str]:
    """Return what to say about a key that does not exist, and the nearest one that does."""
    *parents, last = path
    if form := whole.at(parents, values).form_of_names():
        return f"should be a name made of {form}", ""
    # Another kind of value may know the very name that this kind does not.
    names = [name for name in whole.at(parents, values).names() if name != last]
    written = tuple(map(str, path))
    everywhere = [place[-1] for place in whole.settings if place[-1] != ANY_NAME]
    suggestion = (
        nearest(last, names, _SURELY)
        or _elsewhere(written, whole, values)
        or nearest(last, names)
        or _elsewhere((*written[:-1], nearest(last, everywhere, _SURELY)), whole, values)
    )
    listed = "" if suggestion or len(names) > _NAMES_SHOWN else f"; known here: {', '.join(names)}"
    return f"unknown setting{listed}", suggestion


def _elsewhere(path: tuple[str, ...], whole: Allowed, values: Any) -> str:
    """Places of a setting, or of an entry, with the name that ends a path: those that share most of the path."""
    places = (_along(path, place) for place in whole.settings if place[-1] in (path[-1], ANY_NAME))
    found = [place for place in places if place[-1] != ANY_NAME or _has(values, place, path[-1])]
    shared = [_in_common(place, path) for place in found]
    if path in found:  # it is known here to another kind of value
        return ""
    nearest_ones = [place for place, common in zip(found, shared, strict=True) if common == max(shared)]
    return either([dotted((*place[:-1], path[-1])) for place in nearest_ones[:_PLACES_SHOWN]])


def _in_common(one: Sequence[str], other: Sequence[str]) -> int:
    """Number of parts with which both begin."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _along(path: tuple[str, ...], place: tuple[str, ...]) -> tuple[str, ...]:
    """A place with the names and numbers of a path, as far as both go together."""
    own: list[str] = []
    for n, part in enumerate(place):
        together = n < min(len(path), len(place)) - 1 and own == list(path[:n])
        is_chosen = part == ANY_NAME or (part.isdecimal() and path[min(n, len(path) - 1)].isdecimal())
        own.append(path[n] if together and is_chosen else part)
    return tuple(own)


def _has(values: Any, place: tuple[str, ...], name: str) -> bool:
    """Whether an entry of this name is written at a place that ends in any name."""
    for part in (*place[:-1], name):
        if not isinstance(values, dict) or part not in values:
            return False
        values = values[part]
    return True


def _nearest_entry(path: KeyPath, values: Any) -> str:
    """Name of the entry that was meant, where a misspelt one has begun a new entry that lacks what it needs."""
    *above, entry, _ = ("", *path) if len(path) < 2 else path
    for part in above:
        values = values.get(part) if isinstance(values, dict) else None
    return nearest(entry, [name for name in values if name != entry]) if isinstance(values, dict) else ""


def _enclosed_in_words(value: Any, here: Allowed, values: dict[str, Any]) -> str:
    """How to write a name that stands alone where a list or a group is needed; empty if unknown."""
    form = _enclosed(value, here, values) if isinstance(value, str) else None
    return f"write {flow(form)}" if isinstance(form, list | dict) else ""


def _enclosed(value: str, here: Allowed, values: dict[str, Any]) -> Any:
    """The name that was likely meant, within a list or a group that must have nothing else, as they are needed here."""
    if meant := nearest(value, [*map(str, here.choices()), *(values.get(here.named_in()) or ())]):
        return meant
    name = here.only_needed()
    inner = _enclosed(value, here.inside(name), values) if name else None
    if inner:
        return {name: inner}
    items = here.inside(0)
    inner = _enclosed(value, items, values) if items.branches else None
    return [inner] if inner else None


def _nearest_choice(value: Any, allowed: Allowed) -> str:
    return nearest(value, map(str, allowed.choices())) if isinstance(value, str) else ""
