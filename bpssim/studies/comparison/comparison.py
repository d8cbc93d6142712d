"""What is kept of a comparison, and the tables that people ask of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from bpssim.outcomes.estimates import Estimates, estimated
from bpssim.studies.comparison.differences import comparison_rows, pairing_rows
from bpssim.studies.comparison.pairs import Paired
from bpssim.studies.comparison.rows import ChangeRow, ComparisonRow, PairingRow
from bpssim.studies.comparison.stories import changed_rows
from bpssim.studies.comparison.target import Reached
from bpssim.studies.run import Run, frame_of_rows

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Comparison:
    """Scenarios with the same seeds, the base first.

    Parameters
    ----------
    runs
        What came out of each scenario, without mothers and contacts.
    pairs
        The same by replicate.
    precision
        What was asked of the precision of differences, and what was reached.
    """

    runs: tuple[Run, ...]
    pairs: Sequence[Paired]
    precision: tuple[Reached, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the scenarios."""
        return tuple(run.scenario.name for run in self.runs)

    @cached_property
    def estimates(self) -> tuple[Estimates, ...]:
        """Every metric of each scenario."""
        return tuple(estimated([replicate.summary for replicate in run.replicates]) for run in self.runs)

    @cached_property
    def comparison_rows(self) -> list[ComparisonRow]:
        """Rows of `comparison`."""
        base, *alternatives = self.estimates
        named = zip(self.names[1:], alternatives, strict=True)
        return [row for name, each in named for row in comparison_rows(name, base, each)]

    @cached_property
    def pairing_rows(self) -> list[PairingRow]:
        """Rows of `pairing`."""
        base, *alternatives = self.estimates
        named = zip(self.names[1:], alternatives, strict=True)
        return [row for name, each in named for row in pairing_rows(name, base, each)]

    @cached_property
    def changed_rows(self) -> list[ChangeRow]:
        """Rows of `changed`."""
        named = enumerate(self.names[1:])
        return [row for k, name in named for row in changed_rows(name, [pair.changed[k] for pair in self.pairs])]

    @cached_property
    def comparison(self) -> "pd.DataFrame":
        """The difference of every metric by quintile, with 95 % limits over paired replicates."""
        return frame_of_rows(self.comparison_rows, ComparisonRow._fields)

    @cached_property
    def pairing(self) -> "pd.DataFrame":
        """How wide the intervals are, and how wide they would be with independent seeds."""
        return frame_of_rows(self.pairing_rows, PairingRow._fields)

    @cached_property
    def changed(self) -> "pd.DataFrame":
        """Share of mothers whose story changed, and how, by quintile and attribute."""
        return frame_of_rows(self.changed_rows, ChangeRow._fields)
