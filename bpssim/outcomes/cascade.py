"""Care cascade: how far mothers got through the gates of access, and why no further.

Each mother is counted at the furthest gate that she passed. So those who passed a gate are those who passed the next
one plus those lost in between, and everything adds up to births.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.scenario.names import ALL_PATHWAYS
from bpssim.scenario.words import QUINTILES, Gate, Reason
from bpssim.statistics.groups import GROUPS, Values, ratio
from bpssim.statistics.intervals import Interval, Running, within_0_and_1

ANY = ALL_PATHWAYS
"""Name that stands for all pathways together."""

Counts = NDArray[np.integer[Any]]
"""Mothers by group, furthest gate and reason, shape (6, gates, reasons)."""


class Furthest(NamedTuple):
    """Furthest gate of each mother over all pathways; arrays of shape (mothers,)."""

    gate: NDArray[np.int8]
    reason: NDArray[np.int8]
    pathway: NDArray[np.int8]  # where she was lost; -1 if nowhere, or before any pathway


def complete_reasons(gate: NDArray[np.int8], reason: NDArray[np.int8], started: NDArray[np.bool_]) -> NDArray[np.int8]:
    """Complete the reasons: every mother who was lost has one that fits her gate, and the others have none.

    The daily rules leave the reason open where a pathway never opened and where follow-up ended with a step still to
    come. For a supported mother they record how the pathway went on, which is not a reason for a loss.

    Parameters
    ----------
    gate, reason
        Shape (mothers, pathways).
    started
        Whether she started to breastfeed, shape (mothers,).
    """
    never_opened = np.where(started, Reason.OUTSIDE_PATHWAY, Reason.NOT_BREASTFEEDING)[:, np.newaxis]
    filled = np.where(gate == Gate.BORN, never_opened, Reason.STILL_WAITING)
    before_support = np.where(reason == Reason.NONE, filled, reason)
    supported = np.where(gate == Gate.SUPPORTED, Reason.TOO_LATE, Reason.NONE)
    return np.where(gate < Gate.SUPPORTED, before_support, supported).astype(np.int8)


def furthest(gate: NDArray[np.int8], reason: NDArray[np.int8], started: NDArray[np.bool_]) -> Furthest:
    """How far each mother got in any pathway; ties go to the first pathway.

    A mother who did not start to breastfeed and had no contact was not lost by the service: she is counted at birth.

    Parameters
    ----------
    gate, reason
        Furthest gate in each pathway and the reason there, complete, shape (mothers, pathways).
    started
        Whether she started to breastfeed, shape (mothers,).
    """
    rows = np.arange(len(gate))
    if gate.shape[1] == 0:
        gate = np.zeros((len(gate), 1), np.int8)
        reason = complete_reasons(gate, gate, started)
    pathway = np.argmax(gate, axis=1)
    far, why = gate[rows, pathway], reason[rows, pathway]
    not_for_her = ~started & (far < Gate.CONNECTED)
    far = np.where(not_for_her, np.int8(Gate.BORN), far)
    why = np.where(not_for_her, np.int8(Reason.NOT_BREASTFEEDING), why)
    lost = (far > Gate.BORN) & (far < Gate.SUPPORTED_IN_TIME)
    return Furthest(far, why, np.where(lost, pathway, -1).astype(np.int8))


def count_gates(quintile: NDArray[Any], gate: NDArray[Any], reason: NDArray[Any]) -> Counts:
    """Mothers by group, furthest gate and reason; the arguments have shape (mothers,)."""
    gates, reasons = len(Gate), len(Reason)
    cell = ((quintile.astype(np.int64) - 1) * gates + gate) * reasons + reason
    counts = np.bincount(cell, minlength=QUINTILES * gates * reasons).reshape(QUINTILES, gates, reasons)
    return np.concatenate([counts, counts.sum(axis=0, keepdims=True)])


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
