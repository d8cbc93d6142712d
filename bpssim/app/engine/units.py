"""A bundle in units, and which controls each unit depends on.

A saved page has no server that could make tables for it. It holds the bundle of a scenario and, for each set of
controls that some units depend on together, these units for every combination of their options. A unit is eight bytes
of a table, a whole table where its length depends on a control, or a fact beside the tables.
"""

import itertools
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from bpssim.app.engine.bundle import Bundle

Choice = tuple[int, ...]
"""Number of an option for each control."""
Unit = tuple[str, str | int]
"""A region and the number of eight of its bytes, or `WHOLE`; or a part of the header, and a key within it."""
WHOLE = "whole"
_WORD = 8
_FACTS = ("numbers", "service")
_PLAIN = ("layout", "population")
_CHECKS = 40
_ROUNDS = 4
_SEED = 1


class DoNotCombine(ValueError):
    """Tables composed for a combination of options differ from those made for it."""


class Group(NamedTuple):
    """Units that depend on the same controls.

    Parameters
    ----------
    controls
        Their positions.
    units
        What depends on them.
    values
        Value of each unit by combination of options of these controls.
    """

    controls: tuple[int, ...]
    units: tuple[Unit, ...]
    values: dict[Choice, tuple[Any, ...]]


def units_of(bundle: Bundle, whole: frozenset[str]) -> dict[Unit, Any]:
    """Everything in a bundle, by unit; the tables named in `whole` as one unit each."""
    units: dict[Unit, Any] = {}
    for region in bundle.header["regions"]:
        name, at, given = region["name"], region.get("at", 0), region.get("given", 0)
        content = bundle.tables[at : at + given]
        if name in whole:
            units[name, WHOLE] = (tuple(region["shape"]), content)
        else:
            units.update(((name, k), content[_WORD * k : _WORD * (k + 1)].ljust(_WORD, b"\0")) for k in _words(region))
    for part in _FACTS:
        units.update(((part, key), json.dumps(value)) for key, value in bundle.header[part].items())
    units.update(((part, ""), json.dumps(bundle.header[part])) for part in _PLAIN)
    return units


