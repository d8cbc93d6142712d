"""Best use of a sum: mixes tried generation by generation, and the best of them run again with new seeds.

The best of many mixes look better than they are, because chance had a part in picking them. So what is reported of them
comes from seeds that the search has not seen.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from threading import Event

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bpssim.outcomes.estimates import Estimates
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin
from bpssim.statistics.groups import ALL, GROUPS
from bpssim.studies.frontier.search import MixSearch
from bpssim.studies.plan.at_cost import cost_of
from bpssim.studies.plan.designs import Combination
from bpssim.studies.plan.own_functions import source_of
from bpssim.studies.plan.points import Keys, Making, Point
from bpssim.studies.plan.reading import ReadStudy
from bpssim.studies.plan.study import Search
from bpssim.studies.sweep.estimates import estimates_of
from bpssim.studies.sweep.pieces import Piece, Work
from bpssim.studies.sweep.rows import kept_metrics
from bpssim.studies.sweep.store import Store
from bpssim.studies.sweep.workers import Workers

MOST_FINALISTS = 40
"""Mixes that are run again with new seeds."""
_ALSO_KEPT = ("births", "cost_total", "any_6w", "reach_ever", "gap_any_6w", "data_items")
_AS_IT_IS = -1
"""Numbers of points below 0 are those of scenarios without a mix: -1 for the base, -2 for the second scenario ..."""


@dataclass(frozen=True)
class Tried:
    """A mix that was tried.

    Parameters
    ----------
    point
        Where its results are kept; its number is its place in the search.
    generation
        In which it was tried, from 0.
    values
        Mean in each aim; empty if it could not be run.
    reason
        Why not.
    """

    point: Point
    generation: int
    values: tuple[float, ...]
    reason: str


@dataclass
class Frontier:
    """A search for the best mixes of the factors of a study at one cost.

    Parameters
    ----------
    read
        A study with a search.
    store
        Where results are kept.

    Attributes
    ----------
    tried : list of Tried
        Mixes tried so far, in order.
    finalists : list of Point
        Mixes that are run with new seeds.
    """

    read: ReadStudy
    store: Store
    tried: list[Tried] = field(default_factory=list)
    finalists: list[Point] = field(default_factory=list)
    _failed: dict[str, str] = field(default_factory=dict)

    @property
    def search(self) -> Search:
        """How to search.

        Raises
        ------
        bpssim.scenario.reading.messages.BadInput
            If the study has no search, or nothing to choose from.
        """
        study = self.read.study
        if study.search is None or not study.factors:
            text = "needs `search:` and factors to choose from; `bpssim sweep` runs other studies"
            raise BadInput(Mistake(Origin(study.name), text))
        return study.search

    @cached_property
    def cost(self) -> float:
        """Cost of a year of every mix [GBP]."""
        return self.search.cost or cost_of(self.read.scenarios[0], Event())

    @cached_property
    def aims(self) -> dict[str, tuple[str, int]]:
        """Metric and number of the group of each aim."""
        parts = {aim: aim.partition(":") for aim in self.search.objectives}
        return {aim: (metric, GROUPS.index(group or GROUPS[ALL])) for aim, (metric, _, group) in parts.items()}

    @cached_property
    def work(self) -> Work:
        """What every worker needs."""
        study = self.read.study
        kept = kept_metrics([*_ALSO_KEPT, *(metric for metric, _ in self.aims.values()), *study.outcomes])
        making = Making(self.read.scenarios, dict(study.factors), self.cost)
        return Work(making, kept, study.metrics, source_of(study.metrics) if study.metrics else "")

    @property
    def final_seeds(self) -> range:
        """Seeds that the search has not seen."""
        first = self.read.study.seeds.stop
        return range(first, first + self.search.final_replicates)

    @property
    def most_runs(self) -> int:
        """Runs of the whole search, if there are as many finalists as can be."""
        finalists = min(MOST_FINALISTS, self.search.candidates) + len(self.read.scenarios)
        return self.search.candidates * self.read.study.replicates + finalists * self.search.final_replicates

    def run(self, workers: Workers) -> Iterator[int]:
        """Search, and run the best again; what is there is not run again.

        The search is told the same when it goes on, so it takes the same way.

        Yields
        ------
        int
            Runs that have been finished, or were there, since the last time.
        """
        search, study = self.search, self.read.study
        mixes = MixSearch(search, study.factors)
        while len(self.tried) < search.candidates:
            generation = len(self.tried) // search.generation
            asked = mixes.ask(min(search.generation, search.candidates - len(self.tried)))
            points = [self._mix(len(self.tried) + number, mix) for number, mix in enumerate(asked)]
            yield from self._evaluate(points, study.seeds, workers)
            self.tried += [self._tried(point, generation) for point in points]
            mixes.tell([each.values or None for each in self.tried[-len(points) :]])
        self.finalists = _spread_out([self.tried[number] for number in mixes.best()])
        yield from self._evaluate(self.final_points, self.final_seeds, workers)

    @property
    def final_points(self) -> list[Point]:
        """Points that are run with new seeds: the base at the cost, the best mixes, and other scenarios as they are."""
        base, *others = (
            Point(self._keys.of(number, {}), _AS_IT_IS - number, 0, number, {})
            for number in range(len(self.read.scenarios))
        )
        return [base, *self.finalists, *others]

    @property
    def points(self) -> list[Point]:
        """Every point once, in order."""
        return list({point.key: point for point in [*(each.point for each in self.tried), *self.final_points]}.values())

    def estimates(self, point: Point, seeds: range) -> Estimates | None:
        """Estimates of a point over seeds, if it has them all."""
        for _, table in self.store.tables([point.key]):
            own = table.filter(pc.is_in(table["seed"], pa.array(list(seeds))))
            if len(own) == len(seeds) * len(self.work.kept.cells):
                return estimates_of(own, self.work.kept)
        return None

    def cells(self, estimates: Estimates) -> list[tuple[int, int]]:
        """Place of each aim in estimates."""
        return [(estimates.names.index(metric), group) for metric, group in self.aims.values()]

    def reason(self, point: Point) -> str:
        """Why a point could not be run; empty if it could."""
        return self._failed.get(point.key, "")

    @cached_property
    def _keys(self) -> Keys:
        return Keys(self.read, f"{self.cost:.6g}", *sorted(self.work.kept.metrics))

    def _mix(self, number: int, mix: Combination) -> Point:
        return Point(self._keys.of(0, mix), number, number, 0, mix)

    def _evaluate(self, points: Sequence[Point], seeds: range, workers: Workers) -> Iterator[int]:
        """Run what is missing of some points."""
        there = self.store.there()
        unique = {point.key: point for point in points if point.key not in self._failed}
        missing = [Piece((point,), seeds) for key, point in unique.items() if not set(seeds) <= there.get(key, set())]
        yield (len(points) - len(missing)) * len(seeds)
        for finished in workers.run(self.work, missing):
            for each in finished:
                if each.reason:
                    self._failed[each.point.key] = each.reason
                else:
                    self.store.add(each.point, each.seeds, each.content)
            yield sum(len(each.seeds) for each in finished)

    def _tried(self, point: Point, generation: int) -> Tried:
        estimates = self.estimates(point, self.read.study.seeds)
        if estimates is None:
            return Tried(point, generation, (), self.reason(point))
        values = tuple(estimates.value[cell].item() for cell in self.cells(estimates))
        if any(map(math.isnan, values)):
            return Tried(point, generation, (), "an aim is not defined: there is nothing to take a share of")
        return Tried(point, generation, values, "")


def _spread_out(best: Sequence[Tried]) -> list[Point]:
    """The best mixes, each once; evenly spread over the first aim if there are too many."""
    unique = {each.point.key: each for each in best}
    ordered = sorted(unique.values(), key=lambda each: each.values)
    if len(ordered) > MOST_FINALISTS:
        places = np.linspace(0, len(ordered) - 1, MOST_FINALISTS).round().astype(int)
        ordered = [ordered[place] for place in places]
    return [each.point for each in ordered]
