"""Published breastfeeding rates, read from a CSV file: one per row, of all mothers or of a quintile."""

import re
from collections.abc import Sequence
from itertools import groupby, pairwise
from pathlib import Path
from typing import NamedTuple

from bpssim.scenario.places.cells import SHARE, quintile_of
from bpssim.scenario.places.csv_rows import Row, read_rows
from bpssim.scenario.places.table_limits import too_large
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin, in_words, nearest, refuse
from bpssim.scenario.words import QUINTILES

EXAMPLE = Path(__file__).parents[2] / "docs" / "example_rates.csv"
"""The format, with an example of each kind of row."""
ALL = 0
"""Stands for all mothers in place of a quintile."""
MOST_ROWS = 10_000
"""Far more than there are ages, quintiles and kinds of feeding."""

_HEADINGS = {
    "age": r"(baby.s? )?age\b.*",
    "value": r"(value|rate|share|prevalence|percent(age)?|per cent)\b.*|%",
    "quintile": r"(imd |deprivation )?quintile\b.*",
    "feeding": r"feeding\b.*",
}
_EVERYBODY = re.compile(r"|all( mothers| births| quintiles)?|total|overall", re.IGNORECASE)
_BIRTH = re.compile(r"(at )?birth|initiation|first feed|0", re.IGNORECASE)
_AGE = re.compile(
    r"(?:(days?|weeks?|months?) )?(\d+)(?: ?(?:-|to|\u2013) ?\d+)?(?: ?(d|days?|w|wks?|weeks?|m|months?))?",
    re.IGNORECASE,
)
_DAYS = {"d": 1.0, "w": 7.0, "m": 365.25 / 12}
_FEEDING = ("any", "exclusive")


class Rate(NamedTuple):
    """One observed rate."""

    line: int
    age: int  # days
    quintile: int  # 1 to 5, or `ALL`
    feeding: str  # any or exclusive
    value: float  # share of births


def read_rates(path: Path) -> list[Rate]:
    """Read observed rates.

    Parameters
    ----------
    path
        CSV file; titles above the headings and notes below the rows are allowed. It needs the columns ``age`` and
        ``value``. Without ``quintile`` a rate is of all mothers, and without ``feeding`` of any breastfeeding. Other
        columns are ignored.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        With all mistakes in the file.
    """
    table = _RatesTable(path)
    rates = [rate for row in table.body if (rate := table.rate(row))]
    table.note_inconsistencies(rates)
    refuse(sorted(table.mistakes, key=lambda mistake: mistake.origin.line or 0))
    if not rates:
        raise BadInput(Mistake(Origin(str(path)), "there are no rates below the headings"))
    return rates


