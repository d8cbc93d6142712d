"""Small areas of England and Wales that were split or merged in 2021, from the codes of one year to the shipped table.

The shipped table has England's areas of 2021 and those of Wales of 2011. Areas that did not change kept their code.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from bpssim.scenario.places.small_areas import read_shipped, shipped_table


@dataclass(frozen=True)
class ChangedAreas:
    """Areas of the other year, and those of the table with which they share land.

    Attributes
    ----------
    rows : dict
        Rows of the table that a code of the other year became (or of which it was made).
    others : dict
        Codes of the other year that a row of the table was (or became).
    """

    rows: dict[str, tuple[int, ...]]
    others: dict[int, tuple[str, ...]]


@cache
def changed_areas() -> ChangedAreas:
    """Every code of the other year that is not in the shipped table."""
    row_of = shipped_table().row_of
    table = read_shipped("changed_areas.parquet")
    rows: dict[str, list[int]] = defaultdict(list)
    others: dict[int, list[str]] = defaultdict(list)
    for old, new in zip(table["lsoa_2011"].to_pylist(), table["lsoa_2021"].to_pylist(), strict=True):
        ours, theirs = (new, old) if new in row_of else (old, new)
        rows[theirs].append(row_of[ours])
        others[row_of[ours]].append(theirs)
    return ChangedAreas(
        {code: tuple(found) for code, found in rows.items()}, {row: tuple(codes) for row, codes in others.items()}
    )


def shared_out(code: str) -> tuple[list[int], NDArray[np.float64]]:
    """Rows of the shipped table that an area of any year is there, and its share in each, by infants.

    Raises
    ------
    KeyError
        If it is the code of no small area.
    """
    table = shipped_table()
    if code in table.row_of:
        return [table.row_of[code]], np.ones(1)
    rows = list(changed_areas().rows[code])
    infants = np.nan_to_num(table.infants[rows])
    weights = infants if infants.any() else np.ones(len(rows))
    return rows, weights / weights.sum()


@cache
def known_codes() -> frozenset[str]:
    """Codes of small areas of either year."""
    return frozenset(shipped_table().row_of) | frozenset(changed_areas().rows)
