"""A scenario prepared for many replicates: everything that does not depend on the seed, made once."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from threading import Event
from typing import NamedTuple

from bpssim.model.initial_state import Place, places_of
from bpssim.model.rules.tally import OUTCOME, add_to_tally, empty_tally
from bpssim.model.simulation import Simulation
from bpssim.model.start import Start, start_of
from bpssim.model.state import empty
from bpssim.outcomes.columns import Columns, joined
from bpssim.outcomes.metrics import Summary
from bpssim.outcomes.mothers import mothers_table
from bpssim.outcomes.own_metrics import has_own_metrics, own_metrics
from bpssim.outcomes.summary import summarise
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin
from bpssim.scenario.scenario import Scenario
from bpssim.studies.populations import Populations
from bpssim.studies.threads import heed

SEEDS = 2**63
"""Seeds start again from 0 here."""


class Prepared(NamedTuple):
    """A scenario that is ready to run, on several threads at once.

    Parameters
    ----------
    scenario
        What is run, with the seed of the first replicate.
    starts
        What every replicate starts with in each place.
    """

    scenario: Scenario
    starts: tuple[Start, ...]

    @property
    def places(self) -> list[Place]:
        """The places of the scenario."""
        return [start.place for start in self.starts]

    def seed_of(self, number: int) -> int:
        """Seed of a replicate, whose numbers count from 0."""
        return (self.scenario.run.seed + number) % SEEDS


def prepare(scenario: Scenario, places: Sequence[Place] | None = None, keep: Collection[str] = ()) -> Prepared:
    """Prepare a scenario for replicates.

    Parameters
    ----------
    scenario
        What to run; moved to its local rate, if it has one.
    places
        From `bpssim.studies.replicate.find_places`; found here by default. Scenarios with the same population may
        share them.
    keep
        As for `bpssim.model.start.start_of`.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If a place cannot be found, a file about the mothers cannot be used, or the scenario has not been moved to its
        local rate.
    """
    with _mistakes_in(scenario):
        found = places or places_of(scenario.population, scenario.run.window_days)
        return Prepared(scenario, tuple(start_of(scenario, place, keep) for place in found))


def summary_of(prepared: Prepared, number: int, stop: Event, populations: Populations | None = None) -> Summary:
    """Every metric of one replicate, and nothing else that a run can tell.

    Parameters
    ----------
    prepared, number, stop, populations
        As for `simulations_of`.

    Raises
    ------
    bpssim.studies.threads.Stopped
        If it was abandoned.
    """
    counting = Counting(prepared.scenario)
    for simulation in simulations_of(prepared, number, stop, populations):
        counting.add(simulation)
    return counting.summary()


def simulations_of(
    prepared: Prepared, number: int, stop: Event, populations: Populations | None = None, events: bool = False
) -> Iterator[Simulation]:
    """The finished simulations of one replicate, place by place.

    Parameters
    ----------
    prepared
        What to run.
    number
        Of the replicate, from 0; the seed is that of the scenario plus this number.
    stop
        Set to abandon the replicate.
    populations
        Mothers shared with other scenarios of the same replicate.
    events
        Keep the event log.

    Raises
    ------
    bpssim.studies.threads.Stopped
        If it was abandoned.
    """
    for start in prepared.starts:
        heed(stop)
        simulation = new_simulation(prepared.scenario, start.place, prepared.seed_of(number), populations, start)
        if events:
            simulation.watch()
        simulation.run(partial(heed, stop))
        yield simulation


class Counting:
    """Counts the finished simulations of one replicate.

    Parameters
    ----------
    scenario
        What was run.
    """

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._tables: list[Columns] = []
        self._scratch = empty(OUTCOME, 1)
        self.tally = empty_tally(len(scenario.active_pathways()))

    def add(self, simulation: Simulation) -> None:
        """Count the next place."""
        add_to_tally(simulation.state, simulation.parameters, self._scratch, self.tally)
        if has_own_metrics():
            self._tables.append(mothers_table(simulation, len(self._tables)))

    def summary(self) -> Summary:
        """Every metric over all places."""
        own = own_metrics(joined(self._tables)) if self._tables else {}
        return summarise(self.tally, self._scenario.costs, self._scenario.run.window_days, own)


def new_simulation(
    scenario: Scenario, place: Place, seed: int, populations: Populations | None = None, start: Start | None = None
) -> Simulation:
    """A simulation that has not started.

    Parameters
    ----------
    scenario, place, seed, start
        As for `bpssim.model.simulation.Simulation`.
    populations
        Mothers shared with other scenarios of the same replicate.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If a file about the mothers cannot be used.
    """
    with _mistakes_in(scenario):
        drawn = populations.of(scenario, place, seed) if populations else None
        return Simulation(scenario, seed, place, drawn, start)


@contextmanager
def _mistakes_in(scenario: Scenario) -> Iterator[None]:
    """Report what the model refuses as a mistake in the scenario."""
    try:
        yield
    except BadInput:
        raise
    except ValueError as error:
        raise BadInput(Mistake(Origin(scenario.name), str(error))) from None
