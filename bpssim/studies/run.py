"""What is kept of a run, and the tables that people ask of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from bpssim.outcomes.cascade import ANY, CascadeRow, cascade_rows
from bpssim.outcomes.columns import Columns
from bpssim.outcomes.contacts import contact_columns
from bpssim.outcomes.daily import DAILY, Daily
from bpssim.outcomes.events import EventRow
from bpssim.outcomes.metrics import Summary
from bpssim.outcomes.mothers import mother_columns
from bpssim.outcomes.spread import SpreadRow, spread_rows
from bpssim.outcomes.summary import SeedRow, SummaryRow, seed_rows, summary_rows
from bpssim.outcomes.survival_curves import SurvivalRow, survival_rows
from bpssim.scenario.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

DAILY_HEADER = ("scenario", "day", *DAILY)
"""Columns of `daily.csv`."""


@dataclass(frozen=True)
class Replicate:
    """What is kept of one replicate, all places together.

    Parameters
    ----------
    number
        From 0; the seed is that of the scenario plus this number.
    summary
        Every metric by group.
    cascade
        Mothers by pathway (any pathway last), group, furthest gate and reason.
    survival
        Share of births still breastfeeding: by `bpssim.outcomes.survival_curves.CURVES`, group and age.
    daily
        What happened on each day, from the first of the warm-up.
    events
        What was decided.
    mothers, contacts
        Columns; ``None`` if only the summary was asked for.
    """

    number: int
    summary: Summary
    cascade: NDArray[np.int32]
    survival: NDArray[np.float64]
    daily: Daily
    events: tuple[EventRow, ...] = ()
    mothers: Columns | None = None
    contacts: Columns | None = None


@dataclass(frozen=True)
class Run:
    """A scenario, and what came out of each replicate.

    Parameters
    ----------
    scenario
        With the seed and the number of replicates that were used.
    places
        Names of the places.
    replicates
        In order of their numbers.
    """

    scenario: Scenario
    places: tuple[str, ...]
    replicates: Sequence[Replicate]

    @cached_property
    def summary_rows(self) -> list[SummaryRow]:
        """Rows of `summary`."""
        return summary_rows(self.scenario.name, [replicate.summary for replicate in self.replicates])

    @cached_property
    def seed_rows(self) -> list[SeedRow]:
        """Rows of `by_seed`."""
        first = self.scenario.run.seed
        return seed_rows(
            self.scenario.name, ((each.number, first + each.number, each.summary) for each in self.replicates)
        )

    @cached_property
    def cascade_rows(self) -> list[CascadeRow]:
        """Rows of `cascade`."""
        pathways = [*self.scenario.active_pathways(), ANY]
        return cascade_rows(self.scenario.name, pathways, np.array([each.cascade for each in self.replicates]))

    @cached_property
    def survival_rows(self) -> list[SurvivalRow]:
        """Rows of `survival`."""
        births = np.array([each.summary["births"] for each in self.replicates])
        return survival_rows(self.scenario.name, np.array([each.survival for each in self.replicates]), births)

    @cached_property
    def daily_rows(self) -> list[tuple[Any, ...]]:
        """Rows of `daily`."""
        days = np.mean([each.daily for each in self.replicates], axis=0, dtype=float)
        first = -self.scenario.run.warm_up_days
        return [(self.scenario.name, first + day, *row) for day, row in enumerate(days.tolist())]

    @cached_property
    def spread_rows(self) -> list[SpreadRow]:
        """Rows of `spread`."""
        return spread_rows(self.scenario.name, [replicate.summary for replicate in self.replicates])

    @cached_property
    def event_rows(self) -> list[EventRow]:
        """Rows of `events`."""
        return [event for each in self.replicates for event in each.events]

    @cached_property
    def summary(self) -> "pd.DataFrame":
        """Every metric by quintile (1 most deprived to 5, and all), mean over replicates with 95 % limits."""
        return frame_of_rows(self.summary_rows, SummaryRow._fields)

    @cached_property
    def by_seed(self) -> "pd.DataFrame":
        """Every metric by replicate and quintile, one row for each."""
        return frame_of_rows(self.seed_rows, SeedRow._fields)

    @cached_property
    def cascade(self) -> "pd.DataFrame":
        """How many mothers passed each gate of each pathway, and how many were lost there and why."""
        return frame_of_rows(self.cascade_rows, CascadeRow._fields)

    @cached_property
    def survival(self) -> "pd.DataFrame":
        """Share of births still breastfeeding, any or exclusively, by baby age and quintile, with 95 % limits."""
        return frame_of_rows(self.survival_rows, SurvivalRow._fields)

    @cached_property
    def daily(self) -> "pd.DataFrame":
        """What happened on each day, mean over replicates; day 0 is the first of the recruitment window."""
        return frame_of_rows(self.daily_rows, DAILY_HEADER)

    @cached_property
    def spread(self) -> "pd.DataFrame":
        """How far single replicates lie from the mean: what one year may bring."""
        return frame_of_rows(self.spread_rows, SpreadRow._fields)

    @cached_property
    def events(self) -> "pd.DataFrame":
        """What the service and others decided: day, what, why, and the figures that the service saw."""
        return frame_of_rows(self.event_rows, EventRow._fields)

    @cached_property
    def mothers(self) -> "pd.DataFrame":
        """One row for each mother and replicate.

        Raises
        ------
        ValueError
            If the run kept its summary only.
        """
        from bpssim.studies.frames import frame

        return frame(mother_columns(self.scenario, self.places), self._kept("mothers"))

    @cached_property
    def contacts(self) -> "pd.DataFrame":
        """One row for each attempt to reach a mother.

        Raises
        ------
        ValueError
            If the run kept its summary only.
        """
        from bpssim.studies.frames import frame

        return frame(contact_columns(self.scenario, self.places), self._kept("contacts"))

    def _kept(self, name: str) -> dict[int, Columns]:
        tables: dict[int, Columns | None] = {each.number: getattr(each, name) for each in self.replicates}
        kept = {number: table for number, table in tables.items() if table is not None}
        if len(kept) < len(tables):
            raise ValueError(f"this run kept its summary only; run with details=True to get {name}")
        return kept


def frame_of_rows(rows: Sequence[tuple[Any, ...]], header: Sequence[str]) -> "pd.DataFrame":
    """Rows as a table, also if there are none."""
    import pandas as pd  # here, because results can be kept without it

    return pd.DataFrame(rows, columns=list(header))
