"""The results of a run, and its tables."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

from bpssim.model.initial_state import Place
from bpssim.outcomes.between_runs import BetweenRunsRow, between_runs_rows
from bpssim.outcomes.cascade import ANY, CascadeOfRun, CascadeRow, Counts, cascade_rows
from bpssim.outcomes.columns import Columns
from bpssim.outcomes.contacts import contact_columns
from bpssim.outcomes.daily import DAILY, Daily
from bpssim.outcomes.decisions import DecisionRow
from bpssim.outcomes.event_log import event_columns
from bpssim.outcomes.metrics import Summary
from bpssim.outcomes.mothers import mother_columns
from bpssim.outcomes.small_areas import AreaCounts, AreasOfRun, LocalityRow, SmallAreaRow
from bpssim.outcomes.summary import SeedRow, SummaryRow, seed_rows, summary_rows
from bpssim.outcomes.survival_curves import SurvivalOfRun, SurvivalRow, survival_rows
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.with_values import with_values
from bpssim.studies.local_rate.rows import LocalRateRow, local_rate_rows
from bpssim.studies.tables import frame, table

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Replicate:
    """Results of one replicate, all places together.

    Parameters
    ----------
    number
        From 0; the seed is that of the scenario plus this number.
    summary
        Every metric by group.
    cascade
        Mothers by pathway (any pathway last), group, furthest gate and reason.
    survival
        Share of births still breastfeeding, by `bpssim.outcomes.survival_curves.CURVES`, group and age.
    daily
        Daily counts, from the first day of the warm-up.
    decisions
        What was decided, when, why and on which figures.
    areas
        Mothers by small area, of all places one after the other.
    mothers, contacts, events
        Columns; ``None`` if they are not kept.
    """

    number: int
    summary: Summary
    cascade: Counts
    survival: NDArray[np.float64]
    daily: Daily
    areas: AreaCounts
    decisions: tuple[DecisionRow, ...] = ()
    mothers: Columns | None = None
    contacts: Columns | None = None
    events: Columns | None = None


class Details(NamedTuple):
    """Mothers and contacts of one replicate, and its event log if that was asked for."""

    mothers: Columns
    contacts: Columns
    events: Columns | None = None


@dataclass(frozen=True)
class Run:
    """A scenario and the results of its replicates: their summaries, and sums of larger tables.

    Parameters
    ----------
    scenario
        With the seed and the number of replicates that were used.
    places
        Names of the places.
    summaries
        Every metric by group, of each replicate in order.
    cascade_sums, survival_sums
        The cascade and the survival curves over all replicates.
    daily_sums
        Daily counts of all replicates together.
    area_sums
        Small areas over all replicates.
    decision_rows
        Rows of `decisions`.
    details
        Mothers and contacts of each replicate; empty if only the summary is kept, or they were written to files.
    """

    scenario: Scenario
    places: tuple[str, ...]
    summaries: Sequence[Summary]
    cascade_sums: CascadeOfRun
    survival_sums: SurvivalOfRun
    daily_sums: NDArray[np.float64]
    area_sums: AreasOfRun
    decision_rows: Sequence[DecisionRow]
    details: Sequence[Details] = ()

    @table(SummaryRow._fields)
    def summary(self) -> list[SummaryRow]:
        """Every metric by quintile (1 most deprived to 5, and all), mean over replicates with 95 % limits."""
        return summary_rows(self.scenario.name, self.summaries)

    @table(SeedRow._fields)
    def by_seed(self) -> Iterator[SeedRow]:
        """Every metric by replicate and quintile."""
        return seed_rows(self.scenario.name, self.scenario.run.seed, self.summaries)

    @table(CascadeRow._fields)
    def cascade(self) -> list[CascadeRow]:
        """How many mothers passed each gate of each pathway, and how many were lost after it and why."""
        return cascade_rows(self.scenario.name, [*self.scenario.active_pathways(), ANY], self.cascade_sums)

    @table(SurvivalRow._fields)
    def survival(self) -> list[SurvivalRow]:
        """Share of births still breastfeeding, any or exclusively, by baby age and quintile, with 95 % limits."""
        return survival_rows(self.scenario.name, self.survival_sums)

    @table(("scenario", "day", *DAILY))
    def daily(self) -> list[tuple[Any, ...]]:
        """Daily counts, mean over replicates; day 0 is the first of the recruitment window."""
        days = self.daily_sums / len(self.summaries)
        first = -self.scenario.run.warm_up_days
        return [(self.scenario.name, first + day, *row) for day, row in enumerate(days.tolist())]

    @table(BetweenRunsRow._fields)
    def between_runs(self) -> list[BetweenRunsRow]:
        """Variation between single runs: what one year may bring."""
        return between_runs_rows(self.scenario.name, self.summaries)

    @table(DecisionRow._fields)
    def decisions(self) -> list[DecisionRow]:
        """Decisions of the service and others: day, what, why, and the figures that the service saw."""
        return list(self.decision_rows)

    @table(LocalityRow._fields)
    def localities(self) -> list[LocalityRow]:
        """Who is reached by district and ward of real places, those with the most mothers not reached first."""
        return self.area_sums.locality_rows(self.scenario.name)

    @table(SmallAreaRow._fields)
    def small_areas(self) -> Iterator[SmallAreaRow]:
        """Who is reached by small area of real places; areas of one quintile differ by chance alone."""
        return self.area_sums.small_area_rows(self.scenario.name)

    @table(LocalRateRow._fields)
    def local_rate(self) -> list[LocalRateRow]:
        """Local rates as published and as the moved baseline gives them; no rows for a scenario without any."""
        return local_rate_rows(self.scenario)

    @cached_property
    def mothers(self) -> "pd.DataFrame":
        """One row for each mother and replicate.

        Raises
        ------
        ValueError
            If the run kept only its summary.
        """
        tables = [details.mothers for details in self._kept("mothers")]
        return frame(mother_columns(self.scenario, self.places), tables)

    @cached_property
    def contacts(self) -> "pd.DataFrame":
        """One row for each attempt to reach a mother.

        Raises
        ------
        ValueError
            If the run kept only its summary.
        """
        tables = [details.contacts for details in self._kept("contacts")]
        return frame(contact_columns(self.scenario, self.places), tables)

    @cached_property
    def events(self) -> "pd.DataFrame":
        """One row for each event: what happened to mothers, in order.

        Raises
        ------
        ValueError
            If the run kept no events.
        """
        tables = [details.events for details in self.details if details.events is not None]
        if not tables:
            raise ValueError("this run kept no events; run with events=True to get them")
        return frame(event_columns(self.scenario, self.places), tables)

    def _kept(self, name: str) -> Sequence[Details]:
        if not self.details:
            raise ValueError(f"this run kept only its summary; run with details=True to get {name}")
        return self.details


class Summaries(Sequence[Summary]):
    """Summaries of replicates, each kept as one array to save memory."""

    def __init__(self) -> None:
        self._names: tuple[str, ...] = ()
        self._values: list[NDArray[np.float64]] = []

    def append(self, summary: Summary) -> None:
        """Add that of the next replicate, which has the same metrics."""
        self._names = self._names or tuple(summary)
        self._values.append(np.array([summary[name] for name in self._names]))

    def so_far(self) -> "Summaries":
        """Those of the replicates added so far, to which later ones are not added."""
        kept = Summaries()
        kept._names, kept._values = self._names, [*self._values]
        return kept

    def __len__(self) -> int:
        return len(self._values)

    @overload
    def __getitem__(self, number: int) -> Summary: ...

    @overload
    def __getitem__(self, number: slice) -> Sequence[Summary]: ...

    def __getitem__(self, number: int | slice) -> Summary | Sequence[Summary]:
        if isinstance(number, slice):
            return [self[n] for n in range(*number.indices(len(self)))]
        return dict(zip(self._names, self._values[number], strict=True))


class Gathering:
    """Gathers replicates one by one, so that the caller need not keep them.

    Parameters
    ----------
    scenario
        As for `Run`.
    places
        Of the scenario.
    """

    def __init__(self, scenario: Scenario, places: Sequence[Place]) -> None:
        self._scenario, self._places = scenario, places
        self._summaries = Summaries()
        self._cascade = CascadeOfRun(len(scenario.active_pathways()) + 1)
        self._survival = SurvivalOfRun()
        self._daily: NDArray[np.float64] = np.zeros(())
        self._areas = AreasOfRun(places)
        self._decisions: list[DecisionRow] = []
        self._details: list[Details] = []

    def add(self, replicate: Replicate) -> None:
        """Add the next replicate, with its mothers and contacts if it has them."""
        self._summaries.append(replicate.summary)
        self._cascade.add(replicate.cascade)
        self._survival.add(replicate.survival, replicate.summary["births"])
        self._daily = self._daily + replicate.daily
        self._areas.add(replicate.areas)
        self._decisions += replicate.decisions
        if replicate.mothers is not None and replicate.contacts is not None:
            self._details.append(Details(replicate.mothers, replicate.contacts, replicate.events))

    def so_far(self) -> Run:
        """The run made of all replicates added so far, which those added later do not change."""
        cascade, survival, areas = deepcopy((self._cascade, self._survival, self._areas))
        return Run(
            with_values(self._scenario, {("run", "replicates"): len(self._summaries)}),
            tuple(place.name for place in self._places),
            self._summaries.so_far(),
            cascade,
            survival,
            self._daily,
            areas,
            [*self._decisions],
            [*self._details],
        )
