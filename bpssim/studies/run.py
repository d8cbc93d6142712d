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
from bpssim.outcomes.events import EventRow
from bpssim.outcomes.mothers import mother_columns
from bpssim.outcomes.summary import Summary, SummaryRow, summary_rows
from bpssim.scenario.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd


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
    events
        What was decided.
    mothers, contacts
        Columns; ``None`` if only the summary was asked for.
    """

    number: int
    summary: Summary
    cascade: NDArray[np.int32]
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
    def cascade_rows(self) -> list[CascadeRow]:
        """Rows of `cascade`."""
        pathways = [*self.scenario.active_pathways(), ANY]
        return cascade_rows(self.scenario.name, pathways, np.array([each.cascade for each in self.replicates]))

    @cached_property
    def event_rows(self) -> list[EventRow]:
        """Rows of `events`."""
        return [event for each in self.replicates for event in each.events]

    @cached_property
    def summary(self) -> "pd.DataFrame":
        """Every metric by quintile (1 most deprived to 5, and all), mean over replicates with 95 % limits."""
        return _frame_of_rows(self.summary_rows, SummaryRow._fields)

    @cached_property
    def cascade(self) -> "pd.DataFrame":
        """How many mothers passed each gate of each pathway, and how many were lost there and why."""
        return _frame_of_rows(self.cascade_rows, CascadeRow._fields)

    @cached_property
    def events(self) -> "pd.DataFrame":
        """What the service and others decided: day, what, why, and the figures that the service saw."""
        return _frame_of_rows(self.event_rows, EventRow._fields)

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


def _frame_of_rows(rows: Sequence[tuple[Any, ...]], names: Sequence[str]) -> "pd.DataFrame":
    import pandas as pd

    return pd.DataFrame(rows, columns=list(names))
