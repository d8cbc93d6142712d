"""Runs of variants, shared between patterns."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from threading import Event, Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bpssim.model import initial_state
from bpssim.model.simulation import Simulation
from bpssim.model.state import Table
from bpssim.outcomes.decisions import decided
from bpssim.scenario.places.births import births_a_year
from bpssim.scenario.population import Population
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.settings import RunSettings
from bpssim.studies.threads import heed, in_order
from bpssim.validation.patterns.pattern import Check
from bpssim.validation.patterns.run import Run
from bpssim.validation.patterns.variants import Variant

_WORKERS = 2
_KEPT_BIRTHS = 400_000
"""Births a year of all runs that are kept for other patterns; three thousand take 2 MB."""
_LOOKS = (3 / 8, 1 / 2, 5 / 8, 3 / 4, 1)
"""Shares of the seeds after which it is judged whether more are needed."""


class Runs:
    """Runs of variants with common random numbers: one seed gives every variant the same mothers.

    Parameters
    ----------
    seeds
        Largest number of seeds.
    first
        The first of them.
    """

    def __init__(self, seeds: int = 16, first: int = 1) -> None:
        ends = sorted({max(2, round(share * seeds)) for share in _LOOKS})
        self.looks = [range(first + start, first + end) for start, end in pairwise([0, *ends])]
        self._kept: OrderedDict[tuple[Variant, int], Run] = OrderedDict()
        self._births = 0.0
        self._lock = Lock()

    def measured(self, checks: Sequence[Check], seeds: Iterable[int]) -> list[NDArray[np.float64]]:
        """Measured values of each check: arrays of shape (seeds,) or (seeds, parts)."""
        by_seed = list(in_order(lambda seed, stop: self._measured(checks, seed, stop), seeds, _WORKERS))
        return [np.array(values, np.float64) for values in zip(*by_seed, strict=True)]

    def _measured(self, checks: Sequence[Check], seed: int, stop: Event) -> list[Any]:
        runs = {}
        for variant in dict.fromkeys(variant for check in checks for variant in check.variants):
            heed(stop)
            runs[variant] = self._run(variant, seed)
        with np.errstate(divide="ignore", invalid="ignore"):  # without its mechanism there may be none of something
            return [check.measure(*(runs[variant] for variant in check.variants)) for check in checks]

    def _run(self, variant: Variant, seed: int) -> Run:
        """A run, and keep it, at the expense of those that were not used for the longest."""
        key = variant, seed
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = _run(variant, seed)
        with self._lock:
            self._kept[key] = made
            self._births += _births(variant)
            while self._births > _KEPT_BIRTHS:
                (oldest, _), _ = self._kept.popitem(last=False)
                self._births -= _births(oldest)
        return made


def _births(variant: Variant) -> float:
    scenario = variant.scenario
    return births_a_year(scenario.population) * scenario.run.window_days / 365


# Most variants of a pattern share their mothers, and each thread works on one seed at a time.
@lru_cache(maxsize=2 * _WORKERS)
def _drawn(population: str, periods: str, seed: int) -> tuple[initial_state.Place, tuple[Table, Table]]:
    inputs = Population.model_validate_json(population)
    place = initial_state.places_of(inputs)[0]
    scenario = Scenario(name="mothers", population=inputs, run=RunSettings.model_validate_json(periods))
    return place, initial_state.draw_population(scenario, place, seed)


def _run(variant: Variant, seed: int) -> Run:
    scenario = variant.scenario
    drawn = _drawn(scenario.population.model_dump_json(), scenario.run.model_dump_json(), seed)
    simulation = Simulation(scenario, seed, *drawn)
    simulation.run()
    state = simulation.state
    counted = np.flatnonzero(state.mothers.in_window == 1)
    row = np.full(len(state.mothers), -1)
    row[counted] = np.arange(len(counted))
    contacts: Any = state.contacts[: state.counts[0].contacts].copy()
    contacts.mother = row[contacts.row]
    return Run(
        tuple(scenario.active_pathways()),
        state.mothers[counted],
        state.progress[counted],
        state.known_data.value[counted],
        contacts[contacts.mother >= 0],
        tuple(scenario.team.supporters),
        state.supporters.copy(),
        state.neighbourhoods.copy(),
        tuple(decided(simulation)),
        int(simulation.parameters.derived.window_start),
        int(simulation.parameters.derived.window_stop),
    )