class _RatesTable:
    """Rows below the headings, and mistakes in them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.mistakes: list[Mistake] = []
        rows = read_rows(path)
        if len(rows) > MOST_ROWS:
            raise too_large(path, f"over {MOST_ROWS:,} rows")
        headings = next((row for row in rows if {"age", "value"} <= _columns(row).keys()), None)
        if headings is None:
            advice = "`bpssim calibrate --example` prints a file of this form"
            raise BadInput(Mistake(Origin(str(path)), "no line has the headings age and value", advice=advice))
        self.columns = _columns(headings)
        self.unit_of_age = _unit(headings.cells[self.columns["age"]])
        self.body = [row for row in rows[rows.index(headings) + 1 :] if not self._is_note(row)]
        cells = [headings.cells[self.columns["value"]], *(self._cell(row, "value") for row in self.body)]
        numbers = [float(match[1].replace(",", ".")) for cell in cells if (match := SHARE.fullmatch(cell))]
        self.in_percent = (
            any(re.search("%|per ?cent", cell, re.IGNORECASE) for cell in cells) or max(numbers, default=0) > 1
        )

    def rate(self, row: Row) -> Rate | None:
        """The rate of a row; ``None``, with the mistake noted, if there is something wrong with it."""
        before = len(self.mistakes)
        age, quintile, value = self._age(row), self._quintile(row), self._value(row)
        feeding = self._cell(row, "feeding").lower().removesuffix(" breastfeeding") or "any"
        if feeding not in _FEEDING:
            self._mistaken(row, "feeding", "should be any or exclusive", suggestion=nearest(feeding, _FEEDING))
        if feeding == "exclusive" and quintile != ALL:
            self._mistaken(row, "quintile", "exclusive breastfeeding is fitted for all mothers together only")
        return Rate(row.line, age, quintile, feeding, value) if len(self.mistakes) == before else None

    def note_inconsistencies(self, rates: Sequence[Rate]) -> None:
        """Note repeated rates, rates that rise with age, and ages at which some quintiles are missing."""
        self._note_rising(rates)
        first: dict[tuple[int, int, str], int] = {}
        for rate in rates:
            line = first.setdefault(rate[1:4], rate.line)
            if line != rate.line:
                text = f"the same age, quintile and feeding as on line {line}"
                advice = "keep the rows of one place and one year"
                self.mistakes.append(Mistake(Origin(str(self.path), rate.line), text, advice=advice))
        for age in dict.fromkeys(rate.age for rate in rates):
            given = {rate.quintile for rate in rates if rate.age == age and rate.feeding == "any"} - {ALL}
            missing = [str(quintile) for quintile in range(1, QUINTILES + 1) if quintile not in given]
            if given and missing:
                text = f"at {age} days there are rates of some quintiles but none of quintile {', '.join(missing)}"
                self.mistakes.append(
                    Mistake(Origin(str(self.path)), text, advice="give all five, or one of all mothers")
                )

    def _note_rising(self, rates: Sequence[Rate]) -> None:
        """Note rates that are not below those of the same mothers at the previous age, because nobody restarts."""
        curves = groupby(
            sorted(rates, key=lambda rate: (rate.feeding, rate.quintile, rate.age)), lambda rate: rate[2:4]
        )
        for (quintile, feeding), curve in curves:
            for before, after in pairwise(curve):
                if before.age < after.age and after.value >= before.value:
                    whose = f" in quintile {quintile}" if quintile != ALL else ""
                    relation = "above" if after.value > before.value else "the same as"
                    text = (
                        f"the rate of {feeding} breastfeeding{whose} at {_age_in_words(after.age)}, {after.value:g}, "
                        f"is {relation} that at {_age_in_words(before.age)}, {before.value:g} on line {before.line}"
                    )
                    advice = "it must fall from each age to the next; the rows may mix two years or definitions"
                    self.mistakes.append(Mistake(Origin(str(self.path), after.line), text, "value", advice=advice))

    def _is_note(self, row: Row) -> bool:
        """Whether a row is one sentence below the table; an age alone is a rate that is missing."""
        age = self._cell(row, "age")
        return sum(map(bool, row.cells)) <= 1 and not (_BIRTH.fullmatch(age) or _AGE.fullmatch(age))

    def _age(self, row: Row) -> int:
        text = self._cell(row, "age")
        if _BIRTH.fullmatch(text):
            return 0
        match = _AGE.fullmatch(text)
        unit = (match[1] or match[3] or self.unit_of_age) if match else ""
        if not match or not unit:
            advice = f"{text} days, or {text} weeks?" if match else ""
            self._mistaken(row, "age", "should be birth, or a number of days, weeks or months", advice)
            return 0
        return round(int(match[2]) * _DAYS[unit[0].lower()])  # the start of a span: the review at 6-8 weeks is at 42

    def _quintile(self, row: Row) -> int:
        text = self._cell(row, "quintile")
        quintile = ALL if _EVERYBODY.fullmatch(text) else quintile_of(text)
        if quintile is None:
            self._mistaken(row, "quintile", "should be all, or a quintile from 1 (most deprived) to 5")
        return quintile or ALL

    def _value(self, row: Row) -> float:
        cell = self._cell(row, "value")
        match = SHARE.fullmatch(cell)
        value = float(match[1].replace(",", ".")) / (100 if self.in_percent else 1) if match else -1.0
        if not 0 < value < 1:
            kind = "a percentage above 0 and below 100" if self.in_percent else "a share above 0 and below 1"
            advice = "leave out a row if its rate is withheld" if value < 0 else ""
            self._mistaken(row, "value", f"should be {kind}", advice)
        elif self.in_percent and value < 0.01 and "%" not in cell:
            self._mistaken(row, "value", "is below 1 %, while other rates are percentages", "write all in the same way")
        return value

    def _cell(self, row: Row, name: str) -> str:
        column = self.columns.get(name, len(row.cells))
        return row.cells[column] if column < len(row.cells) else ""

    def _mistaken(self, row: Row, column: str, text: str, advice: str = "", suggestion: str = "") -> None:
        cell = self._cell(row, column)
        found = in_words(cell) if cell else "an empty cell"
        self.mistakes.append(Mistake(Origin(str(self.path), row.line), text, column, found, suggestion, advice))


def _columns(row: Row) -> dict[str, int]:
    """Columns of a line of headings by content."""
    matching = {
        name: [n for n, cell in enumerate(row.cells) if re.fullmatch(pattern, cell, re.IGNORECASE)]
        for name, pattern in _HEADINGS.items()
    }
    return {name: columns[0] for name, columns in matching.items() if columns}


def _age_in_words(age: int) -> str:
    return f"{age} days" if age else "birth"


def _unit(heading: str) -> str:
    match = re.search(r"\b(days|weeks|months)\b", heading, re.IGNORECASE)
    return match[1] if match else ""
