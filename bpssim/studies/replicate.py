"""Replicates: a scenario run with different seeds."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event

import numpy as np

from bpssim.model.initial_state import Place, places_of
from bpssim.model.simulation import Simulation
from bpssim.outcomes.cascade import Counts, count_gates
from bpssim.outcomes.columns import Columns, joined
from bpssim.outcomes.contacts import contacts_table
from bpssim.outcomes.daily import Daily, daily_counts
from bpssim.outcomes.events import EventRow, event_rows
from bpssim.outcomes.mothers import Gates, gates_of, mothers_table
from bpssim.outcomes.resources import NO_TIME
from bpssim.outcomes.summary import summarise
from bpssim.outcomes.survival_curves import survival_of
from bpssim.outcomes.team import team_time
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin
from bpssim.scenario.scenario import Scenario, as_scenario
from bpssim.studies.populations import Populations
from bpssim.studies.run import Gathering, Replicate, Run
from bpssim.studies.threads import heed, in_order

SEEDS = 2**63
"""Seeds start again from 0 here."""


def run(
    scenario: Scenario | str | Path,
    seed: int | None = None,
    replicates: int | None = None,
    workers: int = 1,
    progress: Callable[[int], None] | None = None,
    details: bool = True,
) -> Run:
    """Run a scenario several times.

    Parameters
    ----------
    scenario
        A scenario, the path of its file, or the name of a ready scenario such as ``site1``.
    seed
        Seed of the first replicate, by default the scenario's; each further one has the next seed.
    replicates
        Number of replicates, by default the scenario's.
    workers
        Number of threads; the results do not depend on it.
    progress
        Called after each replicate with the number finished.
    details
        Keep every mother and contact, and not only the summary and cascade.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If the scenario is invalid, a place cannot be found or a file cannot be used.
    """
    scenario = with_settings(as_scenario(scenario), seed, replicates)
    places = find_places(scenario)
    gathering = Gathering(scenario, tuple(place.name for place in places))
    for done, replicate in enumerate(replicates_of(scenario, places, workers, details), 1):
        gathering.add(replicate)
        if progress:
            progress(done)
    return gathering.finished()


def with_settings(scenario: Scenario, seed: int | None, replicates: int | None) -> Scenario:
    """The scenario with another seed or number of replicates, if given."""
    if seed is not None:
        scenario = scenario.with_("run.seed", seed)
    if replicates is not None:
        scenario = scenario.with_("run.replicates", replicates)
    return scenario


def find_places(scenario: Scenario) -> list[Place]:
    """The places of a scenario.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If one of them cannot be found, or a file about them cannot be used.
    """
    return places_of(scenario.population, scenario.run.window_days)


def replicates_of(
    scenario: Scenario, places: list[Place], workers: int = 1, details: bool = True
) -> Iterator[Replicate]:
    """Replicates in order, each as soon as it and those before it are done.

    Parameters
    ----------
    scenario, workers, details
        As for `run`.
    places
        From `find_places`.
    """

    def work(number: int, stop: Event) -> Replicate:
        replicate = replicate_of(scenario, places, number, stop, contacts=details)
        return replicate if details else replace(replicate, mothers=None)

    return in_order(work, range(scenario.run.replicates), workers)


def replicate_of(
    scenario: Scenario,
    places: list[Place],
    number: int,
    stop: Event,
    contacts: bool = False,
    populations: Populations | None = None,
) -> Replicate:
    """One replicate with its mothers, place by place, keeping only the results of each.

    Parameters
    ----------
    scenario, places
        As for `replicates_of`.
    number
        Of the replicate, from 0; the seed is that of the scenario plus this number.
    stop
        Set to abandon the replicate.
    contacts
        Keep the contacts too.
    populations
        Mothers shared with other scenarios of the same replicate.

    Raises
    ------
    bpssim.studies.threads.Stopped
        If it was abandoned.
    """
    mothers: list[Columns] = []
    log: list[Columns] = []
    cascade: Counts | None = None
    daily: Daily | None = None
    events: list[EventRow] = []
    time = NO_TIME
    seed = (scenario.run.seed + number) % SEEDS
    for place_number, place in enumerate(places):
        heed(stop)
        simulation = new_simulation(scenario, place, seed, populations)
        simulation.run(partial(heed, stop))
        gates = gates_of(simulation)
        mothers.append(mothers_table(simulation, gates, place_number))
        if contacts:
            log.append(contacts_table(simulation, place_number))
        counts = _count_cascade(gates, mothers[-1])
        cascade = counts if cascade is None else cascade + counts
        time = time.plus(team_time(simulation))
        days = daily_counts(simulation)
        daily = days if daily is None else daily + days
        events += event_rows(simulation, number)
    table = joined(mothers)
    return Replicate(
        number,
        summarise(table, time, scenario.costs, scenario.run.window_days),
        np.asarray(cascade, np.int32),
        survival_of(table),
        np.asarray(daily),
        tuple(events),
        table,
        joined(log) if contacts else None,
    )


def new_simulation(scenario: Scenario, place: Place, seed: int, populations: Populations | None = None) -> Simulation:
    """A simulation that has not started.

    Parameters
    ----------
    scenario, place, seed
        As for `bpssim.model.simulation.Simulation`.
    populations
        Mothers shared with other scenarios of the same replicate.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If a file about the mothers cannot be used.
    """
    try:
        drawn = populations.of(scenario, place, seed) if populations else None
        return Simulation(scenario, seed, place, drawn)
    except BadInput:
        raise
    except ValueError as error:
        raise BadInput(Mistake(Origin(scenario.name), str(error))) from None


def _count_cascade(gates: Gates, mothers: Columns) -> Counts:
    """Mothers by pathway, group, furthest gate and reason; any pathway last."""
    gate, reason = gates
    quintile = mothers["quintile"]
    by_pathway = [count_gates(quintile, gate[:, p], reason[:, p]) for p in range(gate.shape[1])]
    return np.array([*by_pathway, count_gates(quintile, mothers["gate"], mothers["reason"])])
