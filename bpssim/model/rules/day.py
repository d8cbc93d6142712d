"""Process overview and scheduling: the submodels of one day, in order.

morning   mothers with an event due: birth, difficulties, data feeds, pathways that open or continue
service   the team's duties, with mothers and without, and its queue of requests
evening   all active mothers: the clocks of those who breastfeed run down; those with no event ahead leave the walk
night     slow processes: awareness of professionals, knowledge of supporters, norms of neighbourhoods
"""

import numpy as np

from bpssim.model.engine.compiled import entry, rule
from bpssim.model.parameters.parameters import Parameters
from bpssim.model.rules.access import Stage
from bpssim.model.rules.case import decide_to_tell
from bpssim.model.rules.community import apply_norm, log_discoveries, update_norms
from bpssim.model.rules.context_knowledge import update_knowledge
from bpssim.model.rules.event_log import event_rows_needed, log_event
from bpssim.model.rules.feeding import (
    begin_feeding,
    feed_today,
    is_breastfeeding,
    schedule_difficulty,
    start_difficulty,
    stop_feeding,
)
from bpssim.model.rules.knowledge import advance_feed, feed_starts, learn_from_her
from bpssim.model.rules.management import manage
from bpssim.model.rules.opening import advance_pathway
from bpssim.model.rules.pathway import (
    leave_own_pathways,
    note_missed_stays,
    opens_at,
    reopen_on_news,
    seek_help,
    seek_help_after_all,
)
from bpssim.model.rules.professionals import signpost, update_awareness
from bpssim.model.rules.queue import clear_requests, sort_queue
from bpssim.model.rules.team import staff_duties, work
from bpssim.model.rules.working_time import start_day
from bpssim.model.state import NEVER, Row, State
from bpssim.scenario.words import Event, Feeding, Heard, Item, Outcome, Problem

DAY = np.dtype(
    [
        ("births", "i4"),  # births [count]
        ("walked", "i4"),  # mothers whom the daily rules walked [count]
        ("requests", "i4"),  # requests that arrived [count]
        ("ended", "i4", (len(Outcome),)),  # requests that ended, by `Outcome` [count]
        ("waiting", "i4"),  # requests waiting at the end of the day [count]
        ("minutes_available", "f8"),  # of the whole team [minutes]
        ("minutes_available_volunteer", "f8"),  # of them, the hours of volunteers [minutes]
        ("minutes_paid", "f8"),  # of paid supporters: available, or worked beyond that [minutes]
        ("minutes_volunteer", "f8"),  # spent by volunteers, on duties and on the queue [minutes]
        ("minutes_duty", "f8"),  # spent on fixed duties, busy or not [minutes]
        ("minutes_queue", "f8"),  # spent on the queue [minutes]
        ("minutes_agreement", "f8"),  # spent on talks about sharing data [minutes]
    ],
    align=True,
)

WALK = np.dtype(
    [
        ("entering", "i8"),  # mothers by day of birth [row]
        ("active", "i8"),  # mothers who are walked each day; the first counts.active count [row]
        ("due", "i8"),  # mothers with an event on the next day; the first counts.due count [row]
    ],
    align=True,
)
"""Lists of mothers that the schedule visits."""

COUNTS = np.dtype(
    [
        ("entered", "i8"),  # mothers who entered the run so far [count]
        ("active", "i8"),  # mothers whom the daily rules still walk [count]
        ("due", "i8"),  # mothers with an event on the next day [count]
        ("requests", "i8"),  # requests waiting [count]
        ("ordered", "i8"),  # of the requests, those whose order in the queue is known from the day before [count]
        ("contacts", "i8"),  # rows of the contact table in use [count]
        ("decisions", "i8"),  # rows of the log of decisions in use [count]
        ("today", "i8"),  # today [day of the run]
        ("watched", "i8"),  # the mother whose events are logged, or `event_log.NOBODY` or `EVERYBODY` [row]
        ("events", "i8"),  # rows of the event log in use [count]
        ("event_rows", "i8"),  # rows that it needs today [count]
    ],
    align=True,
)


TELLS_AT_BIRTH = 1 << Item.BIRTH | 1 << Item.HOME | 1 << Item.FEEDING
"""What a mother tells who lets the service know of the birth."""


