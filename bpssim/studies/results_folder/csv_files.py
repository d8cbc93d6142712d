"""Rows as CSV files that a spreadsheet opens as what they are."""

import csv
import math
from collections.abc import Iterable, Sequence
from io import StringIO
from pathlib import Path

from bpssim.scenario.messages import printable

_FORMULA_STARTS = tuple("=+-@\uff1d\uff0b\uff0d\uff20")  # and their wide forms, which some spreadsheets take too


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write rows; undefined numbers (NaN) are empty cells, and no text is read as a formula.

    A file with signs beyond ASCII begins with a mark, without which Excel would spell names wrongly.
    """
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    written = text.getvalue()
    path.write_text(written, encoding="utf-8" if written.isascii() else "utf-8-sig", newline="")


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
