"""Rows of a CSV file in any usual encoding and with any usual separator, or advice on the file.

The encoding is that of a byte order mark, else UTF-8 if valid, else Windows-1252, as spreadsheets on Windows write it.
The separator is the one that splits most lines into the same number of cells.
"""

import csv
import gzip
import re
import zlib
from collections import Counter
from pathlib import Path
from typing import NamedTuple, NoReturn

from bpssim.scenario.places.table_limits import (
    MAX_BYTES,
    MAX_CELL,
    MAX_COLUMNS,
    OVER_CELL,
    OVER_COLUMNS,
    check_size,
    check_totals,
    too_large,
)
from bpssim.scenario.reading.files import refusing_unreadable
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin
from bpssim.scenario.reading.plain_file import check_plain_file

_SEPARATORS = "\t;|,"
"""The first of those that split equally well: a comma within numbers is commoner than the others are."""
_SAMPLE = 200_000  # characters
_AS_CSV = "save the sheet with the table as CSV (in Excel: File, Save As, CSV UTF-8) and name that file"
_KINDS = {
    b"PK\x03\x04": f"is a workbook (such as .xlsx) or a zip archive, not CSV; {_AS_CSV}",
    b"\xd0\xcf\x11\xe0": f"is an old Excel workbook (.xls), not CSV; {_AS_CSV}",
    b"%PDF": "is a PDF, not CSV; look for the same table as CSV or as a workbook",
    b"PAR1": "is a Parquet file; this table is read from CSV",
}
_TEXT_KINDS = {
    "<": "is a web page, not CSV; the download may have failed, or the page may link to the file",
    "{": "is JSON, not CSV",
}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


class Row(NamedTuple):
    """One row that is not blank.

    Parameters
    ----------
    line
        Line of the file on which it ends, from 1.
    cells
        Without surrounding spaces.
    """

    line: int
    cells: list[str]


def read_rows(path: Path) -> list[Row]:
    """Read every row that is not blank.

    Parameters
    ----------
    path
        CSV file, plain or gzipped, in UTF-8, UTF-16 or Windows-1252; cells separated by commas, semicolons, tabs or
        upright bars.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If the file cannot be read as CSV, is too large for a table, or is empty; the message names what it is instead,
        if that can be told.
    """
    text = _text(path, _bytes(path))
    lines = (line[0] for line in _LINE.finditer(text))
    reader = csv.reader(lines, delimiter=_separator(text), strict=True)
    rows: list[Row] = []
    count = 0
    try:
        for number, cells in enumerate(reader, 1):
            count += len(cells)
            check_size(path, len(cells), MAX_COLUMNS, OVER_COLUMNS, reader.line_num)
            check_size(path, max(map(len, cells), default=0), MAX_CELL, OVER_CELL, reader.line_num)
            check_totals(path, number, count)
            row = Row(reader.line_num, list(map(str.strip, cells)))
            if any(row.cells):
                rows.append(row)
    except csv.Error as error:
        _refuse(path, f"not readable as CSV ({error}); a quotation mark may be missing", reader.line_num)
    if not rows:
        _refuse(path, "the file is empty")
    return rows


def _bytes(path: Path) -> bytes:
    with refusing_unreadable(path):
        check_plain_file(path)
        with path.open("rb") as file:
            gzipped = file.read(2) == b"\x1f\x8b"
        try:
            with gzip.open(path) if gzipped else path.open("rb") as whole:
                content = whole.read(MAX_BYTES + 1)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            _refuse(path, f"is not a whole gzip file ({error})")
    if len(content) > MAX_BYTES:
        raise too_large(path, f"over {MAX_BYTES:,} bytes{' uncompressed' if gzipped else ''}")
    return content


def _text(path: Path, content: bytes) -> str:
    for magic, what in _KINDS.items():
        if content.startswith(magic):
            _refuse(path, what)
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        _refuse(path, "not text in UTF-8, UTF-16 or Windows-1252; save it again as CSV UTF-8")
    for start, what in _TEXT_KINDS.items():
        if text.lstrip().startswith(start):
            _refuse(path, what)
    if found := _CONTROL.search(text):
        _refuse(path, "holds binary data, so it is not CSV", 1 + text.count("\n", 0, found.start()))
    return text


def _encodings(content: bytes) -> tuple[str, ...]:
    """Encodings to try in turn."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    start = content[:1000]
    for encoding, zeros in (("utf-16-le", start[1::2]), ("utf-16-be", start[::2])):
        if len(zeros) > 1 and zeros.count(0) > 0.9 * len(zeros):  # digits and Latin letters fill one byte of two
            return (encoding,)
    return "utf-8-sig", "cp1252"


def _separator(text: str) -> str:
    lines = text[:_SAMPLE].splitlines(keepends=True)

    def agreement(separator: str) -> tuple[int, int]:
        """Lines with the commonest number of cells, and that number."""
        try:
            widths = Counter(len(cells) for cells in csv.reader(lines, delimiter=separator) if len(cells) > 1)
        except csv.Error:
            return 0, 0
        return max(((count, width) for width, count in widths.items()), default=(0, 0))

    best = max(_SEPARATORS, key=agreement)
    return best if agreement(best) > (0, 0) else ","


def _refuse(path: Path, text: str, line: int | None = None) -> NoReturn:
    raise BadInput(Mistake(Origin(str(path), line), text)) from None
