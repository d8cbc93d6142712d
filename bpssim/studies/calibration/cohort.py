"""A cohort with usual care and no peer support, run under any baseline."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.model.gate_fit import level_of
from bpssim.model.initial_state import draw_population, places_of
from bpssim.model.parameters.parameters import parameters_of
from bpssim.model.simulation import Simulation
from bpssim.model.state import Table
from bpssim.scenario.baseline import Baseline
from bpssim.scenario.cells import CELLS, MEMBERS
from bpssim.scenario.feeding import FeedingInputs
from bpssim.scenario.population import Population
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.settings import RunSettings
from bpssim.scenario.words import QUINTILES, Feeding

Floats = NDArray[np.float64]
WEEK_1 = 6
"""Last day of the first week [days]."""


class Outcome(NamedTuple):
    """Outcome of a cohort."""

    births: Floats  # (quintiles, cells): share of all births, as the population has them
    by_cell: Floats  # (ages, quintiles, cells): any breastfeeding, share of births
    exclusive: Floats  # (exclusive ages,): share of all births, quintiles weighted by the population's births
    difficulty_week_1: float  # first difficulty by day 6, share of all who start, weighted likewise

    @property
    def breastfeeding(self) -> Floats:
        """Any breastfeeding as a share of births, shape (ages, quintiles)."""
        shares: Floats = (self.births * self.by_cell).sum(axis=2) / self.births.sum(axis=1)
        return shares

    @property
    def by_group(self) -> Floats:
        """Any breastfeeding of each `SurveyGroup` as a share of its births, shape (ages, groups)."""
        shares: Floats = (self.births * self.by_cell).sum(axis=1) @ MEMBERS.T / (self.births.sum(axis=0) @ MEMBERS.T)
        return shares


class Cohort:
    """Mothers without peer support who all give birth on one day, equally many in each quintile.

    Equal quintiles are measured equally well; sums over births weight them afterwards.

    Parameters
    ----------
    population
        Attributes of the mothers, and births by quintile as weights.
    births
        Number of mothers.
    seed
        Seed of the mothers and of common random numbers for all baselines.
    last_age
        Baby age up to which they are followed [days].
    feeding
        Inputs that shift feeding.
    """

    def __init__(
        self,
        population: Population,
        births: int,
        seed: int,
        last_age: int,
        feeding: FeedingInputs | None = None,
    ) -> None:
        mix = np.array(population.mix_without_data)
        equal = {"quintile_mix": (1.0,) * QUINTILES}
        follow_up = max(last_age, 182)
        self.seed = seed
        self.births_share: Floats = mix / mix.sum()
        self.scenario = Scenario(
            name="usual_care",
            run=RunSettings(warm_up_days=0, window_days=1, follow_up_days=follow_up),
            population=population.model_copy(update=equal),
            feeding=feeding or FeedingInputs(),
        )
        self.place = places_of(self.scenario.population)[0]._replace(births_per_year=365.0 * births)
        self.drawn = draw_population(self.scenario, self.place, seed)

    def feed(self, baseline: Baseline, ages: Sequence[int], exclusive_ages: Sequence[int]) -> Outcome:
        """Run the cohort under a baseline.

        Parameters
        ----------
        baseline
            Used instead of the one that a scenario would name.
        ages, exclusive_ages
            Baby ages at which any and exclusive breastfeeding are measured [days]; age 0 is the start.
        """
        simulation = Simulation(self.scenario, self.seed, self.place, self.drawn)
        simulation.parameters = parameters_of(self.scenario, self.seed, baseline=baseline, level_of=level_of)
        simulation.step()
        # Before anyone meets a second difficulty, and also for those who will have stopped before their first.
        first_difficulty = simulation.state.mothers.difficulty_start.copy()
        simulation.run()
        mothers = simulation.state.mothers
        started = mothers.feeding != Feeding.NOT_STARTED
        starts = self._by_quintile(mothers, started)
        early = self._by_quintile(mothers, started & (first_difficulty <= WEEK_1))
        # The model does not record formula later on the day of birth; the share is an independent draw.
        exclusive_starts = baseline.exclusive_at_birth * starts
        born = np.maximum(self._by_cell(mothers, np.ones(len(mothers))), 1e-9)
        exclusive = [
            self._by_quintile(mothers, exclusive_at(mothers, age)) if age else exclusive_starts
            for age in exclusive_ages
        ]
        return Outcome(
            born * (self.births_share / born.sum(axis=1))[:, np.newaxis],
            np.array([self._by_cell(mothers, breastfeeding_at(mothers, age)) / born for age in ages]),
            np.array([self.births_share @ row for row in exclusive]),
            float(self.births_share @ early / (self.births_share @ starts)),
        )

    def _by_cell(self, mothers: Table, holds: Any) -> Floats:
        """Number of mothers for whom something holds, shape (quintiles, cells)."""
        row = (mothers.quintile.astype(np.int64) - 1) * len(CELLS) + mothers.cell
        counted: Floats = np.bincount(row, weights=holds, minlength=QUINTILES * len(CELLS)).astype(np.float64)
        return counted.reshape(QUINTILES, len(CELLS))

    def _by_quintile(self, mothers: Table, holds: Any) -> Floats:
        counted = np.bincount(mothers.quintile - 1, minlength=QUINTILES)
        return np.bincount(mothers.quintile - 1, weights=holds, minlength=QUINTILES) / np.maximum(counted, 1)


def breastfeeding_at(mothers: Table, age: int) -> Any:
    """Whether each baby gets any breast milk at an age in days; bool array of shape (mothers,)."""
    return (mothers.feeding != Feeding.NOT_STARTED) & ((mothers.stop_age < 0) | (mothers.stop_age >= age))


def exclusive_at(mothers: Table, age: int) -> Any:
    """Whether each baby gets breast milk only, at an age in days of at least 1; bool array of shape (mothers,)."""
    return breastfeeding_at(mothers, age) & ((mothers.mixed_age < 0) | (mothers.mixed_age >= age))
