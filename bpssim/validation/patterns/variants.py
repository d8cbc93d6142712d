"""Variants of the ready scenarios, and changes shared by several patterns."""

from collections.abc import Callable, Mapping
from functools import cache, cached_property
from typing import Any

import numpy as np

from bpssim.scenario.scenario import Scenario, load

Changes = Mapping[str, Any]
"""New values of inputs, by their paths."""
Change = Changes | Callable[[Scenario], Changes]
"""New values of inputs, or what gives them for a scenario."""

_ready = cache(load)


class Variant:
    """A ready scenario with some inputs changed as a planner would change them; made when it is first run.

    Parameters
    ----------
    start
        Name of the ready scenario, or another variant.
    *changes
        Applied one after another; a function gets the scenario so far.
    """

    def __init__(self, start: "str | Variant", *changes: Change) -> None:
        self._start = start
        self._changes = changes

    @cached_property
    def scenario(self) -> Scenario:
        """The scenario to run."""
        scenario = self._start.scenario if isinstance(self._start, Variant) else _ready(self._start)
        for change in self._changes:
            scenario = scenario.with_(change(scenario) if callable(change) else change)
        return scenario

    @cached_property
    def key(self) -> str:
        """What tells it from variants that run otherwise."""
        return self.scenario.model_dump_json()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Variant) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


EVEN = {"population.quintile_mix": [1, 1, 1, 1, 1]}
"""Equally many mothers in each quintile, so that gradients are measured well."""
FREE = {"team.unlimited": True}
"""Unlimited time, to separate access from capacity."""
MANY = {"population.births_per_year": 12_000}
"""More births, for rare outcomes; with `FREE`, because the team does not grow with them."""
HALF_HOURS = {"team.supporters.paid.hours": {"tuesday": 0, "thursday": 0, "friday": 2.8, "saturday": 0}}
"""Half the paid hours of Site 1: fewer days, not shorter ones, because a home visit takes two hours."""
TWO_YEARS = {"run.window_days": 730}
THREE_YEARS = {"run.window_days": 1095}
QUINTILE_1 = {"any_of": [[{"item": "quintile", "at_most": 1}]]}
"""The target group of a policy by area."""
FLAG = {"data_sharing.preset": "quintile_flag"}
"""The service learns who lives in quintile 1."""
ETHOS_0 = {"team.supporters.paid.ethos": 0, "team.supporters.volunteer.ethos": 0}
"""Supporters put the target group first when asked to."""
SAME_FOR_ALL = {"objectives.style": "same_for_all"}
"""A target group, and weight on it, change nothing."""
ETHOS_1 = {"team.supporters.paid.ethos": 1, "team.supporters.volunteer.ethos": 1}
"""Supporters take the same approach with everyone."""


def open_to_all_alike(*gates: str) -> Change:
    """Gates that each mother passes equally often, whatever her circumstances and her area.

    Parameters
    ----------
    *gates
        Paths; all gates of all pathways, awareness, and giving data, if there are none.
    """

    def changes(scenario: Scenario) -> Changes:
        access, pathways = scenario.access, scenario.pathways
        found = {f"access.{name}": getattr(access, name) for name in ("aware", "gives_data", "tells_of_birth")}
        found |= {f"pathways.{k}.{gate}": getattr(pathway, gate) for k, pathway in pathways.items() for gate in _GATES}
        return {
            path: {"by_quintile": float(np.mean(gate.by_quintile)), "demands": [], "effects": []}
            for path, gate in found.items()
            if path in gates or not gates
        }

    return changes


_GATES = ("reached", "connects", "accepts", "stays")


def without_visits(scenario: Scenario) -> Changes:
    """Site 1 without home visits, be they first ones or as needed later."""
    steps = [step.model_dump(mode="json") for step in scenario.pathways["follow_up"].steps]
    remote = [step for step in steps if step["channel"] != "home_visit"]
    return {"pathways.home_visit.active": False, "pathways.follow_up.steps": remote}


def no_service(scenario: Scenario) -> Changes:
    """No pathway runs."""
    return {f"pathways.{name}.active": False for name in scenario.active_pathways()}


def _mothers_of_site_1(_: Scenario) -> Changes:
    site_1 = SITE_1.scenario
    return {"population": site_1.population.model_dump(mode="json"), "feeding.baseline": site_1.feeding.baseline}


SITE_1 = Variant("site1", EVEN)
FREE_SITE_1 = Variant(SITE_1, FREE)
MANY_SITE_1 = Variant(FREE_SITE_1, MANY)
MANY_WITHOUT_SERVICE = Variant(MANY_SITE_1, no_service)
SITE_2 = Variant("site2", _mothers_of_site_1)
"""The service of Site 2 for the mothers of Site 1."""
