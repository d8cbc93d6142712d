"""Where the births of a scenario are: real districts, or a planner's list of births by small area."""

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from bpssim.scenario import places
from bpssim.scenario.faults import Fault, Faulty, refuse
from bpssim.scenario.place_table import PlaceTable, SmallAreas, UnknownPlace
from bpssim.scenario.population import Population


class NamedAreas(NamedTuple):
    """The small areas of one place."""

    name: str  # as the table of places spells it, however the planner did
    areas: SmallAreas


def areas_of(population: Population) -> list[NamedAreas]:
    """The places that a population names, at least one of them.

    Raises
    ------
    bpssim.scenario.faults.Faulty
        With every district that is not known or named twice, or the file that cannot be used.
    """
    table = _table(population)
    if population.births_by_small_area:
        path = Path(population.births_by_small_area)
        try:
            return [NamedAreas(path.stem, places.births_by_small_area(path, table))]
        except places.PlaceFileError as error:
            raise Faulty([Fault(("births_by_small_area",), str(error))]) from None
    if population.place:
        return _districts(table, [population.place], [("place",)])
    return _districts(table, population.places, [("places", i) for i in range(len(population.places))])


def _table(population: Population) -> PlaceTable:
    if not population.published_index or not population.published_populations:
        return places.shipped_table()
    files = Path(population.published_index), Path(population.published_populations)
    try:
        return _published(*files, *(path.stat().st_mtime_ns if path.is_file() else 0 for path in files))
    except places.PlaceFileError as error:
        of_index = str(error).startswith(population.published_index)
        key = "published_index" if of_index else "published_populations"
        raise Faulty([Fault((key,), str(error))]) from None


@lru_cache(maxsize=1)  # a country takes a second to read, and every change of a scenario asks for it
def _published(index: Path, populations: Path, *_modified: int) -> PlaceTable:
    return places.read_published(index, populations)


def _districts(table: PlaceTable, labels: list[str], paths: list[tuple[str | int, ...]]) -> list[NamedAreas]:
    found: list[NamedAreas] = []
    faults = []
    for label, path in zip(labels, paths, strict=True):
        try:
            name = table.name_of(label)
        except UnknownPlace as error:
            faults.append(Fault(path, str(error)))
            continue
        if name in [other.name for other in found]:
            faults.append(Fault(path, f"{name} is named already; each district once", label))
        found.append(NamedAreas(name, table.district(name)))
    refuse(faults)
    return found
