"""A comparison as the sections of its report look at it."""

import math
from dataclasses import dataclass
from functools import cached_property

from bpssim.report.amounts import POINTS, Amount, scaled
from bpssim.report.found import Found
from bpssim.report.periods import period_in_words
from bpssim.scenario.scenario import Scenario
from bpssim.studies.comparison.rows import ChangeRow, ComparisonRow, CostRow, ImpactRow
from bpssim.studies.reading import ComparisonResults

NOTHING = Amount(math.nan, math.nan, math.nan, "")


@dataclass(frozen=True)
class Alternative:
    """One alternative against the base.

    Parameters
    ----------
    name
        As in the files.
    label
        As it is called on the page.
    differences
        Rows of `comparison.csv`, by metric and group.
    stories
        Rows of `changed.csv`, by attribute, value and measure.
    cost, impact
        Its row of `cost_effectiveness.csv` and of `equity_impact.csv`.
    births
        Births of the base by group.
    """

    name: str
    label: str
    differences: dict[tuple[str, str], ComparisonRow]
    stories: dict[tuple[str, str, str], ChangeRow]
    cost: CostRow
    impact: ImpactRow
    births: dict[str, float]

    def difference(self, metric: str, group: str = "all") -> Amount:
        """Difference of a metric from the base, shares in points; undefined if the metric does not exist there."""
        row = self.differences.get((metric, group))
        if row is None:
            return NOTHING
        return Amount(row.difference, row.lower, row.upper, POINTS if row.unit == "share" else row.unit)

    def extra_mothers(self, group: str) -> Amount:
        """Additional mothers who are breastfeeding at six weeks."""
        if group == "all":
            row = self.impact
            return Amount(row.extra_mothers, row.extra_mothers_lower, row.extra_mothers_upper, "mothers")
        return scaled(self.difference("any_6w", group), self.births[group], "mothers")

    @property
    def extra_cost(self) -> Amount:
        """What it costs more."""
        return Amount(self.cost.extra_cost, self.cost.extra_cost_lower, self.cost.extra_cost_upper, "GBP")

    @property
    def narrowing(self) -> Amount:
        """By how much the gap at six weeks becomes smaller, whichever way it leans; undefined if it turns round."""
        gap = self.differences["gap_any_6w", "all"]
        difference = self.difference("gap_any_6w")
        if not gap.base * gap.alternative > 0.0:
            return NOTHING
        if gap.base < 0.0:
            return difference
        return Amount(-difference.value, -difference.upper, -difference.lower, POINTS)

    @property
    def flattening(self) -> Amount:
        """By how much the gradient by deprivation comes nearer to 0."""
        row = self.impact
        return Amount(row.equity_gain, row.equity_gain_lower, row.equity_gain_upper, POINTS)

    def story(self, measure: str, attribute: str = "all", value: str = "all") -> Amount:
        """Of the mothers of one kind, the share whose story changed so."""
        row = self.stories.get((attribute, value, measure))
        return Amount(row.estimate, row.lower, row.upper, row.unit) if row else NOTHING

    def story_of(self, measure: str, group: str) -> Amount:
        """The same for a quintile or for all."""
        return self.story(measure) if group == "all" else self.story(measure, "quintile", group)


@dataclass(frozen=True)
class ComparisonView:
    """Results of a comparison, and what many sections ask of them."""

    results: ComparisonResults

    @property
    def base(self) -> Scenario:
        """What the alternatives are compared with."""
        return self.results.scenarios[0]

    @property
    def replicates(self) -> int:
        """Number of pairs of runs."""
        return int(self.results.manifest["replicates"])

    @property
    def draws(self) -> int:
        """Number of draws of the inputs; 0 if they were not drawn."""
        drawn = self.results.manifest["uncertainty"]
        return int(drawn["draws"]) if drawn else 0

    @cached_property
    def found(self) -> Found:
        """The summary of the base."""
        return self.found_of(self.base.name)

    def found_of(self, scenario: str) -> Found:
        """The summary of one scenario."""
        return Found(row for row in self.results.summary if row.scenario == scenario)

    @cached_property
    def labels(self) -> dict[str, str]:
        """What scenarios are called on the page: without the name of the base in front, and without underscores."""
        base = self.base.name
        return {each.name: each.name.removeprefix(f"{base}_").replace("_", " ") for each in self.results.scenarios}

    @cached_property
    def alternatives(self) -> list[Alternative]:
        """Every alternative, in the order in which they were named."""
        births = {group: self.found.value("births", group) for group in ("1", "2", "3", "4", "5", "all")}
        return [self._alternative(each.name, births) for each in self.results.scenarios[1:]]

    def _alternative(self, name: str, births: dict[str, float]) -> Alternative:
        results = self.results
        differences = {(row.metric, row.quintile): row for row in results.comparison if row.scenario == name}
        changed = (row for row in results.changed if row.scenario == name)
        return Alternative(
            name,
            self.labels[name],
            differences,
            {(row.attribute, row.value, row.measure): row for row in changed},
            next(row for row in results.costs if row.scenario == name),
            next(row for row in results.impacts if row.scenario == name),
            births,
        )

    @property
    def period(self) -> str:
        """Length of the recruitment window."""
        return period_in_words(self.base.run.window_days)

    @property
    def ranges(self) -> str:
        """What the limits are."""
        if self.replicates == 1:
            return "This is one pair of runs, so there are no intervals; more runs give them."
        return (
            f"Ranges in brackets, ± and bars are 95 % intervals over {self.replicates} pairs of runs with the same "
            "mothers and the same luck: they say what more runs would change, and nothing about how sure the inputs "
            "are."
        )
