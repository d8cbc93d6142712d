"""The calendar of a run: what falls due between days, by the service, its partners and its commissioner.

State: `MANAGEMENT`, and the hours of supporters. Parameters: `CALENDAR`, `scenario.review`. Evidence: M6 (talks about
data), M59 (a change of the organisation); reviews are in `bpssim.model.decisions.review`.
"""

import numpy as np

from bpssim.model.decisions.apply import rebuild_active_list, start_feed, start_pathways
from bpssim.model.decisions.decision_log import log_decision
from bpssim.model.decisions.review import hold_review
from bpssim.model.engine.compiled import rule
from bpssim.model.engine.random import Purpose, uniform
from bpssim.model.parameters.calendar import Occasion
from bpssim.model.parameters.parameters import Parameters
from bpssim.model.state import State
from bpssim.scenario.words import Decision

MANAGEMENT = np.dtype(
    [
        ("next_occasion", "i4"),  # row of `CALENDAR`
        ("agreed", "i1"),  # talks about data have succeeded
    ],
    align=True,
)
"""How far the calendar has come; one row."""


@rule
def keep_calendar(s: State, p: Parameters, day: int) -> None:
    """Do what falls due before a day begins."""
    management = s.management[0]
    while management.next_occasion < p.calendar.shape[0] and p.calendar[management.next_occasion].day <= day:
        due = p.calendar[management.next_occasion]
        management.next_occasion += 1
        if due.occasion == Occasion.REVIEW:
            hold_review(s, p, day, due.number)
        elif due.occasion == Occasion.TALK:
            talk(s, p, day, due.number, due.since)
        elif due.occasion == Occasion.MOVE:
            move_contract(s, p)
        elif due.occasion == Occasion.SETTLE:
            settle_in(s)


@rule
def talk(s: State, p: Parameters, day: int, month: int, since: int) -> None:
    """A month of talks about data: they may succeed if hours were spent on them (M6)."""
    management = s.management[0]
    if management.agreed or minutes_of_talks(s, since, day) <= 0.0:
        return
    if uniform(p.run.seed, p.derived.place_key, Purpose.AGREEMENT, 0, month) >= p.agreement.monthly_success:
        return
    management.agreed = 1
    log_decision(s, Decision.AGREED, -1, minutes_of_talks(s, 0, day) / 60.0)
    if p.agreement.feed_row >= 0:
        start_feed(s, p, p.agreement.feed_row, day)
    start_pathways(s, p, p.agreement.opens_rows, day)
    rebuild_active_list(s, p, day)


@rule
def minutes_of_talks(s: State, first: int, last: int) -> float:
    """Minutes spent on talks from the first until before the last day."""
    minutes = 0.0
    for day in range(first, last):
        minutes += s.days[day].minutes_agreement
    return minutes


@rule
def move_contract(s: State, p: Parameters) -> None:
    """The contract moves: knowledge, relationships and what professionals know are lost in part (M59)."""
    for j in range(s.supporters.shape[0]):
        supporter = s.supporters[j]
        supporter.knowledge *= p.retender.keeps
        for weekday in range(7):
            supporter.settled_minutes[weekday] = supporter.minutes_by_weekday[weekday]
            supporter.minutes_by_weekday[weekday] *= p.retender.hours_until_then
    for h in range(s.health_teams.shape[0]):
        s.health_teams[h].awareness *= p.retender.keeps
    for i in range(s.progress.shape[0]):
        for k in range(s.progress.shape[1]):
            s.progress[i, k].supporter = -1
    log_decision(s, Decision.MOVED)


@rule
def settle_in(s: State) -> None:
    """The new team works all its hours."""
    for j in range(s.supporters.shape[0]):
        for weekday in range(7):
            s.supporters[j].minutes_by_weekday[weekday] = s.supporters[j].settled_minutes[weekday]
    log_decision(s, Decision.SETTLED)
