"""The order of a day, and the days of a run.

morning   mothers whose next event is due: birth, difficulties, data feeds, pathways that open or go on
service   the team's duties, with mothers and without, and its queue
evening   every mother who breastfeeds: her clocks run down; mothers with nothing ahead leave the walk
night     what moves slowly: awareness of professionals, knowledge of supporters, norms of neighbourhoods
"""

from bpssim.model.engine.compiled import entry, rule
from bpssim.model.layout import Rules
from bpssim.model.rules.community import meet_norm, norms_move
from bpssim.model.rules.context_knowledge import knowledge_moves
from bpssim.model.rules.feeding import (
    begin_feeding,
    feed_today,
    is_breastfeeding,
    schedule_difficulty,
    start_difficulty,
    stop_feeding,
)
from bpssim.model.rules.knowledge import feed_moves, feed_starts
from bpssim.model.rules.management import manage
from bpssim.model.rules.opening import pathway_moves
from bpssim.model.rules.pathway import leave_own_pathways, note_missed_stays, opens_at, reopen_on_news, seeks_help
from bpssim.model.rules.professionals import awareness_fades, signpost
from bpssim.model.rules.queue import clear_requests, sort_queue
from bpssim.model.rules.team import staff_duties, work
from bpssim.model.rules.working_time import start_day
from bpssim.model.state import NEVER, Row, Stage, World
from bpssim.scenario.words import Feeding, Item


@rule
def enter(w: World, r: Rules, i: int) -> None:
    """A mother enters the run: note when each feed and pathway first concerns her."""
    m = w.mothers[i]
    lead = r.inputs[0].lead
    m.next_event = 0
    for f in range(w.feed_states.shape[1]):
        due = feed_starts(m, r.feeds[f])
        w.feed_states[i, f].due = due
        m.next_event = min(m.next_event, due)
    for p in range(w.progress.shape[1]):
        due = opens_at(m, r, w.progress[i, p], r.pathways[p], -lead)
        w.progress[i, p].due = due
        m.next_event = min(m.next_event, due)


@rule
def admit(w: World, r: Rules, day: int) -> None:
    """Mothers whose time in the run begins today join those who are walked."""
    counts = w.counts[0]
    while counts.entered < w.walk.shape[0]:
        i = w.walk[counts.entered].entering
        if w.mothers[i].birth_day - r.inputs[0].lead > day:
            return
        enter(w, r, i)
        w.walk[counts.active].active = i
        counts.active += 1
        if w.mothers[i].next_event <= day - w.mothers[i].birth_day:
            w.walk[counts.due].due = i
            counts.due += 1
        counts.entered += 1


@rule
def meet_difficulty(w: World, r: Rules, i: int, age: int) -> None:
    """A difficulty passes or starts; when one starts, help may be sought."""
    m = w.mothers[i]
    if m.difficulty >= 0 and age >= m.difficulty_end:
        schedule_difficulty(m, r.inputs[0], age)
    if m.difficulty < 0 and age >= m.difficulty_start:
        start_difficulty(m, r.inputs[0], age)
        for p in range(w.progress.shape[1]):
            pathway = r.pathways[p]
            progress = w.progress[i, p]
            if progress.state != Stage.CLOSED and progress.state != Stage.PASSED_OVER:
                continue
            if pathway.by_difficulty and pathway.running:
                progress.state = Stage.CLOSED
                seeks_help(m, r, progress, pathway, age)
            elif pathway.with_problem:
                progress.state = Stage.CLOSED
                progress.due = opens_at(m, r, progress, pathway, age)


@rule
def next_event_of(w: World, i: int, age: int) -> int:
    """Baby age, after today, at which something next happens to her."""
    m = w.mothers[i]
    soonest = NEVER
    if age < 0:
        soonest = 0
    elif is_breastfeeding(m):
        soonest = m.difficulty_end if m.difficulty >= 0 else m.difficulty_start
    for f in range(w.feed_states.shape[1]):
        soonest = min(soonest, w.feed_states[i, f].due)
    for p in range(w.progress.shape[1]):
        soonest = min(soonest, w.progress[i, p].due)
    return soonest


