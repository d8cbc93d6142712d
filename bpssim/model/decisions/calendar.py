"""The calendar of decisions: reviews, talks about data, and a re-tender, each on its day.

State: `next_occasion`, `agreed` and `hours_share` of `MANAGEMENT`; a re-tender also changes `knowledge` of `SUPPORTER`,
`awareness` of `HEALTH_TEAM` and `named` of mothers. Parameters: `p.calendar`, `p.review.agreement`,
`p.review.retender` and `p.derived.agreed_feed`. Evidence: M6 (talks about data), M59 (re-tender).

Reviews are in `bpssim.model.decisions.review`.
"""

import numpy as np

from bpssim.model.decisions.apply import rebuild_active_list, start_feed, start_pathways
from bpssim.model.decisions.decision_log import log_decision
from bpssim.model.decisions.review import hold_review
from bpssim.model.engine.compiled import entry, rule
from bpssim.model.engine.random import Purpose, uniform
from bpssim.model.parameters.calendar import Occasion
from bpssim.model.parameters.parameters import Parameters
from bpssim.model.state import State
from bpssim.scenario.words import Decision

MANAGEMENT = np.dtype(
    [
        ("next_occasion", "i4"),  # what falls due next, in `p.calendar` [row]
        ("agreed", "i1"),  # talks about data have succeeded [yes or no]
        ("hours_share", "f8"),  # of its hours that the team works: less than 1 while a new one settles [share]
    ],
    align=True,
)
"""The service as an organisation; one row."""


@entry
def keep_calendar(s: State, p: Parameters, day: int) -> None:
    """Do everything that falls due before a day begins; compiled only for scenarios with decisions."""
    s.counts[0].today = day
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
    """End a month of talks about data, which may succeed if hours were spent on them (M6)."""
    management = s.management[0]
    if management.agreed or minutes_of_talks(s, since, day) <= 0.0:
        return
    if uniform(p.run.seed, p.derived.place_key, Purpose.AGREEMENT, 0, month) >= p.review.agreement.monthly_success:
        return
    management.agreed = 1
    log_decision(s, Decision.AGREED, -1, minutes_of_talks(s, 0, day) / 60.0)
    if p.derived.agreed_feed >= 0:
        start_feed(s, p, p.derived.agreed_feed, day)
    start_pathways(s, p, p.review.agreement.opens, day)
    rebuild_active_list(s, p, day)


@rule
def minutes_of_talks(s: State, first: int, last: int) -> float:
    """Minutes of talks on the days from `first` to the one before `last`."""
    minutes = 0.0
    for day in range(first, last):
        minutes += s.days[day].minutes_agreement
    return minutes


@rule
def move_contract(s: State, p: Parameters) -> None:
    """The contract moves: part of the knowledge, the relationships and the awareness of professionals is lost (M59)."""
    for j in range(s.supporters.shape[0]):
        s.supporters[j].knowledge *= p.review.retender.keeps
    for h in range(s.health_teams.shape[0]):
        s.health_teams[h].awareness *= p.review.retender.keeps
    for i in range(s.mothers.shape[0]):
        s.mothers[i].named = -1
    s.management[0].hours_share = p.review.retender.hours_until_then
    log_decision(s, Decision.MOVED)


@rule
def settle_in(s: State) -> None:
    """The new team works all its hours."""
    s.management[0].hours_share = 1.0
    log_decision(s, Decision.SETTLED)
