"""Log of the decisions of a run: when, what, why, and on which figures."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from bpssim.model.decisions.review import REVIEW

__all__ = ["REVIEW", "EventRow", "event_rows"]

if TYPE_CHECKING:
    from bpssim.model.simulation import Simulation


class EventRow(NamedTuple):
    """One decision in words."""

    replicate: int
    place: str
    day: int  # of the recruitment window
    what: str
    why: str
    figures: str  # what the service saw


def event_rows(simulation: "Simulation", replicate: int) -> Sequence[EventRow]:
    """Decisions of a finished run, in order."""
    return [EventRow(replicate, simulation.place.name, *event) for event in simulation.calendar.events]
