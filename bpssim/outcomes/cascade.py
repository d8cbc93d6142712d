"""Care cascade: how far mothers got through the gates of access, and why no further.

Each mother is counted at the furthest gate that she passed. So those who passed a gate are those who passed the next
one plus those lost in between, and everything adds up to births.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.model.rules.tally import Tally, by_group
from bpssim.scenario.names import ALL_PATHWAYS
from bpssim.scenario.words import Gate, Reason
from bpssim.statistics.groups import GROUPS, Values, ratio
from bpssim.statistics.intervals import Interval, Running, within_0_and_1

ANY = ALL_PATHWAYS
"""Name that stands for all pathways together."""

Counts = NDArray[np.integer[Any]]
"""Mothers by group, furthest gate and reason, shape (..., 6, gates, reasons)."""


def counts_of(tally: Tally) -> Counts:
    """Mothers by pathway (any pathway last), group, furthest gate and reason."""
    counts: Counts = by_group(tally.cascade).swapaxes(0, 1)
    return counts


def passed(counts: Counts) -> Counts:
    """Mothers who passed each gate: those counted there or further on, shape (..., gates)."""
    standing = counts.sum(axis=-1)
    return np.cumsum(standing[..., ::-1], axis=-1)[..., ::-1]


def lost(counts: Counts) -> Counts:
    """Mothers who passed a gate but not the next, by reason, shape (..., gates - 1, reasons)."""
    return counts[..., :-1, :]


class CascadeRow(NamedTuple):
    """One row of the cascade, mean over replicates."""

    scenario: str
    pathway: str
    quintile: str
    gate: str
    kind: str  # "passed" the gate, or "lost" after it
    reason: str  # why lost; empty for passed
    mothers: float
    share: float  # of births; NaN without births
    lower: float  # 95 % limits of the share
    upper: float
    replicates: int  # with births


class CascadeOfRun:
    """The cascade over replicates that arrive one by one.

    Parameters
    ----------
    pathways
        Their number, counting all pathways together as one.
    """

    def __init__(self, pathways: int) -> None:
        shape = (pathways, len(GROUPS), len(Gate), len(Reason))
        self._replicates = 0
        self._mothers: NDArray[np.int64] = np.zeros(shape, np.int64)
        self._on, self._lost = Running(shape[:-1]), Running(lost(self._mothers).shape)

    def add(self, counts: Counts) -> None:
        """Add one replicate, shape (pathways, 6, gates, reasons)."""
        births = counts.sum(axis=(-1, -2))[..., np.newaxis]
        self._replicates += 1
        self._mothers += counts
        self._on.add(ratio(passed(counts), births))
        self._lost.add(ratio(lost(counts), births[..., np.newaxis]))

    def mothers_on(self) -> Values:
        """Mothers who passed each gate, mean over replicates, shape (pathways, 6, gates)."""
        return passed(self._mothers) / self._replicates

    def mothers_lost(self) -> Values:
        """Mothers lost after each gate but the last, mean over replicates, shape (pathways, 6, gates - 1, reasons)."""
        return lost(self._mothers) / self._replicates

    def shares_on(self) -> Interval:
        """Shares of births that passed each gate, shape (pathways, 6, gates)."""
        interval = within_0_and_1(self._on.interval(), self._births)
        interval.lower[..., Gate.BORN] = interval.upper[..., Gate.BORN]  # the share is 1 by definition
        return interval

    def shares_lost(self) -> Interval:
        """Shares of births lost after each gate but the last, shape (pathways, 6, gates - 1, reasons)."""
        return within_0_and_1(self._lost.interval(), self._births[..., np.newaxis])

    @property
    def _births(self) -> NDArray[np.int64]:
        births: NDArray[np.int64] = self._mothers.sum(axis=(-1, -2))[..., np.newaxis]
        return births


def cascade_rows(scenario: str, pathways: Sequence[str], cascade: CascadeOfRun) -> list[CascadeRow]:
    """The cascade of a run in long form, without rows for reasons for which nobody was lost.

    Parameters
    ----------
    scenario, pathways
        Names; `pathways` includes `ANY`.
    cascade
        At least one replicate.
    """
    shares_on, shares_lost = cascade.shares_on(), cascade.shares_lost()
    mothers_on, mothers_lost = cascade.mothers_on(), cascade.mothers_lost()
    rows = []
    for p, pathway in enumerate(pathways):
        for q, quintile in enumerate(GROUPS):
            for gate in Gate:
                cell = (p, q, gate)
                place = (scenario, pathway, quintile, gate.word)
                rows.append(_row((*place, "passed", ""), mothers_on, shares_on, cell))
                if gate < Gate.SUPPORTED_IN_TIME:
                    for why in np.flatnonzero(mothers_lost[cell]).tolist():
                        loss = (*place, "lost", Reason(why).word)
                        rows.append(_row(loss, mothers_lost, shares_lost, (*cell, why)))
    return rows


def _row(
    about: tuple[str, str, str, str, str, str], mothers: Values, shares: Interval, cell: tuple[int, ...]
) -> CascadeRow:
    share, lower, upper, replicates = (part[cell].item() for part in shares)
    return CascadeRow(*about, float(mothers[cell]), share, lower, upper, replicates)
