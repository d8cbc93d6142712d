"""Columns of a CSV file that somebody else made, or one clear message why they cannot be read."""

import csv
import gzip
import re
import zlib
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from itertools import count
from pathlib import Path
from reprlib import repr as short_repr
from typing import IO

_LONGEST_LINE = 100_000  # characters; the widest published file needs 4,000
_NUMBER = re.compile(r"(\d{1,9}|\d{1,3}(,\d{3}){1,2})(\.\d+)?", re.ASCII)


class PlaceFileError(ValueError):
    """A file about places cannot be used; the message names the file, what was found and what is allowed."""


def read_columns(path: Path, wanted: Sequence[str]) -> list[tuple[int, list[str]]]:
    """Read some columns of a CSV file with a header, found by how their names begin.

    Releases of the same file differ in the year at the end of a column's name, so ``LSOA code`` finds
    both ``LSOA code (2011)`` and ``LSOA code (2021)``. A column with exactly the wanted name comes first.

    Parameters
    ----------
    path : Path
        UTF-8 CSV file, with or without byte order mark, plain or gzipped.
    wanted : sequence of str
        Beginnings of the column names; case does not matter.

    Returns
    -------
    list of (int, list of str)
        Line number and wanted cells, stripped, of each row that is not blank; at least one row.

    Raises
    ------
    PlaceFileError
        If the file cannot be read as CSV, is empty, lacks a column, or has a row unlike its header.
    """
    rows = _rows(path)
    if not rows:
        raise PlaceFileError(f"{path}: the file is empty; expected a header and rows of CSV.")
    (_, header), *body = rows
    if not body:
        raise PlaceFileError(f"{path}: there are no rows below the header.")
    columns = [_find_column(path, header, name) for name in wanted]
    for line, cells in body:
        if len(cells) != len(header):
            raise PlaceFileError(
                f"{path}, line {line}: found {len(cells)} cells where the header has {len(header)}; "
                "a number with a thousands separator must be in quotes."
            )
    return [(line, [cells[column] for column in columns]) for line, cells in body]


def read_number(path: Path, line: int, name: str, text: str) -> float:
    """Read a number from 0 up, with or without thousands separators (``1234``, ``1,234``, ``0.5``).

    Raises
    ------
    PlaceFileError
        If `text` is anything else, naming `path`, `line` and the column `name`.
    """
    if not _NUMBER.fullmatch(text):
        raise PlaceFileError(
            f"{path}, line {line}: {name} is {short_repr(text)}; allowed: a number from 0 to 999,999,999."
        )
    return float(text.replace(",", ""))


def _rows(path: Path) -> list[tuple[int, list[str]]]:
    try:
        with _open_text(path) as file:
            reader = csv.reader(_bounded_lines(file), strict=True)
            try:
                stripped = [(reader.line_num, [cell.strip() for cell in cells]) for cells in reader]
            except csv.Error as error:
                raise ValueError(f"line {reader.line_num}: {error}") from error
    except OSError as error:
        raise PlaceFileError(f"{path}: cannot be read: {error.strerror or error}.") from error
    except (EOFError, zlib.error, ValueError) as error:
        raise PlaceFileError(f"{path}: not CSV in UTF-8, plain or gzipped ({error}).") from error
    return [(line, cells) for line, cells in stripped if any(cells)]


def _open_text(path: Path) -> IO[str]:
    with path.open("rb") as file:
        gzipped = file.read(2) == b"\x1f\x8b"
    opener = gzip.open if gzipped else open
    return opener(path, "rt", encoding="utf-8-sig", newline="")


def _bounded_lines(file: IO[str]) -> Iterator[str]:
    # A binary file may be one endless line: stop before it fills the memory.
    for number in count(1):
        line = file.readline(_LONGEST_LINE)
        if len(line) == _LONGEST_LINE:
            raise ValueError(f"line {number} is longer than {_LONGEST_LINE:,} characters")
        if "\0" in line:
            raise ValueError(f"line {number} holds binary data")
        if not line:
            return
        yield line


def _find_column(path: Path, header: Sequence[str], name: str) -> int:
    folded = [cell.casefold() for cell in header]
    key = name.casefold()
    exact = [i for i, cell in enumerate(folded) if cell == key]
    found = exact or [i for i, cell in enumerate(folded) if cell.startswith(key)]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(short_repr(header[i]) for i in found[:3])
        raise PlaceFileError(f"{path}: several columns begin with {name!r}: {names}; keep one of them.")
    [nearest] = get_close_matches(key, [cell[:200] for cell in folded], n=1, cutoff=0.0)
    raise PlaceFileError(f"{path}: no column begins with {name!r}; the nearest column present is {nearest[:100]!r}.")
