"""What can be seen of one mother at the end of a day, copied from the arrays of the run."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.model.simulation import Simulation
from bpssim.model.state import Row, Table
from bpssim.scenario.words import Feeding, Item


class Seen(NamedTuple):
    """One mother at the end of one day.

    The fields are rows of `bpssim.model.state.World`: `held` is what the service holds, and `progress` and `feeds`
    have one row for each pathway and feed.
    """

    mother: Row
    held: NDArray[np.int8]
    feeds: Table
    progress: Table
    waiting: frozenset[int]  # pathways in which a piece of work waits for her
    contacts: int  # attempts at anybody so far
    events: int  # decisions so far

    def holds(self) -> dict[Item, int]:
        """Items that the service holds, with their values."""
        return {item: int(self.held[item]) for item in Item if self.held[item] >= 0}

    def breastfeeds(self) -> bool:
        """Whether the baby gets any breast milk."""
        return int(self.mother.feeding) in (Feeding.EXCLUSIVE, Feeding.MIXED)


class Day(NamedTuple):
    """One day of one mother: the evening before, and the evening."""

    age: int
    before: Seen
    after: Seen
    attempts: dict[int, Row]  # rows of the contact table, by pathway
    records: NDArray[np.int8]  # what anyone would disclose about her, at the end of the day

    @property
    def stirred(self) -> list[int]:
        """Pathways in which anything happened; whatever happens in one leaves its mark on her progress there."""
        moved: list[int] = np.flatnonzero(self.before.progress != self.after.progress).tolist()
        return moved

    @property
    def breastfed(self) -> bool:
        """Whether she breastfed in the morning; false in pregnancy."""
        if self.age <= 0:
            return self.age == 0 and int(self.after.mother.feeding) != Feeding.NOT_STARTED
        return self.before.breastfeeds()

    @property
    def concerns_feeding(self) -> bool:
        """Whether there is breastfeeding to support, or to prepare for."""
        return self.age < 0 or self.breastfed

    @property
    def stopped(self) -> bool:
        """Whether she stopped in the evening."""
        return int(self.before.mother.stop_age) < 0 <= int(self.after.mother.stop_age)

    def created(self, pathway: int) -> bool:
        """Whether a piece of work was created for her."""
        return bool(self.after.progress[pathway].requests > self.before.progress[pathway].requests)


def look(simulation: Simulation, row: int) -> Seen:
    """See a mother as she is now, by her row in the arrays."""
    state = simulation.state
    requests: Any = state.requests[: int(state.counts[0].requests)]
    return Seen(
        state.mothers[row].copy(),
        state.known_data["value"][row].copy(),
        state.feed_states[row].copy(),
        state.progress[row].copy(),
        frozenset(requests.pathway[requests.mother == row].tolist()),
        int(state.counts[0].contacts),
        len(simulation.calendar.events),
    )


def step(simulation: Simulation, row: int, before: Seen) -> Day:
    """Run one day and see what it changed for a mother."""
    age = simulation.day - int(before.mother.birth_day)
    simulation.step()
    after = look(simulation, row)
    new: Any = simulation.state.contacts[before.contacts : after.contacts]
    attempts = {int(each.pathway): each for each in new[new.mother == before.mother.id]}
    return Day(age, before, after, attempts, simulation.state.true_data["value"][row])
