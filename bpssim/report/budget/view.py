"""A budget, prepared for the sections of its report."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from bpssim.outcomes.summary import DAYS_PER_YEAR
from bpssim.report.formatting import POINTS, Amount
from bpssim.report.summary_lookup import SummaryLookup
from bpssim.scenario.resized.hours import paid_hours_per_week
from bpssim.scenario.scenario import Scenario
from bpssim.statistics.intervals import CONFIDENCE, t_quantile
from bpssim.statistics.paired import level_of_each
from bpssim.studies.budget.rows import LeverPairRow, LeverRow
from bpssim.studies.budget.scaling import TOLERANCE
from bpssim.studies.results_folder.reading import BudgetResults


class LeverView:
    """One lever that can be had, with its numbers as amounts of a year.

    Parameters
    ----------
    row
        Its row of `budget.csv`.
    """

    def __init__(self, row: LeverRow) -> None:
        self.row = row

    @property
    def title(self) -> str:
        """Its name where it stands alone."""
        return self.row.title

    @property
    def label(self) -> str:
        """Its name within a sentence."""
        return f"{self.row.title[:1].lower()}{self.row.title[1:]}"

    @property
    def mothers(self) -> Amount:
        """More mothers breastfeeding at six weeks."""
        row = self.row
        return Amount(row.extra_mothers, row.extra_mothers_lower, row.extra_mothers_upper, "mothers")

    @property
    def mothers_1(self) -> Amount:
        """The same in quintile 1."""
        row = self.row
        return Amount(row.extra_mothers_1, row.extra_mothers_1_lower, row.extra_mothers_1_upper, "mothers")

    @property
    def drawn(self) -> Amount:
        """More mothers over draws of the inputs; undefined without draws."""
        row = self.row
        return Amount(row.drawn_mothers, row.drawn_mothers_lower, row.drawn_mothers_upper, "mothers")

    @property
    def gap(self) -> Amount:
        """Change of the gap at six weeks."""
        return Amount(self.row.gap_change, self.row.gap_change_lower, self.row.gap_change_upper, POINTS)

    @property
    def reach(self) -> Amount:
        """Change of reach."""
        return Amount(self.row.reach_change, self.row.reach_change_lower, self.row.reach_change_upper, POINTS)

    @property
    def cost(self) -> Amount:
        """What it costs more in the runs."""
        return Amount(self.row.extra_cost, self.row.extra_cost_lower, self.row.extra_cost_upper, "GBP")


@dataclass(frozen=True)
class BudgetView:
    """A budget, prepared for its report.

    Parameters
    ----------
    results
        Contents of its folder.
    """

    results: BudgetResults

    @property
    def base(self) -> Scenario:
        """The service as it is."""
        return self.results.scenarios[0]

    @property
    def pounds(self) -> float:
        """Sum a year, negative if it is saved [GBP]."""
        return self.results.manifest.more

    @property
    def money(self) -> str:
        """The sum in words, such as ``£30,000``."""
        return f"\N{POUND SIGN}{abs(self.pounds):,.0f}"

    @property
    def saves(self) -> bool:
        """Whether money is saved, and not spent."""
        return self.pounds < 0.0

    @cached_property
    def levers(self) -> Sequence[LeverView]:
        """Levers that can be had, the best first."""
        return [LeverView(row) for row in self.results.budget if row.scenario]

    @cached_property
    def unavailable(self) -> Sequence[LeverRow]:
        """Levers that cannot be had."""
        return [row for row in self.results.budget if not row.scenario]

    @cached_property
    def _pairs(self) -> dict[tuple[str, str], LeverPairRow]:
        return {(row.lever, row.other): row for row in self.results.budget_pairs}

    @cached_property
    def together(self) -> Sequence[LeverView]:
        """The first lever, and those that are not told apart from it."""
        first, *others = self._by_mean
        return [first, *(each for each in others if not self._told_apart(first, each))]

    @cached_property
    def behind(self) -> Sequence[LeverView]:
        """Levers that are told apart from the first."""
        return [each for each in self._by_mean if each not in self.together]

    @cached_property
    def _by_mean(self) -> Sequence[LeverView]:
        return sorted(self.levers, key=lambda each: -each.mothers.value)

    def _told_apart(self, first: LeverView, second: LeverView) -> bool:
        names = (first.row.lever, second.row.lever)
        row = self._pairs.get(names) or self._pairs.get((names[1], names[0]))
        return row is not None and row.told_apart

    @property
    def replicates(self) -> int:
        """Pairs of runs."""
        return self.results.manifest.replicates

    @property
    def draws(self) -> int:
        """Draws of the inputs."""
        return self.results.manifest.uncertainty.draws if self.results.manifest.uncertainty else 0

    @cached_property
    def summary(self) -> SummaryLookup:
        """The metrics of the base."""
        return SummaryLookup(row for row in self.results.summary if row.scenario == self.base.name)

    @cached_property
    def births(self) -> float:
        """Births a year."""
        return self.a_year(self.summary.value("births"))

    def a_year(self, amount: float) -> float:
        """An amount of the runs as that of a year."""
        return amount * DAYS_PER_YEAR / self.base.run.window_days

    def scenario_of(self, lever: LeverView) -> Scenario:
        """The service with a lever."""
        return next(each for each in self.results.scenarios if each.name == lever.row.scenario)

    def worked_of_added(self, lever: LeverView) -> float:
        """Share of the paid hours that a lever adds which are worked; NaN where it adds hardly any."""
        before, after = (paid_hours_per_week(each) for each in (self.base, self.scenario_of(lever)))
        if after - before < TOLERANCE * before:
            return math.nan
        used = self.summary.value("utilisation_paid")
        return (after * lever.row.paid_hours_used - before * used) / (after - before)

    def beyond_chance(self, amount: Amount) -> bool:
        """Whether a change differs from none, at a level that holds for one such look at every lever (Bonferroni)."""
        if not amount.has_limits or self.replicates < 2:
            return False
        degrees, level = self.replicates - 1, level_of_each(CONFIDENCE, len(self.levers))
        wider = float(t_quantile(degrees, level) / t_quantile(degrees))
        return abs(amount.value) > wider * (amount.upper - amount.lower) / 2.0

    @property
    def out_of_proportion(self) -> Sequence[LeverView]:
        """Levers whose cost in the runs differs from the sum by more than the tolerance."""
        return [each for each in self.levers if abs(each.cost.value - self.pounds) > TOLERANCE * abs(self.pounds)]


def pounds_cell(lever: LeverView) -> str:
    """What a lever costs more in the runs, in whole pounds with its sign."""
    return f"{lever.cost.value:+,.0f}".replace("-", "\N{MINUS SIGN}")