@rule
def enter(s: State, p: Parameters, i: int) -> None:
    """A mother enters the run: schedule the first event of each feed and pathway for her."""
    m = s.mothers[i]
    lead = p.derived.lead
    m.next_event = 0
    for f in range(s.feed_states.shape[1]):
        due = feed_starts(m, p.feeds[f])
        s.feed_states[i, f].due = due
        m.next_event = min(m.next_event, due)
    for k in range(s.progress.shape[1]):
        due = opens_at(m, p, s.progress[i, k], p.pathways[k], -lead)
        s.progress[i, k].due = due
        m.next_event = min(m.next_event, due)
    log_event(s, i, Event.ENTERED)
    if m.aware_age < s.counts[0].today - m.birth_day:
        log_event(s, i, Event.HEARD, -1, Heard.BEFORE)


@rule
def admit(s: State, p: Parameters, day: int) -> None:
    """Admit the mothers who enter the run today to the active list."""
    counts = s.counts[0]
    while counts.entered < s.walk.shape[0]:
        i = s.walk[counts.entered].entering
        if s.mothers[i].birth_day - p.derived.lead > day:
            return
        enter(s, p, i)
        s.walk[counts.active].active = i
        counts.active += 1
        if s.mothers[i].next_event <= day - s.mothers[i].birth_day:
            s.walk[counts.due].due = i
            counts.due += 1
        counts.entered += 1


@rule
def meet_difficulty(s: State, p: Parameters, i: int, age: int) -> None:
    """A difficulty passes or starts; when one starts, she may seek help."""
    m = s.mothers[i]
    if m.difficulty >= 0 and age >= m.difficulty_end:
        log_event(s, i, Event.DIFFICULTY_PASSED, -1, m.difficulty, m.problem)
        schedule_difficulty(m, p, age)
    if m.difficulty < 0 and age >= m.difficulty_start:
        start_difficulty(m, p, age)
        log_event(s, i, Event.DIFFICULTY_BEGAN, -1, m.difficulty, m.problem)
        for k in range(s.progress.shape[1]):
            pathway = p.pathways[k]
            progress = s.progress[i, k]
            if progress.state != Stage.CLOSED and progress.state != Stage.PASSED_OVER:
                continue
            if pathway.by_difficulty and pathway.active:
                progress.state = Stage.CLOSED
                seek_help(s, p, i, k, age)
            elif pathway.opens.with_problem:
                progress.state = Stage.CLOSED
                progress.due = opens_at(m, p, progress, pathway, age)


@rule
def next_event_of(s: State, i: int, age: int) -> int:
    """Baby age of her next event after today."""
    m = s.mothers[i]
    soonest = NEVER
    if age < 0:
        soonest = 0
    else:
        soonest = m.tells_age
        if is_breastfeeding(m):
            soonest = min(soonest, m.difficulty_end if m.difficulty >= 0 else m.difficulty_start)
            if m.difficulty >= 0 and m.aware_age > age:
                soonest = min(soonest, m.aware_age)  # she may come across the service by then
    for f in range(s.feed_states.shape[1]):
        soonest = min(soonest, s.feed_states[i, f].due)
    for k in range(s.progress.shape[1]):
        soonest = min(soonest, s.progress[i, k].due)
    return soonest


@rule
def advance_pathways(s: State, p: Parameters, i: int, day: int, special: bool) -> bool:
    """What is due in her pathways, of those that take her off other lists, or of the rest; true if anything was."""
    moved, age = False, day - s.mothers[i].birth_day
    for k in range(s.progress.shape[1]):
        if s.progress[i, k].due <= age and p.pathways[k].is_special == special:
            advance_pathway(s, p, i, k, day)
            moved = True
    return moved


@rule
def morning(s: State, p: Parameters, i: int, day: int) -> None:
    """Everything that is due for one mother today."""
    m = s.mothers[i]
    age = day - m.birth_day
    if age == 0:
        begin_feeding(m, s.true_data[i], p, apply_norm(s, m, p))
        log_event(s, i, Event.BORN, -1, m.feeding)
        signpost(s, p, i)
        decide_to_tell(m, p)
        s.days[day].births += 1
        if is_breastfeeding(m):
            note_missed_stays(s, p, i)
        else:
            leave_own_pathways(s, p, i)
    if age >= 0 and is_breastfeeding(m):
        meet_difficulty(s, p, i, age)
    if 0 <= m.tells_age <= age:
        m.tells_age = NEVER
        learn_from_her(s, i, TELLS_AT_BIRTH, Event.ITEM_VOLUNTEERED, -1)
        reopen_on_news(s, p, i, age)
    if m.difficulty >= 0:
        seek_help_after_all(s, p, i, age)
    for f in range(s.feed_states.shape[1]):
        if s.feed_states[i, f].due <= age and advance_feed(s, p, i, f, age):
            reopen_on_news(s, p, i, age)
    moved = True
    while moved:  # until no pathway learns what another was waiting for: their order does not matter
        moved = advance_pathways(s, p, i, day, True) or advance_pathways(s, p, i, day, False)
    m.next_event = next_event_of(s, i, age)