@rule
def morning(w: World, r: Rules, i: int, day: int) -> None:
    """Everything that is due for one mother today."""
    m = w.mothers[i]
    age = day - m.birth_day
    if age == 0:
        meet_norm(w, m, r.inputs[0])
        signpost(w, m, r.inputs[0])
        begin_feeding(m, w.records[i], r.inputs[0])
        w.days[day].births += 1
        if is_breastfeeding(m):
            note_missed_stays(w, r, i)
        else:
            leave_own_pathways(w, r, i)
    if age >= 0 and is_breastfeeding(m):
        meet_difficulty(w, r, i, age)
    for f in range(w.feed_states.shape[1]):
        state = w.feed_states[i, f]
        if state.due <= age and feed_moves(m, w.views[i], w.records[i], state, r.feeds[f], r.inputs[0], age):
            reopen_on_news(w, r, i, age)
    moved = True
    while moved:  # again where one pathway told what another was waiting for, so that their order does not matter
        moved = False
        for p in range(w.progress.shape[1]):
            if w.progress[i, p].due <= age:
                pathway_moves(w, r, i, p, day)
                moved = True
    m.next_event = next_event_of(w, i, age)


@rule
def has_more_ahead(m: Row, follow_up: int, age: int) -> bool:
    """Whether anything can still happen to her in this run."""
    if m.open_requests > 0:
        return True
    return age + 1 < follow_up and (age < 0 or is_breastfeeding(m) or m.next_event < NEVER)


@rule
def mornings(w: World, r: Rules, day: int) -> None:
    """Visit the mothers for whom something is due."""
    for a in range(w.counts[0].due):
        morning(w, r, w.walk[a].due, day)


@rule
def evenings(w: World, r: Rules, day: int) -> None:
    """Walk every mother: a day of feeding passes, and those with nothing ahead leave the walk."""
    counts = w.counts[0]
    inputs = r.inputs[0]
    w.days[day].walked = counts.active
    kept = 0
    events = 0
    for a in range(counts.active):
        i = w.walk[a].active
        m = w.mothers[i]
        age = day - m.birth_day
        if age >= 0 and age < inputs.follow_up and is_breastfeeding(m):
            if feed_today(m, inputs, age):
                stop_feeding(m, inputs, age)
                leave_own_pathways(w, r, i)
                m.next_event = next_event_of(w, i, age)
            if m.feeding != Feeding.EXCLUSIVE:
                w.records[i].value[Item.FEEDING] = m.feeding
        if has_more_ahead(m, inputs.follow_up, age):
            w.walk[kept].active = i
            kept += 1
            if m.next_event <= age + 1 and age + 1 < inputs.follow_up:
                w.walk[events].due = i
                events += 1
    counts.active = kept
    counts.due = events


@rule
def slow_changes(w: World, r: Rules, day: int) -> None:
    """What moves over months and years, from the first births on: awareness, knowledge, norms."""
    inputs = r.inputs[0]
    if day < inputs.lead:
        return
    awareness_fades(w, inputs)
    knowledge_moves(w, inputs, day)
    if day % 7 == 6 and inputs.norm_effect > 0.0:
        norms_move(w, inputs, day)


@rule
def has_room(w: World) -> bool:
    """Whether the tables can take the busiest day possible: one piece of work a mother and pathway."""
    counts = w.counts[0]
    most = counts.active * w.progress.shape[1]
    return most <= w.requests.shape[0] and counts.contacts + most <= w.contacts.shape[0]


@entry
def run_days(w: World, r: Rules, first: int, last: int) -> int:
    """Run days from `first` until before `last`, or until a table needs room; returns the next day to run."""
    for day in range(first, last):
        admit(w, r, day)
        if not has_room(w):
            return day
        mornings(w, r, day)
        start_day(w, day)
        staff_duties(w, r, day)
        manage(w, r, day)
        sort_queue(w.requests, w.counts[0].requests)
        work(w, r, day)
        clear_requests(w, r, day)
        evenings(w, r, day)
        slow_changes(w, r, day)
    return last
