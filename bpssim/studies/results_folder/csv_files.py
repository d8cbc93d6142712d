"""Rows as CSV files that a spreadsheet opens as what they are."""

import csv
import math
from codecs import BOM_UTF8
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from bpssim.scenario.reading.messages import printable

_FORMULA_STARTS = tuple("=+-@\uff1d\uff0b\uff0d\uff20")  # and their wide forms, which some spreadsheets take too
_CHUNK = 2**20  # bytes


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write rows as they come; undefined numbers (NaN) are empty cells, and no text is read as a formula.

    A file with signs beyond ASCII begins with a mark, without which Excel would spell names wrongly.
    """
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows([_cell(value) for value in row] for row in rows)
    with path.open("rb") as written:
        is_plain = all(chunk.isascii() for chunk in iter(partial(written.read, _CHUNK), b""))
    if not is_plain:
        path.write_bytes(BOM_UTF8 + path.read_bytes())


def unescaped(cell: str) -> str:
    """Return a text as it was before it was written, as far as line breaks and other controls are not concerned."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA_STARTS) else cell


def _cell(value: object) -> object:
    if isinstance(value, float):
        return "" if math.isnan(value) else repr(value)
    if isinstance(value, str):
        text = printable(value)
        return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
    return value
