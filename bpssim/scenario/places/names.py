"""Places by name or code: districts of any year since 2016, counties, boards, regions, nations and wards."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bpssim.scenario.places.other_names import OTHER_NAMES
from bpssim.scenario.places.small_areas import Labels, read_shipped, shipped_table


class Kind(StrEnum):
    """What a place is, from the commonest meaning of a name on."""

    DISTRICT = "district"
    FORMER_DISTRICT = "former district"
    COUNTY = "county"
    FORMER_COUNTY = "former county"
    BOARD = "integrated care board"
    REGION = "region"
    NATION = "nation"
    WARD = "ward"
    INTERMEDIATE_ZONE = "intermediate zone"
    SMALL_AREA = "small area"


@dataclass(frozen=True, eq=False)
class NamedPlace:
    """A set of small areas with a name.

    Attributes
    ----------
    kind : Kind
        What it is.
    name : str
        As to write it where it is the only meaning of the name.
    rows : ndarray of int64, shape (areas,)
        Rows of the shipped table, rising.
    codes : tuple of str
        Official codes, that of 2024 first.
    remark : str
        What the name was taken to mean, where that is not plain: a sentence, or empty.
    other_names : tuple of str
        Further names that mean the same.
    means : str
        Name of the place whose small areas these are, if that is not the same.
    """

    kind: Kind
    name: str
    rows: NDArray[np.int64]
    codes: tuple[str, ...] = ()
    remark: str = ""
    other_names: tuple[str, ...] = ()
    means: str = ""

    @cached_property
    def with_kind(self) -> str:
        """Name that means this place alone."""
        own = self.kind in (Kind.BOARD, Kind.WARD, Kind.INTERMEDIATE_ZONE)  # NHS, or the district, says it
        return self.name if own else f"{self.name} ({self.kind})"


def meanings(label: str) -> list[NamedPlace]:
    """Every place that a name or code means, places of the same small areas once; empty if there is none."""
    council = _of_council(label)
    found = _larger(label) or _wards(label) or _larger(council) or _exact(_CITY.sub("", council)) or _within(label)
    return list({place.rows.tobytes(): place for place in reversed(found)}.values())[::-1]


def _larger(label: str) -> list[NamedPlace]:
    known = by_key()
    return known.exact.get(key(label)) or known.less_exact.get(key(label)) or []


def _exact(label: str) -> list[NamedPlace]:
    return by_key().exact.get(key(label), [])


def _within(label: str) -> list[NamedPlace]:
    """Places with the nation, region or county in which they lie, such as Newport, Wales."""
    name, _, around = label.rpartition(",")
    inside = [place.rows for place in _larger(around) if place.kind in _AROUND] if name else []
    return [place for place in _larger(name) if any(np.isin(place.rows, rows).all() for rows in inside)]


_AROUND = (Kind.NATION, Kind.REGION, Kind.COUNTY, Kind.FORMER_COUNTY)
_CITY = re.compile("^(the )?(city of )?", re.I)


@dataclass(frozen=True)
class Index:
    """Places by what their names come down to.

    Attributes
    ----------
    exact
        By official names and codes, and by the name with its kind.
    less_exact
        By names without such parts as City or County.
    """

    exact: dict[str, list[NamedPlace]]
    less_exact: dict[str, list[NamedPlace]]


@cache
def by_key() -> Index:
    """Find all places larger than wards by their names."""
    exact: dict[str, list[NamedPlace]] = {}
    less_exact: dict[str, list[NamedPlace]] = {}
    for place in larger_places():
        of_city = re.sub(r"^(.*), (City|County) of$", r"\2 of \1", place.name)
        names = (place.name, *place.codes, place.with_kind, *place.other_names, of_city)
        for text in {key(text): None for text in names}:
            exact.setdefault(text, []).append(place)
        less_exact.setdefault(key(_shortened(place.name)), []).append(place)
    return Index(exact, less_exact)


def key(label: str) -> str:
    """What is left of a name without capitals, accents and signs, in which spellings differ."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", label) if not unicodedata.combining(each))
    words = re.sub(r"['\u2019.]", "", plain.casefold()).replace("&", " and ")
    return " ".join(re.sub("[-\u2013_/]", " ", words).replace(",", " , ").split())


def _shortened(name: str) -> str:
    """A name without City or County, such as Bristol, Edinburgh or Durham."""
    return re.sub(r", (City|County) of$|^(City of|County) | City\b", "", name)


def _of_council(label: str) -> str:
    """The place of a council, such as Leeds of Leeds City Council."""
    before = r"^((London|Royal|Metropolitan) )?Borough of "
    kind = r"City|County|(Metropolitan )?(Borough|District)"
    return re.sub(rf"{before}|( ({kind}))? Council$| ({kind}|MBC|MDC|BC|CC|DC)$", "", label.strip(), flags=re.I)


@cache
def larger_places() -> tuple[NamedPlace, ...]:
    """All places larger than wards."""
    districts: list[dict[str, Any]] = read_shipped("uk_districts.parquet").to_pylist()
    found = (
        *(*_districts(districts), *_former_districts(districts), *_counties(districts), *_boards()),
        *(*_labelled(shipped_table().region, Kind.REGION), *_labelled(shipped_table().nation, Kind.NATION)),
    )
    return tuple(map(_with_other_names, found))


def _with_other_names(place: NamedPlace) -> NamedPlace:
    other = OTHER_NAMES.get(place.with_kind) or OTHER_NAMES.get(place.name, ())
    codes = tuple(each for each in other if _CODE.fullmatch(each))
    names = tuple(each for each in other if each not in codes)
    return replace(place, codes=(*place.codes, *codes), other_names=(*place.other_names, *names))


