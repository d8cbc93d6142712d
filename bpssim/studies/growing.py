"""A run that grows: its first replicates at once, and more of them later."""

from collections.abc import Callable
from pathlib import Path
from threading import Event

from bpssim.scenario.scenario import Scenario, as_scenario
from bpssim.studies.local_rate.fit import fit_local_rate
from bpssim.studies.populations import Populations
from bpssim.studies.prepared import prepare
from bpssim.studies.replicate import find_places, replicate_of, with_settings
from bpssim.studies.run import Gathering, Replicate, Run
from bpssim.studies.threads import aside, in_order


class Growing:
    """A run to which replicates are added; what it is at any time is what a run of as many replicates is.

    Parameters
    ----------
    scenario
        What is run, with the seed of the first replicate; moved to its local rate, if it has one.
    details, events
        As for `grow`.
    populations
        Mothers shared with other runs.
    """

    def __init__(
        self, scenario: Scenario, details: bool = True, events: bool = False, populations: Populations | None = None
    ) -> None:
        places = find_places(scenario)
        self._scenario = scenario
        self._prepared = aside(lambda: prepare(scenario, places))
        self._gathering = Gathering(scenario, places)
        self._details, self._events, self._populations = details, events, populations
        self.replicates = 0

    def more(self, replicates: int, workers: int = 1, progress: Callable[[int], None] | None = None) -> Run:
        """Run the next replicates.

        Parameters
        ----------
        replicates
            How many to add.
        workers
            Number of threads; the results do not depend on it.
        progress
            Called after each replicate with the number of all so far. An error that it raises ends the work; the
            replicates finished by then are part of the run.

        Returns
        -------
        Run
            All replicates so far. Those that are added later do not change it.

        Raises
        ------
        bpssim.scenario.reading.messages.BadInput
            If there would be fewer than one, or more than a scenario may have.
        """
        numbers = range(self.replicates, self.replicates + replicates)
        with_settings(self._scenario, None, numbers.stop)  # as a scenario file allows them
        for replicate in in_order(self._replicate, numbers, workers):
            self._gathering.add(replicate)
            self.replicates += 1
            if progress:
                progress(self.replicates)
        return self._gathering.so_far()

    def _replicate(self, number: int, stop: Event) -> Replicate:
        kept, events = self._details, self._events and self._details
        return replicate_of(self._prepared, number, stop, kept, kept, self._populations, events)


def grow(
    scenario: Scenario | str | Path,
    seed: int | None = None,
    details: bool = True,
    events: bool = False,
    populations: Populations | None = None,
) -> Growing:
    """Begin a run that grows, to see something of it before all of it is done.

    Parameters
    ----------
    scenario
        A scenario, the path of its file, or the name of a ready scenario. Its number of replicates does not matter.
    seed
        Seed of the first replicate, by default the scenario's; each further one has the next seed.
    details
        Keep every mother and contact, and not only the summary and cascade.
    events
        Keep the event log too: everything that happens to mothers.
    populations
        Mothers shared with other runs.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        As `bpssim.run`.
    """
    moved = fit_local_rate(with_settings(as_scenario(scenario), seed, None))
    return Growing(moved, details, events, populations)
