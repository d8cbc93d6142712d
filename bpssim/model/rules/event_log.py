"""The event log: what happens to mothers, written by the rules as it happens, for nobody unless it is asked for.

State: `EVENT`, and in `counts` whose events are written. Stories, and the event log that researchers read, are readings
of these rows, so nothing has to guess from the state what a rule did. `bpssim.scenario.words.Event` names the events,
and `EVENT_KINDS` beside it says what their two numbers are.
"""

import numpy as np

from bpssim.model.engine.compiled import rule
from bpssim.model.state import State
from bpssim.scenario.words import Event, Item

EVENT = np.dtype(
    [
        ("mother", "i8"),  # row
        ("first", "i8"),  # as `EVENT_KINDS` says
        ("second", "i8"),
        ("day", "i4"),  # day of the run
        ("event", "i1"),  # `Event`
        ("where", "i1"),  # row of the pathway or feed; -1 if neither
    ],
    align=True,
)
"""One event of one mother."""

_ITEMS = len(Item)

NOBODY, EVERYBODY = -1, -2
"""Whose events are written, where it is not one mother's row."""


@rule
def log_event(s: State, i: int, event: Event, where: int = -1, first: int = 0, second: int = 0) -> None:
    """Write an event of a mother, if her events are asked for."""
    counts = s.counts[0]
    if counts.watched == i or counts.watched == EVERYBODY:
        row = s.events[counts.events]
        counts.events += 1
        row.mother = i
        row.day = counts.today
        row.event = event
        row.where = where
        row.first = first
        row.second = second


@rule
def event_rows_needed(s: State) -> int:
    """Rows that the log takes at most until tomorrow's room is looked at; 0 if nothing is written."""
    counts = s.counts[0]
    if counts.watched == NOBODY:
        return 0
    pathways = s.progress.shape[1]
    sources = s.feed_states.shape[1] + 2 * pathways  # of which each may tell every item
    on_a_day_with_work = sources * _ITEMS + 10 * pathways + 10
    busy, others = counts.due + counts.requests + 1, counts.active
    entering = s.walk.shape[0] - counts.entered
    return int(counts.events + on_a_day_with_work * busy + (pathways + 4) * others + entering)
