"""Cells of published tables: numbers, and marks for suppressed numbers."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

NUMBER = re.compile(r"(?:\d{1,9}|\d{1,3}(?:[,\u00a0\u202f ]\d{3}){1,2})(?:\.\d+)?", re.ASCII)
SHARE = re.compile(r"(\d{1,3}(?:[.,]\d+)?) ?(%?)", re.ASCII)
_WITHHELD = re.compile(
    r"\[[a-z0-9 ]{1,12}\]|[a-z]|\*+|\.{1,3}|:|#|~|[-\u2013\u2014]+|[<\u2264] ?\d+|\d+ ?(?:to|[-\u2013]) ?\d+|"
    r"n/?a|n\.a\.|null|low|suppressed|confidential|redacted|unknown|not (?:known|stated|available|recorded)",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"(grand )?(total|sum|overall)( births)?|all( areas| births)?", re.IGNORECASE)
_UNPLACED = re.compile(r"\b(unknown|unplaced|not|no fixed|outside|elsewhere|other|missing)\b", re.I)
_SUMS = re.compile(r"\b(total|sum|all|overall|england|wales|scotland|northern ireland|united kingdom|uk)\b", re.I)


def number(text: str) -> float | None:
    """Return a number from 0 up, with or without thousands separators (``1234``, ``1,234``, ``1 234``), or None."""
    return float(re.sub("[,\u00a0\u202f ]", "", text)) if NUMBER.fullmatch(text) else None


def is_withheld(text: str) -> bool:
    """Whether a cell marks a suppressed number, such as ``c``, ``*``, ``[c]``, ``:``, ``<5``."""
    return bool(_WITHHELD.fullmatch(text))


def names_a_sum(cells: Iterable[str]) -> bool:
    """Whether a row is called a total or names a whole country, and is not what lies outside one."""
    texts = list(cells)
    return any(map(_SUMS.search, texts)) and not any(map(_UNPLACED.search, texts))


def is_total(cells: Iterable[str]) -> bool:
    """Whether a row is called the total of all others, not of a part or a country."""
    return any(_TOTAL.fullmatch(cell.strip()) for cell in cells)


QUINTILE_SPELLINGS = (
    (r"^(?:imd )?(?:q|quintile)? ?([1-5])$", r"\1"),
    (r"^(?:1 ?)?\W*most deprived\)?$", "1"),
    (r"^(?:5 ?)?\W*least deprived\)?$", "5"),
)
"""Patterns that stand for a quintile in others' tables (lower case), with its number."""


def quintile_of(text: str) -> int | None:
    """Return the quintile that a text such as ``Q1`` or ``5 (least deprived)`` names, or None."""
    for pattern, number_text in QUINTILE_SPELLINGS:
        if found := re.match(pattern, text.lower()):
            return int(found.expand(number_text))
    return None


def lines_in_words(lines: Sequence[int]) -> str:
    """Return rising line numbers in a few words, such as ``lines 3, 7-9``."""
    if len(lines) == 1:
        return f"line {lines[0]}"
    runs = (list(run) for _, run in groupby(enumerate(lines), key=lambda each: each[1] - each[0]))
    ends = ((run[0][1], run[-1][1]) for run in runs)
    return f"lines {', '.join(f'{first}' if first == last else f'{first}-{last}' for first, last in ends)}"
