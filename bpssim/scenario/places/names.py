"""Places by name."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from bpssim.scenario.places.small_areas import shipped_table
from bpssim.scenario.reading.messages import NOWHERE, BadInput, Mistake, nearest


@dataclass(frozen=True, eq=False)
class NamedPlace:
    """A set of small areas with a name.

    Attributes
    ----------
    name : str
        As it is spelt.
    rows : ndarray of int64, shape (areas,)
        Rows of the shipped table.
    """

    name: str
    rows: NDArray[np.int64]


def find(label: str) -> NamedPlace:
    """Find a place by name or code; case and surrounding spaces do not matter.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If there is no such place.
    """
    found = _districts().get(_key(label))
    if found is None:
        near = nearest(label, shipped_table().district.names)
        text = f"unknown place {label!r}: expected the name or code of a district"
        raise BadInput(Mistake(NOWHERE, text, suggestion=near))
    return found


@cache
def _districts() -> dict[str, NamedPlace]:
    table = shipped_table()
    found = {}
    for labels in (table.district, table.district_code):
        for n, label in enumerate(labels.names):
            rows = np.flatnonzero(labels.of == n)
            found[_key(label)] = NamedPlace(table.district.names[table.district.of[rows[0]]], rows)
    return found


def _key(label: str) -> str:
    return " ".join(label.casefold().split())
