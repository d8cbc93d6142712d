"""A comparison, prepared for the sections of its report."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property

from bpssim.report.formatting import POINTS, Amount, opposite, scaled
from bpssim.report.periods import period_in_words
from bpssim.report.summary_lookup import SummaryLookup
from bpssim.scenario.describing import PERCENT
from bpssim.scenario.scenario import Scenario
from bpssim.statistics.groups import GROUPS
from bpssim.studies.comparison.changes import InputChange
from bpssim.studies.comparison.differences import PAIRS, WidestRow, widest_rows
from bpssim.studies.comparison.rows import ChangeRow, ComparisonRow, CostRow, ImpactRow, UncertaintyRow
from bpssim.studies.results_folder.reading import ComparisonResults

NOTHING = Amount(math.nan, math.nan, math.nan, "")


class Effect(Enum):
    """Effect of a change in the pairs of runs."""

    NOTHING = auto()  # the runs are identical
    NO_MOTHER = auto()  # no mother's story differs, but something else does
    SOME = auto()


@dataclass(frozen=True)
class Alternative:
    """One alternative against the base.

    Parameters
    ----------
    name
        Name in the files.
    label
        Name on the page.
    changes
        Inputs that it changes.
    differences
        Rows of `comparison.csv`, by metric and group.
    widest
        The same, with the wider of the intervals over pairs and over draws.
    drawn
        Rows of `uncertainty.csv`; empty without draws.
    stories
        Rows of `changed.csv`, by attribute, value and measure.
    cost, impact
        Its row of `cost_effectiveness.csv` and of `equity_impact.csv`.
    births
        Births of the base by group.
    """

    name: str
    label: str
    changes: Sequence[InputChange]
    differences: dict[tuple[str, str], ComparisonRow]
    widest: dict[tuple[str, str], WidestRow]
    drawn: dict[tuple[str, str], UncertaintyRow]
    stories: dict[tuple[str, str, str], ChangeRow]
    cost: CostRow
    impact: ImpactRow
    births: dict[str, float]

    def difference(self, metric: str, group: str = "all") -> Amount:
        """Difference in a metric, shares in percentage points; undefined if the metric does not exist for the group."""
        return difference_of(self.differences.get((metric, group)))

    @cached_property
    def effect(self) -> Effect:
        """Effect of the change."""
        if not any(map(_differs, self.differences.values())) and all(map(_is_same, self.drawn.values())):
            return Effect.NOTHING
        untouched = self.story("changed").value == 0.0
        return Effect.NO_MOTHER if untouched and not self.drawn else Effect.SOME

    def headline_difference(self, metric: str, group: str = "all") -> Amount:
        """A difference with the wider of its intervals, for a headline."""
        return difference_of(self.widest.get((metric, group)))

    def is_over_draws(self, metric: str, group: str = "all") -> bool:
        """Whether the wider interval is over draws of the inputs."""
        row = self.widest.get((metric, group))
        return row is not None and row.kind not in ("", PAIRS)

    def detectable(self, metric: str, group: str = "all") -> float:
        """Difference detectable with 90 % power; NaN without an interval, or if it is over draws."""
        row = self.differences.get((metric, group))
        return math.nan if row is None or self.is_over_draws(metric, group) else row.detectable

    def extra_mothers(self, group: str) -> Amount:
        """Additional mothers breastfeeding at six weeks, with the wider of the intervals."""
        if group == "all" and not self.is_over_draws("any_6w"):
            row = self.impact
            return Amount(row.extra_mothers, row.extra_mothers_lower, row.extra_mothers_upper, "mothers")
        return scaled(self.headline_difference("any_6w", group), self.births[group], "mothers")

    @property
    def extra_cost(self) -> Amount:
        """Incremental cost, with the wider of the intervals."""
        return self.headline_difference("cost_total")

    @property
    def narrowing(self) -> Amount:
        """Reduction of the gap at six weeks, whatever its sign; undefined if the gap reverses."""
        gap = self.differences["gap_any_6w", "all"]
        difference = self.headline_difference("gap_any_6w")
        if not gap.base * gap.alternative > 0.0:
            return NOTHING
        return opposite(difference) if gap.base > 0.0 else difference

    @property
    def flattening(self) -> Amount:
        """Reduction of the gradient by deprivation, with the wider of its intervals."""
        row, slope = self.impact, self.differences["sii_any_6w", "all"]
        if self.is_over_draws("sii_any_6w") and slope.base * slope.alternative > 0.0:
            change = self.headline_difference("sii_any_6w")
            return opposite(change) if slope.base > 0.0 else change
        return Amount(row.equity_gain, row.equity_gain_lower, row.equity_gain_upper, POINTS)

    def story(self, measure: str, attribute: str = "all", value: str = "all") -> Amount:
        """Share of the mothers of one kind whose story changed in this way."""
        row = self.stories.get((attribute, value, measure))
        return Amount(row.estimate, row.lower, row.upper, row.unit) if row else NOTHING

    def story_of(self, measure: str, group: str) -> Amount:
        """The same for one quintile or for all mothers."""
        return self.story(measure) if group == "all" else self.story(measure, "quintile", group)


def difference_of(row: ComparisonRow | UncertaintyRow | WidestRow | None) -> Amount:
    """Return the difference in a row, shares in percentage points; undefined without a row."""
    if row is None:
        return NOTHING
    return Amount(row.difference, row.lower, row.upper, POINTS if row.unit == "share" else row.unit)


def _differs(row: ComparisonRow) -> bool:
    """Whether a metric differs in any pair; a metric that exists in one scenario only differs."""
    exists_once = math.isnan(row.base) != math.isnan(row.alternative)
    return abs(row.difference) > 0.0 or row.upper > row.lower or exists_once


def _is_same(row: UncertaintyRow) -> bool:
    return math.isnan(row.probability_same) or row.probability_same == 1.0


@dataclass(frozen=True)
class ComparisonView:
    """Results of a comparison, with what several sections need from them."""

    results: ComparisonResults

    @property
    def base(self) -> Scenario:
        """The scenario that alternatives are compared with."""
        return self.results.scenarios[0]

    @property
    def replicates(self) -> int:
        """Number of pairs of runs."""
        return self.results.manifest.replicates

    @property
    def draws(self) -> int:
        """Number of draws of the inputs; 0 if they were not drawn."""
        drawn = self.results.manifest.uncertainty
        return drawn.draws if drawn else 0

    @cached_property
    def summary(self) -> SummaryLookup:
        """The summary of the base."""
        return self.summary_of(self.base.name)

    def summary_of(self, scenario: str) -> SummaryLookup:
        """The summary of one scenario."""
        return SummaryLookup(row for row in self.results.summary if row.scenario == scenario)

    @cached_property
    def labels(self) -> dict[str, str]:
        """Names of scenarios on the page: without the base's name in front, and without underscores."""
        base = self.base.name
        return {each.name: each.name.removeprefix(f"{base}_").replace("_", " ") for each in self.results.scenarios}

    @cached_property
    def touching(self) -> list[Alternative]:
        """Alternatives that change some mother's story; the others need no figure."""
        return [each for each in self.alternatives if each.effect is Effect.SOME]

    @cached_property
    def _widest(self) -> list[WidestRow]:
        return widest_rows(self.results.comparison, self.results.uncertainty)

    @cached_property
    def alternatives(self) -> list[Alternative]:
        """Every alternative, in the order given."""
        births = {group: self.summary.value("births", group) for group in GROUPS}
        return [self._alternative(each.name, births) for each in self.results.scenarios[1:]]

    def _alternative(self, name: str, births: dict[str, float]) -> Alternative:
        results = self.results
        differences = {(row.metric, row.quintile): row for row in results.comparison if row.scenario == name}
        changed = (row for row in results.changed if row.scenario == name)
        return Alternative(
            name,
            self.labels[name],
            results.manifest.differences[name],
            differences,
            {(row.metric, row.quintile): row for row in self._widest if row.scenario == name},
            {(row.metric, row.quintile): row for row in results.uncertainty if row.scenario == name},
            {(row.attribute, row.value, row.measure): row for row in changed},
            next(row for row in results.cost_effectiveness if row.scenario == name),
            next(row for row in results.equity_impact if row.scenario == name),
            births,
        )

    @property
    def period(self) -> str:
        """Length of the recruitment window."""
        return period_in_words(self.base.run.window_days)

    @property
    def pairs(self) -> str:
        """Number of pairs of runs, in words."""
        return "one pair of runs" if self.replicates == 1 else f"{self.replicates} pairs of runs"

    @property
    def ranges(self) -> str:
        """Sentence on what the intervals are."""
        if self.replicates == 1:
            return "This is one pair of runs, so there are no intervals; more runs give them."
        drawn = " Where it says so, they hold what draws of the inputs may bring, which is wider." if self.draws else ""
        return (
            f"Ranges in brackets, ± and bars are 95{PERCENT} intervals over {self.pairs} with the same mothers and the "
            f"same luck: they say what more runs would change, and nothing about how sure the inputs are.{drawn}"
        )
