"""A study of barriers: one scenario, the influences that can be taken away, and the mothers whom it is about."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from threading import Event

import numpy as np
from numpy.typing import NDArray

from bpssim.outcomes.mothers import mother_columns, mothers_table
from bpssim.scenario.influences.catalogue import catalogue
from bpssim.scenario.influences.influence import Influence
from bpssim.scenario.influences.taken_away import TakenAway
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin, nearest
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import Level
from bpssim.statistics.checks import Values
from bpssim.statistics.shapley import all_orders, contributions, interaction, orders
from bpssim.studies.barriers.among import OPTION, chosen, mask_of
from bpssim.studies.barriers.measures import Counted, Mask, count, nothing_counted
from bpssim.studies.barriers.replicate import BarrierReplicate, PairReplicate
from bpssim.studies.populations import Populations
from bpssim.studies.prepared import Prepared, prepare, simulations_of
from bpssim.studies.replicate import find_places
from bpssim.studies.story.pick import Condition
from bpssim.studies.threads import aside, in_order

ORDER_PAIRS = 1
"""Random orders in each replicate, each with its reverse; over replicates they add up."""

Some = frozenset[int]
"""Numbers of the influences that are taken away."""


@dataclass(frozen=True)
class BarriersPlan:
    """What is run, with the seed of the first replicate.

    Parameters
    ----------
    scenario
        Moved to its local rate, if it has one.
    among
        Which mothers are counted, as `bpssim.studies.barriers.among.chosen` reads it; all of them if empty.
    pathway
        A pathway that is planned, whose assumptions are looked at; without one, as
        `bpssim.studies.barriers.contexts.context_rows` chooses.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If the mothers cannot be chosen so, there is no such pathway, an influence cannot be taken away, or the
        catalogue cannot be read.
    """

    scenario: Scenario
    among: str = ""
    pathway: str = ""

    def __post_init__(self) -> None:
        _ = self.conditions  # refused now, and not after a minute
        if self.pathway and self.pathway not in self.scenario.pathways:
            known = self.scenario.pathways
            text = f"should be a pathway of {self.scenario.name}: {', '.join(known)}"
            near = nearest(self.pathway, known)
            raise BadInput(Mistake(Origin("--pathway"), text, found=repr(self.pathway), suggestion=near))

    @cached_property
    def conditions(self) -> list[Condition]:
        """Which mothers are counted; all of them if empty."""
        return chosen(self.among) if self.among else []

    @cached_property
    def influences(self) -> dict[str, Influence]:
        """All influences of the catalogue, in its order."""
        return dict(catalogue(self.scenario.learning.influences).influences)

    @cached_property
    def taken(self) -> TakenAway:
        """The scenario without some of them."""
        return TakenAway(self.scenario, self.influences)

    @property
    def active(self) -> list[str]:
        """Names of the influences that there are in this scenario."""
        return self.taken.active

    @property
    def runs_of_replicate(self) -> int:
        """Runs of one replicate, without pairs; an order shares its ends with the others."""
        count = len(self.active)
        return len(self._kept_sets) + 2 * ORDER_PAIRS * max(count - 3, 0)

    @cached_property
    def levels(self) -> list[Some]:
        """Numbers of the active influences of each level, in order."""
        return [
            frozenset(i for i, name in enumerate(self.active) if self.influences[name].level is level)
            for level in Level
        ]

    @property
    def _kept_sets(self) -> set[Some]:
        """What is taken away in every replicate: nothing, each alone, all others, and any levels as wholes."""
        everything = frozenset(range(len(self.active)))
        some = (
            frozenset().union(*levels) for n in range(len(self.levels) + 1) for levels in combinations(self.levels, n)
        )
        return {*some, *(frozenset({i}) for i in everything), *(everything - {i} for i in everything)}

    def check_somebody(self, workers: int = 1) -> None:
        """Refuse to study nobody, before anything is written.

        Raises
        ------
        bpssim.scenario.reading.messages.BadInput
            If none of the mothers whom it is about is in the first replicate.
        """
        if not self.conditions:
            return
        runs = aside(lambda: _Runs(self))
        runs.keep([frozenset()])

        def births(number: int, stop: Event) -> bool:
            return bool(runs.of(number, stop).counted(frozenset()).births.any())

        if not next(in_order(births, [0], workers)):
            text = f"no mother of {self.scenario.name} meets this"
            raise BadInput(Mistake(Origin(OPTION), text, found=self.among))

    def replicates(self, numbers: Sequence[int], workers: int) -> Iterator[BarrierReplicate]:
        """Replicates in order: each influence alone, all others, and fair shares of influences and of levels.

        Parameters
        ----------
        numbers
            Of the replicates.
        workers
            Number of threads.
        """
        runs = aside(lambda: _Runs(self))
        runs.keep(self._kept_sets)

        def work(number: int, stop: Event) -> BarrierReplicate:
            return _replicate(runs.of(number, stop), self.levels, number, runs.seed_of(number))

        return in_order(work, numbers, workers)

    def pairs(
        self, done: Sequence[BarrierReplicate], pairs: Sequence[tuple[int, int]], workers: int
    ) -> Iterator[PairReplicate]:
        """What two influences bring together beyond what each brings alone, in every replicate.

        Parameters
        ----------
        done
            The replicates.
        pairs
            Numbers of two active influences each.
        workers
            Number of threads.
        """
        runs = aside(lambda: _Runs(self))
        runs.keep([frozenset(), *map(frozenset, pairs)])

        def work(replicate: BarrierReplicate, stop: Event) -> PairReplicate:
            one = runs.of(replicate.number, stop)
            together = [one.counted(frozenset(pair)).measures - replicate.now.measures for pair in pairs]
            beyond = [
                interaction(both, replicate.alone[first], replicate.alone[second])
                for both, (first, second) in zip(together, pairs, strict=True)
            ]
            return PairReplicate(replicate.number, np.array(together), np.array(beyond))

        return in_order(work, done, workers)


class _Runs:
    """Runs of a scenario without some influences; those wanted in every replicate are prepared once."""

    def __init__(self, plan: BarriersPlan) -> None:
        self._plan = plan
        self._places = find_places(plan.scenario)
        self._kept: dict[Some, Prepared] = {}
        self._meaning = mother_columns(plan.scenario, [place.name for place in self._places])

    def keep(self, wanted: Iterable[Some]) -> None:
        """Prepare scenarios that every replicate needs."""
        self._kept |= {some: self.prepared(some) for some in wanted}

    def prepared(self, some: Some) -> Prepared:
        """The scenario without some influences."""
        if some in self._kept:
            return self._kept[some]
        active = self._plan.active
        return prepare(self._plan.taken.without([active[i] for i in some]), self._places)

    def seed_of(self, number: int) -> int:
        """Seed of a replicate."""
        return self._kept[frozenset()].seed_of(number)

    def of(self, number: int, stop: Event) -> "_OneSeed":
        """Runs with the seed of a replicate."""
        return _OneSeed(self, number, stop)

    def masks(self, number: int, stop: Event, populations: Populations) -> list[Mask] | None:
        """Whom to count, by place; everybody if ``None``."""
        if not self._plan.conditions:
            return None
        simulations = simulations_of(self._kept[frozenset()], number, stop, populations)
        return [mask_of(self._plan.conditions, mothers_table(each), self._meaning) for each in simulations]


class _OneSeed:
    """Runs of one replicate: the same mothers with the same luck, whatever is taken away."""

    def __init__(self, runs: _Runs, number: int, stop: Event) -> None:
        self._runs, self._number, self._stop = runs, number, stop
        self._populations = Populations()
        self._masks = runs.masks(number, stop, self._populations)
        self._done: dict[Some, Counted] = {}

    def counted(self, some: Some) -> Counted:
        """What becomes of mothers without some influences."""
        if some not in self._done:
            total = nothing_counted()
            simulations = simulations_of(self._runs.prepared(some), self._number, self._stop, self._populations)
            for place, simulation in enumerate(simulations):
                total = total + count(simulation, self._masks[place] if self._masks else None)
            self._done[some] = total
        return self._done[some]


def _replicate(one: _OneSeed, levels: Sequence[Some], number: int, seed: int) -> BarrierReplicate:
    causes = sum(map(len, levels))
    everything: Some = frozenset(range(causes))
    now, without_any = one.counted(frozenset()), one.counted(everything)
    alone = [one.counted(frozenset({i})).measures - now.measures for i in range(causes)]
    last = [without_any.measures - one.counted(everything - {i}).measures for i in range(causes)]
    single = [frozenset({i}) for i in range(causes)]
    shares = [_along(one, single, order) for order in orders(causes, ORDER_PAIRS, seed)]
    whole = [_along(one, levels, order) for order in all_orders(len(levels))]
    shape = (causes, *now.measures.shape)
    return BarrierReplicate(
        number,
        now,
        without_any,
        np.array(alone).reshape(shape),
        np.array(last).reshape(shape),
        np.mean(shares, axis=0).reshape(shape),
        np.mean(whole, axis=0),
    )


def _along(one: _OneSeed, parts: Sequence[Some], order: NDArray[np.int64]) -> Values:
    """What each part adds when parts are taken away in one order, shape (parts, measures, groups)."""
    taken = (frozenset().union(*(parts[i] for i in order[:k])) for k in range(len(order) + 1))
    return contributions(order, np.array([one.counted(some).measures for some in taken]))
