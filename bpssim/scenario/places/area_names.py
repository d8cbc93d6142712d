"""Codes and names of areas in published tables, as publishers write them."""

import re
from collections import defaultdict
from collections.abc import Sequence

from bpssim.scenario.places.csv_rows import Row

_CODE = re.compile(r"([EWSNKJ]\d{8})\b", re.ASCII | re.IGNORECASE)
_AUTHORITY = re.compile(
    r"^(?:the )?(?:(?:metropolitan |london |royal )*borough|city|county|district) of |"
    r"(?: (?:metropolitan|london|royal|city|county|borough|district|unitary|council|authority|[mlr]bc?|ua))+$"
)


def called(codes: Sequence[str], names: Sequence[str]) -> str:
    """Return what an area is called, with its code if both are known."""
    return f"{names[0]} ({codes[0]})" if names and codes else (*names, *codes)[0]


def column_of_codes(rows: Sequence[Row]) -> int | None:
    """The column with most different codes: one of larger areas, to which these belong, has fewer."""
    codes: defaultdict[int, set[str]] = defaultdict(set)
    for row in rows:
        for n, cell in enumerate(row.cells):
            if code := code_in(cell):
                codes[n].add(code)
    return max(sorted(codes), key=lambda n: len(codes[n]), default=None)


def code_in(cell: str) -> str:
    """Return the code of an area with which a text begins, in capitals; empty if it begins with none."""
    match = _CODE.match(cell)
    return match[1].upper() if match else ""


def key_of(name: str) -> str:
    """A name without notes, for comparison."""
    return " ".join(re.sub(r"\[.*?\]|[*†‡#]", "", name).casefold().replace("&", "and").split())


def bare_key(name: str) -> str:
    """A name for comparison, without what kind of authority it is."""
    return _AUTHORITY.sub("", key_of(name))
