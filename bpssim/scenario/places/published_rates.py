"""The local rate of a scenario: as it is written, or as its file gives it for the places that the scenario names."""

from pathlib import Path
from typing import NamedTuple

from bpssim.scenario.local_rate import AGES, LocalRate
from bpssim.scenario.places.area_names import called, code_in
from bpssim.scenario.places.names import Kind, meanings
from bpssim.scenario.places.place_data import PlaceBirths, data_of
from bpssim.scenario.places.rate_periods import Order
from bpssim.scenario.places.rates_by_area import WRITE_IT, Found, RatesByArea
from bpssim.scenario.population import Population
from bpssim.scenario.reading.messages import NOWHERE, BadInput, Mistake, Origin, refuse

AS_WRITTEN = "as written"
"""Source of a rate that stands in the scenario itself."""


class Area(NamedTuple):
    """An area that has a row in official statistics."""

    codes: tuple[str, ...]  # that of today first; empty where none is known
    names: tuple[str, ...]  # likewise
    births: float  # a year


def local_rate_of(population: Population, local: LocalRate | None) -> LocalRate | None:
    """Return the rates of a scenario as numbers; None if it gives none.

    Rates that are written go before those of a file. The rates of several places are their mean over births, of the
    latest period that all have.

    Parameters
    ----------
    population, local
        Of a scenario.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If the file cannot be used, places have no period in common, or rates do not fall with age.
    """
    if local is None or not local.gives_rates:
        return None
    if not local.file:
        return local
    path, areas = Path(local.file), _areas(population, local.area)
    table = RatesByArea(path)
    periods = _in_common(table, path, areas)
    by_area = [table.rates(area.codes, area.names, periods) for area in areas]
    births = sum(area.births for area in areas)
    rates = {
        kind: round(sum(area.births * found[kind].rate for area, found in zip(areas, by_area, strict=True)) / births, 6)
        for kind in periods
    }
    source = _source(f"{path.name}: {_rows_in_words(areas)}", by_area[0], local.rates)
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
    names = (named.name, *named.other_names)
    if named.kind is Kind.BOARD:  # without what it is, a county or district may have its name
        names = tuple(name for name in names if any(word in name for word in ("NHS", "Integrated", "ICB")))
    return Area(named.codes, names, place.total)


def _in_common(table: RatesByArea, path: Path, areas: list[Area]) -> dict[str, Order]:
    """The rates that all areas have, with the latest period that all have of each.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If areas have no rate in common, or none of the same period.
    """
    by_area = [table.periods(area.codes, area.names) for area in areas]
    kinds = [kind for kind in AGES if all(kind in periods for periods in by_area)]
    together = {kind: set.intersection(*(set(periods[kind]) for periods in by_area)) for kind in kinds}
    if common := {kind: max(orders) for kind, orders in together.items() if orders}:
        return common
    which = f"{kinds[0]} of one period" if kinds else "a rate at one age"
    last = ", ".join(
        f"{called(area.codes, area.names)} has {_in_words(periods, kinds)}"
        for area, periods in zip(areas, by_area, strict=True)
    )
    raise BadInput(Mistake(Origin(str(path)), f"has not {which} for all places: {last}", advice=WRITE_IT))


def _in_words(periods: dict[str, dict[Order, str]], kinds: list[str]) -> str:
    """The periods of a rate, or the rates if there is none in common."""
    return " and ".join(each or "no period" for each in periods[kinds[0]].values()) if kinds else " and ".join(periods)


def _rows_in_words(areas: list[Area]) -> str:
    names = [called(area.codes, area.names) for area in areas]
    return names[0] if len(names) == 1 else f"mean over births of {', '.join(names)}"


def _source(rows: str, found: dict[str, Found], written: dict[str, float]) -> str:
    """Which rates were read, from which rows and of which period, and which were written."""
    read = {kind: each.period for kind, each in found.items() if kind not in written}
    if not read:
        return AS_WRITTEN
    same = len(set(read.values())) == 1
    periods = [next(iter(read.values()))] if same else [f"{kind} of {each}" for kind, each in read.items() if each]
    source = ", ".join(filter(None, (rows, *periods)))
    return f"{' and '.join(written)} {AS_WRITTEN}; {' and '.join(read)} from {source}" if written else source
