"""Places of all kinds by a part of their name, and what each has."""

from collections import Counter
from functools import cache
from typing import NamedTuple

import numpy as np

from bpssim.scenario.places.area_table import AREA_CODE
from bpssim.scenario.places.changed_areas import known_codes, shared_out
from bpssim.scenario.places.names import Kind, NamedPlace, as_ward, key, larger_places, meanings
from bpssim.scenario.places.small_areas import SmallAreas, shipped_table
from bpssim.scenario.words import QUINTILES

SHORTEST_OF_A_WARD = 3
"""Letters from which wards are completed, of which there are thousands."""


class Described(NamedTuple):
    """One place, as a list shows it."""

    kind: str
    written: str
    """Name that means it alone."""
    code: str
    where: str
    """Its nation; of a ward or former district, the district; ``as`` and the district that is used in its place."""
    areas: int
    births: float | None
    """Births a year, estimated; ``None`` where infants are not known."""
    mix: tuple[float, ...]
    """Share of births, or else of areas, by quintile."""


def how_many() -> dict[str, int]:
    """How many places there are of each kind."""
    counts = Counter(str(place.kind) for place in (*larger_places(), *wards()))
    return {**counts, "small area": len(shipped_table())}


def search(text: str) -> list[NamedPlace]:
    """Places with words that begin as those of a text, or with a code, those that are called so first."""
    if AREA_CODE.fullmatch(text.strip()) and text.strip().upper() in known_codes():
        code = text.strip().upper()
        rows, _ = shared_out(code)
        return [NamedPlace(Kind.SMALL_AREA, code, np.array(sorted(rows)))]
    wanted = key(text).replace(",", " ").split()
    found = [place for place in (*larger_places(), *wards()) if _has(place, wanted)]
    exact = [key(text) in map(key, (place.name, *place.other_names)) for place in found]
    return [place for first in (True, False) for place, is_exact in zip(found, exact, strict=True) if is_exact is first]


def completions(beginning: str) -> list[str]:
    """Names of places that begin so, as to write them."""
    start = key(beginning)
    places = [*larger_places(), *(wards() if len(start) >= SHORTEST_OF_A_WARD else ())]
    return [written(place) for place in places if key(place.name).startswith(start)]


def written(place: NamedPlace) -> str:
    """Name that means a place alone."""
    return place.name if place.kind is Kind.SMALL_AREA or len(meanings(place.name)) == 1 else place.with_kind


def described(place: NamedPlace) -> Described:
    """What a list shows of a place."""
    areas = shipped_table().take(place.rows)
    known = not np.isnan(areas.infants).all()
    weights = np.nan_to_num(areas.infants) if known else np.ones(len(areas))
    by_quintile = np.bincount(areas.quintile - 1, weights, QUINTILES)
    return Described(
        str(place.kind),
        written(place),
        next(iter(place.codes), ""),
        _where(place, areas),
        len(areas),
        float(weights.sum()) if known else None,
        tuple((by_quintile / max(by_quintile.sum(), 1e-300)).tolist()),
    )


def _where(place: NamedPlace, areas: SmallAreas) -> str:
    if place.means:
        return f"as {place.means}"
    inside = areas.district if place.kind in _IN_A_DISTRICT else areas.nation
    [(name, _)] = Counter(inside.listed()).most_common(1)  # a border that moved may leave an area in another district
    return name


_IN_A_DISTRICT = (Kind.FORMER_DISTRICT, Kind.WARD, Kind.INTERMEDIATE_ZONE, Kind.SMALL_AREA)


@cache
def wards() -> tuple[NamedPlace, ...]:
    """All wards of England and intermediate zones of Scotland, by district and name."""
    table = shipped_table()
    rows = np.flatnonzero(table.ward.of >= 0)
    both = table.district.of[rows].astype(np.int64) * len(table.ward.names) + table.ward.of[rows]
    order = np.argsort(both, kind="stable")
    parts = np.split(rows[order], np.flatnonzero(np.diff(both[order])) + 1)
    return tuple(map(as_ward, parts))


def _has(place: NamedPlace, wanted: list[str]) -> bool:
    names = [f" {key(name).replace(',', ' ')}" for name in (place.name, *place.other_names, *place.codes)]
    return any(all(f" {word}" in name for word in wanted) for name in names)
