"""What is counted of mothers, with and without an influence."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.model.rules.tally import outcomes_of
from bpssim.model.simulation import Simulation
from bpssim.model.state import NEVER
from bpssim.scenario.words import QUINTILES, Feeding, Gate, Reason
from bpssim.statistics.groups import GROUPS

Counts = NDArray[np.float64]
Mask = NDArray[np.bool_]


class Measure(NamedTuple):
    """Something counted of mothers born in the window.

    Parameters
    ----------
    name
        In files.
    title
        On pages, of mothers.
    """

    name: str
    title: str


MEASURES = (
    Measure("in_time", "supported in time"),
    Measure("supported", "supported"),
    Measure("any_6w", "breastfeeding at six weeks"),
    Measure("started", "who start to breastfeed"),
)
IN_TIME = 0
"""Place of the measure that the rest is about."""
SIX_WEEKS = 42
"""Baby age of the third measure [days]."""


class Counted(NamedTuple):
    """Numbers of mothers in one run; groups are quintile 1 to 5 and all.

    Parameters
    ----------
    births
        Shape (groups,).
    measures
        Shape (measures, groups).
    reasons
        Mothers not supported in time, by `Reason`, shape (reasons, groups).
    """

    births: Counts
    measures: Counts
    reasons: Counts

    def __add__(self, other: object) -> "Counted":
        """Of both, place by place."""
        if not isinstance(other, Counted):
            return NotImplemented
        return Counted(*(one + its for one, its in zip(self, other, strict=True)))


def nothing_counted() -> Counted:
    """Counts of nobody."""
    groups = len(GROUPS)
    return Counted(np.zeros(groups), np.zeros((len(MEASURES), groups)), np.zeros((len(Reason), groups)))


def count(simulation: Simulation, among: Mask | None) -> Counted:
    """Count the mothers of a finished run.

    Parameters
    ----------
    simulation
        A finished run.
    among
        For each mother born in the window, in order, whether she is counted; all of them without it.
    """
    state = simulation.state
    counted = np.flatnonzero(state.mothers.in_window)
    counted = counted if among is None else counted[among]
    mothers = state.mothers
    quintile = mothers["quintile"][counted].astype(np.int64)
    outcome = outcomes_of(state, simulation.parameters)[counted]
    in_time = outcome["gate"] == Gate.SUPPORTED_IN_TIME
    stopped = mothers["stop_age"][counted]
    started = mothers["feeding"][counted] < Feeding.NOT_STARTED
    feeding = started & ((stopped < 0) | (stopped >= SIX_WEEKS))
    holds = np.array([in_time, mothers["first_contact_age"][counted] < NEVER, feeding, started])
    reason = np.zeros((len(Reason), QUINTILES + 1))
    np.add.at(reason, (outcome["reason"][~in_time], quintile[~in_time]), 1.0)
    by_quintile = np.array([np.bincount(quintile, weights, QUINTILES + 1) for weights in holds])
    births = np.bincount(quintile, minlength=QUINTILES + 1).astype(float)
    return Counted(_grouped(births), _grouped(by_quintile), _grouped(reason))


def _grouped(by_quintile: Counts) -> Counts:
    """Quintile 1 to 5, then all; the first entry, of quintile 0, is empty."""
    return np.concatenate([by_quintile[..., 1:], by_quintile.sum(axis=-1, keepdims=True)], axis=-1)
