"""Rows as CSV files that spreadsheets open correctly, and the same rows read back."""

import csv
import math
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, get_type_hints

from bpssim.scenario.reading.messages import BadInput, Mistake, Origin, printable

Row = TypeVar("Row", bound=NamedTuple)

_FORMULA_STARTS = tuple("=+-@\uff1d\uff0b\uff0d\uff20")  # and their wide forms, which some spreadsheets take too
_CHUNK = 2**20  # bytes


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write rows one by one; undefined numbers (NaN) are empty cells, and no text is read as a formula.

    A file with characters beyond ASCII begins with a byte order mark, without which Excel would garble names.
    """
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows([_cell(value) for value in row] for row in rows)
    with path.open("rb") as written:
        is_plain = all(chunk.isascii() for chunk in iter(partial(written.read, _CHUNK), b""))
    if not is_plain:
        path.write_bytes(BOM_UTF8 + path.read_bytes())


def rows_in(content: bytes, path: Path, kind: type[Row]) -> list[Row]:
    """Read the rows of a CSV file; empty numbers are undefined (NaN).

    Parameters
    ----------
    content
        Content of the file.
    path
        Its name in messages.
    kind
        Type of one row; its fields are the columns, and their types determine how cells are read.

    Raises
    ------
    BadInput
        If the file does not hold such rows.
    """
    readers = [_READERS[hint] for hint in get_type_hints(kind).values()]
    lines = lines_in(content, path, kind._fields)
    try:
        return [kind(*(reader(cell) for reader, cell in zip(readers, line, strict=True))) for line in lines]
    except (KeyError, ValueError):
        raise damaged(path) from None


def lines_in(content: bytes, path: Path, header: tuple[str, ...]) -> list[list[str]]:
    """Read the cells of a CSV file with this header; parameters and errors are those of `rows_in`."""
    try:
        columns, *lines = csv.reader(StringIO(content.decode("utf-8-sig"), newline=""))
    except (ValueError, csv.Error):
        raise damaged(path) from None
    if tuple(columns) != header:
        raise damaged(path)
    return lines


def damaged(path: Path) -> BadInput:
    """Refusal of a file that this version did not write in this form."""
    return BadInput(Mistake(Origin(str(path)), "does not hold what this version writes; run the scenario again"))


def _cell(value: object) -> object:
    if isinstance(value, float):
        return "" if math.isnan(value) else repr(value)
    if isinstance(value, str):
        text = printable(value)
        return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
    return value


def _unescaped(cell: str) -> str:
    """A text as it was before it was written, apart from line breaks and other control characters."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA_STARTS) else cell


def _number(cell: str) -> float:
    return float(cell) if cell else math.nan


_READERS: dict[Any, Callable[[str], Any]] = {
    str: _unescaped,
    int: int,
    float: _number,
    bool: {"True": True, "False": False}.__getitem__,
    bool | None: {"True": True, "False": False, "": None}.__getitem__,
}
