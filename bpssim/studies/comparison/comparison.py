"""The results of a comparison, and its tables."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from bpssim.outcomes.between_runs import BetweenRunsRow
from bpssim.outcomes.cascade import CascadeRow
from bpssim.outcomes.estimates import Estimates, estimated
from bpssim.outcomes.metrics import Summary
from bpssim.outcomes.summary import SeedRow, SummaryRow
from bpssim.outcomes.survival_curves import SurvivalRow
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
from bpssim.studies.local_rate.rows import LocalRateRow
from bpssim.studies.run import Run
from bpssim.studies.tables import table


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

    @table(SummaryRow._fields)
    def summary(self) -> Iterator[SummaryRow]:
        """Every metric of each scenario by quintile, mean over replicates with 95 % limits."""
        return (row for run in self.runs for row in Run.summary.rows(run))

    @table(SeedRow._fields)
    def by_seed(self) -> Iterator[SeedRow]:
        """Every metric of each scenario by replicate and quintile; equal seeds share their random numbers."""
        return (row for run in self.runs for row in Run.by_seed.rows(run))

    @table(CascadeRow._fields)
    def cascade(self) -> Iterator[CascadeRow]:
        """How many mothers passed each gate of each pathway, by scenario, and how many were lost after it and why."""
        return (row for run in self.runs for row in Run.cascade.rows(run))

    @table(SurvivalRow._fields)
    def survival(self) -> Iterator[SurvivalRow]:
        """Share of births still breastfeeding by scenario, baby age and quintile, with 95 % limits."""
        return (row for run in self.runs for row in Run.survival.rows(run))

    @table(BetweenRunsRow._fields)
    def between_runs(self) -> Iterator[BetweenRunsRow]:
        """Variation between single runs of each scenario."""
        return (row for run in self.runs for row in Run.between_runs.rows(run))

    @table(LocalRateRow._fields)
    def local_rate(self) -> list[LocalRateRow]:
        """Local rates as published and as the moved baseline gives them in the base; no rows if it has none."""
        return Run.local_rate.rows(self.runs[0])

    @table(ComparisonRow._fields)
    def comparison(self) -> list[ComparisonRow]:
        """The difference of every metric by quintile, with 95 % limits over paired replicates."""
        base, *alternatives = self.estimates
        rows = []
        for name, alternative, costs in zip(self.names[1:], alternatives, self._cost_rows, strict=True):
            rows += [*comparison_rows(name, base, alternative), as_comparison_row(costs)]
        return rows

    @table(PairingRow._fields)
    def pairing(self) -> list[PairingRow]:
        """Half-widths of intervals with common random numbers, and with independent seeds."""
        base, *alternatives = self.estimates
        named = zip(self.names[1:], alternatives, strict=True)
        return [row for name, alternative in named for row in pairing_rows(name, base, alternative)]

    @table(ChangeRow._fields)
    def changed(self) -> list[ChangeRow]:
        """Share of mothers whose story changes, and how, by quintile and attribute."""
        named = zip(self.names[1:], self.changed_sums, strict=True)
        return [row for name, changed in named for row in changed.rows(name)]

    @table(CostRow._fields)
    def cost_effectiveness(self) -> list[CostRow]:
        """Cost per additional mother breastfeeding at six weeks, with Fieller limits."""
        base, *alternatives = (run.scenario for run in self.runs)
        return [
            cost_row(name, self._summaries[0], summaries, not_priced(base, alternative))
            for (name, summaries), alternative in zip(self._alternatives(), alternatives, strict=True)
        ]

    @table(NetBenefitRow._fields)
    def net_benefit(self) -> list[NetBenefitRow]:
        """Net benefit at a range of willingness to pay; undefined for alternatives that are not fully priced."""
        shares = self.uncertainty.probability_best(WILLINGNESS) if self.uncertainty else {}
        return [
            row.undefined() if name in self.unpriced else row
            for name, summaries in self._alternatives()
            for row in net_benefit_rows(name, self._summaries[0], summaries, shares.get(name))
        ]

    @table(ImpactRow._fields)
    def equity_impact(self) -> list[ImpactRow]:
        """Additional mothers, and equity gain: by how much the gap narrows."""
        return [impact_row(name, self._summaries[0], summaries) for name, summaries in self._alternatives()]

    @table(FrontierRow._fields)
    def frontier(self) -> list[FrontierRow]:
        """All scenarios by cost: which are on the frontier, and in what share of pairs or draws."""
        drawn = self.uncertainty.mean_summaries if self.uncertainty else ()
        return frontier_rows(self.names, self._summaries, drawn, self.unpriced)

    @table(PlaneRow._fields)
    def plane(self) -> list[PlaneRow]:
        """Changes in cost, mothers and equity by replicate, or by draw of the inputs if there are any."""
        point, summaries = "replicate", self._summaries
        if self.uncertainty:
            point, summaries = "draw", self.uncertainty.mean_summaries
        named = zip(self.names[1:], summaries[1:], strict=True)
        return [row for name, alternative in named for row in plane_rows(name, point, summaries[0], alternative)]

    @cached_property
    def uncertainty_rows(self) -> list[UncertaintyRow]:
        """Rows of `uncertainty.csv`; none without draws."""
        return self.uncertainty.uncertainty_rows() if self.uncertainty else []

    @property
    def widest_rows(self) -> list[WidestRow]:
        """The wider interval of each difference, for headlines."""
        return widest_rows(Comparison.comparison.rows(self), self.uncertainty_rows)

    @property
    def _summaries(self) -> Sequence[Sequence[Summary]]:
        return [run.summaries for run in self.runs]

    def _alternatives(self) -> Iterator[tuple[str, Sequence[Summary]]]:
        return zip(self.names[1:], self._summaries[1:], strict=True)

    @property
    def _cost_rows(self) -> list[CostRow]:
        return Comparison.cost_effectiveness.rows(self)

    @property
    def unpriced(self) -> set[str]:
        """Alternatives of whose cost a part has no price."""
        return {row.scenario for row in self._cost_rows if row.not_priced}
