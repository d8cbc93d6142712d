"""A table with a row for each small area, as it is published: its columns found by what is in them and above them.

Rows of small areas are those with the code of one. What stands above them are titles and headings; below or between
them may stand footnotes, and totals and rows of larger areas, which are sums of others: they are left out and counted.
"""

import re
from collections import Counter
from collections.abc import Callable, Container, Sequence
from itertools import product
from pathlib import Path
from typing import NamedTuple

from bpssim.scenario.places.cells import is_total, is_withheld, lines_in_words, names_a_sum, number
from bpssim.scenario.places.csv_rows import Row, read_rows
from bpssim.scenario.places.names import meanings
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin, in_words, refuse

AREA_CODE = re.compile(r"[EWS]01\d{6}|95[A-Z]{2}\d{2}[A-Z]\d", re.ASCII | re.IGNORECASE)
"""LSOA of England or Wales, data zone of Scotland, super output area of Northern Ireland."""
_OTHER_CODES = {
    r"[EW]00\d{6}": "output areas, which are smaller",
    r"[EW]02\d{6}|S02\d{6}": "middle layer areas (MSOA, intermediate zones)",
    r"[EW]05\d{6}|S13\d{6}": "wards",
    r"E10\d{6}": "counties",
    r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}": "postcodes",
}
"""Codes of other areas, those first that a table may have beside the codes of the larger areas around them."""
_DISTRICT = re.compile(r"E0[6-9]\d{6}|W06\d{6}|S12\d{6}|N09\d{6}", re.ASCII | re.IGNORECASE)
_SHOWN_DISTRICTS = 5
_LARGER_AREA = re.compile(r"[EWSNKJ](?!0[01]|99)\d{8}", re.ASCII | re.IGNORECASE)
"""Neither output nor small areas, nor the codes with 99 that stand for an unknown area."""
_LIKE_A_CODE = re.compile(r"(?=(?:\D*\d){6})[a-z\d]{7,10}", re.ASCII | re.IGNORECASE)
_NO_SMALL_AREA = "should be the code of a small area, such as E01005501"


class LeftOut(NamedTuple):
    """Rows that are sums of others."""

    names: tuple[str, ...]
    numbers: float


