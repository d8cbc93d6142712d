"""Replicates: a scenario run with different seeds."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import numpy as np

from bpssim.model.initial_state import Place, places_of
from bpssim.outcomes.cascade import counts_of
from bpssim.outcomes.columns import Columns, joined
from bpssim.outcomes.contacts import contacts_table
from bpssim.outcomes.daily import Daily, daily_counts
from bpssim.outcomes.decisions import DecisionRow, decision_rows
from bpssim.outcomes.event_log import events_table
from bpssim.outcomes.mothers import mothers_table
from bpssim.outcomes.small_areas import AreaCounts, count_by_area
from bpssim.outcomes.survival_curves import survival_of
from bpssim.scenario.scenario import Scenario, as_scenario
from bpssim.studies.local_rate.fit import fit_local_rate
from bpssim.studies.populations import Populations
from bpssim.studies.prepared import Counting, Prepared, prepare, simulations_of
from bpssim.studies.run import Gathering, Replicate, Run
from bpssim.studies.threads import aside, in_order


def run(
    scenario: Scenario | str | Path,
    seed: int | None = None,
    replicates: int | None = None,
    workers: int = 1,
    progress: Callable[[int], None] | None = None,
    details: bool = True,
    events: bool = False,
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
    events
        Keep the event log too: everything that happens to mothers.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If the scenario is invalid, a place cannot be found, a file cannot be used, or a local rate is out of reach.
    """
    scenario = fit_local_rate(with_settings(as_scenario(scenario), seed, replicates), workers)
    places = find_places(scenario)
    gathering = Gathering(scenario, places)
    for done, replicate in enumerate(replicates_of(scenario, places, workers, details, events), 1):
        gathering.add(replicate)
        if progress:
            progress(done)
    return gathering.so_far()


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
    scenario: Scenario, places: list[Place], workers: int = 1, details: bool = True, events: bool = False
) -> Iterator[Replicate]:
    """Replicates in order, each as soon as it and those before it are done.

    Parameters
    ----------
    scenario, workers, details, events
        As for `run`.
    places
        From `find_places`.
    """
    prepared = aside(lambda: prepare(scenario, places))

    def work(number: int, stop: Event) -> Replicate:
        return replicate_of(prepared, number, stop, mothers=details, contacts=details, events=events and details)

    return in_order(work, range(scenario.run.replicates), workers)


def replicate_of(
    prepared: Prepared,
    number: int,
    stop: Event,
    mothers: bool = False,
    contacts: bool = False,
    populations: Populations | None = None,
    events: bool = False,
) -> Replicate:
    """One replicate, place by place, keeping only the results of each.

    Parameters
    ----------
    prepared, number, stop, populations
        As for `bpssim.studies.prepared.simulations_of`.
    mothers, contacts
        Whether to keep these tables.
    events
        Keep the event log too.

    Raises
    ------
    bpssim.studies.threads.Stopped
        If it was abandoned.
    """
    tables: list[Columns] = []
    log: list[Columns] = []
    happened: list[Columns] = []
    daily: Daily | None = None
    areas: list[AreaCounts] = []
    decisions: list[DecisionRow] = []
    counting = Counting(prepared.scenario)
    for place_number, simulation in enumerate(simulations_of(prepared, number, stop, populations, events)):
        counting.add(simulation)
        if mothers:
            tables.append(mothers_table(simulation, place_number))
        if contacts:
            log.append(contacts_table(simulation, place_number))
        if events:
            happened.append(events_table(simulation, place_number))
        days = daily_counts(simulation)
        daily = days if daily is None else daily + days
        areas.append(count_by_area(simulation))
        decisions += decision_rows(simulation, number)
    return Replicate(
        number,
        counting.summary(),
        counts_of(counting.tally),
        survival_of(counting.tally),
        np.asarray(daily),
        np.concatenate(areas, axis=1),
        tuple(decisions),
        joined(tables) if mothers else None,
        joined(log) if contacts else None,
        joined(happened) if events else None,
    )
