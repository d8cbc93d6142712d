"""Mothers of a scenario's places, enough to measure a rate, and how they feed when inputs change.

They have the same luck whatever changes (common random numbers), and seeds of their own: what is found with them
depends neither on the seed of the scenario nor on its number of replicates.
"""

import math
from threading import Event

import numpy as np
from numpy.typing import NDArray

from bpssim.model.initial_state import Place, draw_population, places_of
from bpssim.model.simulation import Simulation
from bpssim.model.state import Table
from bpssim.scenario.local_rate import AGES
from bpssim.scenario.places.births import DAYS_PER_YEAR
from bpssim.scenario.scenario import Scenario
from bpssim.statistics.groups import mean
from bpssim.studies.calibration.cohort import breastfeeding_at
from bpssim.studies.threads import heed, in_order

BIRTHS = 240_000
"""Births that are simulated, as far as replicates suffice: a share of one half then has an error of 0.1 points."""
_FEWEST, _MOST = 5, 400  # replicates
_KEPT = 400_000
"""Mothers that are kept in memory; more are drawn again."""
FITTED_SEED = 2**62
"""Seed of the first replicate of mothers to whom a baseline is fitted."""
MEASURED_SEED = FITTED_SEED + _MOST
"""Seed of the first of other mothers, with whom the fit is measured."""

Shares = NDArray[np.float64]
"""Any breastfeeding, share of births, of shape (replicates, ages of `AGES`, quintiles and all)."""


class Mothers:
    """Replicates of the mothers of a scenario.

    Parameters
    ----------
    scenario
        Its places, mothers and periods are those of every scenario that `feed` takes.
    seed
        Of the first replicate.
    workers
        Number of threads; the results do not depend on it.

    Attributes
    ----------
    replicates : int
        Their number: more where there are few births.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If a place cannot be found, or a file about its mothers cannot be used.
    """

    def __init__(self, scenario: Scenario, seed: int, workers: int) -> None:
        self._seed, self._workers = seed, workers
        window = scenario.run.window_days
        self._places = places_of(scenario.population, window)
        births = sum(place.births_per_year for place in self._places) * window / DAYS_PER_YEAR
        self.replicates = min(max(math.ceil(BIRTHS / max(births, 1.0)), _FEWEST), _MOST)
        self._drawn: dict[tuple[int, int], tuple[Table, Table]] = {}
        self._room = _KEPT

    def feed(self, scenario: Scenario, replicates: int | None = None) -> Shares:
        """Any breastfeeding of these mothers, or of the first replicates of them, under a scenario."""

        def work(replicate: int, stop: Event) -> Shares:
            heed(stop)
            return self._replicate(scenario, replicate)

        return np.array(list(in_order(work, range(replicates or self.replicates), self._workers)))

    def _replicate(self, scenario: Scenario, replicate: int) -> Shares:
        quintiles, fed = [], []
        for number, place in enumerate(self._places):
            drawn = self._mothers(scenario, place, replicate, number)
            simulation = Simulation(scenario, self._seed + replicate, place, drawn)
            simulation.run(until=int(simulation.parameters.derived.window_stop) + max(AGES.values()))
            counted = simulation.state.mothers[simulation.state.mothers.in_window == 1]
            quintiles.append(counted.quintile)
            fed.append([breastfeeding_at(counted, age) for age in AGES.values()])
        return np.array([mean(np.concatenate(quintiles), each) for each in np.concatenate(fed, axis=1)])

    def _mothers(self, scenario: Scenario, place: Place, replicate: int, number: int) -> tuple[Table, Table]:
        key = replicate, number
        if key in self._drawn:
            return self._drawn[key]
        drawn = draw_population(scenario, place, self._seed + replicate)
        self._room -= len(drawn[0])
        if self._room >= 0:
            self._drawn[key] = drawn
        return drawn