class AreaTable:
    """The rows of small areas in a CSV file.

    Parameters
    ----------
    path
        As `bpssim.scenario.places.csv_rows.read_rows` takes it.
    known
        Codes to look for where several columns hold codes; by default the first of these is taken.

    Attributes
    ----------
    rows : list of Row
        At least one, each with the code of a small area.
    codes : list of str
        In capitals, one a row.
    headings : list of str
        Of each column, from the last line above the areas in which several cells are filled.
    mistakes : list of Mistake
        What has been found wrong so far.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If the file cannot be read, or no cell is the code of a small area.
    """

    def __init__(self, path: Path, known: Container[str] = ()) -> None:
        self.path = path
        self.mistakes: list[Mistake] = []
        rows = read_rows(path)
        column = _code_column(rows, known)
        if column is None:
            raise BadInput(_no_codes(path, rows))
        self.column_of_codes = column
        areas = [AREA_CODE.fullmatch(_cell(row, column)) is not None for row in rows]
        first = areas.index(True)
        self.rows = [row for row, is_area in zip(rows, areas, strict=True) if is_area]
        self.codes = [_cell(row, column).upper() for row in self.rows]
        self._other_rows = [(row, n > first) for n, row in enumerate(rows) if not areas[n]]
        heads = [row for row in rows[:first] if sum(map(bool, row.cells)) > 1] or rows[:first][-1:]
        width = len(heads[-1].cells) if heads else max(len(row.cells) for row in self.rows)
        self.headings = [_cell(heads[-1], n) if heads else "" for n in range(width)]
        self._all_headings = [" ".join(filter(None, (_cell(row, n) for row in heads))) for n in range(width)]
        self._note_misshapen()
        self._note_repeated()

    def mistaken(
        self, line: int | None, text: str, found: str | None = None, advice: str = "", column: str = ""
    ) -> None:
        """Note what is wrong on a line, or with the file as a whole."""
        told = "" if found is None else in_words(found) if found else "an empty cell"
        self.mistakes.append(Mistake(Origin(str(self.path), line), text, column, told, advice=advice))

    def names(self, columns: Sequence[int] | None = None) -> str:
        """Headings of some or all columns, the first few of them."""
        wanted = range(len(self.headings)) if columns is None else columns
        return ", ".join(in_words(self.headings[n]) for n in wanted[:8]) + (", ..." if len(wanted) > 8 else "")

    def headed(self, wanted: str) -> int | None:
        """Return the column whose heading matches a pattern best: as a whole, from its beginning, or anywhere.

        The line next to the areas goes before what stands above it. If there are several it is noted as a mistake, with
        the first of them returned.
        """
        ways = product((self.headings, self._all_headings), (re.fullmatch, re.match, re.search))
        for headings, match in ways:
            matching = [n for n, text in enumerate(headings) if match(wanted, text, re.IGNORECASE)]
            found = [n for n in matching if n != self.column_of_codes]
            if len(found) > 1:
                text = f"{len(found)} columns may be meant: {self.names(found)}"
                self.mistaken(None, text, advice="leave one of them in the file")
            if found:
                return found[0]
        return None

    def numeric(self) -> list[int]:
        """Columns in which numbers stand, or marks for numbers that are withheld, and little else."""
        columns = {n: self.texts(n) for n in range(len(self.headings)) if n != self.column_of_codes}
        return [
            n
            for n, texts in columns.items()
            if any(number(text) is not None for text in texts)
            and 2 * sum(number(text) is not None or is_withheld(text) for text in texts) > len(texts)
        ]

    def texts(self, column: int) -> list[str]:
        """Cells of one column, empty where a row ends before it."""
        return [_cell(row, column) for row in self.rows]

    def numbers(self, column: int, what: str, how_to_give: str) -> list[float]:
        """Numbers of one column, 0 where there is none; every cell that holds none is noted as a mistake.

        Parameters
        ----------
        column
            Its position.
        what
            What the numbers are, for messages.
        how_to_give
            What to write where a number is withheld.
        """
        found = [number(text) for text in self.texts(column)]
        withheld: dict[str, list[int]] = {}
        for row, value in zip(self.rows, found, strict=True):
            text = _cell(row, column)
            if value is None and (not text or is_withheld(text)):
                withheld.setdefault(text, []).append(row.line)
            elif value is None:
                self.mistaken(row.line, "should be a number from 0 to 999,999,999", text, column=what)
        for text, lines in withheld.items():
            cells = f"{len(lines):,} cells" if len(lines) > 1 else "a cell"
            self.mistaken(lines[0], f"no number in {cells}, on {lines_in_words(lines)}", text, how_to_give, what)
        return [value or 0.0 for value in found]

    def stated_total(self, column: int) -> float | None:
        """Number in a column of the one row that calls itself the total; ``None`` if there is none, or are several."""
        totals = [number(_cell(row, column)) for row, _ in self._other_rows if is_total(row.cells)]
        stated = [total for total in totals if total is not None]
        return stated[0] if len(stated) == 1 else None

    def left_out(self, column: int, advice: str = "") -> LeftOut:
        """Return rows with a number in a column that are sums of others; note rows whose area is not known.

        Parameters
        ----------
        column
            Of the numbers.
        advice
            What to do with a row whose area is not known.
        """
        names, numbers = [], 0.0
        for row, below in self._other_rows:
            code, found = _cell(row, self.column_of_codes), number(_cell(row, column))
            name = code or next(filter(None, row.cells), "")
            if _is_miswritten(code) and (below or found is not None or is_withheld(_cell(row, column))):
                self.mistaken(row.line, _NO_SMALL_AREA, name, advice)
            elif found is not None and (any(map(_LARGER_AREA.fullmatch, row.cells)) or names_a_sum(row.cells)):
                names.append(name)
                numbers += found
            elif found is not None and below:
                self.mistaken(row.line, _NO_SMALL_AREA, name, advice)
        return LeftOut(tuple(names), numbers)

    def note_other_codes(self) -> None:
        """Note rows with the code of something other than a small area, which a list of areas cannot leave out."""
        for row, below in self._other_rows:
            code = _cell(row, self.column_of_codes)
            if _is_miswritten(code) or (below and _LARGER_AREA.fullmatch(code)):
                self.mistaken(row.line, _NO_SMALL_AREA, code)

    def _note_misshapen(self) -> None:
        for row in self.rows:
            if any(row.cells[len(self.headings) :]):
                text = f"has {len(row.cells)} cells where the headings have {len(self.headings)}"
                self.mistaken(row.line, text, advice="a number with a thousands separator must be in quotes")

    def _note_repeated(self) -> None:
        first_line: dict[str, int] = {}
        for row, code in zip(self.rows, self.codes, strict=True):
            if code in first_line:
                text = f"{code} is already on line {first_line[code]}; each small area may be there once"
                self.mistaken(row.line, text)
            first_line.setdefault(code, row.line)

    def column_needed(self, wanted: str, what: str) -> int:
        """Return the column that a heading pattern finds.

        Raises
        ------
        bpssim.scenario.reading.messages.BadInput
            If there is none; the message gives the headings that are nearest to what it is called.
        """
        column = self.headed(wanted)
        if column is None:
            self.mistaken(None, f"no heading reads {what!r}", advice=f"the headings are {self.names()}")
            raise BadInput(*self.mistakes)
        return column

    def refuse(self) -> None:
        """Raise what has been found wrong, if anything, in order of lines."""
        refuse(sorted(self.mistakes, key=lambda mistake: mistake.origin.line or 0))


