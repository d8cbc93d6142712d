"""Drawn populations, shared by scenarios and runs with the same mothers."""

from pathlib import Path
from threading import Lock
from typing import NamedTuple

import numpy as np

from bpssim.model.initial_state import Place, draw_population
from bpssim.model.state import Table
from bpssim.scenario.population import Population
from bpssim.scenario.scenario import Scenario

MOST_MOTHERS = 200_000
"""Most mothers that are kept, about 60 MB; a population larger than that takes more memory than a run, and is drawn
again each time."""


class _Asked(NamedTuple):
    """All that a population is drawn from."""

    seed: int
    warm_up_days: int
    window_days: int
    modified: int  # time at which the table of mothers was written; 0 without one
    population: Population
    place: Place

    def is_same(self, other: "_Asked") -> bool:
        return self[:-1] == other[:-1] and _is_same_place(self.place, other.place)


class Populations:
    """The mothers of replicates, drawn once for all that share them; of those kept, the last used stay.

    Several threads may use it at once.

    Parameters
    ----------
    most
        Most mothers kept, of all replicates and places together.
    """

    def __init__(self, most: int = MOST_MOTHERS) -> None:
        self._most = most
        self._kept: list[tuple[_Asked, tuple[Table, Table]]] = []  # the last used at the end
        self._lock = Lock()

    def of(self, scenario: Scenario, place: Place, seed: int) -> tuple[Table, Table]:
        """Mothers of a place and its neighbourhoods, which the caller must not change.

        Parameters
        ----------
        scenario, place
            What to run, and where.
        seed
            Of the replicate.
        """
        asked = _asked(scenario, place, seed)
        with self._lock:
            for number, (kept, drawn) in enumerate(self._kept):
                if kept.is_same(asked):
                    self._kept.append(self._kept.pop(number))
                    return drawn
        drawn = draw_population(scenario, place, seed)
        if len(drawn[0]) <= self._most:
            with self._lock:
                self._kept.append((asked, drawn))
                while sum(len(mothers) for _, (mothers, _) in self._kept) > self._most:
                    self._kept.pop(0)
        return drawn


def _asked(scenario: Scenario, place: Place, seed: int) -> _Asked:
    run, table = scenario.run, scenario.population.mothers
    modified = Path(table).stat().st_mtime_ns if table and Path(table).is_file() else 0
    return _Asked(seed, run.warm_up_days, run.window_days, modified, scenario.population, place)


def _is_same_place(one: Place, other: Place) -> bool:
    """Whether two places are the same, which scenarios may have found on their own."""
    if one is other:
        return True
    same_names = (one.name, one.births_per_year, one.attributes) == (
        other.name,
        other.births_per_year,
        other.attributes,
    )
    pairs = ((one.quintiles, other.quintiles), (one.weights, other.weights), (one.areas, other.areas))
    return same_names and all(np.array_equal(*pair) for pair in pairs)
