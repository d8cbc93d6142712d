"""A scenario repeated with different seeds, on threads: the rules let go of Python's lock while they run."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

import numpy as np

from bpssim.model.setup import Place, places_of
from bpssim.model.simulation import Simulation
from bpssim.outcomes.cascade import Counts, count_gates
from bpssim.outcomes.columns import Columns, joined
from bpssim.outcomes.contacts import contacts_table
from bpssim.outcomes.events import EventRow, event_rows
from bpssim.outcomes.mothers import Gates, gates_of, mothers_table
from bpssim.outcomes.resources import TeamTime
from bpssim.outcomes.summary import summarise
from bpssim.outcomes.team import team_time
from bpssim.scenario.faults import Faulty
from bpssim.scenario.messages import BadInput, Mistake, Origin
from bpssim.scenario.scenario import Scenario
from bpssim.studies.run import Replicate, Run

SEEDS = 2**63
"""Seeds start again from 0 here."""


def run(
    scenario: Scenario,
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
        What the planner wrote.
    seed
        Seed of the first replicate, by default the scenario's; each further one has the next seed.
    replicates
        Number of replicates, by default the scenario's.
    workers
        Threads; the results do not depend on them.
    progress
        Called with the number of finished replicates after each.
    details
        Keep every mother and contact, and not the summary and cascade alone.

    Raises
    ------
    bpssim.scenario.messages.BadInput
        If a place cannot be found or a file cannot be used.
    """
    scenario = with_settings(scenario, seed, replicates)
    places = find_places(scenario)
    kept = []
    for replicate in replicates_of(scenario, places, workers, details):
        kept.append(replicate)
        if progress:
            progress(len(kept))
    return Run(scenario, tuple(place.name for place in places), kept)


def with_settings(scenario: Scenario, seed: int | None, replicates: int | None) -> Scenario:
    """The scenario with another seed or number of replicates, where they are given."""
    if seed is not None:
        scenario = scenario.with_("run.seed", seed)
    if replicates is not None:
        scenario = scenario.with_("run.replicates", replicates)
    return scenario


def find_places(scenario: Scenario) -> list[Place]:
    """The places of a scenario.

    Raises
    ------
    bpssim.scenario.messages.BadInput
        If one of them cannot be found, or a file about them cannot be used.
    """
    try:
        return places_of(scenario.population)
    except Faulty as error:
        raise _bad_input(scenario, error) from None


def replicates_of(
    scenario: Scenario, places: list[Place], workers: int = 1, details: bool = True
) -> Iterator[Replicate]:
    """Replicates in order, each as soon as it and those before it are done.

    Only a few wait to be taken, so a caller that puts them away as they come needs room for a few. When the caller
    stops early, so does the work.

    Parameters
    ----------
    scenario, workers, details
        As for `run`.
    places
        What `find_places` gave.
    """
    count = scenario.run.replicates
    stop = Event()
    waiting: deque[Future[Replicate]] = deque()
    with ThreadPoolExecutor(workers) as threads:
        try:
            for number in range(count):
                waiting.append(threads.submit(_replicate, scenario, places, number, details, stop))
                if len(waiting) > workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            stop.set()
            threads.shutdown(cancel_futures=True)


class _Stopped(Exception):
    """Nobody waits for this replicate any more."""


def _replicate(scenario: Scenario, places: list[Place], number: int, details: bool, stop: Event) -> Replicate:
    """One replicate, place by place; only what is counted outlives a place."""
    mothers: list[Columns] = []
    contacts: list[Columns] = []
    cascade: Counts | None = None
    events: list[EventRow] = []
    time = TeamTime(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    for place_number, place in enumerate(places):
        if stop.is_set():
            raise _Stopped
        simulation = new_simulation(scenario, place, (scenario.run.seed + number) % SEEDS)
        simulation.run()
        gates = gates_of(simulation)
        mothers.append(mothers_table(simulation, gates, place_number))
        if details:
            contacts.append(contacts_table(simulation, place_number))
        counts = _count_cascade(gates, mothers[-1])
        cascade = counts if cascade is None else cascade + counts
        time = time.plus(team_time(simulation))
        events += event_rows(simulation, number)
    table = joined(mothers)
    return Replicate(
        number,
        summarise(table, time, scenario.costs),
        np.asarray(cascade, np.int32),
        tuple(events),
        table if details else None,
        joined(contacts) if details else None,
    )


def new_simulation(scenario: Scenario, place: Place, seed: int) -> Simulation:
    """A run that has not begun.

    Raises
    ------
    bpssim.scenario.messages.BadInput
        If a file about the mothers cannot be used.
    """
    try:
        return Simulation(scenario, seed, place)
    except ValueError as error:
        raise _bad_input(scenario, error) from None


def _count_cascade(gates: Gates, mothers: Columns) -> Counts:
    """Mothers by pathway, group, furthest gate and reason; any pathway last."""
    gate, reason = gates
    quintile = mothers["quintile"]
    by_pathway = [count_gates(quintile, gate[:, p], reason[:, p]) for p in range(gate.shape[1])]
    return np.array([*by_pathway, count_gates(quintile, mothers["gate"], mothers["reason"])])


def _bad_input(scenario: Scenario, error: ValueError) -> BadInput:
    return BadInput(Mistake(Origin(scenario.name), str(error)))
