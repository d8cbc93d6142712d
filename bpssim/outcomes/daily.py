"""What happens on each day: births, work that comes in, waits and ends, and the team's minutes."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bpssim.outcomes.columns import Column
from bpssim.scenario.words import Outcome

if TYPE_CHECKING:
    from bpssim.model.simulation import Simulation

COUNTED = {
    "births": Column("Births of the day, those outside the recruitment window included"),
    "requests": Column("Pieces of work that came in"),
    "waiting": Column("Pieces of work left at the end of the day"),
    "minutes_available": Column("Minutes that the team has for mothers and duties"),
    "minutes_paid": Column("Minutes for which supporters are paid: those they have, and any worked beyond them"),
    "minutes_volunteer": Column("Minutes that volunteers worked, at fixed duties and on the queue"),
    "minutes_duty": Column("Minutes at fixed duties, busy or not"),
    "minutes_queue": Column("Minutes on the queue of work"),
}
ENDED = {outcome.word: Column(f"Pieces of work that ended as {outcome.word.replace('_', ' ')}") for outcome in Outcome}
DAILY = {**COUNTED, **ENDED}
"""The columns of a day, by name, in order."""

Daily = NDArray[np.float32]
"""One row a day of the run, one column for each of `DAILY`."""


def daily_counts(simulation: "Simulation") -> Daily:
    """The days of a finished run, from the first day of the warm-up."""
    days = simulation.state.days
    counted = np.column_stack([days[name] for name in COUNTED])
    return np.hstack([counted, days["ended"]]).astype(np.float32)
