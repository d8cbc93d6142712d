"""The event log: events of mothers, written by the rules as they happen; off unless requested.

State: `EVENT`; `watched`, `events` and `event_rows` of `COUNTS`. Stories and the event log for researchers are read
from these rows, so nothing re-derives from the state what a rule did. `bpssim.scenario.words.Event` names the events,
and `EVENT_KINDS` beside it gives the meaning of their two numbers.
"""

import numpy as np

from bpssim.model.engine.compiled import rule
from bpssim.model.parameters.parameters import Parameters
from bpssim.model.state import State
from bpssim.scenario.words import Event, Item

EVENT = np.dtype(
    [
        ("mother", "i8"),  # to whom it happened [row]
        ("first", "i8"),  # first number of the event, as `EVENT_KINDS` says [number]
        ("second", "i8"),  # second number of the event, as `EVENT_KINDS` says [number]
        ("day", "i4"),  # when [day of the run]
        ("event", "i1"),  # what happened, an `Event`
        ("where", "i1"),  # the pathway or feed; -1 if neither [row]
    ],
    align=True,
)
"""One event of one mother."""

_ITEMS = len(Item)
_MORE_A_RECORD = 6
"""Rows that a record may have beside its items: sent, arrived, what is wrong with it, and what is looked up."""

NOBODY, EVERYBODY = -1, -2
"""Values of `watched` other than the row of one mother."""


@rule
def log_event(s: State, i: int, event: Event, where: int = -1, first: int = 0, second: int = 0) -> None:
    """Log an event of a mother, if her events are watched."""
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
def event_rows_needed(s: State, p: Parameters) -> int:
    """Upper bound of the rows in the log by the end of the day; 0 if nobody is watched."""
    counts = s.counts[0]
    if counts.watched == NOBODY:
        return 0
    pathways = s.progress.shape[1]
    sources = s.feed_states.shape[1] + 2 * pathways  # each may pass on every item
    per_busy_mother = sources * (_ITEMS + _MORE_A_RECORD) + 10 * pathways + p.offers.shape[0] + 10
    busy, others = counts.due + counts.requests + 1, counts.active
    entering = 2 * (s.walk.shape[0] - counts.entered)
    return int(counts.events + per_busy_mother * busy + (pathways + 4) * others + entering + counts.entered)