_CODE = re.compile(r"[EWSN]\d{8}")


def _districts(listed: list[dict[str, Any]]) -> Iterator[NamedPlace]:
    table = shipped_table()
    for n, name in enumerate(table.district.names):
        same = [row for row in listed if row["district"] == name]
        codes = {row["district_code"]: None for row in same}
        former = {row["code"]: None for row in same if row["name"] == name}
        merged = [row for row in same if _is_merged(row)]
        renamed = {row["name"]: None for row in same if not _is_merged(row) and row["name"] != name}
        remark = _made_of(name, merged) if merged else ""
        rows = np.flatnonzero(table.district.of == n)
        yield NamedPlace(Kind.DISTRICT, name, rows, tuple({**codes, **former}), remark)
        for earlier in renamed:
            remark = f"{earlier} is now called {name}."
            yield NamedPlace(Kind.FORMER_DISTRICT, earlier, rows, remark=remark, means=name)


def _is_merged(row: dict[str, Any]) -> bool:
    return bool(row["code"] != row["district_code"] and row["name"] != row["district"])


def _made_of(name: str, merged: list[dict[str, Any]]) -> str:
    last = max(row["last_year"] for row in merged)
    return f"{name} was made in {last + 1} of {in_a_row(row['name'] for row in merged if row['last_year'] == last)}."


def _former_districts(listed: list[dict[str, Any]]) -> Iterator[NamedPlace]:
    """Districts that are no more: their own areas where these are known, or else the district that they became."""
    table = shipped_table()
    for row in filter(_is_merged, listed):
        name, now = row["name"], row["district"]
        was = f"{name} was a district until {row['last_year'] + 1} and is now part of {now}"
        if name in table.former_district.names:
            rows = np.flatnonzero(table.former_district.of == table.former_district.names.index(name))
            remark = f"{was}; its own {len(rows)} small areas are used."
            yield NamedPlace(Kind.FORMER_DISTRICT, name, rows, (row["code"],), remark)
        else:
            rows = np.flatnonzero(table.district.of == table.district.names.index(now))
            remark = f"{was}, which is used as a whole because its own small areas are not known."
            yield NamedPlace(Kind.FORMER_DISTRICT, name, rows, (row["code"],), remark, means=now)


def _counties(listed: list[dict[str, Any]]) -> Iterator[NamedPlace]:
    table = shipped_table()
    now = [row for row in listed if row["code"] == row["district_code"]]
    for kind, column in ((Kind.COUNTY, "county"), (Kind.FORMER_COUNTY, "former_county")):
        for name in dict.fromkeys(row[column] for row in now if row[column] and row[column] != row["district"]):
            members = {row["district"]: row for row in now if row[column] == name}
            rows = np.flatnonzero(np.isin(table.district.of, [table.district.names.index(each) for each in members]))
            first = next(iter(members.values()))
            if kind is Kind.FORMER_COUNTY:
                remark = f"{name} was a county until {first['former_county_until']} and is now {in_a_row(members)}."
                yield NamedPlace(kind, name, rows, (), remark)
            else:
                yield NamedPlace(kind, name, rows, (first["county_code"],) if first["county_code"] else ())


def _boards() -> Iterator[NamedPlace]:
    for board in _labelled(shipped_table().board, Kind.BOARD):
        place = board.name.removeprefix("NHS ").removesuffix(" Integrated Care Board")
        others = [f"{nhs}{place}{kind}" for nhs in ("NHS ", "") for kind in (" Integrated Care Board", " ICB", "")]
        yield NamedPlace(Kind.BOARD, f"NHS {place}", board.rows, other_names=tuple(others))


def _labelled(labels: Labels, kind: Kind) -> Iterator[NamedPlace]:
    for n, name in enumerate(labels.names):
        yield NamedPlace(kind, name, np.flatnonzero(labels.of == n))


def _wards(label: str) -> list[NamedPlace]:
    """Wards by their name, a comma and their district, both of which may have commas themselves."""
    for comma in (found.start() for found in re.finditer(",", label)):
        for place in _larger(label[comma + 1 :]):
            if place.kind in (Kind.DISTRICT, Kind.FORMER_DISTRICT) and (found := _ward_in(label[:comma], place)):
                return [found]
    return []


def _ward_in(label: str, district: NamedPlace) -> NamedPlace | None:
    table = shipped_table()
    rows = district.rows[np.isin(table.ward.of[district.rows], ward_numbers().get(key(label), []))]
    return as_ward(rows) if len(rows) else None


def as_ward(rows: NDArray[np.int64]) -> NamedPlace:
    """All small areas of one ward as a place."""
    one = shipped_table().take(rows[:1])
    kind = Kind.INTERMEDIATE_ZONE if one.nation.listed() == ["Scotland"] else Kind.WARD
    return NamedPlace(kind, f"{one.ward.listed()[0]}, {one.district.listed()[0]}", rows)


@cache
def ward_numbers() -> dict[str, list[int]]:
    """Positions of ward names, by what they come down to."""
    found: dict[str, list[int]] = {}
    for n, name in enumerate(shipped_table().ward.names):
        found.setdefault(key(name), []).append(n)
    return found


def districts_with_ward(label: str) -> list[str]:
    """Districts that have a ward of a name."""
    table = shipped_table()
    rows = np.flatnonzero(np.isin(table.ward.of, ward_numbers().get(key(label), [])))
    return list(dict.fromkeys(table.take(rows).district.listed()))


def in_a_row(names: Iterable[str]) -> str:
    """Names with commas, and before the last."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
