"""Results of a study, looked up by factor, level, metric and group."""

import math
from collections.abc import Sequence
from functools import cached_property

from bpssim.outcomes.metrics import METRICS
from bpssim.report.formatting import POINTS, Amount, cell, change_cell
from bpssim.studies.results_folder.reading import StudyResults
from bpssim.studies.sensitivity.varied import Varied, varied
from bpssim.studies.sweep.estimates import SCENARIO, EffectRow, PointRow

_DIFFERENCES = {"gap_any_6w", "sii_any_6w"}
_FIRST = ("any_6w", "reach_ever", "gap_any_6w")
_MOST_SHOWN = 4

Key = tuple[str, str, str]
"""Scenario, factor and level."""


class StudyView:
    """Results of a study for pages and the terminal.

    Parameters
    ----------
    results
        Contents of its folder.
    """

    def __init__(self, results: StudyResults) -> None:
        self.results = results
        self._effects = {
            (row.scenario, row.factor, row.level, row.metric, row.quintile): row for row in results.effects
        }

    @cached_property
    def _points(self) -> dict[tuple[int, str, str], PointRow]:
        return {(row.number, row.metric, row.quintile): row for row in self.results.summary}

    @cached_property
    def metrics(self) -> list[str]:
        """Metrics that sentences and figures are about, the most important first."""
        there = list(dict.fromkeys(row.metric for row in self.results.summary))
        first = [metric for metric in _FIRST if metric in there]
        own = [metric for metric in self.results.study.outcomes if metric in there]
        return list(dict.fromkeys([*(own or first), *first]))[:_MOST_SHOWN]

    @cached_property
    def factors(self) -> list[tuple[str, str]]:
        """Scenario and factor of each set of effects; scenarios themselves last."""
        return list(dict.fromkeys((row.scenario, row.factor) for row in self.results.effects))

    def levels(self, scenario: str, factor: str) -> list[str]:
        """Levels of a factor, in the order of the study."""
        return list(
            dict.fromkeys(row.level for row in self.results.effects if (row.scenario, row.factor) == (scenario, factor))
        )

    def groups(self, metric: str) -> Sequence[str]:
        """Groups that are shown of a metric."""
        return ("all", "1", "5") if metric in METRICS and METRICS[metric].by_quintile else ("all",)

    def effect(self, key: Key, metric: str, group: str = "all") -> EffectRow | None:
        """The effect of a level."""
        return self._effects.get((*key, metric, group))

    def value(self, key: Key, metric: str, group: str = "all") -> Amount:
        """The value at a level, without limits."""
        row = self.effect(key, metric, group)
        value = row.value if row else math.nan
        return Amount(value, math.nan, math.nan, self.unit(metric))

    def difference(self, key: Key, metric: str, group: str = "all") -> Amount:
        """The difference from the first level, paired by seeds."""
        row = self.effect(key, metric, group)
        unit = self.unit_of_difference(metric)
        if row is None:
            return Amount(math.nan, math.nan, math.nan, unit)
        return Amount(row.difference, row.lower, row.upper, unit)

    def with_difference(self, key: Key, metric: str, group: str = "all") -> str:
        """The value at a level, and in brackets its difference from the first level, which has none."""
        if self.effect(key, metric, group) is None:
            return ""
        value, first = cell(self.value(key, metric, group)), self.levels(*key[:2])[0]
        return value if key[2] == first else f"{value} [{change_cell(self.difference(key, metric, group))}]"

    def point(self, number: int, metric: str, group: str = "all") -> Amount:
        """The value of a point; undefined if it failed."""
        row = self._points.get((number, metric, group))
        if row is None:
            return Amount(math.nan, math.nan, math.nan, self.unit(metric))
        return Amount(row.value, row.lower, row.upper, self.unit(metric))

    def change(self, number: int, metric: str, group: str = "all") -> Amount:
        """The difference of a point from the first one, paired by seeds; undefined if it failed."""
        row = self._points.get((number, metric, group))
        unit = self.unit_of_difference(metric)
        if row is None:
            return Amount(math.nan, math.nan, math.nan, unit)
        return Amount(row.difference, row.difference_lower, row.difference_upper, unit)

    def places(self, factor: str) -> list[str]:
        """Levels of a factor as points have them, in order."""
        return list(dict.fromkeys(point[factor] for point in self.results.points))

    def unit(self, metric: str) -> str:
        """Unit of a metric as it is shown."""
        if metric in _DIFFERENCES:
            return POINTS
        return next((row.unit for row in self.results.summary if row.metric == metric), "")

    def unit_of_difference(self, metric: str) -> str:
        """Unit of differences in a metric."""
        return POINTS if self.unit(metric) in ("share", POINTS) else self.unit(metric)

    def why_unread(self, factor: str, scenario: str) -> str:
        """Why nothing in a scenario reads what a factor varies; empty if something does, or for the scenarios."""
        return self._varied[factor].unread_in(scenario) if factor in self._varied else ""

    @cached_property
    def _varied(self) -> dict[str, Varied]:
        return varied(self.results.study.factors, self.results.scenarios)

    @property
    def failed(self) -> int:
        """Points that could not be run."""
        return self.results.manifest.failed

    @property
    def samples(self) -> bool:
        """Whether its design samples ranges."""
        return self.results.study.design.kind in ("latin_hypercube", "sobol", "morris")

    @property
    def unlevelled(self) -> bool:
        """Whether factors have ranges that no levels stand for, so that they have no effects of their own."""
        return bool(self.results.study.factors) and not any(factor != SCENARIO for _, factor in self.factors)


def level_named(level: str) -> str:
    """A level in words, numbers with three figures."""
    try:
        return f"{float(level):.3g}"
    except ValueError:
        return level or "as it is"
