"""A table that a planner gives, CSV or Parquet, as columns of text, with a place for every mistake found in it."""

import csv
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv
from pyarrow import parquet

from bpssim.scenario.files import missing_file
from bpssim.scenario.messages import BadInput, Mistake, Origin, in_words, nearest

SHOWN_MISTAKES = 10
LONGEST_HEADER = 10_000  # characters


class TextTable:
    """Columns of trimmed lower-case texts, null where a cell is empty, and what is found wrong with them.

    Parameters
    ----------
    path
        CSV file in UTF-8 with one header line, or Parquet file.
    names
        Columns that it may have; none of them is required.

    Attributes
    ----------
    columns : dict of pyarrow.ChunkedArray
        Texts by column.
    rows : int
        Number of rows, at least 1.

    Raises
    ------
    bpssim.scenario.messages.BadInput
        If the file cannot be read, has no rows, or has a column that is not among the names.
    """

    def __init__(self, path: Path, names: Sequence[str]) -> None:
        self.path = path
        self.count = 0
        self.found: list[tuple[int, str, str, str]] = []
        with _reported(path):
            self.is_csv = not _is_parquet(path)
            table = _read_csv(path, names) if self.is_csv else _read_parquet(path, names)
            self.columns = {name: _texts(table[name]) for name in table.column_names}
        self.rows = int(table.num_rows)
        if self.rows == 0:
            raise BadInput(Mistake(Origin(str(path)), "there are no rows below the header"))

    def mistaken(self, rows: Sequence[int], text: str, column: str = "", suggest: Sequence[str] = ()) -> None:
        """Note that the same is wrong with several rows, in one column or in the row as a whole."""
        self.count += len(rows)
        for row in rows[:SHOWN_MISTAKES]:
            cell = self.columns[column][row].as_py() if column else None
            hint = nearest(cell, suggest) if cell and suggest else ""
            suffix = f"; did you mean '{hint}'?" if hint else ""
            found = f" (found {in_words(cell)})" if column else ""
            self.found.append((row, column, text, found + suffix))

    def stop_if_mistaken(self) -> None:
        """Raise the first mistakes that were noted, if any, in order of rows."""
        if not self.found:
            return
        shown = sorted(self.found, key=lambda mistake: mistake[0])[:SHOWN_MISTAKES]
        origins = self._origins([row for row, *_ in shown])
        mistakes = [
            Mistake(origin, text + found, column)
            for origin, (_, column, text, found) in zip(origins, shown, strict=True)
        ]
        if self.count > len(shown):
            mistakes.append(Mistake(Origin(str(self.path)), f"and {self.count - len(shown):,} more mistakes"))
        raise BadInput(*mistakes)

    def _origins(self, rows: Sequence[int]) -> list[Origin]:
        if not self.is_csv:
            return [Origin(f"{self.path}, row {row + 1}") for row in rows]
        with self.path.open("rb") as file:
            filled = (number for number, line in enumerate(file, 1) if line.strip(b"\r\n"))
            next(filled)  # the header
            lines = [line for _, line in zip(range(max(rows) + 1), filled, strict=False)]
        return [Origin(str(self.path), lines[row]) for row in rows]


@contextmanager
def _reported(path: Path) -> Iterator[None]:
    """Say in one line why a file cannot be read."""
    origin = Origin(str(path))
    try:
        yield
    except FileNotFoundError:
        raise BadInput(missing_file(path, origin)) from None
    except UnicodeDecodeError:
        raise BadInput(Mistake(origin, "not UTF-8 text")) from None
    except (pa.ArrowException, csv.Error) as error:
        raise BadInput(Mistake(origin, f"cannot be read as a table, CSV or Parquet ({error})")) from None
    except OSError as error:
        raise BadInput(Mistake(origin, f"cannot be read ({error.strerror or error})")) from None


def _is_parquet(path: Path) -> bool:
    if not stat.S_ISREG(path.stat().st_mode):  # a pipe could block or never end
        raise BadInput(Mistake(Origin(str(path)), "is not an ordinary file"))
    with path.open("rb") as file:
        return file.read(4) == b"PAR1"


def _read_parquet(path: Path, names: Sequence[str]) -> pa.Table:
    header = _checked_header(Origin(str(path)), parquet.read_schema(path).names, names)
    return parquet.read_table(path).rename_columns(header)


def _read_csv(path: Path, names: Sequence[str]) -> pa.Table:
    with path.open(encoding="utf-8-sig", newline="") as file:
        cells = next(csv.reader([file.readline(LONGEST_HEADER)], strict=True), [])
    header = _checked_header(Origin(str(path), 1), cells, names)
    misshapen: list[Mistake] = []

    def skip(row: Any) -> str:
        text = f"should have {row.expected_columns} cells, as the header has"
        misshapen.append(Mistake(Origin(str(path), row.number), text, found=f"{row.actual_columns} cells"))
        return "skip"

    table = arrow_csv.read_csv(
        path,
        # One thread, because only then is the number of a misshapen row known.
        read_options=arrow_csv.ReadOptions(column_names=header, skip_rows=1, use_threads=False),
        parse_options=arrow_csv.ParseOptions(invalid_row_handler=skip),
        convert_options=arrow_csv.ConvertOptions(column_types=dict.fromkeys(header, pa.string())),
    )
    if misshapen:
        raise BadInput(*misshapen[:SHOWN_MISTAKES])
    return table


def _checked_header(origin: Origin, cells: Sequence[str], names: Sequence[str]) -> list[str]:
    header = [cell.strip().lower() for cell in cells]
    allowed = f"the columns are {', '.join(names)}"
    mistakes = [Mistake(origin, f"should be a header line; {allowed}")] if not header else []
    for name in dict.fromkeys(header):
        if name not in names:
            text = f"no such column; {allowed}"
            mistakes.append(Mistake(origin, text, found=in_words(name), suggestion=nearest(name, names)))
        elif header.count(name) > 1:
            mistakes.append(Mistake(origin, "a column stands there twice", found=in_words(name)))
    if mistakes:
        raise BadInput(*mistakes[:SHOWN_MISTAKES])
    return header


def _texts(cells: Any) -> Any:
    texts = pc.utf8_lower(pc.utf8_trim_whitespace(cells.cast(pa.string())))
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)
