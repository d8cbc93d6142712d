"""Real places: how the births of an English district, or of a planner's list, spread over quintiles."""

from collections.abc import Container, Iterable
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from reprlib import repr as short_repr

import numpy as np
from numpy.typing import NDArray

from bpssim.scenario.csv_columns import PlaceFileError, read_columns, read_number
from bpssim.scenario.place_table import PlaceTable, SmallAreas, UnknownPlace, quintile_of_rank

__all__ = [
    "PlaceFileError",
    "PlaceTable",
    "SmallAreas",
    "UnknownPlace",
    "births_by_small_area",
    "district",
    "district_names",
    "read_published",
    "shipped_table",
]

_INDEX_COLUMNS = (
    "LSOA code",
    "Local Authority District code",
    "Local Authority District name",
    "Index of Multiple Deprivation (IMD) Rank",
)
_POPULATION_COLUMNS = ("LSOA code", "Dependent Children aged 0-15")


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
    )


def district(name: str) -> SmallAreas:
    """Small areas of an English district (2019 boundaries), by name or ONS code.

    Parameters
    ----------
    name : str
        Such as ``Rochdale`` or ``E08000005``; case and surrounding spaces do not matter.

    Raises
    ------
    UnknownPlace
        If there is no such district; the message gives the nearest names.
    """
    return shipped_table().district(name)


def district_names() -> list[str]:
    """Names of the 317 English districts of 2019, sorted."""
    return sorted(shipped_table().district_names)


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
    PlaceFileError
        If a file cannot be used; the message names the file, what was found and what is allowed.
    """
    rows = read_columns(index_file, _INDEX_COLUMNS)
    _refuse_duplicates(index_file, [(line, code) for line, (code, *_) in rows])
    ranks = [_read_rank(index_file, line, rank, len(rows)) for line, (*_, rank) in rows]
    codes = [code for _, (code, *_) in rows]
    district_of, labels = _number_districts((name, code) for _, (_, code, name, _) in rows)
    children = _read_children(population_file, codes)
    for index in np.flatnonzero(np.bincount(district_of, weights=children) == 0)[:1]:
        raise PlaceFileError(f"{population_file}: {labels[index][0]} has no children in any small area.")
    return PlaceTable(
        SmallAreas(np.array(codes), quintile_of_rank(np.array(ranks), len(rows)), children),
        district_of,
        district_codes=tuple(code for _, code in labels),
        district_names=tuple(name for name, _ in labels),
    )


def births_by_small_area(births_file: Path, table: PlaceTable | None = None) -> SmallAreas:
    """Read a planner's births by small area; the weights are births.

    Parameters
    ----------
    births_file : Path
        CSV with the columns ``lsoa`` (ONS code) and ``births`` (number, 0 or more), one row for each
        small area.
    table : PlaceTable, optional
        Where quintiles come from; by default the table that comes with the package.

    Raises
    ------
    PlaceFileError
        If the file cannot be used; the message names the file, the line, what was found and what is allowed.
    """
    rows = read_columns(births_file, ("lsoa", "births"))
    lines_and_codes = [(line, code.upper()) for line, (code, _) in rows]
    _refuse_duplicates(births_file, lines_and_codes)
    quintile_of = (table or shipped_table()).quintile_of
    _refuse_unknown(births_file, lines_and_codes, quintile_of)
    births = np.array([read_number(births_file, line, "births", text) for line, (_, text) in rows])
    if not births.any():
        raise PlaceFileError(f"{births_file}: all births are 0; at least one small area must have births.")
    codes = [code for _, code in lines_and_codes]
    quintile = np.array([quintile_of[code] for code in codes], np.int8)
    return SmallAreas(np.array(codes), quintile, births)


def _read_rank(path: Path, line: int, text: str, n: int) -> int:
    rank = read_number(path, line, "the IMD rank", text)
    if rank != int(rank) or not 1 <= rank <= n:
        raise PlaceFileError(
            f"{path}, line {line}: the IMD rank is {short_repr(text)}; allowed: whole numbers from 1 to "
            f"{n:,}, the number of small areas in the file, which must hold the whole country."
        )
    return int(rank)


def _read_children(path: Path, codes: list[str]) -> NDArray[np.float64]:
    rows = read_columns(path, _POPULATION_COLUMNS)
    _refuse_duplicates(path, [(line, code) for line, (code, _) in rows])
    children = {code: read_number(path, line, "children", text) for line, (code, text) in rows}
    missing = [code for code in codes if code not in children]
    if missing:
        raise PlaceFileError(
            f"{path}: {len(missing):,} small areas of the index file are missing, such as "
            f"{_some(missing)}; both files must be of one release."
        )
    return np.array([children[code] for code in codes])


def _number_districts(
    names_and_codes: Iterable[tuple[str, str]],
) -> tuple[NDArray[np.int16], list[tuple[str, str]]]:
    pairs = list(names_and_codes)
    labels = sorted(set(pairs))
    index = {label: i for i, label in enumerate(labels)}
    return np.array([index[pair] for pair in pairs], np.int16), labels


def _refuse_duplicates(path: Path, lines_and_codes: list[tuple[int, str]]) -> None:
    first_line: dict[str, int] = {}
    for line, code in lines_and_codes:
        if code in first_line:
            raise PlaceFileError(
                f"{path}, line {line}: {short_repr(code)} is already on line {first_line[code]}; "
                "each small area may be there once."
            )
        first_line[code] = line


def _refuse_unknown(path: Path, lines_and_codes: list[tuple[int, str]], known: Container[str]) -> None:
    unknown = [(line, code) for line, code in lines_and_codes if code not in known]
    if unknown:
        raise PlaceFileError(
            f"{path}, line {unknown[0][0]}: {len(unknown):,} of {len(lines_and_codes):,} codes are not small "
            f"areas of the deprivation table: {_some([code for _, code in unknown])}; allowed: ONS codes of "
            "LSOAs on the table's boundaries (2011 in the table that comes with bpssim), such as 'E01005501'."
        )


def _some(codes: list[str]) -> str:
    return ", ".join(short_repr(code) for code in codes[:3]) + (", ..." if len(codes) > 3 else "")
