"""Small areas of English districts, and a planner's births by small area."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bpssim.scenario.places.area_table import AreaTable, LeftOut
from bpssim.scenario.places.place_table import PlaceTable, SmallAreas, quintile_of_rank
from bpssim.scenario.reading.messages import Mistake, Origin, refuse

_DISTRICT_CODE = "local authority district code|lad.{0,4}cd"
_DISTRICT_NAME = "local authority district name|lad.{0,4}nm"
_RANK = r"index of multiple deprivation \(imd\) rank"
_BIRTHS = r"(?!.*(\brate|\bper\b|%|\bstill))(.*\b)?births\b.*"
_CHILDREN = "dependent children aged 0-15"
_WITHHELD_BIRTHS = (
    "write a number in each: for fewer than five a likely one, such as 2, or what is left of a published total; 0 for "
    "none"
)
_UNPLACED_BIRTHS = "births whose area is not known can be shared out or left out, and a total is called total"


@dataclass(frozen=True, eq=False)
class ListedBirths:
    """Births a year by small area, as a planner lists them.

    Attributes
    ----------
    codes : ndarray of str, shape (n,)
        ONS codes.
    quintile : ndarray of int8, shape (n,)
        IMD quintile, 1 = most deprived.
    births : ndarray of float64, shape (n,)
        Births a year, 0 or more, not all 0.
    left_out : LeftOut
        Rows that are sums of others.
    stated_total : float, optional
        Births of all areas as a row of the file states them.
    """

    codes: NDArray[np.str_]
    quintile: NDArray[np.int8]
    births: NDArray[np.float64]
    left_out: LeftOut
    stated_total: float | None = None


@cache
def shipped_table() -> PlaceTable:
    """Table of the 32,844 small areas of England (2011 boundaries) that comes with the package, read once.

    Source: English Indices of Deprivation 2019; see ``data/README.md`` beside this file.
    """
    import pyarrow.parquet as pq  # here, because a scenario without a real place need not wait for it

    with as_file(files("bpssim.scenario") / "data" / "english_small_areas_2019.parquet") as path:
        table = pq.ParquetFile(path).read().combine_chunks()
    areas = SmallAreas(
        codes=np.array(table["code"].to_pylist()),
        quintile=np.from_dlpack(table["quintile"].chunk(0)).astype(np.int8),  # to_numpy would import pandas
        children=np.from_dlpack(table["children"].chunk(0)).astype(np.float64),
    )
    district_code, district_name = table["district_code"].chunk(0), table["district_name"].chunk(0)
    return PlaceTable(
        areas,
        district_of=np.from_dlpack(district_code.indices).astype(np.int16),
        district_codes=tuple(district_code.dictionary.to_pylist()),
        district_names=tuple(district_name.dictionary.to_pylist()),
        counted="mid-2015",
    )


def read_published(index_file: Path, population_file: Path) -> PlaceTable:
    """Read the small areas of a release of the English Indices of Deprivation from its published files.

    Ask the result for a district: ``read_published(index, population).district("Rochdale")``.

    Parameters
    ----------
    index_file : Path
        File 1 of the release (IMD rank of each small area), CSV, plain or gzipped. It must hold the whole
        country, because the number of its areas sets the boundaries of the quintiles.
    population_file : Path
        Population denominators of the release (File 6 in 2019), the same way.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        With everything that is wrong with the first of the files that cannot be used.
    """
    index = AreaTable(index_file)
    rank = index.column_needed(_RANK, "Index of Multiple Deprivation (IMD) Rank")
    ranks = _ranks(index, rank)
    index.left_out(rank)
    names = index.texts(index.column_needed(_DISTRICT_NAME, "Local Authority District name"))
    district_codes = index.texts(index.column_needed(_DISTRICT_CODE, "Local Authority District code"))
    index.refuse()
    district_of, labels = _number_districts(zip(names, district_codes, strict=True))
    children, counted = _read_children(population_file, index.codes)
    empty = np.flatnonzero(np.bincount(district_of, weights=children) == 0)
    refuse(Mistake(Origin(str(population_file)), f"{labels[n][0]} has no children in any small area") for n in empty)
    return PlaceTable(
        SmallAreas(np.array(index.codes), quintile_of_rank(ranks, len(index.codes)), children),
        district_of,
        district_codes=tuple(code for _, code in labels),
        district_names=tuple(name for name, _ in labels),
        counted=counted,
    )


def births_by_small_area(births_file: Path, table: PlaceTable | None = None) -> ListedBirths:
    """Read a planner's births a year by small area.

    Parameters
    ----------
    births_file : Path
        CSV with a column of ONS codes of small areas, found by what is in it, and a column of births: the one whose
        heading says so, or the only one of numbers. Titles above and footnotes are left out, and so are totals and
        rows of larger areas, which are counted.
    table : PlaceTable, optional
        Where quintiles come from; by default the table that comes with the package.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        With everything that is wrong with the file.
    """
    known = (table or shipped_table()).quintile_of
    listed = AreaTable(births_file, known)
    column = _births_column(listed)
    births = np.array(listed.numbers(column, "births", _WITHHELD_BIRTHS))
    left_out = listed.left_out(column, _UNPLACED_BIRTHS)
    _note_unknown(listed, known)
    if not births.any() and not listed.mistakes:
        listed.mistaken(None, "all births are 0; at least one small area must have births")
    listed.refuse()
    quintile = np.array([known[code] for code in listed.codes], np.int8)
    return ListedBirths(np.array(listed.codes), quintile, births, left_out, listed.stated_total(column))


def _births_column(listed: AreaTable) -> int:
    """The column of births.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If none is called so, and not exactly one column holds numbers.
    """
    column = listed.headed(_BIRTHS)
    if column is not None:
        return column
    numeric = listed.numeric()
    if len(numeric) != 1:
        there = f"numbers stand in {listed.names(numeric)}" if numeric else "none holds numbers"
        text = f"no column is called births, and {there}"
        listed.mistaken(None, text, advice="give the column of births the heading births")
        listed.refuse()
    return numeric[0]


def _note_unknown(listed: AreaTable, known: dict[str, int]) -> None:
    unknown = [(row.line, code) for row, code in zip(listed.rows, listed.codes, strict=True) if code not in known]
    if unknown:
        codes = ", ".join(code for _, code in unknown[:5]) + (", ..." if len(unknown) > 5 else "")
        listed.mistaken(
            unknown[0][0],
            f"{len(unknown):,} of {len(listed.codes):,} codes are not in the table of deprivation: {codes}",
            advice="the table that comes with bpssim has England's small areas of 2011, so take births by LSOA 2011, "
            "or name newer tables by population.published_index and published_populations",
        )


def _ranks(index: AreaTable, column: int) -> NDArray[np.int64]:
    ranks = np.array(index.numbers(column, "IMD rank", "every small area of a country has a rank"))
    n = len(ranks)
    for row, rank in zip(index.rows, ranks.tolist(), strict=True):
        if rank != int(rank) or not 1 <= rank <= n:
            text = f"should be a whole number from 1 to {n:,}, the number of small areas in the file"
            index.mistaken(row.line, text, f"{rank:g}", "the file must hold the whole country", "IMD rank")
    return ranks.astype(np.int64)


def _read_children(path: Path, codes: list[str]) -> tuple[NDArray[np.float64], str]:
    table = AreaTable(path)
    column = table.column_needed(_CHILDREN, "Dependent Children aged 0-15")
    numbers = table.numbers(column, "children", "the published file has a number for every small area")
    table.left_out(column)
    children = dict(zip(table.codes, numbers, strict=True))
    missing = [code for code in codes if code not in children]
    if missing:
        some = ", ".join(missing[:5]) + (", ..." if len(missing) > 5 else "")
        text = f"{len(missing):,} small areas of the index file are missing: {some}; both files must be of one release"
        table.mistaken(None, text)
    table.refuse()
    year = re.search(r"mid[ -]?(\d{4})", table.headings[column], re.IGNORECASE)
    return np.array([children[code] for code in codes]), f"mid-{year[1]}" if year else ""


def _number_districts(
    names_and_codes: Iterable[tuple[str, str]],
) -> tuple[NDArray[np.int16], list[tuple[str, str]]]:
    pairs = list(names_and_codes)
    labels = sorted(set(pairs))
    index = {label: i for i, label in enumerate(labels)}
    return np.array([index[pair] for pair in pairs], np.int16), labels
