"""CSV files read back into the rows that were written."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, get_type_hints

from bpssim.scenario.messages import BadInput, Mistake, Origin
from bpssim.studies.results_folder.csv_files import unescaped

Row = TypeVar("Row", bound=NamedTuple)


def read_rows(path: Path, kind: type[Row]) -> list[Row]:
    """Read the rows of a CSV file; empty numbers are undefined (NaN).

    Parameters
    ----------
    path
        The file.
    kind
        What one row is; its fields are the columns, and their types tell how a cell is read.

    Raises
    ------
    BadInput
        If there is no such file, or it does not hold such rows.
    """
    readers = [_READERS[hint] for hint in get_type_hints(kind).values()]
    lines = read_lines(path, kind._fields)
    try:
        return [kind(*(reader(cell) for reader, cell in zip(readers, line, strict=True))) for line in lines]
    except (KeyError, ValueError):
        raise damaged(path) from None


def read_lines(path: Path, header: tuple[str, ...]) -> list[list[str]]:
    """Read the cells of a CSV file that has this header.

    Raises
    ------
    BadInput
        If there is no such file, or it has another header.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            found, *lines = csv.reader(file)
    except OSError as error:
        raise BadInput(Mistake(Origin(str(path)), f"cannot be read ({error.strerror})")) from None
    except ValueError:
        raise damaged(path) from None
    if tuple(found) != header:
        raise damaged(path)
    return lines


def damaged(path: Path) -> BadInput:
    """Say that a file is not what it should be."""
    return BadInput(Mistake(Origin(str(path)), "does not hold what this version writes; run the scenario again"))


def _number(cell: str) -> float:
    return float(cell) if cell else float("nan")


_READERS: dict[Any, Callable[[str], Any]] = {
    str: unescaped,
    int: int,
    float: _number,
    bool: {"True": True, "False": False}.__getitem__,
    bool | None: {"True": True, "False": False, "": None}.__getitem__,
}
