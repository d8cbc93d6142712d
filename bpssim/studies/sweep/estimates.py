"""Estimates of every point of a study, and differences between points, over the seeds that they share."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.outcomes.estimates import Estimates, estimated
from bpssim.outcomes.metrics import METRICS, Summary
from bpssim.statistics.groups import GROUPS
from bpssim.statistics.intervals import Interval
from bpssim.studies.plan.points import Point
from bpssim.studies.plan.reading import ReadStudy
from bpssim.studies.sweep.rows import Kept

HEADLINES = (
    *("any_6w", "exclusive_6w", "stopped_before_wanted", "reach_ever", "reach_day7", "supported"),
    *("gap_any_6w", "cost_total", "data_items"),
)
"""Metrics in the tables of a study that names no outcomes; the file of all results has every metric."""
SCENARIO = "scenario"
"""Stands among the factors for the scenarios of a study."""


class PointRow(NamedTuple):
    """One metric of one point in one group (`summary.csv`)."""

    number: int  # number of the point, from 0
    row: int  # number of the combination, which the points of all scenarios at it share
    scenario: str  # name of the scenario
    metric: str  # id of the metric
    quintile: str  # 1 (most deprived) to 5, or all
    value: float  # estimate over seeds
    lower: float  # lower 95 % limit over seeds
    upper: float  # upper 95 % limit over seeds
    difference: float  # from point 0, paired by seeds; undefined if that could not be run
    difference_lower: float  # lower 95 % limit of the difference
    difference_upper: float  # upper 95 % limit of the difference
    unit: str  # unit of the value
    replicates: int  # seeds in which it is defined


class EffectRow(NamedTuple):
    """One level of one factor (`effects.csv`), over all combinations of the others that have every level."""

    scenario: str  # name of the scenario; all for differences between scenarios
    factor: str  # name of the factor, or scenario
    level: str  # its value or label; empty where the scenario is as it is
    metric: str  # id of the metric
    quintile: str  # 1 (most deprived) to 5, or all
    value: float  # mean over the combinations
    difference: float  # from the first level of the factor, paired by seed and combination
    lower: float  # lower 95 % limit of the difference over seeds
    upper: float  # upper 95 % limit of the difference over seeds
    unit: str  # unit of the value
    combinations: int  # combinations of the other factors over which it is a mean
    replicates: int  # seeds


@dataclass(frozen=True)
class StudyEstimates:
    """Estimates of the points of a study that have all their seeds.

    Parameters
    ----------
    read
        The study.
    points
        Its points.
    shown
        Value or label of each factor, by point; ``None`` where the scenario is as it is.
    estimates
        By number of the point.
    """

    read: ReadStudy
    points: Sequence[Point]
    shown: Sequence[dict[str, Any]]
    estimates: dict[int, Estimates]

    @cached_property
    def cells(self) -> list[tuple[str, int, int]]:
        """Metrics of the tables: id, place in the estimates, and number of the group."""
        wanted = self.read.study.outcomes or HEADLINES
        names = next(iter(self.estimates.values())).names if self.estimates else ()
        return [
            (name, place, group)
            for place, name in enumerate(names)
            if name in wanted
            for group in (range(len(GROUPS)) if METRICS[name].by_quintile else (len(GROUPS) - 1,))
        ]

    @property
    def names(self) -> list[str]:
        """Names of the scenarios."""
        return [scenario.name for scenario in self.read.scenarios]

    def point_rows(self) -> Iterator[PointRow]:
        """Every metric of every point."""
        for number, estimates in self.estimates.items():
            point, first = self.points[number], self.estimates.get(0)
            interval = estimates.interval()
            difference = estimates.minus(first).interval_of_difference() if first else _undefined(interval)
            for name, place, group in self.cells:
                value, lower, upper = (part[place, group].item() for part in interval[:3])
                change, least, most = (part[place, group].item() for part in difference[:3])
                about = (number, point.row, self.names[point.scenario], name, GROUPS[group], value, lower, upper)
                seeds = interval.replicates[place, group].item()
                yield PointRow(*about, change, least, most, METRICS[name].unit, seeds)

    def effect_rows(self) -> Iterator[EffectRow]:
        """Every metric at every level of every factor, and for every scenario."""
        for number, scenario in enumerate(self.names):
            for factor in self.read.study.factors:
                yield from self._effects(scenario, factor, number)
        if len(self.names) > 1:
            yield from self._effects("all", SCENARIO, None)

    def _effects(self, whose: str, factor: str, scenario: int | None) -> Iterator[EffectRow]:
        """Effects of one factor in one scenario, or of the scenarios themselves."""
        blocks: dict[Hashable, dict[str, int]] = defaultdict(dict)
        levels: dict[str, None] = {}  # in the order of the study, whether or not they could be run
        for point in self.points:
            if scenario is None or point.scenario == scenario:
                level = self._level(point, factor)
                levels[level] = None
                if point.number in self.estimates:
                    blocks[self._others(point, factor)][level] = point.number
        whole = [block for block in blocks.values() if len(block) == len(levels)]
        if len(levels) < 2 or not whole:
            return
        means = [_mean([self.estimates[block[level]] for block in whole]) for level in levels]
        for level, mean in zip(levels, means, strict=True):
            difference = mean.minus(means[0]).interval_of_difference()
            for name, place, group in self.cells:
                changed, lower, upper = (part[place, group].item() for part in difference[:3])
                about = (whose, factor, level, name, GROUPS[group], mean.value[place, group].item())
                yield EffectRow(*about, changed, lower, upper, METRICS[name].unit, len(whole), len(mean.contributions))

    def _others(self, point: Point, factor: str) -> Hashable:
        """What a point has beside a factor."""
        places = tuple((name, place) for name, place in point.places.items() if name != factor)
        return (places, None if factor == SCENARIO else point.scenario)

    def _level(self, point: Point, factor: str) -> str:
        if factor == SCENARIO:
            return self.names[point.scenario]
        return level_in_words(self.shown[point.number][factor])


def level_in_words(shown: Any) -> str:
    """A value or label of a factor in tables; empty where the scenario is as it is."""
    if shown is None:
        return ""
    return f"{shown:.12g}" if isinstance(shown, float) else str(shown)


def estimates_of(table: Any, kept: Kept) -> Estimates:
    """Estimates of one point.

    Parameters
    ----------
    table
        Its rows, in order of seeds and then as kept.
    kept
        Metrics that were kept.
    """
    values = table["value"].to_numpy().reshape(-1, len(kept.cells))
    names = list(kept.metrics)
    places = [names.index(metric) for metric, _ in kept.cells]
    groups = [group for _, group in kept.cells]
    summaries: list[Summary] = []
    for row in values:
        cells: NDArray[np.float64] = np.full((len(names), len(GROUPS)), np.nan)
        cells[places, groups] = row
        summaries.append(dict(zip(names, cells, strict=True)))
    return estimated(summaries, names)


def _undefined(like: Interval) -> Interval:
    nothing = np.full_like(like.mean, np.nan)
    return Interval(nothing, nothing, nothing, np.zeros_like(like.replicates))


def _mean(estimates: Sequence[Estimates]) -> Estimates:
    """Mean over points with the same seeds."""
    first = estimates[0]
    value = np.mean([each.value for each in estimates], axis=0)
    return Estimates(first.names, value, np.mean([each.contributions for each in estimates], axis=0))
