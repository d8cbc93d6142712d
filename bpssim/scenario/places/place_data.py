"""The small areas of the places that a scenario names, and their births: listed, or estimated."""

from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bpssim.scenario.places.area_table import LeftOut
from bpssim.scenario.places.changed_areas import known_codes, shared_out
from bpssim.scenario.places.listed_births import ListedBirths, births_by_small_area
from bpssim.scenario.places.names import find
from bpssim.scenario.places.published_files import read_published
from bpssim.scenario.places.published_table import PublishedTable
from bpssim.scenario.places.small_areas import shipped_table
from bpssim.scenario.population import Population
from bpssim.scenario.reading.messages import NOWHERE, BadInput, Mistake, in_words, refuse
from bpssim.scenario.words import QUINTILES

CHILDHOOD = 16
"""Birth years of children aged 0 to 15: a sixteenth of the children stands for a year of births."""
INFANTS_COUNTED = "mid-2020"


class Basis(Enum):
    """What births are known by."""

    LISTED = auto()
    """A file of births by small area."""
    INFANTS = auto()
    """Residents under 1 year."""
    CHILDREN = auto()
    """Children aged 0 to 15 of a published table."""
    ASSUMED = auto()
    """Nothing of the place: the same number in every small area."""


@dataclass(frozen=True, eq=False)
class PlaceBirths:
    """Births a year in each small area of one place.

    Attributes
    ----------
    name : str
        As the table of places or the file spells it; empty where no place is named.
    quintile : ndarray of int8, shape (areas,)
        Quintile of deprivation on the index of the nation, 1 = most deprived.
    births : ndarray of float64, shape (areas,)
        Births a year.
    areas : ndarray of int64, shape (areas,)
        Row of each area in `bpssim.scenario.places.small_areas.shipped_table`; -1 for one that is not in it, which is
        an imagined area or one of a published table of other years.
    """

    name: str
    quintile: NDArray[np.int8]
    births: NDArray[np.float64]
    areas: NDArray[np.int64]

    @property
    def total(self) -> float:
        """Births a year."""
        return round(float(self.births.sum()), 6)  # so that 3,000 births over 168 areas are 3,000

    @property
    def by_quintile(self) -> NDArray[np.float64]:
        """Births a year in quintiles 1 to 5: shape (5,)."""
        return np.asarray(np.bincount(self.quintile - 1, weights=self.births, minlength=QUINTILES), np.float64)


@dataclass(frozen=True)
class Data:
    """Births of real places or of a births file.

    Attributes
    ----------
    places
        At least one, with their own births a year.
    basis
        What the births are known by.
    children
        Children from whom births are estimated, or 0.
    counted
        When infants or children were counted, such as ``mid-2015``.
    left_out
        Rows of a births file that are sums of others.
    stated_total
        Births of all areas as a row of a births file states them, if one does.
    """

    places: list[PlaceBirths]
    basis: Basis
    children: float = 0.0
    counted: str = ""
    left_out: LeftOut | None = None
    stated_total: float | None = None

    @property
    def total(self) -> float:
        """Births a year in all places together."""
        return sum(place.total for place in self.places)

    @property
    def mix(self) -> NDArray[np.float64]:
        """Share of births in quintiles 1 to 5: shape (5,)."""
        return np.asarray(np.sum([place.by_quintile for place in self.places], axis=0) / self.total)


def data_of(population: Population) -> Data | None:
    """Data of the places or births file of a population, ignoring other inputs; ``None`` if neither is named.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        With every place that is not known or named twice, or everything that is wrong with a file.
    """
    table = _published_table(population)
    if population.births_by_small_area:
        path = Path(population.births_by_small_area)
        return _in_file(path, table)
    labels = {f"places.{i}": name for i, name in enumerate(population.places)}
    if population.place:
        labels = {"place": population.place}
    if not labels:
        return None
    return _of_districts(table, labels) if table else _of_places(labels, population.neighbourhood_births)


