"""The results of a comparison, and its tables."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from bpssim.outcomes.estimates import Estimates, estimated
from bpssim.outcomes.metrics import Summary
from bpssim.outcomes.summary import SeedRow
from bpssim.studies.comparison.differences import WidestRow, comparison_rows, pairing_rows, widest_rows
from bpssim.studies.comparison.economics import (
    WILLINGNESS,
    as_comparison_row,
    cost_row,
    frontier_rows,
    impact_row,
    net_benefit_rows,
    plane_rows,
)
from bpssim.studies.comparison.not_priced import not_priced
from bpssim.studies.comparison.rows import (
    ChangeRow,
    ComparisonRow,
    CostRow,
    FrontierRow,
    ImpactRow,
    NetBenefitRow,
    PairingRow,
    PlaneRow,
    UncertaintyRow,
)
from bpssim.studies.comparison.stories import ChangedOfRun
from bpssim.studies.comparison.target import Reached
from bpssim.studies.comparison.uncertain import Uncertainty
from bpssim.studies.run import Run, frame_of_rows

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Comparison:
    """Results of scenarios with the same seeds, the base first.

    Parameters
    ----------
    runs
        Results of each scenario, without mothers and contacts.
    changed_sums
        Which mothers each alternative affects.
    precision
        Wanted and reached precision of differences.
    uncertainty
        The same over draws of the uncertain inputs, if there are any.
    """

    runs: tuple[Run, ...]
    changed_sums: Sequence[ChangedOfRun]
    precision: tuple[Reached, ...] = ()
    uncertainty: Uncertainty | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the scenarios."""
        return tuple(run.scenario.name for run in self.runs)

    @cached_property
    def estimates(self) -> tuple[Estimates, ...]:
        """Every metric of each scenario."""
        return tuple(estimated(run.summaries) for run in self.runs)

    @cached_property
    def comparison_rows(self) -> list[ComparisonRow]:
        """Rows of `comparison`."""
        base, *alternatives = self.estimates
        rows = []
        for name, each, costs in zip(self.names[1:], alternatives, self.cost_rows, strict=True):
            rows += [*comparison_rows(name, base, each), as_comparison_row(costs)]
        return rows

    @cached_property
    def pairing_rows(self) -> list[PairingRow]:
        """Rows of `pairing`."""
        base, *alternatives = self.estimates
        named = zip(self.names[1:], alternatives, strict=True)
        return [row for name, each in named for row in pairing_rows(name, base, each)]

    @cached_property
    def changed_rows(self) -> list[ChangeRow]:
        """Rows of `changed`."""
        named = zip(self.names[1:], self.changed_sums, strict=True)
        return [row for name, each in named for row in each.rows(name)]

    @property
    def _summaries(self) -> Sequence[Sequence[Summary]]:
        return [run.summaries for run in self.runs]

    @cached_property
    def cost_rows(self) -> list[CostRow]:
        """Rows of `cost_effectiveness`."""
        base, *alternatives = (run.scenario for run in self.runs)
        return [
            cost_row(name, self._summaries[0], each, not_priced(base, alternative))
            for (name, each), alternative in zip(self._alternatives(), alternatives, strict=True)
        ]

    @cached_property
    def net_benefit_rows(self) -> list[NetBenefitRow]:
        """Rows of `net_benefit`; undefined for alternatives whose cost is not fully priced."""
        shares = self.uncertainty.probability_best(WILLINGNESS) if self.uncertainty else {}
        return [
            row.undefined() if name in self._unpriced else row
            for name, each in self._alternatives()
            for row in net_benefit_rows(name, self._summaries[0], each, shares.get(name))
        ]

    @cached_property
    def _unpriced(self) -> set[str]:
        return {row.scenario for row in self.cost_rows if row.not_priced}

    @cached_property
    def impact_rows(self) -> list[ImpactRow]:
        """Rows of `equity_impact`."""
        return [impact_row(name, self._summaries[0], each) for name, each in self._alternatives()]

    @cached_property
    def frontier_rows(self) -> list[FrontierRow]:
        """Rows of `frontier`."""
        drawn = self.uncertainty.mean_summaries if self.uncertainty else ()
        return frontier_rows(self.names, self._summaries, drawn, self._unpriced)

    @cached_property
    def plane_rows(self) -> list[PlaneRow]:
        """Rows of `plane`: the replicates, or the draws of the inputs if there are any."""
        point, summaries = "replicate", self._summaries
        if self.uncertainty:
            point, summaries = "draw", self.uncertainty.mean_summaries
        named = zip(self.names[1:], summaries[1:], strict=True)
        return [row for name, each in named for row in plane_rows(name, point, summaries[0], each)]

    @cached_property
    def uncertainty_rows(self) -> list[UncertaintyRow]:
        """Rows of `uncertainty`; none without draws."""
        return self.uncertainty.uncertainty_rows() if self.uncertainty else []

    @cached_property
    def widest_rows(self) -> list[WidestRow]:
        """The wider interval of each difference, for headlines."""
        return widest_rows(self.comparison_rows, self.uncertainty_rows)

    def _alternatives(self) -> Iterator[tuple[str, Sequence[Summary]]]:
        return zip(self.names[1:], self._summaries[1:], strict=True)

    @cached_property
    def by_seed(self) -> "pd.DataFrame":
        """Every metric of each scenario by replicate and quintile; equal seeds share their random numbers."""
        return frame_of_rows([row for run in self.runs for row in run.seed_rows()], SeedRow._fields)

    @cached_property
    def comparison(self) -> "pd.DataFrame":
        """The difference of every metric by quintile, with 95 % limits over paired replicates."""
        return frame_of_rows(self.comparison_rows, ComparisonRow._fields)

    @cached_property
    def pairing(self) -> "pd.DataFrame":
        """Half-widths of intervals with common random numbers, and with independent seeds."""
        return frame_of_rows(self.pairing_rows, PairingRow._fields)

    @cached_property
    def cost_effectiveness(self) -> "pd.DataFrame":
        """Cost per additional mother breastfeeding at six weeks, with Fieller limits."""
        return frame_of_rows(self.cost_rows, CostRow._fields)

    @cached_property
    def net_benefit(self) -> "pd.DataFrame":
        """Net benefit at a range of willingness to pay for one additional mother."""
        return frame_of_rows(self.net_benefit_rows, NetBenefitRow._fields)

    @cached_property
    def equity_impact(self) -> "pd.DataFrame":
        """Additional mothers, and equity gain: by how much the gap narrows."""
        return frame_of_rows(self.impact_rows, ImpactRow._fields)

    @cached_property
    def frontier(self) -> "pd.DataFrame":
        """All scenarios by cost: which are on the frontier, and in what share of pairs or draws."""
        return frame_of_rows(self.frontier_rows, FrontierRow._fields)

    @cached_property
    def changed(self) -> "pd.DataFrame":
        """Share of mothers whose story changes, and how, by quintile and attribute."""
        return frame_of_rows(self.changed_rows, ChangeRow._fields)
