"""Drawn populations, shared by scenarios with the same mothers."""

import numpy as np

from bpssim.model.initial_state import Place, draw_population
from bpssim.model.state import Table
from bpssim.scenario.population import Population
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.settings import RunSettings

_MOST_MOTHERS = 200_000
"""Larger populations are drawn again for each scenario, because they would take more memory than a run."""


class Populations:
    """The mothers of one replicate, drawn once for all scenarios that share them."""

    def __init__(self) -> None:
        self._kept: list[tuple[Population, RunSettings, Place, tuple[Table, Table]]] = []
        self._room = _MOST_MOTHERS

    def of(self, scenario: Scenario, place: Place, seed: int) -> tuple[Table, Table]:
        """Mothers of a place and its neighbourhoods, which the caller must not change.

        Parameters
        ----------
        scenario, place
            What to run, and where.
        seed
            The same at every call.
        """
        for population, settings, where, drawn in self._kept:
            if _same(where, place) and settings == scenario.run and population == scenario.population:
                return drawn
        drawn = draw_population(scenario, place, seed)
        self._room -= len(drawn[0])
        if self._room >= 0:
            self._kept.append((scenario.population, scenario.run, place, drawn))
        return drawn


def _same(one: Place, other: Place) -> bool:
    """Whether two places of one population are the same, which scenarios may have found on their own."""
    return one is other or (one.name == other.name and np.array_equal(one.areas, other.areas))
