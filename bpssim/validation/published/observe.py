"""What the model shows for a study: the groups run with the same mothers, and the same is measured as was published."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from bpssim.model.initial_state import Place
from bpssim.model.simulation import Simulation
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import Feeding, Gate, Outcome
from bpssim.studies.calibration.cohort import breastfeeding_at, exclusive_at
from bpssim.studies.populations import Populations
from bpssim.studies.prepared import new_simulation
from bpssim.validation.published.study import KINDS, Level, Result, Study, Who

FORTNIGHT = 14
"""Baby age up to which contacts count as the dose, as support does [days]."""
_ROUNDS = 3
"""Corrections of the hazard that sets a level; each leaves about a tenth of the distance."""
_MOST_FACTOR = 20.0


class Observed(NamedTuple):
    """What one run of all groups of a study showed."""

    shares: dict[str, tuple[float, ...]]  # by result: the share in each of its groups
    doses: dict[str, float]  # by group: contacts with support in the first fortnight, for each mother in it
    factor: float  # by which the hazard of stopping was multiplied to set the level

    def effects(self, results: Mapping[str, Result]) -> dict[str, float]:
        """Each result's effect."""
        return {name: effect_of(result, self.shares[name]) for name, result in results.items()}


def observe(
    study: Study,
    scenarios: Sequence[Scenario],
    places: Sequence[Sequence[Place]],
    seed: int,
    factor: float | None = None,
) -> Observed:
    """Run every group with one seed: groups that share a population have the same mothers with the same luck.

    So each mother is her own control, which is an allocation at random without its sampling error.

    Parameters
    ----------
    study
        With groups in the order of the scenarios.
    scenarios, places
        Of each group; the first place counts.
    seed
        Of mothers and luck.
    factor
        Of the hazard of stopping, if known from another run with this seed; by default it is found.
    """
    populations = Populations()
    by_group = dict(zip(study.groups, zip(scenarios, places, strict=True), strict=True))

    def run(group: str, factor: float) -> "_Seen":
        scenario, its = by_group[group]
        simulation = new_simulation(scenario, its[0], seed, populations)
        simulation.parameters.derived.stop_hazard[...] *= factor
        simulation.run()
        return _Seen(simulation, [study.mothers, study.groups[group].mothers])

    if factor is None:
        factor = _factor(study.level, run) if study.level else 1.0
    seen = {group: run(group, factor) for group in study.groups}
    return Observed(
        {name: tuple(seen[group].share(result) for group in result.groups) for name, result in study.results.items()},
        {group: each.dose for group, each in seen.items()},
        factor,
    )


def effect_of(result: Result, shares: Any) -> Any:
    """Effect of a result from the shares of its groups.

    Parameters
    ----------
    result
        Says which effect.
    shares
        Of each group; numbers or arrays of one shape.
    """
    if KINDS[result.effect].groups == 1:
        return shares[0]
    a, b = shares
    if result.effect == "difference":
        return a - b
    if result.effect == "odds_ratio":
        return a * (1.0 - b) / (b * (1.0 - a))
    return (1.0 - a) / (1.0 - b)


class _Seen:
    """The mothers of one group, and what happened to them."""

    def __init__(self, simulation: Simulation, limits: Sequence[Who]) -> None:
        state = simulation.state
        self._pathways = list(simulation.scenario.active_pathways())
        self._mothers = state.mothers
        self._progress = state.progress
        log: Any = state.contacts[: state.counts[0].contacts]
        self._supports = log[log.outcome == Outcome.SUPPORTED]
        self._among = state.mothers.in_window == 1
        for who in limits:
            self._among &= _belong(who, state.mothers)

    @property
    def dose(self) -> float:
        """Contacts with support in the first fortnight for each mother."""
        ages = self._supports.baby_age
        rows = self._supports.row[(ages >= 0) & (ages <= FORTNIGHT)]
        return float(np.bincount(rows, minlength=len(self._mothers))[self._among].mean())

    def share(self, result: Result) -> float:
        """Share of the group for whom what is measured holds."""
        holds, among = self._holds(result)
        return float(holds[among].mean())

    def feeding(self, age: int) -> float:
        """Share who feed any breast milk at an age."""
        return float(breastfeeding_at(self._mothers, age)[self._among].mean())

    def _holds(self, result: Result) -> tuple[Any, Any]:
        """For whom it holds, and among whom it is taken."""
        mothers, among, age = self._mothers, self._among, result.age or 0
        if result.measure == "feeding":
            return breastfeeding_at(mothers, age), among
        if result.measure == "exclusive":
            return exclusive_at(mothers, age), among
        if result.measure == "supported":
            return mothers.first_contact_age <= age, among
        row = self._pathways.index(str(result.pathway))
        if result.measure == "answered":
            gate: Any = self._progress[:, row]["gate"]
            return gate >= Gate.CONNECTED, among & (gate >= Gate.ATTEMPTED)
        return np.isin(np.arange(len(mothers)), self._supports.row[self._supports.pathway == row]), among


def _belong(who: Who, mothers: Any) -> Any:
    """Which mothers take part."""
    holds = (mothers.age_years >= who.youngest) & (mothers.age_years <= who.oldest)
    for trait in who.has:
        holds &= (mothers.traits >> trait) & 1 == 1
    for trait in who.has_not:
        holds &= (mothers.traits >> trait) & 1 == 0
    if who.has_any:
        holds &= (mothers.traits & sum(1 << trait for trait in who.has_any)) != 0
    if who.quintiles:
        holds &= np.isin(mothers.quintile, who.quintiles)
    if who.started:
        holds &= mothers.feeding != Feeding.NOT_STARTED
    if who.feeding_at_discharge:
        holds &= breastfeeding_at(mothers, 0) & ((mothers.stop_age < 0) | (mothers.stop_age >= mothers.discharge_age))
    return holds


def _factor(level: Level, run: Any) -> float:
    """Factor of the hazard of stopping that brings the level of one group to that of the study."""
    factor = 1.0
    for _ in range(_ROUNDS):
        seen = run(level.group, factor)
        started, feeding = seen.feeding(0), seen.feeding(level.age)
        wanted = min(level.feeding / started, 0.999)
        factor *= math.log(wanted) / math.log(min(max(feeding / started, 1e-6), 0.999))
        factor = min(max(factor, 1.0 / _MOST_FACTOR), _MOST_FACTOR)
    return factor
