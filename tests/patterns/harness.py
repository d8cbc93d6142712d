"""Run variants of a scenario on the same mothers, and see what changed, seed by seed."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache, lru_cache, partial, reduce
from typing import Any, NamedTuple

import numpy as np
from scipy import stats

from bpssim.model import setup
from bpssim.model.records import Table
from bpssim.model.simulation import Simulation
from bpssim.scenario.loader import read
from bpssim.scenario.population import Population
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.settings import RunSettings
from bpssim.scenario.words import Feeding, Gate, Outcome, Reason, Trait

SEEDS = tuple(range(1, 17))
CONFIDENCE = 1.0 - 0.05 / 100
"""Of each interval: 95 % for all of the about hundred intervals of these tests together (Bonferroni)."""

EVEN = {"population.quintile_mix": [1, 1, 1, 1, 1]}
"""As many mothers in each quintile, so that gradients are measured well."""
FREE = {"team.unlimited": True}
"""Time for everybody, so that access is seen apart from capacity."""
MANY = {"population.births_per_year": 12_000}
"""More births, where few mothers do what is measured; with `FREE`, because the team does not grow with them."""
MANY_WITH_TEAM = {"population.births_per_year": 45_000, "team.scale_to_births": 3_000}
"""More births and as much more of the team, where a small shift of scarce time is measured."""
TWO_DAYS = {"team.supporters.paid.hours": {"tuesday": 0, "wednesday": 0, "friday": 0, "saturday": 0}}
"""Paid supporters work on two days a week only."""
HALF_HOURS = {
    "team.supporters.paid.hours": {"tuesday": 0, "thursday": 0, "friday": 2.8, "saturday": 0},
}
"""Half the paid hours of Site 1: fewer days and not shorter ones, because a home visit takes 105 minutes at a time."""

Changes = Mapping[str, Any]


@cache
def ready(name: str) -> Scenario:
    """A ready scenario."""
    return read(name, Scenario)


def variant(start: Scenario | str, *changes: Changes) -> Scenario:
    """A scenario, or a ready one by name, with some inputs changed as a planner would."""
    scenario = ready(start) if isinstance(start, str) else start
    pairs = [pair for change in changes for pair in change.items()]
    return reduce(lambda changed, pair: changed.with_(*pair), pairs, scenario)


def without_service(scenario: Scenario) -> Scenario:
    """The same mothers where no pathway runs."""
    return variant(scenario, {f"pathways.{name}.active": False for name in scenario.active_pathways()})


class Run(NamedTuple):
    """The mothers of one seed who count, and what happened to them."""

    pathways: tuple[str, ...]
    mothers: Table
    progress: Table  # (mothers, pathways)
    views: Any  # (mothers, items): what the service holds at the end; -1 is unknown
    contacts: Table  # attempts at these mothers; `mother` is a row of `mothers`

    def of(self, pathway: str) -> Table:
        """How far each mother got in one pathway."""
        return self.progress[:, self.pathways.index(pathway)]

    def passed(self, pathway: str, gate: Gate) -> Any:
        """Whether each mother got past a gate of a pathway."""
        return self.of(pathway).gate >= gate

    def declined(self, pathway: str) -> Any:
        """Whether each mother refused what a pathway offers."""
        return self.of(pathway).reason == Reason.DECLINED

    def attempts_in(self, *pathways: str) -> Table:
        """Attempts made in some pathways, in the order of days."""
        return self.contacts[np.isin(self.contacts.pathway, [self.pathways.index(name) for name in pathways])]

    def supported_in(self, *pathways: str) -> Any:
        """Whether each mother had support in any of some pathways."""
        attempts = self.attempts_in(*pathways)
        return np.isin(np.arange(len(self.mothers)), attempts.mother[attempts.outcome == Outcome.SUPPORTED])

    def has(self, trait: Trait) -> Any:
        """Whether each mother has a trait."""
        return (self.mothers.traits >> trait) & 1 == 1

    def supported(self) -> Any:
        """Whether each mother had support in any pathway."""
        return self.supported_in(*self.pathways)

    def started(self) -> Any:
        """Whether each mother ever breastfed."""
        return self.mothers.feeding != Feeding.NOT_STARTED

    def feeds_at(self, age: int) -> Any:
        """Whether each baby gets any breast milk at an age in days."""
        return self.started() & ((self.mothers.stop_age < 0) | (self.mothers.stop_age > age))

    def reached_by(self, age: int) -> Any:
        """Whether each mother had a two-way contact by an age of the baby in days."""
        return self.mothers.first_contact_age <= age

    def by_quintile(self, values: Any, among: Any = True) -> Any:
        """Mean over the mothers of each quintile who are among those that count."""
        quintile = np.where(among, self.mothers.quintile, 0)
        return np.bincount(quintile, values, 6)[1:] / np.bincount(quintile, minlength=6)[1:]


@lru_cache(maxsize=16 * len(SEEDS))
def _population(population: str, periods: str, seed: int) -> tuple[setup.Place, tuple[Table, Table]]:
    inputs = Population.model_validate_json(population)
    place = setup.places_of(inputs)[0]
    scenario = Scenario(name="mothers", population=inputs, run=RunSettings.model_validate_json(periods))
    return place, setup.draw_population(scenario, place, seed)


def _run(scenario: Scenario, seed: int) -> Run:
    drawn = _population(scenario.population.model_dump_json(), scenario.run.model_dump_json(), seed)
    simulation = Simulation(scenario, seed, *drawn)
    simulation.run()
    world = simulation.world
    counted = np.flatnonzero(world.mothers.in_window == 1)
    row = np.full(len(world.mothers), -1)
    row[world.mothers.id[counted]] = np.arange(len(counted))
    contacts = world.contacts[: world.counts[0].contacts].copy()
    contacts.mother = row[contacts.mother]
    return Run(
        tuple(scenario.active_pathways()),
        world.mothers[counted],
        world.progress[counted],
        world.views.value[counted],
        contacts[contacts.mother >= 0],
    )


@lru_cache(maxsize=6)
def _runs(scenario: str) -> list[Run]:
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(partial(_run, Scenario.model_validate_json(scenario)), SEEDS))


def over_seeds(measure: Callable[..., Any], *scenarios: Scenario) -> Any:
    """A measure of one run of each scenario with the same mothers, for each seed: an array (seeds, ...)."""
    seeds = zip(*(_runs(each.model_dump_json()) for each in scenarios), strict=True)
    return np.array([measure(*runs) for runs in seeds])


class Interval(NamedTuple):
    """Mean over seeds with its t interval; of several values at once, each has its own."""

    mean: Any
    low: Any
    high: Any

    def above(self, bound: float = 0.0) -> bool:
        """Whether the whole interval lies above a bound."""
        return bool(np.all(self.low > bound))

    def below(self, bound: float = 0.0) -> bool:
        """Whether the whole interval lies below a bound."""
        return bool(np.all(self.high < bound))

    def within(self, low: float, high: float) -> bool:
        """Whether the whole interval lies between two bounds."""
        return self.above(low) and self.below(high)


def interval(values: Any) -> Interval:
    """Mean and interval over the first axis, the seeds; of paired differences it is the paired interval."""
    mean = values.mean(axis=0)
    half = stats.t.ppf(0.5 + CONFIDENCE / 2, len(values) - 1) * stats.sem(values, axis=0)
    return Interval(mean, mean - half, mean + half)


def gap(shares: Any) -> Any:
    """How far the least deprived quintile is ahead of the most deprived."""
    return shares[..., 4] - shares[..., 0]


def ratio(shares: Any) -> Any:
    """The most deprived quintile relative to the least deprived: 1 is no gradient, lower is steeper."""
    return shares[..., 0] / shares[..., 4]
