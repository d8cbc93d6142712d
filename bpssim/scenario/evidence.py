"""The evidence table: rows that inputs, rules and patterns refer to, with finding, source and grade."""

import csv
import re
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from bpssim.scenario.reading.messages import BadInput, Mistake, Origin, nearest

PARTS = {
    "O": "How mothers breastfeed",
    "E": "Effects of support",
    "C": "Contacts, capacity and cost",
    "R": "Reach and availability, as measured",
    "P": "Access by pathway and quintile",
    "A": "Mothers and families, as measured",
    "D": "Attributes of mothers by quintile",
    "F": "Feeding difficulties",
    "I": "Measures of inequality",
    "L": "Data sharing",
    "S": "The two sites of the case study",
    "M": "Mechanisms in the case study",
    "T": "Patterns of a whole service",
}
"""Subjects of rows by first letter."""

GRADES = {
    "A": "read in the source; secondary means that another text restates it",
    "B": "well known, source not read again",
    "C": "an assumption, an interpolation or arithmetic, to be varied",
    "direction": "a mechanism reported by the case study, with its direction but no size",
    "definition": "true by definition",
}
"""Meanings of grades by first word."""

HOW_TO_READ_ROWS = "`bpssim evidence P3` prints a row of the evidence with its source."
"""What is said in a terminal where names of rows stand."""

_PAPER = r"A4 (?:paper|pages?|sheets?|sides?)\b|(?<=\b(?:an|as|on) )A4\b"
_POSTCODE = r" \d[A-Z]{2}\b"
_ROW = rf"(?!{_PAPER})(?<![\w/.])[{''.join(PARTS)}][1-9]\d?\b(?!{_POSTCODE})"
ROW = re.compile(_ROW)
"""A name of the form of rows, which the table may not have; not the size of paper, and not half of a postcode."""
_SPAN = re.compile(rf"({_ROW})(?:(?:-| to )({_ROW}))?")


class EvidenceRow(NamedTuple):
    """One row of the evidence.

    Parameters
    ----------
    row
        Its name, such as ``P3``.
    says
        The finding, with its range; by quintile from 1, the most deprived, to 5.
    source
        Author, year and journal, or address; for an assumption its reason.
    grade
        Grade, beginning with one of `GRADES`.
    """

    row: str
    says: str
    source: str
    grade: str


@cache
def evidence() -> Mapping[str, EvidenceRow]:
    """Every row by its name, in the order of the table."""
    text = files("bpssim.scenario").joinpath("data", "evidence.csv").read_text(encoding="utf-8")
    return {row["row"]: EvidenceRow(**row) for row in csv.DictReader(text.splitlines())}


def named_in(text: str) -> list[str]:
    """Names of rows in a text, each once; a range such as ``P1-P18`` stands for all its rows.

    Names are recognised by form alone, whether or not the table has such a row.
    """
    found: dict[str, None] = {}
    for first, last in _SPAN.findall(text):
        between = range(int(first[1:]) + 1, int(last[1:]) if last[:1] == first[0] else 0)
        inner = (f"{first[0]}{number}" for number in between)
        found |= dict.fromkeys([first, *(row for row in inner if row in evidence()), *([last] if last else [])])
    return list(found)


def find_rows(names: Iterable[str], rows: Collection[str]) -> list[str]:
    """Rows by name, in the order of the table; all of them if none is named.

    Parameters
    ----------
    names
        Such as ``M9``, ``m9`` or ``M09``.
    rows
        Rows to choose from.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If there is no such row.
    """
    wanted = {re.sub(r"^([A-Z])0+(?=\d)", r"\1", name.upper()): name for name in names}
    unknown = [name for row, name in wanted.items() if row not in rows]
    if unknown:
        text = f"there is no such row of the evidence; choose from {_spans(rows)}"
        raise BadInput(*(Mistake(Origin(name), text, suggestion=nearest(name, rows)) for name in unknown))
    return [row for row in rows if row in wanted or not wanted]


def _spans(rows: Collection[str]) -> str:
    """First and last row of each subject, in words."""
    ends = {row[0]: row for row in rows}
    first = {row[0]: row for row in reversed(list(rows))}
    spans = [f"{first[part]} to {last}" for part, last in ends.items()]
    return ", ".join(spans[:-1]) + f" and {spans[-1]}" if len(spans) > 1 else spans[0]
