"""From what a scenario calls its places to their small areas, each area in one place and all in one nation."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bpssim.scenario.places.area_table import AREA_CODE
from bpssim.scenario.places.code_lists import ListedAreas, areas_in_file, areas_of
from bpssim.scenario.places.names import in_a_row, meanings
from bpssim.scenario.places.published_table import PublishedTable
from bpssim.scenario.places.small_areas import shipped_table
from bpssim.scenario.places.unknown_names import ambiguous, unknown
from bpssim.scenario.reading.files import is_table_file
from bpssim.scenario.reading.messages import NOWHERE, BadInput, Mistake, in_words, refuse, wrong

CHILDHOOD = 16
"""Birth years of children aged 0 to 15: a sixteenth of the children stands for a year of births."""


@dataclass(frozen=True, eq=False)
class Located:
    """One place, found.

    Attributes
    ----------
    name : str
        As it is spelt.
    codes : list of str, length areas
        Of its small areas.
    quintile : ndarray of int8, shape (areas,)
        Quintile of deprivation of its nation.
    births : ndarray of float64, shape (areas,)
        An estimate of births a year.
    shares : ndarray of float64, shape (areas,)
        Share of each area that is part of the place.
    areas : ndarray of int64, shape (areas,)
        Rows of the shipped table, -1 for an area that is not there.
    remark : str
        What the name or the codes were taken to mean, if that is not plain.
    """

    name: str
    codes: list[str]
    quintile: NDArray[np.int8]
    births: NDArray[np.float64]
    shares: NDArray[np.float64]
    areas: NDArray[np.int64]
    remark: str = ""


def located(labels: dict[str, str], table: PublishedTable | None, births_of_an_area: float) -> dict[str, Located]:
    """Find places, by the key of the first label of each.

    Parameters
    ----------
    labels
        Names, codes or files, by the key of the population under which each stands. Codes of single small areas
        together are one place.
    table
        A published table whose districts alone are then known; by default the table that comes with the package.
    births_of_an_area
        Births a year in a small area of Northern Ireland, for which no infants are known.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        With every place that is not known, has several meanings or overlaps with another.
    """
    codes = {path: label.strip().upper() for path, label in labels.items() if AREA_CODE.fullmatch(label.strip())}
    found: dict[str, Located] = {}
    mistakes: list[Mistake] = []
    for path, label in labels.items():
        if path in codes and path != next(iter(codes)) and not table:
            continue
        try:
            if table:
                found[path] = _published(label, table)
            elif path in codes:
                listed = areas_of(codes.values())
                name = f"{len(listed.rows):,} small areas" if len(codes) > 1 else codes[path]
                found[path] = _listed(name, listed, births_of_an_area)
            else:
                found[path] = _shipped(label, births_of_an_area)
        except BadInput as error:
            mistakes += [replace(each, path=path) if each.origin.file == "" else each for each in error.mistakes]
    mistakes += _overlaps(found, labels)
    if not mistakes and found:
        mistakes += several_nations([(place.name, place.areas) for place in found.values()], list(found)[-1])
    refuse(mistakes)
    return found


def _shipped(label: str, births_of_an_area: float) -> Located:
    if is_table_file(label):
        return _listed(Path(label).stem, areas_in_file(Path(label)), births_of_an_area)
    found = meanings(label)
    if len(found) != 1:
        raise BadInput(ambiguous(label, found) if found else unknown(label))
    [place] = found
    return _listed(
        place.means or place.name, ListedAreas(place.rows, np.ones(len(place.rows)), place.remark), births_of_an_area
    )


def _listed(name: str, found: ListedAreas, births_of_an_area: float) -> Located:
    areas = shipped_table().take(found.rows)
    known = not np.isnan(areas.infants).all()
    births = found.shares * (np.nan_to_num(areas.infants) if known else births_of_an_area)
    return Located(name, areas.codes.tolist(), areas.quintile, births, found.shares, found.rows, found.remark)


def _published(label: str, table: PublishedTable) -> Located:
    areas = table.district(label)
    codes = areas.codes.tolist()
    births, shares = areas.children / CHILDHOOD, np.ones(len(codes))
    return Located(table.name_of(label), codes, areas.quintile, births, shares, shipped_table().rows_of(codes))


def _overlaps(places: dict[str, Located], labels: dict[str, str]) -> Iterator[Mistake]:
    """Mistakes about places that share small areas: an area has one service, and its births count once."""
    owner: dict[str, str] = {}
    for path, place in places.items():
        for other in dict.fromkeys(owner[code] for code in place.codes if code in owner):
            earlier = places[other]
            shared = len({*place.codes} & {*earlier.codes})
            yield Mistake(NOWHERE, _overlap(place, earlier, shared), path, in_words(labels[path]))
        owner.update(dict.fromkeys(place.codes, path))
        namesake = next((other for other in places if places[other].name == place.name), path)
        if namesake != path and not {*place.codes} & {*places[namesake].codes}:
            text = f"is called {place.name}, as another place is; give one of them another name"
            yield Mistake(NOWHERE, text, path, in_words(labels[path]))


def _overlap(place: Located, earlier: Located, shared: int) -> str:
    if shared == len(place.codes) == len(earlier.codes):
        return f"{earlier.name} is named already; each place once"
    if shared == len(place.codes):
        return f"{place.name} lies within {earlier.name}, which is named already; name one of them"
    if shared == len(earlier.codes):
        return f"{place.name} contains {earlier.name}, which is named already; name one of them"
    return f"{place.name} and {earlier.name} share {shared:,} small areas; an area can be in one place only"


def several_nations(places: Iterable[tuple[str, NDArray[np.int64]]], path: str) -> Iterator[Mistake]:
    """Mistake about areas of several nations, whose quintiles are of different indices.

    Parameters
    ----------
    places
        Names, and rows of the shipped table.
    path
        Key of the population where the mistake stands.
    """
    table = shipped_table()
    nations: dict[str, str] = {}
    for name, rows in places:
        for nation in dict.fromkeys(table.take(rows[rows >= 0]).nation.listed()):
            nations.setdefault(nation, name)
    if len(nations) > 1:
        several = len({*nations.values()}) > 1
        where = in_a_row(f"{name} in {nation}" if several else nation for nation, name in nations.items())
        text = (
            f"areas lie in several nations ({where}), whose quintiles of deprivation cannot be compared, because their"
        )
        yield wrong(path, f"{text} indices differ; run a scenario for each nation")
