"""A planner's table, CSV or Parquet, as columns of text, with the position of every mistake."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from bpssim.scenario.places.csv_rows import Row, read_rows
from bpssim.scenario.places.table_limits import (
    MAX_BYTES,
    MAX_CELL,
    MAX_COLUMNS,
    MAX_GROUPS,
    OVER_BYTES,
    OVER_CELL,
    OVER_COLUMNS,
    check_size,
    check_totals,
)
from bpssim.scenario.reading.messages import SHOWN_MISTAKES, BadInput, Mistake, Origin, and_more, cut, in_words, nearest

_HIGHEST_TITLE = 50
"""Number of rows searched for the headings."""


class TextTable:
    """Columns of trimmed lower-case texts, null where a cell is empty, and the mistakes found.

    Parameters
    ----------
    path
        CSV file as `bpssim.scenario.places.csv_rows.read_rows` takes it, or Parquet file. In a CSV file titles may
        stand above the line of headings, which is the one with most of the names, and notes below the last row.
    names
        Columns that it may have; none of them is required.

    Attributes
    ----------
    columns : dict of pyarrow.Array
        Texts by column.
    headings : list of str
        All headings, also of columns that are not known, as they are written.
    heading_origin : Origin
        Where they stand.
    rows : int
        Number of rows, at least 1.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If the file cannot be read, has no rows, or has a column that is not among the names.
    """

    def __init__(self, path: Path, names: Sequence[str]) -> None:
        self.path = path
        self.count = 0
        self.found: list[tuple[int, Mistake]] = []
        self._lines: list[int] = []
        self.rows, self.columns = self._from_parquet(names) if _is_parquet(path) else self._from_csv(names)
        if self.rows == 0:
            raise BadInput(Mistake(Origin(str(path)), "there are no rows below the headings"))

    def mistaken(
        self,
        rows: Sequence[int],
        text: str,
        column: str = "",
        suggest: Sequence[str] = (),
        advice: Callable[[str], str] | None = None,
    ) -> None:
        """Note that the same is wrong with several rows, in one column or in the row as a whole.

        Parameters
        ----------
        rows
            Numbers of the rows, from 0.
        text
            What is allowed, or what is wrong.
        column
            Its name.
        suggest
            Names of which the nearest may have been meant.
        advice
            Gives what was likely meant by a cell.
        """
        self.count += len(rows)
        for row in rows[:SHOWN_MISTAKES]:
            cell = self.columns[column][row].as_py() if column else None
            likely = advice(cell) if advice and cell else ""
            hint = nearest(cell, suggest) if cell and suggest else ""
            told = in_words(cell) if column else ""
            self.found.append((row, Mistake(self._origin(row), text, column, told, hint, likely)))

    def stop_if_mistaken(self) -> None:
        """Raise the first mistakes that were noted, if any, in order of rows."""
        shown = [mistake for _, mistake in sorted(self.found, key=lambda each: each[0])[:SHOWN_MISTAKES]]
        if shown:
            raise BadInput(*shown, *and_more(str(self.path), self.count - len(shown)))

    def _origin(self, row: int) -> Origin:
        return Origin(str(self.path), self._lines[row]) if self._lines else Origin(f"{self.path}, row {row + 1}")

    def _from_parquet(self, names: Sequence[str]) -> tuple[int, dict[str, Any]]:
        try:
            rows, header, cells = _read_parquet(self.path, names)
        except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
            reason = cut(str(error).partition("\n")[0])
            text, advice = f"cannot be read as Parquet ({reason})", "save it again with another program, or as CSV"
            raise BadInput(Mistake(Origin(str(self.path)), text, advice=advice)) from None
        return rows, self._known(Origin(str(self.path)), header, cells, names)

    def _from_csv(self, names: Sequence[str]) -> tuple[int, dict[str, Any]]:
        rows = read_rows(self.path)
        at = _row_of_headings(rows, names)
        header = rows[at].cells
        while header and not header[-1]:  # empty columns of a spreadsheet
            header = header[:-1]
        width = len(header)
        body = _without_notes(rows[at + 1 :], width)
        self._lines = [row.line for row in body]
        for n, row in enumerate(body):
            if len(row.cells) < width or any(row.cells[width:]):
                text = f"should have {width} cells, as the headings have"
                self._note(n, Mistake(self._origin(n), text, found=f"{len(row.cells)} cells"))
        texts = ([row.cells[n] if n < len(row.cells) else "" for row in body] for n in range(width))
        cells = [pa.array(column, pa.string()) for column in texts]
        return len(body), self._known(Origin(str(self.path), rows[at].line), header, cells, names)

    def _known(
        self, origin: Origin, header: Sequence[str], cells: Sequence[Any], names: Sequence[str]
    ) -> dict[str, Any]:
        """Columns of known names; others, and such as stand there twice, are noted as mistakes."""
        self.headings, self.heading_origin = list(header), origin
        columns: dict[str, Any] = {}
        for name, cell in zip(_names(header), cells, strict=True):
            if name in columns:
                self._note(-1, Mistake(origin, "a column stands there twice", found=in_words(name)))
            elif name in names:
                columns[name] = _texts(cell)
            else:
                text = f"no such column; the columns are {', '.join(names)}"
                self._note(-1, Mistake(origin, text, found=in_words(name), suggestion=nearest(name, names)))
        return columns

    def _note(self, row: int, mistake: Mistake) -> None:
        self.count += 1
        self.found.append((row, mistake))


def _is_parquet(path: Path) -> bool:
    try:
        if not path.is_file():  # a pipe could block or never end
            return False
        with path.open("rb") as file:
            return file.read(4) == b"PAR1"
    except OSError:
        return False


def _read_parquet(path: Path, names: Sequence[str]) -> tuple[int, list[str], list[Any]]:
    """Number of rows, headings, and the columns as texts; those that are not among the names are left empty.

    Texts come as dictionaries, as which a thousand equal ones take no more room than one, until their sizes are known.
    """
    schema = parquet.read_schema(path)
    _refuse_columns(path, schema)
    header = list(schema.names)
    known = {n: heading for n, heading in enumerate(header) if _names([heading])[0] in names}
    with parquet.ParquetFile(path, read_dictionary=known.values()) as file:
        _check_metadata(path, file.metadata, len(known))
        table = file.read(columns=list(known.values()))
    empty = pa.nulls(0, pa.string())
    found = dict(zip(known, (_as_texts(path, column) for column in table.columns), strict=True))
    return table.num_rows, header, [found.get(n, empty) for n in range(len(header))]


def _check_metadata(path: Path, metadata: Any, columns: int) -> None:
    """Refuse a file by what its metadata say of its size, before anything of it is decoded."""
    check_size(path, metadata.num_columns, MAX_COLUMNS, OVER_COLUMNS)
    check_totals(path, metadata.num_rows, metadata.num_rows * columns)
    check_size(path, metadata.num_row_groups, MAX_GROUPS, "over {:,} groups of rows")
    size = sum(metadata.row_group(n).total_byte_size for n in range(metadata.num_row_groups))
    check_size(path, size, MAX_BYTES, OVER_BYTES)


def _refuse_columns(path: Path, schema: Any) -> None:
    """Refuse a heading that stands there twice, and columns whose size nothing tells before they are read."""
    origin = Origin(str(path))
    for n, name in enumerate(schema.names):
        if name in schema.names[:n]:
            raise BadInput(Mistake(origin, "a column stands there twice", found=in_words(name)))
        kind = schema.types[n]
        if pa.types.is_nested(kind) or pa.types.is_fixed_size_binary(kind):
            text = "a column holds something other than numbers, texts and yes or no"
            raise BadInput(Mistake(origin, text, name, found=cut(str(kind))))


def _as_texts(path: Path, column: Any) -> Any:
    if pa.types.is_dictionary(column.type):
        for chunk in column.chunks:
            lengths = pc.binary_length(chunk.dictionary).take(chunk.indices)
            check_size(path, pc.max(lengths).as_py() or 0, MAX_CELL, OVER_CELL)
            check_size(path, pc.sum(lengths).as_py() or 0, MAX_BYTES, f"{OVER_BYTES} in one column")
    texts = column.cast(pa.string()).combine_chunks()
    texts.validate(full=True)  # that they are UTF-8
    return texts


def _row_of_headings(rows: Sequence[Row], names: Sequence[str]) -> int:
    """The row with most of the names; the first if none has any."""
    counts = [len(set(names).intersection(_names(row.cells))) for row in rows[:_HIGHEST_TITLE]]
    return counts.index(max(counts))


def _names(cells: Sequence[str]) -> list[str]:
    return [cell.strip().lower() for cell in cells]


def _without_notes(rows: Sequence[Row], width: int) -> Sequence[Row]:
    """Rows down to the last that is no note: one sentence in a table of several columns."""
    last = len(rows)
    while last > 0 and width > 1 and _is_note([cell for cell in rows[last - 1].cells if cell]):
        last -= 1
    return rows[:last]


def _is_note(filled: Sequence[str]) -> bool:
    return len(filled) == 1 and " " in filled[0]


def _texts(cells: Any) -> Any:
    texts = pc.utf8_lower(pc.utf8_trim_whitespace(cells))
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)
