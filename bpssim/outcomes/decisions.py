"""Log of the decisions of a run: when, what, why, and on which figures."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from bpssim.model.decisions.review import REVIEW

__all__ = ["REVIEW", "DecisionRow", "decision_rows"]

if TYPE_CHECKING:
    from bpssim.model.simulation import Simulation


class DecisionRow(NamedTuple):
    """One decision in words."""

    replicate: int
    place: str
    day: int  # of the recruitment window
    what: str
    why: str
    figures: str  # what the service saw


def decision_rows(simulation: "Simulation", replicate: int) -> Sequence[DecisionRow]:
    """Decisions of a finished run, in order."""
    return [DecisionRow(replicate, simulation.place.name, *event) for event in simulation.calendar.events]
