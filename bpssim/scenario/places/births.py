"""Births of a scenario by place and quintile, from data or from the scenario's own numbers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bpssim.scenario.places import small_areas
from bpssim.scenario.places.area_table import LeftOut
from bpssim.scenario.places.place_table import PlaceTable
from bpssim.scenario.population import BIRTHS_PER_YEAR, Population
from bpssim.scenario.reading.messages import NOWHERE, BadInput, Mistake, in_words, refuse, wrong
from bpssim.scenario.words import QUINTILES, Services

CHILDHOOD = 16
"""Birth years of children aged 0 to 15: a sixteenth of the children stands for a year of births."""
DAYS_PER_YEAR = 365


@dataclass(frozen=True, eq=False)
class PlaceBirths:
    """Births a year in each small area of one place.

    Attributes
    ----------
    name : str
        As the table of places or the file spells it; empty where no place is named.
    quintile : ndarray of int8, shape (areas,)
        IMD quintile, 1 = most deprived.
    births : ndarray of float64, shape (areas,)
        Births a year.
    """

    name: str
    quintile: NDArray[np.int8]
    births: NDArray[np.float64]

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
    children
        Dependent children aged 0 to 15 from whom the births are estimated; ``None`` if births are listed.
    counted
        When the children were counted, such as ``mid-2015``.
    left_out
        Rows of a births file that are sums of others.
    stated_total
        Births of all areas as a row of a births file states them, if one does.
    """

    places: list[PlaceBirths]
    children: float | None = None
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


def places_with_births(population: Population, window_days: int = DAYS_PER_YEAR) -> list[PlaceBirths]:
    """Places whose services are simulated, with births a year; one place unless each has its own service.

    Numbers in the scenario override its data: births a year keep the distribution of the data, and a quintile mix keeps
    the distribution within each quintile.

    Parameters
    ----------
    population
        Of a scenario.
    window_days
        Days in which the mothers of a table were born.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        With every district that is not known or named twice, or everything that is wrong with a file.
    """
    data = data_of(population)
    if data is None:
        return [_imagined(population, births_without_data(population, window_days))]
    found = data.places
    if population.quintile_mix is not None:
        factor = _wanted_by_quintile(population.quintile_mix, data) / data.mix.clip(1e-300)
        found = [replace(place, births=place.births * factor[place.quintile - 1]) for place in found]
    if population.births_per_year is not None:
        factor_of_all = population.births_per_year / sum(place.total for place in found)
        found = [replace(place, births=place.births * factor_of_all) for place in found]
    return found if population.services is Services.EACH else [_together(found)]


def data_of(population: Population) -> Data | None:
    """Data of the places or births file of a population, ignoring other inputs; ``None`` if neither is named.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        With every district that is not known or named twice, or everything that is wrong with a file.
    """
    if population.births_by_small_area:
        path = Path(population.births_by_small_area)
        listed = small_areas.births_by_small_area(path, _table(population))
        found = [PlaceBirths(path.stem, listed.quintile, listed.births)]
        return Data(found, left_out=listed.left_out, stated_total=listed.stated_total)
    if population.place:
        return _of_districts(_table(population), {"place": population.place})
    if population.places:
        return _of_districts(_table(population), {f"places.{i}": name for i, name in enumerate(population.places)})
    return None


def births_without_data(population: Population, window_days: int = DAYS_PER_YEAR) -> float:
    """Births a year where no place is named: those of the table of mothers, or the scenario's own number."""
    if population.mothers:
        from bpssim.scenario.places.mother_table import read_mothers

        listed = read_mothers(Path(population.mothers), list(population.languages), window_days)["id"]
        return len(listed) * DAYS_PER_YEAR / window_days
    return float(BIRTHS_PER_YEAR if population.births_per_year is None else population.births_per_year)


def births_a_year(population: Population) -> float:
    """Births a year in all places of a population together; errors as of `places_with_births`."""
    return sum(place.total for place in places_with_births(population))


def mix_of(population: Population) -> tuple[float, ...]:
    """Share of births in quintiles 1 to 5, of all places together; errors as of `places_with_births`."""
    births = np.sum([place.by_quintile for place in places_with_births(population)], axis=0)
    return tuple((births / births.sum()).tolist())


def listed_in_words(names: Sequence[str]) -> str:
    """Names in words, the first two of many."""
    if len(names) > 3:
        return f"{', '.join(names[:2])} and {len(names) - 2} more places"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _wanted_by_quintile(mix: Sequence[float], data: Data) -> NDArray[np.float64]:
    wanted = np.array(mix) / sum(mix)
    empty = [str(1 + quintile) for quintile in np.flatnonzero((wanted > 0) & (data.mix == 0))]
    if empty:
        where = listed_in_words([place.name for place in data.places])
        text = f"gives births to quintile {' and '.join(empty)}, but no births in {where} are there"
        refuse([wrong("quintile_mix", text)])
    return wanted


def _imagined(population: Population, births: float) -> PlaceBirths:
    """Equal neighbourhoods of each quintile, as many as its births require."""
    mix = np.array(population.mix_without_data) / sum(population.mix_without_data)
    areas = np.ceil(mix * births / population.neighbourhood_births).astype(int)
    quintiles = np.repeat(np.arange(1, QUINTILES + 1, dtype=np.int8), areas)
    return PlaceBirths("", quintiles, births * (mix / np.maximum(areas, 1))[quintiles - 1])


def _together(found: list[PlaceBirths]) -> PlaceBirths:
    """Several places as one."""
    if len(found) == 1:
        return found[0]
    return PlaceBirths(
        listed_in_words([place.name for place in found]),
        np.concatenate([place.quintile for place in found]),
        np.concatenate([place.births for place in found]),
    )


def _table(population: Population) -> PlaceTable:
    if not population.published_index or not population.published_populations:
        return small_areas.shipped_table()
    files = Path(population.published_index), Path(population.published_populations)
    return _published(*files, *(path.stat().st_mtime_ns if path.is_file() else 0 for path in files))


@lru_cache(maxsize=1)  # reading a country takes a second, and every change of a scenario needs it
def _published(index: Path, populations: Path, *_modified: int) -> PlaceTable:
    return small_areas.read_published(index, populations)


def _of_districts(table: PlaceTable, labels: dict[str, str]) -> Data:
    """Districts by the key of the population that names each."""
    found: list[PlaceBirths] = []
    children, mistakes = 0.0, []
    for path, label in labels.items():
        try:
            name = table.name_of(label)
        except BadInput as error:
            mistakes += [replace(mistake, path=path) for mistake in error.mistakes]
            continue
        if name in [other.name for other in found]:
            mistakes.append(Mistake(NOWHERE, f"{name} is named already; each district once", path, in_words(label)))
            continue
        areas = table.district(name)
        children += float(areas.children.sum())
        found.append(PlaceBirths(name, areas.quintile, areas.children / CHILDHOOD))
    refuse(mistakes)
    return Data(found, children, table.counted)