def _published_table(population: Population) -> PublishedTable | None:
    if not population.published_index or not population.published_populations:
        return None
    files = Path(population.published_index), Path(population.published_populations)
    return _published(*files, *(path.stat().st_mtime_ns if path.is_file() else 0 for path in files))


@lru_cache(maxsize=1)  # reading a country takes a second, and every change of a scenario needs it
def _published(index: Path, populations: Path, *_modified: int) -> PublishedTable:
    return read_published(index, populations)


def _of_places(labels: dict[str, str], births_of_an_area: float) -> Data:
    """Places by the key of the population that names each."""
    table = shipped_table()
    found: list[PlaceBirths] = []
    mistakes: list[Mistake] = []
    for path, label in labels.items():
        try:
            place = find(label)
        except BadInput as error:
            mistakes += [replace(mistake, path=path) for mistake in error.mistakes]
            continue
        if place.name in [other.name for other in found]:
            mistakes.append(_named_already(place.name, path, label))
        infants = table.infants[place.rows]
        births = np.full(len(infants), births_of_an_area) if np.isnan(infants).all() else infants
        found.append(PlaceBirths(place.name, table.quintile[place.rows], births, place.rows))
    refuse(mistakes)
    assumed = any(np.isnan(table.infants[place.areas]).all() for place in found)
    return Data(found, Basis.ASSUMED) if assumed else Data(found, Basis.INFANTS, counted=INFANTS_COUNTED)


def _of_districts(table: PublishedTable, labels: dict[str, str]) -> Data:
    """Districts of a published table by the key of the population that names each."""
    found: list[PlaceBirths] = []
    children, mistakes = 0.0, []
    for path, label in labels.items():
        try:
            name = table.name_of(label)
        except BadInput as error:
            mistakes += [replace(mistake, path=path) for mistake in error.mistakes]
            continue
        if name in [other.name for other in found]:
            mistakes.append(_named_already(name, path, label))
            continue
        areas = table.district(name)
        children += float(areas.children.sum())
        rows = shipped_table().rows_of(areas.codes.tolist())
        found.append(PlaceBirths(name, areas.quintile, areas.children / CHILDHOOD, rows))
    refuse(mistakes)
    return Data(found, Basis.CHILDREN, children, table.counted)


def _named_already(name: str, path: str, label: str) -> Mistake:
    return Mistake(NOWHERE, f"{name} is named already; each place once", path, in_words(label))


_SHIPPED_CODES = (
    "the table that comes with bpssim has England's small areas of 2011 and 2021, those of Wales, the data zones of "
    "Scotland of 2011 and Northern Ireland's super output areas"
)
_PUBLISHED_CODES = "codes must be those of the table that population.published_index names"


def _in_file(path: Path, table: PublishedTable | None) -> Data:
    """All areas of a births file as one place."""
    known = table.quintile_of if table else known_codes()
    listed = births_by_small_area(path, known, _PUBLISHED_CODES if table else _SHIPPED_CODES)
    if table:
        quintile = np.array([table.quintile_of[code] for code in listed.codes], np.int8)
        place = PlaceBirths(path.stem, quintile, listed.births, shipped_table().rows_of(listed.codes))
    else:
        rows, births = _by_row(listed)
        place = PlaceBirths(path.stem, shipped_table().quintile[rows], births, rows)
    return Data([place], Basis.LISTED, left_out=listed.left_out, stated_total=listed.stated_total)


def _by_row(listed: ListedBirths) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Rows of the shipped table that a file has, and their births; those of changed areas are shared out."""
    births: dict[int, float] = {}
    for code, number in zip(listed.codes, listed.births.tolist(), strict=True):
        for row, share in zip(*shared_out(code), strict=True):
            births[row] = births.get(row, 0.0) + number * share
    return np.array(list(births), np.int64), np.array(list(births.values()))
