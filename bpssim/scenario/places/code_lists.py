"""Places given as a list of small-area codes of 2011 or 2021."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bpssim.scenario.places.area_table import AreaTable
from bpssim.scenario.places.changed_areas import changed_areas, known_codes
from bpssim.scenario.places.small_areas import shipped_table
from bpssim.scenario.reading.messages import NOWHERE, BadInput, Mistake, Origin


@dataclass(frozen=True, eq=False)
class ListedAreas:
    """Small areas by a list of codes.

    Attributes
    ----------
    rows : ndarray of int64, shape (areas,)
        Rows of the shipped table, rising.
    shares : ndarray of float64, shape (areas,)
        Share of each that the list holds: less than 1 for one that was merged of areas of which only some are listed.
    remark : str
        What was converted or left out: sentences, or empty.
    """

    rows: NDArray[np.int64]
    shares: NDArray[np.float64]
    remark: str


def areas_of(codes: Iterable[str], origin: Origin = NOWHERE) -> ListedAreas:
    """Small areas of a list of codes. An area that was split means all its parts.

    Parameters
    ----------
    codes
        In capitals; one that is there twice counts once.
    origin
        Where they are listed, for the message.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If none of them is the code of a small area.
    """
    listed, table, changed = list(dict.fromkeys(codes)), shipped_table(), changed_areas()
    converted = [code for code in listed if code in changed.rows]
    unknown = [code for code in listed if code not in known_codes()]
    if len(unknown) == len(listed):
        raise BadInput(Mistake(origin, _no_small_area(listed), found=_some(unknown)))
    shares: dict[int, float] = {}
    for code in converted:
        for row in changed.rows[code]:
            shares[row] = shares.get(row, 0.0) + 1.0 / len(changed.others[row])
    shares.update({table.row_of[code]: 1.0 for code in listed if code in table.row_of})
    rows = sorted(shares)
    found = np.array([min(1.0, shares[row]) for row in rows])
    return ListedAreas(np.array(rows, np.int64), found, _remark(listed, converted, unknown, found))


def areas_in_file(path: Path) -> ListedAreas:
    """Small areas of a file with a column of codes, other columns of which do not matter.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If the file cannot be used, with everything that is wrong with it.
    """
    table = AreaTable(path, known_codes())
    table.note_other_codes()
    if table.mistakes and known_codes().isdisjoint(table.codes):
        table.mistaken(table.rows[0].line, _no_small_area(table.codes), _some(table.codes))
    table.refuse()
    return areas_of(table.codes, Origin(str(path)))


def _remark(listed: list[str], converted: list[str], unknown: list[str], shares: NDArray[np.float64]) -> str:
    sentences = []
    of_all = f"of {len(listed):,}"
    if converted:
        sentences.append(
            f"Codes of areas split or merged from 2011 to 2021, which are converted: {len(converted):,} {of_all}."
        )
    if parts := int((shares < 1.0).sum()):
        sentences.append(f"Merged areas of which only some parts are listed, and which count as that share: {parts:,}.")
    if unknown:
        share = 100.0 * len(unknown) / len(listed)
        sentences.append(
            f"Codes of no small area of 2011 or 2021, which are left out: {len(unknown):,} {of_all} "
            f"({share:.1f} %; {_some(unknown)})."
        )
    return " ".join(sentences)


def _no_small_area(codes: list[str]) -> str:
    return f"no small area of 2011 or 2021 has {'this code' if len({*codes}) == 1 else 'one of these codes'}"


def _some(codes: list[str]) -> str:
    return ", ".join(codes[:3]) + (", ..." if len(codes) > 3 else "")
