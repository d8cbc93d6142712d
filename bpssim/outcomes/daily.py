"""Daily counts: births, requests that arrive, wait and end, and the team's minutes."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bpssim.outcomes.columns import Column
from bpssim.scenario.words import Outcome

if TYPE_CHECKING:
    from bpssim.model.simulation import Simulation

COUNTED = {
    "births": Column("Births of the day, including those outside the recruitment window"),
    "requests": Column("Requests that arrived"),
    "waiting": Column("Requests still waiting at the end of the day"),
    "minutes_available": Column("Minutes that the team has for mothers and duties"),
    "minutes_paid": Column("Minutes for which supporters are paid: their hours, and any time worked beyond them"),
    "minutes_volunteer": Column("Minutes that volunteers worked, on fixed duties and on the queue"),
    "minutes_duty": Column("Minutes on fixed duties, busy or not"),
    "minutes_queue": Column("Minutes on the queue of requests"),
}
ENDED = {outcome.word: Column(f"Requests that ended as {outcome.word.replace('_', ' ')}") for outcome in Outcome}
DAILY = {**COUNTED, **ENDED}
"""The columns of a day, by name, in order."""

Daily = NDArray[np.float32]
"""One row for each day of the run, one column for each of `DAILY`."""


def daily_counts(simulation: "Simulation") -> Daily:
    """The days of a finished run, from the first day of the warm-up."""
    days = simulation.state.days
    counted = np.column_stack([days[name] for name in COUNTED])
    return np.hstack([counted, days["ended"]]).astype(np.float32)
