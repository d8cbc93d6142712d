"""Tables of a ready study, looked up by the levels of its factors."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from bpssim.report.formatting import POINTS, Amount
from bpssim.report.study.view import level_named
from bpssim.studies.plan.points import making_of, points_of
from bpssim.studies.plan.reading import ReadStudy, read_study
from bpssim.studies.results_folder.csv_files import Row, rows_in
from bpssim.studies.sweep.estimates import EffectRow, PointRow


@cache
def read_once(name: str) -> ReadStudy:
    """A ready study, read once."""
    return read_study(name)


class PairRow(NamedTuple):
    """The second scenario of a study minus the first, at one combination of the factors (`pairs.csv`)."""

    row: int
    metric: str
    quintile: str
    difference: float
    lower: float
    upper: float
    unit: str


class Tables:
    """Tables of a study, looked up by the levels of its factors as they are shown, in the order of the study.

    Parameters
    ----------
    place
        Their folder, with the name of the study.
    """

    def __init__(self, place: Path) -> None:
        self.read, self._place = read_once(place.name), place
        names, making = [scenario.name for scenario in self.read.scenarios], making_of(self.read)
        self._number: dict[tuple[str, ...], int] = {}
        self._row: dict[tuple[str, ...], int] = {}
        for point in points_of(self.read):
            levels = tuple(level_named(str(level)) for level in making.shown(point).values())
            self._number[names[point.scenario], *levels] = point.number
            self._row[levels] = point.row
        self._points = {(row.number, row.metric, row.quintile): row for row in self._rows("summary.csv", PointRow)}
        self._effects = {
            (row.factor, row.level, row.metric, row.quintile): row
            for row in self._rows("effects.csv", EffectRow)
            if row.scenario == names[0]
        }
        pairs = self._rows("pairs.csv", PairRow) if len(names) > 1 else []
        self._pairs = {(row.row, row.metric, row.quintile): row for row in pairs}

    def _rows(self, name: str, kind: type[Row]) -> list[Row]:
        path = self._place / name
        return rows_in(path.read_bytes(), path, kind)

    @property
    def combinations(self) -> list[tuple[str, ...]]:
        """Levels of every combination, in order."""
        return list(self._row)

    def value(self, metric: str, *levels: str, group: str = "all", scenario: str = "site1") -> Amount:
        """A metric at a point."""
        row = self._points[self._number[scenario, *levels], metric, group]
        return Amount(row.value, row.lower, row.upper, _unit(metric, row.unit, is_difference=False))

    def change(self, metric: str, *levels: str, group: str = "all") -> Amount:
        """How a point of the first scenario differs from the first point."""
        row = self._points[self._number["site1", *levels], metric, group]
        limits = (row.difference, row.difference_lower, row.difference_upper)
        return Amount(*limits, _unit(metric, row.unit, is_difference=True))

    def effect(self, metric: str, factor: str, level: str, group: str = "all") -> Amount:
        """How a level of a factor differs from its first one, over all levels of the others."""
        row = self._effects[factor, level, metric, group]
        return Amount(row.difference, row.lower, row.upper, _unit(metric, row.unit, is_difference=True))

    def pair(self, metric: str, *levels: str, group: str = "all") -> Amount:
        """How the second scenario differs from the first one at a combination."""
        row = self._pairs[self._row[levels], metric, group]
        return Amount(row.difference, row.lower, row.upper, _unit(metric, row.unit, is_difference=True))


def _unit(metric: str, unit: str, is_difference: bool) -> str:
    return POINTS if unit == "share" and (is_difference or metric == "gap_any_6w") else unit
