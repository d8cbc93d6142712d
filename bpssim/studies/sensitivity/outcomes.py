"""Outcomes of a sweep, by scenario and row of the design, and paired differences from the first scenario."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from bpssim.outcomes.metrics import METRICS
from bpssim.statistics.groups import ALL, GROUPS
from bpssim.studies.sensitivity.index import Floats, Outcome
from bpssim.studies.sweep.estimates import estimates_of
from bpssim.studies.sweep.sweep import Sweep


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


def outcomes_of(sweep: Sweep, cells: Sequence[Cell]) -> Outcomes:
    """Read some metrics of every point; a point without all of its seeds is left undefined.

    Parameters
    ----------
    sweep
        A study that has been run.
    cells
        Metrics that it keeps.
    """
    points, kept, seeds = sweep.points, sweep.work.kept, sweep.read.study.seeds
    metrics = [kept.metrics.index(cell.metric) for cell in cells]
    groups = [GROUPS.index(cell.quintile) for cell in cells]
    scenarios, rows = 1 + max(point.scenario for point in points), 1 + max(point.row for point in points)
    values = np.full((scenarios, rows, len(cells)), np.nan)
    by_seed = np.full((scenarios, rows, len(seeds), len(cells)), np.nan)
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for point in points:  # rows whose factors have the same levels share their runs
        places[point.key].append((point.scenario, point.row))
    for key, table in sweep.folder.store.tables(list(places)):
        of_seeds = table.filter(np.isin(table["seed"].to_numpy(), seeds))
        if len(of_seeds) == len(seeds) * len(kept.cells):
            found = estimates_of(of_seeds, kept)
            for place in places[key]:
                values[place], by_seed[place] = found.value[metrics, groups], found.contributions[:, metrics, groups]
    return Outcomes(cells, values, by_seed)


def kept_cells(metrics: Sequence[str]) -> list[Cell]:
    """Every group in which some metrics are defined."""
    return [
        Cell(name, GROUPS[group])
        for name in metrics
        for group in (range(len(GROUPS)) if METRICS[name].by_quintile else (ALL,))
    ]
