"""The births of the places that a scenario names: listed in a file, or estimated."""

from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bpssim.scenario.places.area_table import LeftOut
from bpssim.scenario.places.changed_areas import known_codes, shared_out
from bpssim.scenario.places.listed_births import ListedBirths, births_by_small_area
from bpssim.scenario.places.locating import CHILDHOOD, Located, located, several_nations
from bpssim.scenario.places.published_files import read_published
from bpssim.scenario.places.published_table import PublishedTable
from bpssim.scenario.places.small_areas import shipped_table
from bpssim.scenario.population import Population
from bpssim.scenario.reading.messages import refuse, wrong
from bpssim.scenario.words import QUINTILES

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
    remarks
        Sentences on what names and codes were taken to mean, and on what could not be matched.
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
    remarks: tuple[str, ...] = ()
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
        With every place that is not known or overlaps with another, or everything that is wrong with a file.
    """
    table = _published_table(population)
    labels = {f"places.{i}": name for i, name in enumerate(population.places)}
    if population.place:
        labels = {"place": population.place}
    places = located(labels, table, population.neighbourhood_births)
    if population.births_by_small_area:
        return _with_listed_births(Path(population.births_by_small_area), list(places.values()), table)
    if not places:
        return None
    refuse(
        wrong(path, f"{place.name} has no infants, so no births can be estimated; name a larger place, or give births")
        for path, place in places.items()
        if not place.births.any()
    )
    remarks = tuple(place.remark for place in places.values() if place.remark)
    found = [PlaceBirths(place.name, place.quintile, place.births, place.areas) for place in places.values()]
    if table:
        children = CHILDHOOD * sum(place.total for place in found)
        return Data(found, Basis.CHILDREN, remarks, children, table.counted)
    if any(np.isnan(shipped_table().infants[place.areas]).all() for place in found):
        return Data(found, Basis.ASSUMED, remarks)
    return Data(found, Basis.INFANTS, remarks, counted=INFANTS_COUNTED)


def _published_table(population: Population) -> PublishedTable | None:
    if not population.published_index or not population.published_populations:
        return None
    files = Path(population.published_index), Path(population.published_populations)
    return _published(*files, *(path.stat().st_mtime_ns if path.is_file() else 0 for path in files))


@lru_cache(maxsize=1)  # reading a country takes a second, and every change of a scenario needs it
def _published(index: Path, populations: Path, *_modified: int) -> PublishedTable:
    return read_published(index, populations)


def _with_listed_births(path: Path, places: list[Located], table: PublishedTable | None) -> Data:
    """Births of a file in the areas of the places, or in all its areas as one place."""
    known = table.quintile_of if table else known_codes()
    listed = births_by_small_area(path, known, _PUBLISHED_CODES if table else _SHIPPED_CODES)
    births = dict(zip(listed.codes, listed.births.tolist(), strict=True)) if table else _by_shipped_code(listed)
    if not places:
        codes = list(births)
        rows = shipped_table().rows_of(codes)
        quintile = np.array([table.quintile_of[code] for code in codes]) if table else shipped_table().quintile[rows]
        refuse(several_nations([(path.stem, rows)], "births_by_small_area"))
        found = [PlaceBirths(path.stem, quintile.astype(np.int8), np.array(list(births.values())), rows)]
        return Data(found, Basis.LISTED, left_out=listed.left_out, stated_total=listed.stated_total)
    found = [
        PlaceBirths(
            place.name,
            place.quintile,
            place.shares * np.array([births.get(code, 0.0) for code in place.codes]),
            place.areas,
        )
        for place in places
    ]
    refuse(
        wrong("births_by_small_area", f"{path.name} has no births in {place.name}; without place, all of it is used")
        for place in found
        if not place.births.any()
    )
    remarks = [*(place.remark for place in places if place.remark), *_not_matched(path, births, places)]
    return Data(found, Basis.LISTED, tuple(remarks), left_out=listed.left_out)


_SHIPPED_CODES = (
    "known are LSOAs of 2011 and 2021 in England and Wales, data zones of 2011 in Scotland and super output areas in "
    "Northern Ireland"
)
_PUBLISHED_CODES = "known are the codes of the table that population.published_index names"


def _by_shipped_code(listed: ListedBirths) -> dict[str, float]:
    """Births by code of the shipped table; those of areas that were split or merged are shared out."""
    codes, births = shipped_table().codes, dict[str, float]()
    for code, number in zip(listed.codes, listed.births.tolist(), strict=True):
        for row, share in zip(*shared_out(code), strict=True):
            births[str(codes[row])] = births.get(str(codes[row]), 0.0) + number * share
    return births


def _not_matched(path: Path, births: dict[str, float], places: list[Located]) -> list[str]:
    """Sentences about areas of places without births in a file, and births of a file elsewhere."""
    here = [code for place in places for code in place.codes]
    lacking = sum(code not in births for code in here)
    elsewhere = [births[code] for code in births.keys() - {*here}]
    sentences = []
    if lacking:
        sentences.append(f"{path.name} lacks {lacking:,} of the {len(here):,} small areas, which have no births.")
    if elsewhere:
        number = f"{len(elsewhere):,}, with {sum(elsewhere):,.0f} births"
        sentences.append(f"Areas of {path.name} that lie elsewhere and are left out: {number}.")
    return sentences
