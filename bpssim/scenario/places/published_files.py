"""The English Indices of Deprivation of any release, read from the files as they are published."""

import re
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bpssim.scenario.places.area_table import AreaTable
from bpssim.scenario.places.published_table import PublishedAreas, PublishedTable, quintile_of_rank
from bpssim.scenario.reading.messages import Mistake, Origin, refuse

_DISTRICT_CODE = "local authority district code|lad.{0,4}cd"
_DISTRICT_NAME = "local authority district name|lad.{0,4}nm"
_RANK = r"index of multiple deprivation \(imd\) rank"
_CHILDREN = "dependent children aged 0-15"


def read_published(index_file: Path, population_file: Path) -> PublishedTable:
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
    return PublishedTable(
        PublishedAreas(np.array(index.codes), quintile_of_rank(ranks, len(index.codes)), children),
        district_of,
        district_codes=tuple(code for _, code in labels),
        district_names=tuple(name for name, _ in labels),
        counted=counted,
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