def _words(region: Mapping[str, Any]) -> range:
    return range(-(-region.get("given", 0) // _WORD))


def groups_of(build: Callable[[Choice], Bundle], options: Sequence[int], told: Callable[[str], None]) -> list[Group]:
    """Groups of units for all combinations of options of controls.

    Parameters
    ----------
    build
        Makes the bundle of a combination; 0 is the option of each control that is in force at the start.
    options
        Number of options of each control.
    told
        Told what is being done.

    Raises
    ------
    DoNotCombine
        If composed tables differ from those that are made.
    """
    start = tuple(0 for _ in options)
    told("Making the options of each control ...")
    alone = {choice: build(choice) for choice in _alone(options)}
    told("Making pairs of controls ...")
    pairs = {choice: build(choice) for choice in _pairs(options)}
    whole = _of_several_lengths([build(start), *alone.values(), *pairs.values()])
    found = {choice: units_of(bundle, whole) for choice, bundle in {start: build(start), **alone, **pairs}.items()}
    depends = _dependence(found, start)
    draw = np.random.default_rng(_SEED)
    for _ in range(_ROUNDS):
        told("Making combinations ...")
        groups = _tabulated(build, options, depends, whole)
        told("Making a check of random combinations ...")
        choices = draw.integers(options, size=(_CHECKS, len(options))).tolist()
        wrong = _wrong(partial(_differing, build, found[start], groups, whole), map(tuple, choices))
        if not wrong:
            return groups
        for unit, controls in wrong.items():  # of which the pairs did not tell, such as the last bit of a mean
            depends[unit] = depends.get(unit, frozenset()) | controls
    raise DoNotCombine(f"{next(iter(wrong))[0]} differs from what is composed")


def _alone(options: Sequence[int]) -> Iterator[Choice]:
    """Choices in which one control has another option."""
    for control, count in enumerate(options):
        yield from (tuple(k * (c == control) for c in range(len(options))) for k in range(1, count))


def _pairs(options: Sequence[int]) -> Iterator[Choice]:
    """Choices in which two controls have other options: the next to the start, and the last."""
    for one, other in itertools.combinations(range(len(options)), 2):
        for k, j in itertools.product({1, options[one] - 1}, {1, options[other] - 1}):
            yield tuple(k * (c == one) + j * (c == other) for c in range(len(options)))


def _of_several_lengths(bundles: Sequence[Bundle]) -> frozenset[str]:
    """Tables whose shape is not the same in all bundles."""
    shapes: dict[str, set[tuple[int, ...]]] = defaultdict(set)
    for bundle in bundles:
        for region in bundle.header["regions"]:
            shapes[region["name"]].add(tuple(region["shape"]))
    return frozenset(name for name, seen in shapes.items() if len(seen) > 1)


_NOTHING = b"\0" * _WORD


def _value(units: Mapping[Unit, Any], unit: Unit) -> Any:
    """The value of a unit; bytes beyond those given are zeros."""
    return units.get(unit, _NOTHING)


def _dependence(found: Mapping[Choice, Mapping[Unit, Any]], start: Choice) -> dict[Unit, frozenset[int]]:
    """Controls that each unit depends on, where it depends on any.

    A unit that differs when two controls change depends on both if neither alone makes it what it is then.
    """
    depends: dict[Unit, frozenset[int]] = defaultdict(frozenset)
    base = found[start]
    for choice in sorted(found, key=lambda each: sum(map(bool, each))):
        moved = [control for control, option in enumerate(choice) if option]
        for unit in base.keys() | found[choice].keys():
            value = _value(found[choice], unit)
            known = [control for control in moved if control in depends[unit]]
            near = tuple(option * (control in known) for control, option in enumerate(choice))
            if value != _value(found.get(near, base), unit):
                depends[unit] |= frozenset(moved)
    return {unit: controls for unit, controls in depends.items() if controls}


def _tabulated(
    build: Callable[[Choice], Bundle],
    options: Sequence[int],
    depends: Mapping[Unit, frozenset[int]],
    whole: frozenset[str],
) -> list[Group]:
    """Values of units for each combination of the controls that they depend on."""
    together: dict[tuple[int, ...], list[Unit]] = defaultdict(list)
    for unit, on in depends.items():
        together[tuple(sorted(on))].append(unit)
    groups = []
    for controls, found in sorted(together.items()):
        units = sorted(found, key=lambda unit: (unit[0], isinstance(unit[1], str), unit[1]))
        values = {}
        for chosen in itertools.product(*(range(options[control]) for control in controls)):
            by_control = dict(zip(controls, chosen, strict=True))
            made = units_of(build(tuple(by_control.get(c, 0) for c in range(len(options)))), whole)
            values[chosen] = tuple(_value(made, unit) for unit in units)
        groups.append(Group(controls, tuple(units), values))
    return groups


def composed(base: Mapping[Unit, Any], groups: Sequence[Group], choice: Choice) -> dict[Unit, Any]:
    """Units of a combination, put together as a saved page does."""
    units = dict(base)
    for group in groups:
        units.update(zip(group.units, group.values[tuple(choice[control] for control in group.controls)], strict=True))
    return units


def _wrong(differing: Callable[[Choice], set[Unit]], choices: Iterable[Choice]) -> dict[Unit, frozenset[int]]:
    """Units that are not as they are made in some combinations, with the controls that bring it about."""
    wrong: dict[Unit, frozenset[int]] = defaultdict(frozenset)
    for choice in choices:
        for unit in differing(choice):
            fewer = choice
            for control in range(len(choice)):
                without = tuple(option * (c != control) for c, option in enumerate(fewer))
                if fewer[control] and unit in differing(without):
                    fewer = without
            wrong[unit] |= frozenset(control for control, option in enumerate(fewer) if option)
    return wrong


def _differing(
    build: Callable[[Choice], Bundle],
    base: Mapping[Unit, Any],
    groups: Sequence[Group],
    whole: frozenset[str],
    choice: Choice,
) -> set[Unit]:
    """Units of a combination that are composed otherwise than they are made."""
    found, expected = composed(base, groups, choice), units_of(build(choice), whole)
    return {unit for unit in found.keys() | expected.keys() if _value(found, unit) != _value(expected, unit)}
