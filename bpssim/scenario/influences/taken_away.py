"""Scenarios in which influences are taken away, each alone or several at once.

What each influence changes is found and checked once. Any set of them is then a copy with some values, and the same
whatever the order in which they were taken away: no two may give one input different values.
"""

from collections.abc import Collection, Mapping
from typing import Any

from bpssim.scenario.influences.checked import without_all
from bpssim.scenario.influences.effects import effect_of, keys, unmatched
from bpssim.scenario.influences.influence import Influence
from bpssim.scenario.paths import keys_of, value_at
from bpssim.scenario.reading.tree import KeyPath
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.with_values import with_values


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
        effects = {name: effect_of(name, influence, plain, scenario) for name, influence in influences.items()}
        everything = without_all(scenario, plain, effects)
        self._set: dict[str, dict[KeyPath, Any]] = {}
        self._add: dict[str, dict[KeyPath, list[Any]]] = {}
        for name, effect in effects.items():
            self._set[name] = {keys_of(scenario, path): value_at(everything, path) for path in map(keys, effect.set)}
            self._add[name] = {
                keys(path): [entry for entry in value_at(everything, keys(path)) if entry.word in words]
                for path, words in effect.add.items()
            }
        self.unmatched = [text for each in influences.items() for text in unmatched(*each, plain)]
        self.nothing = [name for name in influences if self.without([name]) == scenario]

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
