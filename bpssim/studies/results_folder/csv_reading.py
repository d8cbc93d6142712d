"""CSV files read back into the rows that were written."""

import csv
from collections.abc import Callable
from io import StringIO
from math import nan
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, get_type_hints

from bpssim.scenario.reading.messages import BadInput, Mistake, Origin
from bpssim.studies.results_folder.csv_files import unescaped

Row = TypeVar("Row", bound=NamedTuple)


def rows_in(content: bytes, path: Path, kind: type[Row]) -> list[Row]:
    """Read the rows of a CSV file; empty numbers are undefined (NaN).

    Parameters
    ----------
    content
        What it holds.
    path
        Its name in messages.
    kind
        What one row is; its fields are the columns, and their types tell how a cell is read.

    Raises
    ------
    BadInput
        If it does not hold such rows.
    """
    readers = [_READERS[hint] for hint in get_type_hints(kind).values()]
    lines = lines_in(content, path, kind._fields)
    try:
        return [kind(*(reader(cell) for reader, cell in zip(readers, line, strict=True))) for line in lines]
    except (KeyError, ValueError):
        raise damaged(path) from None


def lines_in(content: bytes, path: Path, header: tuple[str, ...]) -> list[list[str]]:
    """Read the cells of a CSV file that has this header; parameters and errors as of `rows_in`."""
    try:
        found, *lines = csv.reader(StringIO(content.decode("utf-8-sig"), newline=""))
    except (ValueError, csv.Error):
        raise damaged(path) from None
    if tuple(found) != header:
        raise damaged(path)
    return lines


def damaged(path: Path) -> BadInput:
    """Say that a file is not what it should be."""
    return BadInput(Mistake(Origin(str(path)), "does not hold what this version writes; run the scenario again"))


def _number(cell: str) -> float:
    return float(cell) if cell else nan


_READERS: dict[Any, Callable[[str], Any]] = {
    str: unescaped,
    int: int,
    float: _number,
    bool: {"True": True, "False": False}.__getitem__,
    bool | None: {"True": True, "False": False, "": None}.__getitem__,
}
