"""The local rate of a scenario: as it is written, or as its file gives it for the places that the scenario names."""

from pathlib import Path
from typing import NamedTuple

from bpssim.scenario.local_rate import AGES, LocalRate
from bpssim.scenario.places.names import meanings
from bpssim.scenario.places.place_data import PlaceBirths, data_of
from bpssim.scenario.places.rates_by_area import Found, RatesByArea, code_in
from bpssim.scenario.population import Population
from bpssim.scenario.reading.messages import NOWHERE, BadInput, Mistake, refuse


class Area(NamedTuple):
    """An area that has a row in official statistics."""

    codes: tuple[str, ...]  # that of today first; empty where none is known
    names: tuple[str, ...]  # likewise
    births: float  # a year


def local_rate_of(population: Population, local: LocalRate | None) -> LocalRate | None:
    """Return the rates of a scenario as numbers; None if it gives none.

    Rates that are written go before those of a file. The rates of several places are their mean over births.

    Parameters
    ----------
    population, local
        Of a scenario.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If the file cannot be used, or rates do not fall with age.
    """
    if local is None or not local.gives_rates:
        return None
    if not local.file:
        return local
    path, areas = Path(local.file), _areas(population, local.area)
    table = RatesByArea(path)
    by_area = [table.rates(area.codes, area.names) for area in areas]
    kinds = [kind for kind in AGES if all(kind in found for found in by_area)]
    births = sum(area.births for area in areas)
    rates = {
        kind: round(sum(area.births * found[kind].rate for area, found in zip(areas, by_area, strict=True)) / births, 6)
        for kind in kinds
    }
    source = f"{path.name}: {_rows_in_words(areas)}{_periods(by_area, kinds)}"
    read = {**rates, **local.rates, "file": None, "area": "", "source": source[:1000]}
    result = local.model_copy(update=read)
    refuse(Mistake(NOWHERE, each.text, f"feeding.local.{each.path}", path.name) for each in result.mistakes())
    return result


def _areas(population: Population, named: str) -> list[Area]:
    """Areas whose rows are meant.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If neither an area nor a place is named.
    """
    if named:
        return [Area((code,), (), 1.0) if (code := code_in(named)) else Area((), (named,), 1.0)]
    data = data_of(population) if population.place or population.places else None
    if data is None:
        text = "needs population.place, or the code or name of a row in feeding.local.area"
        raise BadInput(Mistake(NOWHERE, text, "feeding.local.file"))
    labels = [population.place] if population.place else population.places
    if len(labels) != len(data.places):  # codes of small areas are one place
        return [Area((), (place.name,), place.total) for place in data.places]
    return [_area(str(label), place) for label, place in zip(labels, data.places, strict=True)]


def _area(label: str, place: PlaceBirths) -> Area:
    """A place by what a scenario calls it; a file of small areas, or a district of a published table, has its name."""
    found = meanings(label)
    if len(found) != 1:
        return Area((), (place.name,), place.total)
    [named] = found
    return Area(named.codes, (named.name, *named.other_names), place.total)


def _rows_in_words(areas: list[Area]) -> str:
    names = [
        f"{area.names[0]} ({area.codes[0]})" if area.names and area.codes else (*area.names, *area.codes)[0]
        for area in areas
    ]
    return names[0] if len(names) == 1 else f"mean over births of {', '.join(names)}"


def _periods(by_area: list[dict[str, Found]], kinds: list[str]) -> str:
    """The period of the rates, or those of each if they differ."""
    of_kinds = {kind: " and ".join(dict.fromkeys(found[kind].period for found in by_area)) for kind in kinds}
    if len(set(of_kinds.values())) == 1:
        period = next(iter(of_kinds.values()))
        return f", {period}" if period else ""
    return "".join(f", {kind} of {period}" for kind, period in of_kinds.items() if period)
