"""Outcomes of a sweep, by scenario and row of the design, and paired differences from the first scenario."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from bpssim.outcomes.metrics import METRICS, Summary
from bpssim.statistics.groups import ALL, GROUPS
from bpssim.studies.plan.points import Point
from bpssim.studies.sensitivity.index import Floats, Outcome
from bpssim.studies.sweep.store import Store


class Cell(NamedTuple):
    """A metric in one group.

    Parameters
    ----------
    metric
        Its id.
    quintile
        1 to 5, or all.
    """

    metric: str
    quintile: str

    @property
    def unit(self) -> str:
        """Unit of the metric."""
        return METRICS[self.metric].unit


@dataclass(frozen=True)
class Outcomes:
    """Some metrics of every point of a study.

    Parameters
    ----------
    cells
        The metrics.
    values
        Estimates from all seeds of a point, shape (scenarios, rows, cells); NaN where undefined or not all there.
    by_seed
        The contribution of each seed, shape (scenarios, rows, seeds, cells).
    """

    cells: Sequence[Cell]
    values: Floats
    by_seed: Floats

    def level(self, scenario: int, cell: Cell) -> Outcome:
        """An outcome of one scenario."""
        n = self.cells.index(cell)
        return Outcome(self.values[scenario, :, n], self.by_seed[scenario, :, :, n])

    def difference(self, scenario: int, cell: Cell) -> Outcome:
        """By how much an outcome differs from that of the first scenario, paired by row and seed.

        Where it is undefined for some seeds, those count that have it in both scenarios.
        """
        ours, theirs = self.level(scenario, cell), self.level(0, cell)
        by_seed = ours.by_seed - theirs.by_seed
        values = ours.values - theirs.values
        partly = np.isnan(by_seed).any(axis=1) & ~np.isnan(by_seed).all(axis=1)
        values[partly] = np.nanmean(by_seed[partly], axis=1)
        return Outcome(values, by_seed)


def outcomes_of(store: Store, points: Sequence[Point], seeds: range, cells: Sequence[Cell]) -> Outcomes:
    """Read some metrics of every point.

    Parameters
    ----------
    store
        Where results are.
    points
        All points of a study, row by row.
    seeds
        Of each point; a point without all of them is left undefined.
    cells
        Metrics that are kept there.
    """
    scenarios, rows = 1 + max(point.scenario for point in points), 1 + max(point.row for point in points)
    values = np.full((scenarios, rows, len(cells)), np.nan)
    by_seed = np.full((scenarios, rows, len(seeds), len(cells)), np.nan)
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for point in points:  # rows whose factors have the same levels share their runs
        places[point.key].append((point.scenario, point.row))
    for key, table in store.tables(list(places)):
        summaries = _summaries(table, seeds)
        if len(summaries) == len(seeds):
            found = _estimates(summaries, cells)
            for place in places[key]:
                values[place], by_seed[place] = found
    return Outcomes(cells, values, by_seed)


def _summaries(table: Any, seeds: range) -> list[Summary]:
    """What is there for each of the seeds, from an Arrow table in their order."""
    seed, value = table["seed"].to_numpy(), table["value"].to_numpy(zero_copy_only=False)
    _, starts = np.unique(seed, return_index=True)
    size = len(seed) // len(starts)
    metrics, groups = (table[name].slice(0, size).to_pylist() for name in ("metric", "quintile"))
    places = [(metric, GROUPS.index(group)) for metric, group in zip(metrics, groups, strict=True)]
    found = []
    for start in starts:
        if int(seed[start]) in seeds:
            summary: Summary = {metric: np.full(len(GROUPS), np.nan) for metric in dict.fromkeys(metrics)}
            for (metric, group), number in zip(places, value[start : start + size], strict=True):
                summary[metric][group] = number
            found.append(summary)
    return found


def _estimates(summaries: Sequence[Summary], cells: Sequence[Cell]) -> tuple[Floats, Floats]:
    """Estimates, shape (cells,), and contributions of seeds, shape (seeds, cells).

    A quotient is that of means over seeds, and its contributions are jackknife pseudo-values, as in
    `bpssim.outcomes.estimates`; a study may lack the parts of quotients that it does not keep.
    """
    number = len(summaries)
    whole = _with_quotients(_means(summaries), cells)
    if number == 1:
        return whole, whole[np.newaxis]
    left_out = [_means([*summaries[:n], *summaries[n + 1 :]]) for n in range(number)] if _any_quotient(cells) else []
    by_seed = np.array([[summary[cell.metric][GROUPS.index(cell.quintile)] for cell in cells] for summary in summaries])
    follow = [METRICS[cell.metric].of is not None for cell in cells]
    for n, means in enumerate(left_out):
        by_seed[n, follow] = (whole + (number - 1) * (whole - _with_quotients(means, cells)))[follow]
    return whole, by_seed


def _any_quotient(cells: Sequence[Cell]) -> bool:
    return any(METRICS[cell.metric].of is not None for cell in cells)


def _means(summaries: Sequence[Summary]) -> Summary:
    """Means over seeds in which each metric is defined."""
    means: Summary = {}
    for metric in summaries[0]:
        values = np.array([summary[metric] for summary in summaries])
        there = ~np.isnan(values)
        total, number = np.where(there, values, 0.0).sum(axis=0), there.sum(axis=0)
        means[metric] = np.divide(total, number, out=np.full(len(GROUPS), np.nan), where=number > 0)
    return means


def _with_quotients(means: Summary, cells: Sequence[Cell]) -> Floats:
    """Values of cells, with quotients made from the means, shape (cells,)."""
    known = dict(means)
    for metric in dict.fromkeys(cell.metric for cell in cells):
        of = METRICS[metric].of
        if of is not None:
            known[metric] = of(means)
    return np.array([known[cell.metric][GROUPS.index(cell.quintile)] for cell in cells])


def kept_cells(metrics: Sequence[str]) -> list[Cell]:
    """Every group in which some metrics are defined."""
    return [
        Cell(name, GROUPS[group])
        for name in metrics
        for group in (range(len(GROUPS)) if METRICS[name].by_quintile else (ALL,))
    ]
