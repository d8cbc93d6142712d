"""Who is reached, small area by small area of real places.

The model knows a small area by its quintile and its births, and draws who lives there by quintile. So it expects the
same of every area of one quintile in one place, and what it counts in them differs by chance alone. The estimate of an
area is therefore that of its quintile in its place; that of a ward or district weighs the quintiles by its births. The
counts themselves are kept beside them, because they add up to the summary.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.model.initial_state import Place
from bpssim.scenario.places.small_areas import shipped_table
from bpssim.scenario.words import QUINTILES, Feeding
from bpssim.statistics.groups import Values, ratio
from bpssim.statistics.intervals import Interval, over_replicates, within_0_and_1

if TYPE_CHECKING:
    from bpssim.model.simulation import Simulation

_BORN, _REACHED, _FED = range(3)
_SIX_WEEKS = 42

AreaCounts = NDArray[np.int64]
"""Mothers counted, of them those reached by day 7, and those still breastfeeding at six weeks; shape (3, areas)."""


def count_by_area(simulation: "Simulation") -> AreaCounts:
    """Mothers by small area of a finished run, in the order of the areas of its place."""
    mothers, areas = simulation.state.mothers, simulation.place.weights
    counted = np.flatnonzero((mothers.in_window == 1) & (mothers.neighbourhood >= 0))
    area = np.flatnonzero(areas > 0.0)[mothers.neighbourhood[counted]]  # areas without births are no neighbourhoods
    stopped = mothers.stop_age[counted]
    fed = (mothers.feeding[counted] < Feeding.NOT_STARTED) & ((stopped < 0) | (stopped >= _SIX_WEEKS))
    which = (slice(None), mothers.reached_age[counted] <= 7, fed)
    return np.array([np.bincount(area[those], minlength=len(areas)) for those in which])


class SmallAreaRow(NamedTuple):
    """One small area. Its shares are those of its quintile in its place: areas of one quintile differ by chance."""

    scenario: str
    place: str  # name of the place
    area: str  # code of the small area; empty for one of other years than the table that comes with bpssim
    ward: str  # ward, in Scotland intermediate zone; empty where none is known
    district: str
    quintile: int  # deprivation quintile on the index of the nation, 1 the most deprived
    births: float  # births a year
    reach_day7: float  # share of births reached by day 7, as expected in its quintile of its place
    reach_day7_lower: float
    reach_day7_upper: float
    not_reached: float  # mothers a year not reached by day 7, as expected
    not_reached_lower: float
    not_reached_upper: float
    any_6w: float  # share of births still breastfeeding at six weeks, as expected in its quintile of its place
    any_6w_lower: float
    any_6w_upper: float
    simulated_mothers: int  # mothers here in all replicates together; adds up to births of the summary
    simulated_reached_day7: int  # of them, those reached by day 7; differs between areas of a quintile by chance alone
    simulated_any_6w: int  # of them, those still breastfeeding at six weeks; differs likewise


class LocalityRow(NamedTuple):
    """One ward or district, or all areas together; those with the most mothers not reached come first."""

    scenario: str
    level: str  # ward, district or all
    district: str
    ward: str  # ward, in Scotland intermediate zone
    areas: int  # small areas
    births: float  # births a year
    quintile_1: float  # share of births in areas of quintile 1, the most deprived
    quintile_2: float
    quintile_3: float
    quintile_4: float
    quintile_5: float
    reach_day7: float  # share of births reached by day 7, from the births by quintile
    reach_day7_lower: float
    reach_day7_upper: float
    not_reached: float  # mothers a year not reached by day 7, as expected
    not_reached_lower: float
    not_reached_upper: float
    any_6w: float  # share of births still breastfeeding at six weeks, from the births by quintile
    any_6w_lower: float
    any_6w_upper: float


class AreasOfRun:
    """Small areas over replicates that arrive one by one.

    Parameters
    ----------
    places
        Of the scenario.
    """

    def __init__(self, places: Sequence[Place]) -> None:
        self._names = [place.name for place in places]
        self._place = np.repeat(np.arange(len(places)), [len(place.weights) for place in places])
        self._quintile = np.concatenate([place.quintiles for place in places]).astype(np.int64)
        self._births = np.concatenate([place.weights for place in places])
        self._rows: NDArray[np.int64] = np.concatenate([place.areas for place in places])
        self._group = self._place * QUINTILES + self._quintile - 1
        self._groups = len(places) * QUINTILES
        self._counts: AreaCounts = np.zeros((3, len(self._births)), np.int64)
        self._shares: list[Values] = []

    @property
    def real(self) -> int:
        """Number of small areas; 0 where no real place is named."""
        return len(self._rows) if (self._rows >= 0).any() else 0

    def add(self, counts: AreaCounts) -> None:
        """Add one replicate, with the areas of all places."""
        self._counts += counts
        by_group = np.array([np.bincount(self._group, each, self._groups) for each in counts])
        self._shares.append(ratio(by_group[[_REACHED, _FED]], by_group[_BORN]))

    def small_area_rows(self, scenario: str) -> Iterator[SmallAreaRow]:
        """Every small area, in the order of the places; none where no real place is named."""
        if not self.real:
            return
        shares = np.array(self._expected(np.eye(self._groups))[:3])[..., self._group]
        for area, label in enumerate(self._labels):
            about = (scenario, self._names[self._place[area]], *label, self._quintile[area].item())
            births = self._births[area].item()
            cells = _cells(shares[..., area].tolist(), births)
            yield SmallAreaRow._make([*about, births, *cells, *self._counts[:, area].tolist()])

    def locality_rows(self, scenario: str) -> list[LocalityRow]:
        """All areas together, each district and each ward; none where no real place is named."""
        if not self.real:
            return []
        levels = {
            "all": [("", "")] * len(self._rows),
            "district": [(district, "") for _, _, district in self._labels],
            "ward": [(district, ward) for _, ward, district in self._labels],
        }
        return [row for level, names in levels.items() for row in self._localities(scenario, level, names)]

    def _localities(self, scenario: str, level: str, names: list[tuple[str, str]]) -> list[LocalityRow]:
        """Localities of one level, from the district and ward of each area; areas that have none there are left out."""
        number = {name: n for n, name in enumerate(dict.fromkeys(names))}
        of = np.array([number[name] for name in names])
        cell = of * self._groups + self._group
        births = np.asarray(np.bincount(cell, self._births, len(number) * self._groups), np.float64)
        births = births.reshape(len(number), -1)
        mix = ratio(births.reshape(len(number), -1, QUINTILES).sum(axis=1), births.sum(axis=1, keepdims=True))
        shares, areas = np.array(self._expected(births)[:3]), np.bincount(of)
        rows = []
        for (district, ward), n in number.items():
            if (total := births[n].sum().item()) > 0.0 and {"all": True, "district": district, "ward": ward}[level]:
                about = (scenario, level, district, ward, areas[n].item(), total)
                rows.append(LocalityRow(*about, *mix[n].tolist(), *_cells(shares[..., n].tolist(), total)))
        return sorted(rows, key=lambda row: (-row.not_reached, row.district, row.ward))

    def _expected(self, births: Values) -> Interval:
        """Shares reached by day 7 and breastfeeding at six weeks where births by place and quintile are these.

        A replicate in which nobody was born in a quintile that is needed is left out.

        Parameters
        ----------
        births
            Shape (localities, groups).
        """
        shares, needed = np.array(self._shares), births.T > 0.0
        weights = ratio(births, births.sum(axis=1, keepdims=True)).T
        values = np.nan_to_num(shares) @ np.nan_to_num(weights)
        lacking = np.isnan(shares).astype(float) @ needed > 0.0
        values[lacking | np.broadcast_to(~needed.any(axis=0), values.shape)] = np.nan
        people = np.bincount(self._group, self._counts[_BORN], self._groups) @ needed
        return within_0_and_1(over_replicates(np.clip(values, 0.0, 1.0)), people)

    @cached_property
    def _labels(self) -> list[tuple[str, str, str]]:
        """Code, ward and district of each area; empty for one that the shipped table does not have."""
        areas = shipped_table().take(self._rows)
        labels = zip(areas.codes.tolist(), areas.ward.listed(), areas.district.listed(), strict=True)
        return [label if row >= 0 else ("", "", "") for label, row in zip(labels, self._rows.tolist(), strict=True)]


def _cells(shares: Sequence[Any], births: float) -> Iterator[float]:
    """Reach, mothers not reached and any breastfeeding, each with its limits, of shares with their limits."""
    (reach, fed), (reach_lower, fed_lower), (reach_upper, fed_upper) = shares
    yield from (reach, reach_lower, reach_upper)
    yield from (births * (1.0 - share) for share in (reach, reach_upper, reach_lower))
    yield from (fed, fed_lower, fed_upper)
