"""A scenario without any of the influences, checked: one that cannot be taken away is refused by its name."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bpssim.scenario.influences.effects import Effect, Plain, keys, plain_at
from bpssim.scenario.paths import value_at
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin
from bpssim.scenario.reading.tree import dotted
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import Word


def without_all(scenario: Scenario, plain: Plain, effects: Mapping[str, Effect]) -> Scenario:
    """The scenario without any of them, checked.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If an influence cannot be taken away here, by its name.
    """
    _refuse_conflicts(effects)
    for name, effect in effects.items():
        _check_paths(name, effect, scenario)
    everything = _changed(scenario, plain, effects)
    _refuse_other_mothers(scenario, everything, effects)
    return everything


def _refuse_conflicts(effects: Mapping[str, Effect]) -> None:
    """Refuse two influences that give one input, or a part of it, different values."""
    first: dict[str, str] = {}
    for name, effect in effects.items():
        for path, value in effect.set.items():
            other = first.setdefault(path, name)
            if effects[other].set[path] != value:
                raise _conflict(name, path, other)
    added = {path: name for name, effect in effects.items() for path in effect.add}
    for path, name in {**first, **added}.items():
        for other in _wholes(path):
            if other in first and first[other] != name:
                raise _conflict(name, path, first[other])
        if path in first and path in added:
            raise _conflict(added[path], path, first[path])


def _wholes(path: str) -> Iterator[str]:
    """Paths of what an input is a part of."""
    parts = path.split(".")
    return (".".join(parts[:number]) for number in range(1, len(parts)))


def _conflict(name: str, path: str, other: str) -> BadInput:
    text = f"gives {path} another value than {other} does; every set of influences must have one meaning"
    return BadInput(Mistake(Origin(f"influence {name}"), text, "counterfactual"))


def _check_paths(name: str, effect: Effect, scenario: Scenario) -> None:
    """Refuse inputs that are not there to be changed one by one, and words for what is no list of words."""
    for path in (*effect.set, *effect.add):
        above = keys(path)[:-1]
        try:
            whole = value_at(scenario, above) if above and not _is_new(path, effect) else scenario
            entries = value_at(scenario, keys(path)) if path in effect.add else []
        except BadInput as error:
            raise BadInput(
                *(replace(each, origin=Origin(f"influence {name}"), path=path) for each in error.mistakes)
            ) from None
        if isinstance(whole, (tuple, type(None))):
            text = f"is a part of {dotted(above)}, which is set as a whole"
            raise BadInput(Mistake(Origin(f"influence {name}"), text, path))
        if not isinstance(entries, list) or not all(isinstance(each, Word) for each in entries):
            raise BadInput(Mistake(Origin(f"influence {name}"), "is no list of words to add to", path))


def _is_new(path: str, effect: Effect) -> bool:
    """Whether a path leads into what the influence itself adds."""
    return any(path.startswith(f"{other}.") for other in effect.set)


def _refuse_other_mothers(scenario: Scenario, everything: Scenario, effects: Mapping[str, Effect]) -> None:
    """Refuse influences that change who is compared: births, places, periods or seeds, instead of what happens."""
    eased = {"eased": scenario.population.eased}
    if everything.run == scenario.run and everything.population.model_copy(update=eased) == scenario.population:
        return
    for name, effect in effects.items():
        for path in (*effect.set, *effect.add):
            if path.startswith(("run.", "population.")) and not path.startswith("population.eased"):
                text = "would compare other mothers or periods; change what happens to them, or population.eased"
                raise BadInput(Mistake(Origin(f"influence {name}"), text, path))


def _changed(scenario: Scenario, plain: Plain, effects: Mapping[str, Effect]) -> Scenario:
    """The changed scenario; a mistake is told of the influence that brings it."""
    together: dict[str, Plain] = {}
    for effect in effects.values():
        together |= _given(plain, effect, together)
    try:
        return scenario.with_(together)
    except BadInput:
        for name, effect in effects.items():
            _check_alone(scenario, name, _given(plain, effect, {}))
        raise


def _given(plain: Plain, effect: Effect, so_far: Mapping[str, Plain]) -> dict[str, Plain]:
    given = dict(effect.set)
    for path, entries in effect.add.items():
        own = so_far.get(path, plain_at(plain, path, missing=[]))
        given[path] = list(dict.fromkeys([*own, *entries]))
    return given


def _check_alone(scenario: Scenario, name: str, given: Mapping[str, Plain]) -> None:
    try:
        scenario.with_(given)
    except BadInput as error:
        raise BadInput(*(replace(each, origin=Origin(f"influence {name}")) for each in error.mistakes)) from None
