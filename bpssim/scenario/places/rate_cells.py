"""Cells of published rates: numbers with marks of notes, and texts."""

import re
from collections.abc import Sequence

from bpssim.scenario.places.cells import NUMBER, is_withheld, number

_COMMA = r"0,\d+|\d{1,3},\d{1,2}"
"""A number with a decimal comma; with three digits behind a comma it has thousands, unless it begins with 0."""
_MARKED = re.compile(
    rf"((?:{_COMMA})(?!\d)|{NUMBER.pattern}) ?%?(?: ?(?:\[[^\]]*\]|\([^)]*\)|[a-z]{{1,2}}\b|[*†‡#^]+))*", re.I
)
"""A number, and marks of footnotes or revision behind it: ``46.2 [note 3]``, ``46.2r``, ``46.2*``."""


def cell_at(cells: Sequence[str], column: int) -> str:
    """Text of a cell, empty where a row ends before it."""
    return cells[column] if column < len(cells) else ""


def spaced(text: str) -> str:
    """Text with spaces between words that are written together, as in ``PercentBreastfed``, and plain dashes."""
    text = re.sub(r"(?<=[a-z])(?=[A-Z0-9])|(?<=\d)(?=[A-Z][a-z])|_", " ", text)
    return " ".join(re.sub("[\u2010-\u2015]", "-", text).split())


def number_in(cell: str) -> float | None:
    """The number of a cell, whatever marks stand behind it; None if it holds none."""
    match = _MARKED.fullmatch(cell)
    if not match:
        return None
    return float(match[1].replace(",", ".")) if re.fullmatch(_COMMA, match[1]) else number(match[1])


def has_number(cell: str) -> bool:
    """Whether a cell holds a number."""
    return number_in(cell) is not None


def is_blank(cell: str) -> bool:
    """Whether a cell is empty or marks a number that is withheld, with or without a note."""
    return not cell or is_withheld(cell) or bool(re.fullmatch(r"(?:\[[^\]]*\] ?)+|\W+", cell))