def _cell(row: Row, column: int) -> str:
    return row.cells[column] if column < len(row.cells) else ""


def _is_miswritten(code: str) -> bool:
    """Whether a text is meant as the code of an area and is none, such as ``E0100550X``."""
    return bool(_LIKE_A_CODE.fullmatch(re.sub(r"[\s.-]", "", code))) and not _LARGER_AREA.fullmatch(code)


def _code_column(rows: list[Row], known: Container[str]) -> int | None:
    def counted(holds: Callable[[str], object]) -> Counter[int]:
        return Counter(n for row in rows for n, cell in enumerate(row.cells) if holds(cell))

    of_any = counted(AREA_CODE.fullmatch)
    of_known = counted(lambda cell: AREA_CODE.fullmatch(cell) and cell.upper() in known)
    return max(sorted(of_any), key=lambda n: (of_known[n], of_any[n]), default=None)


def _no_codes(path: Path, rows: list[Row]) -> Mistake:
    """What to say of a table without codes of small areas."""
    cells = [cell for row in rows for cell in row.cells]
    for pattern, what in _OTHER_CODES.items():
        if found := [cell for cell in cells if re.fullmatch(pattern, cell, re.IGNORECASE)]:
            text = f"codes of small areas (LSOA) such as E01005501 are needed; these are {what}"
            return Mistake(Origin(str(path)), text, found=in_words(found[0]))
    if named := [place for cell in cells if _DISTRICT.fullmatch(cell) for place in meanings(cell)]:
        return _districts(path, list(dict.fromkeys(place.name for place in named)))
    text = "no cell is the code of a small area (LSOA) such as E01005501, one a row"
    first = in_words(", ".join(rows[0].cells))
    told = f"{len(rows):,} rows, first {first}" if len(rows) > 1 else f"one row, {first}"
    return Mistake(Origin(str(path)), text, found=told)


def _districts(path: Path, names: list[str]) -> Mistake:
    """What to say of a table with codes of districts alone."""
    text = "codes of small areas (LSOA) such as E01005501 are needed"
    if len(names) == 1:
        return Mistake(Origin(str(path)), f"{text}; this is a district: {names[0]}; write population.place={names[0]}")
    listed = ", ".join(f"'{name}'" if "," in name else name for name in names[:_SHOWN_DISTRICTS])
    more = ", ..." if len(names) > _SHOWN_DISTRICTS else ""
    return Mistake(Origin(str(path)), f"{text}; these are districts: write population.places=[{listed}{more}]")
