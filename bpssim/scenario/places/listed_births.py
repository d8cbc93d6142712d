"""Births by small area, as a planner lists them."""

from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bpssim.scenario.places.area_table import AreaTable, LeftOut

_BIRTHS = r"(?!.*(\brate|\bper\b|%|\bstill))(.*\b)?births\b.*"
_WITHHELD_BIRTHS = (
    "write a number in each: for fewer than five a likely one, such as 2, or what is left of a published total; 0 for "
    "none"
)
_UNPLACED_BIRTHS = "births whose area is not known can be shared out or left out, and a total is called total"


@dataclass(frozen=True, eq=False)
class ListedBirths:
    """Births a year by small area.

    Attributes
    ----------
    codes : list of str, length n
        ONS codes, each of them known.
    births : ndarray of float64, shape (n,)
        Births a year, 0 or more, not all 0.
    left_out : LeftOut
        Rows that are sums of others.
    stated_total : float, optional
        Births of all areas as a row of the file states them.
    """

    codes: list[str]
    births: NDArray[np.float64]
    left_out: LeftOut
    stated_total: float | None = None


def births_by_small_area(births_file: Path, known: Container[str], table: str) -> ListedBirths:
    """Read a planner's births a year by small area.

    Parameters
    ----------
    births_file
        CSV with a column of codes of small areas, found by what is in it, and a column of births: the one whose heading
        says so, or the only one of numbers. Titles above and footnotes are left out, and so are totals and rows of
        larger areas, which are counted.
    known
        Codes whose quintile is known.
    table
        What the table of these codes has, for the message about others.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        With everything that is wrong with the file.
    """
    listed = AreaTable(births_file, known)
    column = _births_column(listed)
    births = np.array(listed.numbers(column, "births", _WITHHELD_BIRTHS))
    left_out = listed.left_out(column, _UNPLACED_BIRTHS)
    _note_unknown(listed, known, table)
    if not births.any() and not listed.mistakes:
        listed.mistaken(None, "all births are 0; at least one small area must have births")
    listed.refuse()
    return ListedBirths(listed.codes, births, left_out, listed.stated_total(column))


def _births_column(listed: AreaTable) -> int:
    """The column of births.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If none is called so, and not exactly one column holds numbers.
    """
    column = listed.headed(_BIRTHS)
    if column is not None:
        return column
    numeric = listed.numeric()
    if len(numeric) != 1:
        there = f"numbers stand in {listed.names(numeric)}" if numeric else "none holds numbers"
        text = f"no column is called births, and {there}"
        listed.mistaken(None, text, advice="give the column of births the heading births")
        listed.refuse()
    return numeric[0]


def _note_unknown(listed: AreaTable, known: Container[str], table: str) -> None:
    unknown = [(row.line, code) for row, code in zip(listed.rows, listed.codes, strict=True) if code not in known]
    if unknown:
        codes = ", ".join(code for _, code in unknown[:5]) + (", ..." if len(unknown) > 5 else "")
        text = f"{len(unknown):,} of {len(listed.codes):,} codes are not in the table of deprivation: {codes}"
        listed.mistaken(unknown[0][0], text, advice=table)
