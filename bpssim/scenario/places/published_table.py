"""A published table of England's small areas with IMD quintile and children, and the districts that they make up."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from reprlib import repr as short_repr

import numpy as np
from numpy.typing import NDArray

from bpssim.scenario.places.likeness import alike
from bpssim.scenario.reading.messages import NOWHERE, BadInput, Mistake


@dataclass(frozen=True, eq=False)
class PublishedAreas:
    """Small areas (LSOAs) of a release, and how many children live in each.

    Attributes
    ----------
    codes : ndarray of str, shape (n,)
        ONS codes, such as ``E01005501``.
    quintile : ndarray of int8, shape (n,)
        IMD quintile, 1 = most deprived to 5 = least deprived (evidence L9).
    children : ndarray of float64, shape (n,)
        Dependent children aged 0-15, not all 0.

    Notes
    -----
    The arrays are made read-only, because one table serves many scenarios.
    """

    codes: NDArray[np.str_]
    quintile: NDArray[np.int8]
    children: NDArray[np.float64]

    def __post_init__(self) -> None:
        for column in (self.codes, self.quintile, self.children):
            column.setflags(write=False)


@dataclass(frozen=True, eq=False)
class PublishedTable:
    """Every small area of a country, each in one district.

    Attributes
    ----------
    areas : PublishedAreas
        All n small areas.
    district_of : ndarray of int16, shape (n,)
        Index of each area's district in `district_codes` and `district_names`.
    district_codes, district_names : tuple of str, length d
        ONS codes (``E06...`` to ``E09...``) and names of the districts.
    counted : str
        When the children were counted, such as ``mid-2015``; empty if the file does not say.
    """

    areas: PublishedAreas
    district_of: NDArray[np.int16]
    district_codes: tuple[str, ...]
    district_names: tuple[str, ...]
    counted: str

    def district(self, name: str) -> PublishedAreas:
        """Small areas of one district, by name or ONS code; case and surrounding spaces do not matter.

        Raises
        ------
        bpssim.scenario.reading.messages.BadInput
            If there is no such district; the message gives the nearest names.
        """
        here = np.flatnonzero(self.district_of == self._row(name))
        areas = self.areas
        return PublishedAreas(areas.codes[here], areas.quintile[here], areas.children[here])

    def name_of(self, label: str) -> str:
        """Name of a district as the table spells it, by name or ONS code.

        Raises
        ------
        bpssim.scenario.reading.messages.BadInput
            If there is no such district; the message gives the nearest names.
        """
        return self.district_names[self._row(label)]

    def _row(self, label: str) -> int:
        row = self._index.get(_key(label))
        if row is None:
            raise BadInput(Mistake(NOWHERE, _unknown_message(label, self.district_names)))
        return row

    @cached_property
    def _index(self) -> dict[str, int]:
        labels = (self.district_names, self.district_codes)
        return {_key(label): i for column in labels for i, label in enumerate(column)}

    @cached_property
    def quintile_of(self) -> dict[str, int]:
        """Quintile of each small area by its ONS code."""
        return dict(zip(self.areas.codes.tolist(), self.areas.quintile.tolist(), strict=True))


def quintile_of_rank(rank: NDArray[np.int64], n: int) -> NDArray[np.int8]:
    """Quintile of IMD ranks among `n` areas: ceil(5 * rank / n), 1 = most deprived (evidence L9).

    Parameters
    ----------
    rank : ndarray of int64, shape (k,)
        Ranks from 1 (most deprived) to `n`.
    n : int
        Areas ranked: 32,844 in 2015 and 2019, 33,755 in 2025.

    Returns
    -------
    ndarray of int8, shape (k,)
    """
    return (-(-5 * rank // n)).astype(np.int8)  # whole numbers: no rounding at the boundaries


def _key(label: str) -> str:
    return " ".join(label.casefold().split())


def _unknown_message(name: str, names: Iterable[str]) -> str:
    by_key = {_key(known): known for known in names}
    key = _key(name)
    # Part of a name ("Blackburn") says more than likeness, which would put Blackpool first.
    near = [by_key[known] for known in by_key if key and key in known] or alike(key, by_key)
    hint = f"did you mean {' or '.join(near[:3])}?" if near else "none is like it."
    allowed = "the name or ONS code of a local authority district"
    return f"unknown place {short_repr(name)}: expected {allowed}; {hint}"
