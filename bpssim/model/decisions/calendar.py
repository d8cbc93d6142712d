"""The calendar of a run: what is decided between days by the service, its partners and its commissioner.

Reviews (see `bpssim.model.decisions.review`), talks about a data agreement (M6), and a change of the organisation
(M59).
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from bpssim.model.decisions.apply import rebuild_active_list, start_feed
from bpssim.model.decisions.review import Event, Review
from bpssim.model.engine.random import Purpose, uniform
from bpssim.model.parameters.parameters import Parameters
from bpssim.model.state import State
from bpssim.scenario.data_sharing import AGREED_FEED

DAYS_PER_MONTH = 365.0 / 12.0

Entry = Callable[[State, Parameters, int], list[Event]]


class Calendar:
    """What happens on which day, for one place and seed.

    Parameters
    ----------
    review
        Reviews of the service.
    start, stop
        First and one past the last day of the recruitment window.

    Attributes
    ----------
    events : list of Event
        What has been decided so far.
    """

    def __init__(self, review: Review, start: int, stop: int) -> None:
        self.review = review
        self.start = start
        self.events: list[Event] = []
        self.agreed = False
        self.hours: NDArray[np.float64] | None = None  # of the team, while a new one settles
        entries: list[tuple[int, Entry]] = []
        inputs = review.inputs
        if inputs.active:
            entries += [(day, self._review) for day in range(start + inputs.every_days, stop + 1, inputs.every_days)]
            if inputs.agreement:
                months = range(1, 1 + int((stop - start) / DAYS_PER_MONTH))
                entries += [(start + round(month * DAYS_PER_MONTH), self._talk) for month in months]
            if inputs.retender:
                moves = inputs.retender.month
                entries.append((start + round(moves * DAYS_PER_MONTH), self._move))
                settled = moves + inputs.retender.months_to_settle
                entries.append((start + round(settled * DAYS_PER_MONTH), self._settle))
        self._entries = sorted(entries, key=lambda entry: entry[0])[::-1]  # the next one is last

    @property
    def next_day(self) -> float:
        """Day of the next entry; infinity if there is none."""
        return self._entries[-1][0] if self._entries else float("inf")

    def keep(self, state: State, parameters: Parameters, day: int) -> None:
        """Do what is entered for today."""
        while self.next_day <= day:
            _, entry = self._entries.pop()
            self.events += entry(state, parameters, day)

    def _review(self, state: State, parameters: Parameters, day: int) -> list[Event]:
        return self.review.hold(state, parameters, day, (day - self.start) // self.review.inputs.every_days)

    def _talk(self, state: State, parameters: Parameters, day: int) -> list[Event]:
        """A month of talks: they may succeed if hours were spent on them (M6)."""
        agreement = self.review.inputs.agreement
        month = round((day - self.start) / DAYS_PER_MONTH)
        since = self.start + round((month - 1) * DAYS_PER_MONTH)
        minutes = state.days.minutes_agreement[since:day].sum()
        if agreement is None or self.agreed or minutes <= 0.0:
            return []
        draw = uniform(self.review.seed, self.review.place, Purpose.AGREEMENT.value, 0, month)
        if draw >= agreement.monthly_success:
            return []
        self.agreed = True
        found = []
        if agreement.feed:
            start_feed(state, parameters, list(self.review.scenario.all_feeds()).index(AGREED_FEED), day)
            found.append(f"data agreement: {', '.join(item.word for item in agreement.feed.items)}")
        found += [f"opened {name}" for name in self.review.open(state, parameters, agreement.opens, day)]
        rebuild_active_list(state, parameters, day)
        spent = f"{state.days.minutes_agreement[:day].sum() / 60.0:.0f} hours of talks"
        return [Event(day - self.start, "; ".join(found), "talks succeeded", spent)]

    def _move(self, state: State, parameters: Parameters, day: int) -> list[Event]:
        """The contract moves: knowledge, relationships and what professionals know are lost in part (M59)."""
        retender = self.review.inputs.retender
        if retender is None:
            return []
        state.supporters.knowledge *= retender.keeps
        state.health_teams.awareness *= retender.keeps
        state.progress.supporter[:] = -1
        self.hours = state.supporters.minutes_by_weekday.copy()
        state.supporters.minutes_by_weekday *= retender.hours_until_then
        return [Event(day - self.start, "contract moved to another organisation", "re-tender", "")]

    def _settle(self, state: State, parameters: Parameters, day: int) -> list[Event]:
        if self.hours is not None:
            state.supporters.minutes_by_weekday[:] = self.hours
        return [Event(day - self.start, "new team works all its hours", "settled after the re-tender", "")]
