"""The event log as a table: one row for each event of a mother.

An event has a value in those columns that `bpssim.scenario.words.EVENT_KINDS` names for it, and none in the others.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from bpssim.model.state import NEVER
from bpssim.outcomes.columns import Column, Columns
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import (
    EVENT_KINDS,
    Difficulty,
    Event,
    Feeding,
    Heard,
    Item,
    NotSent,
    Outcome,
    Problem,
    Reason,
)

if TYPE_CHECKING:
    from bpssim.model.simulation import Simulation


def events_table(simulation: "Simulation", place: int = 0) -> Columns:
    """Columns of all logged events, in order.

    Parameters
    ----------
    simulation
        A finished run whose events were logged.
    place
        Number of its place among those of the scenario.
    """
    state, start = simulation.state, simulation.parameters.derived.window_start
    log: Any = state.events[: int(state.counts[0].events)]
    columns = {
        "mother": state.mothers.id[log.mother],
        "counted": state.mothers.in_window[log.mother] == 1,
        "place": np.full(len(log), place, np.int16),
        "day": log.day - start,
        "baby_age": (log.day - state.mothers.birth_day[log.mother]).astype(np.int16),
        "event": np.ascontiguousarray(log.event),
        **{name: _where(log, name) for name in ("pathway", "feed")},
        **{name: _numbers(log, name, column) for name, column in _NUMBERS.items()},
    }
    attempts = log.event == Event.ATTEMPTED
    columns["outcome"][attempts] = state.contacts.outcome[log.first[attempts]]
    columns["step"][attempts] = state.contacts.step[log.first[attempts]]
    columns["step"][columns["step"] >= 0] += 1
    return columns


def event_columns(scenario: Scenario, places: Sequence[str]) -> dict[str, Column]:
    """What the columns of `events_table` mean, in their order."""
    return {
        "mother": Column("Identity of the mother within a replicate"),
        "counted": Column("She was born into the recruitment window, so she is in the mothers' table"),
        "place": Column("Place", tuple(places)),
        "day": Column("Day of the event [days from the first day of the recruitment window; negative before]"),
        "baby_age": Column("Age of the baby [days; negative in pregnancy]"),
        "event": Column("What happened", tuple(Event.words())),
        "pathway": Column("Pathway that it belongs to", tuple(scenario.active_pathways())),
        "feed": Column("Feed that it belongs to", tuple(scenario.all_feeds())),
        **_NUMBERS,
    }


_NUMBERS = {
    "heard": Column("How she comes to know of the service", tuple(Heard.words())),
    "feeding": Column("How the baby is fed", tuple(Feeding.words())),
    "difficulty": Column("Kind of feeding difficulty", tuple(Difficulty.words())),
    "problem": Column("What has become of the difficulty", tuple(Problem.words())),
    "sooner_than_wanted": Column("1 if she stops sooner than she wanted to", undefined=-1),
    "not_sent": Column("Why the record is not sent", tuple(NotSent.words())),
    "item": Column("Item of personal data", tuple(Item.words())),
    "value": Column(
        "Value of the item: age in years, quintile, postcode as the quintile of its area (0 if it cannot be placed), "
        "feeding and language as numbers in the order of their words (0 English), else 1 for yes and 0 for no",
        undefined=-1,
    ),
    "reason": Column("Why it came to nothing, or ended; none if there is no such reason", tuple(Reason.words())),
    "outcome": Column("How the work ended", tuple(Outcome.words())),
    "step": Column("Step of the pathway, from 1", undefined=-1),
    "due_age": Column("Baby's age at which it is due [days]", undefined=NEVER),
    "accepted": Column("1 if she accepts", undefined=-1),
}
"""Numbers of events, by the names that `EVENT_KINDS` gives them."""


def _where(log: Any, what: str) -> NDArray[np.int8]:
    """Rows of the pathways, or of the feeds, that events belong to."""
    these = [event for event, kind in EVENT_KINDS.items() if kind.where == what]
    return np.where(np.isin(log.event, these), log.where, np.int8(-1))


def _numbers(log: Any, name: str, column: Column) -> NDArray[np.int32]:
    """One of the quantities, from the first or second number of each event."""
    values = np.full(len(log), -1 if column.undefined is None else column.undefined, np.int32)
    for event, kind in EVENT_KINDS.items():
        for number in ("first", "second"):
            if getattr(kind, number) == name:
                these = log.event == event
                values[these] = log[number][these]
    return values
