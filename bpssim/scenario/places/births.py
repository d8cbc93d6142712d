"""Births of a scenario by place and quintile, from data or from the scenario's own numbers."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bpssim.scenario.places.names import in_a_row
from bpssim.scenario.places.place_data import Data, PlaceBirths, data_of
from bpssim.scenario.population import BIRTHS_PER_YEAR, Population
from bpssim.scenario.reading.messages import refuse, wrong
from bpssim.scenario.words import QUINTILES, Services

DAYS_PER_YEAR = 365


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
        With every place that is not known or named twice, or everything that is wrong with a file.
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
    return in_a_row(names)


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
    births_of_each = births * (mix / np.maximum(areas, 1))[quintiles - 1]
    return PlaceBirths("", quintiles, births_of_each, np.full(len(quintiles), -1))


def _together(found: list[PlaceBirths]) -> PlaceBirths:
    """Several places as one."""
    if len(found) == 1:
        return found[0]
    return PlaceBirths(
        listed_in_words([place.name for place in found]),
        np.concatenate([place.quintile for place in found]),
        np.concatenate([place.births for place in found]),
        np.concatenate([place.areas for place in found]),
    )