@rule
def has_more_ahead(m: Row, follow_up: int, age: int) -> bool:
    """Whether she can still have an event in this run."""
    if m.open_requests > 0:
        return True
    return age + 1 < follow_up and (age < 0 or is_breastfeeding(m) or m.next_event < NEVER)


@rule
def mornings(s: State, p: Parameters, day: int) -> None:
    """Visit the mothers with an event due today."""
    for a in range(s.counts[0].due):
        morning(s, p, s.walk[a].due, day)


@rule
def evenings(s: State, p: Parameters, day: int) -> None:
    """Walk the active mothers: one day of feeding; those with no event ahead leave the list."""
    counts = s.counts[0]
    follow_up = p.run.follow_up_days  # read once: this loop is where most of the time goes
    s.days[day].walked = counts.active
    kept = 0
    due = 0
    for a in range(counts.active):
        i = s.walk[a].active
        m = s.mothers[i]
        age = day - m.birth_day
        if age >= 0 and age < follow_up and is_breastfeeding(m):
            exclusive = m.feeding == Feeding.EXCLUSIVE
            stops = feed_today(m, p, age)
            if exclusive and m.feeding == Feeding.MIXED:
                s.true_data[i].value[Item.FEEDING] = m.feeding
                log_event(s, i, Event.FORMULA_BEGAN)
            if stops:
                unresolved = m.difficulty if m.problem == Problem.UNRESOLVED else -1
                stop_feeding(m, p, age)
                s.true_data[i].value[Item.FEEDING] = m.feeding
                log_event(s, i, Event.STOPPED, -1, m.wanted_longer, unresolved)
                leave_own_pathways(s, p, i)
                m.next_event = next_event_of(s, i, age)
        if has_more_ahead(m, follow_up, age):
            s.walk[kept].active = i
            kept += 1
            if m.next_event <= age + 1 and age + 1 < follow_up:
                s.walk[due].due = i
                due += 1
    counts.active = kept
    counts.due = due


@rule
def slow_changes(s: State, p: Parameters, day: int) -> None:
    """Processes over months and years, from the first births on: awareness, knowledge, norms."""
    if day < p.derived.lead:
        return
    update_awareness(s, p)
    update_knowledge(s, p, day)
    if day % 7 == 6 and (p.derived.norm_effect > 0.0 or p.derived.norm_starting > 0.0):
        update_norms(s, p, day)


@rule
def has_room(s: State, p: Parameters) -> bool:
    """Whether tables have room for the busiest possible day: one request per active mother and pathway."""
    counts = s.counts[0]
    most = counts.active * s.progress.shape[1]
    has_room_for_work = most <= s.requests.shape[0] and counts.contacts + most <= s.contacts.shape[0]
    counts.event_rows = event_rows_needed(s, p)
    return has_room_for_work and counts.event_rows <= s.events.shape[0]


@rule
def run_day(s: State, p: Parameters, day: int) -> bool:
    """Run one day; false if a table needs room first, in which case only admissions have been done."""
    admit(s, p, day)
    if not has_room(s, p):
        return False
    log_discoveries(s, p, day)
    mornings(s, p, day)
    start_day(s, day)
    staff_duties(s, p, day)
    manage(s, p, day)
    sort_queue(s.requests, s.counts[0].ordered, s.counts[0].requests)
    work(s, p, day)
    clear_requests(s, p, day)
    evenings(s, p, day)
    slow_changes(s, p, day)
    return True


@entry
def run_days(s: State, p: Parameters, first: int, last: int) -> int:
    """Run the days from `first` to the one before `last`, or until a table needs room; returns the next day to run."""
    for day in range(first, last):
        s.counts[0].today = day
        if not run_day(s, p, day):
            return day
    return last
