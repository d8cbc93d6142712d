"""The plan of a comparison: what to run, and when to stop."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import TypeVar

from bpssim.model.initial_state import Place
from bpssim.outcomes.metrics import Summary
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin
from bpssim.scenario.scenario import Scenario
from bpssim.studies.comparison.comparison import Comparison
from bpssim.studies.comparison.pairs import Paired, paired_scenarios, pairs_of, places_by_scenario
from bpssim.studies.comparison.stories import ChangedOfRun
from bpssim.studies.comparison.target import Reached, Target, target
from bpssim.studies.comparison.uncertain import Drawn, run_draws, uncertainty_of
from bpssim.studies.local_rate.fit import fit_together
from bpssim.studies.plan.accepted import AcceptedPoints
from bpssim.studies.replicate import with_settings
from bpssim.studies.run import Gathering

T = TypeVar("T")

MOST_REPLICATES = 1000
"""Default maximum of replicates for a wanted precision."""

FEWEST_DRAWS = 10
"""Fewest draws of the uncertain inputs, because fewer would say nothing about their spread."""
MOST_DRAWS = 100_000
"""Most draws, because all are kept in memory."""


@dataclass(frozen=True)
class Plan:
    """Comparable scenarios, and how often to run them.

    Parameters
    ----------
    scenarios
        With one seed and unique names, the base first.
    places
        Of each scenario.
    targets
        Wanted precision; without any, `most` replicates are run.
    most
        Maximum of replicates.
    draws
        Number of draws of the uncertain inputs; 0 for none.
    accepted
        Accepted points of a calibration, from which draws take what was calibrated.
    """

    scenarios: tuple[Scenario, ...]
    places: list[list[Place]]
    targets: tuple[Target, ...]
    most: int
    draws: int
    accepted: AcceptedPoints | None = None

    def pairs(self, workers: int) -> Iterator[Paired]:
        """Paired replicates until every target is met, or the maximum is reached."""
        summaries: list[list[Summary]] = [[] for _ in self.scenarios]
        for pair in pairs_of(self.scenarios, self.places, range(self.most), workers):
            for kept, replicate in zip(summaries, pair.replicates, strict=True):
                kept.append(replicate.summary)
            yield pair
            if self.targets and all(reached.precision.met for reached in self._reached(summaries)):
                return

    def drawn(self, workers: int) -> Iterator[Drawn]:
        """Every scenario under each draw of the uncertain inputs."""
        return run_draws(self.scenarios, self.places, self.draws, workers, self.accepted)

    def run(self, workers: int, progress: Callable[[int], None] | None = None) -> Comparison:
        """Run all of it; `progress` is called after each replicate or draw with the number finished."""
        finished = count(1)

        def watched(work: Iterable[T]) -> Iterator[T]:
            for piece in work:
                yield piece
                if progress:
                    progress(next(finished))

        return self.comparison(watched(self.pairs(workers)), watched(self.drawn(workers)))

    def comparison(self, pairs: Iterable[Paired], drawn: Iterable[Drawn]) -> Comparison:
        """Gather paired replicates, and then draws, keeping only what the results need."""
        gathered = [Gathering(scenario, places) for scenario, places in zip(self.scenarios, self.places, strict=True)]
        changed = [ChangedOfRun() for _ in self.scenarios[1:]]
        for pair in pairs:
            for gathering, replicate in zip(gathered, pair.replicates, strict=True):
                gathering.add(replicate)
            for kept, changes in zip(changed, pair.changed, strict=True):
                kept.add(changes)
        runs = tuple(gathering.so_far() for gathering in gathered)
        uncertainty = uncertainty_of(self.scenarios, drawn)
        return Comparison(runs, changed, tuple(self._reached([run.summaries for run in runs])), uncertainty)

    def _reached(self, summaries: Sequence[Sequence[Summary]]) -> Iterator[Reached]:
        base, *alternatives = summaries
        for scenario, alternative in zip(self.scenarios[1:], alternatives, strict=True):
            for wanted in self.targets:
                yield Reached(scenario.name, wanted, wanted.of(base, alternative))


def check_draws(number: int, accepted: AcceptedPoints | None = None) -> None:
    """Refuse a number of draws that is too small to tell anything, or too large to keep; or a calibration without any.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If it is one of these, and not 0 for none.
    """
    if accepted is not None and not number:
        text = "goes with --uncertainty, such as --uncertainty 200"
        raise BadInput(Mistake(Origin("--calibrated"), text))
    if number and not FEWEST_DRAWS <= number <= MOST_DRAWS:
        text = f"needs {FEWEST_DRAWS} to {MOST_DRAWS:,} draws, or none"
        raise BadInput(Mistake(Origin("--uncertainty"), text, found=str(number)))


def planned(
    scenarios: Sequence[Scenario],
    seed: int | None,
    replicates: int | None,
    precision: Sequence[str],
    uncertainty: int,
    workers: int = 1,
    accepted: AcceptedPoints | None = None,
) -> Plan:
    """Plan a comparison, at one local rate if the base has one; parameters as for `bpssim.compare`.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If the scenarios cannot be compared, a place cannot be found, a precision is invalid, there are too few draws,
        or a local rate is out of reach.
    """
    check_draws(uncertainty, accepted)
    targets = tuple(target(text) for text in precision)
    alike = fit_together(paired_scenarios(scenarios, seed), workers)
    most = MOST_REPLICATES if targets else alike[0].run.replicates
    if replicates is not None:
        most = with_settings(alike[0], None, replicates).run.replicates  # as a scenario file allows them
    return Plan(alike, places_by_scenario(alike), targets, most, uncertainty, accepted)
