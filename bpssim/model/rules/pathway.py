"""A pathway for one mother: when it opens, which step is due, and how it ends.

State: `due`, `state`, `step`, `attempts` and `entry_age` of `PROGRESS`; `plan` of mothers. Parameters: `p.pathways`,
`p.steps` and `p.access.help_seeking_days`. Evidence: S3-S8, M17-M48 (the pathways), P17 (help-seeking), M31 (going on
from step to step).

The properties of each trigger are in `bpssim.scenario.words.TRIGGER_KINDS`, and from there in the record of each
pathway:

| trigger | occasions | opens again |
|---|---|---|
| ward, neonatal stay | the stay: its first session day, or the next if its request expired | no |
| discharge, baby age, booking, class, own initiative, group or clinic day | one day | no |
| professional contact | each of its ages, until she is referred | no |
| broadcast, due date | each message | yes |
| problem, and anything `with_problem` | each difficulty once | with the next difficulty |
"""

import numpy as np

from bpssim.model.engine.compiled import rule
from bpssim.model.engine.elementary import log
from bpssim.model.engine.random import Purpose, exponential, uniform
from bpssim.model.parameters.parameters import Parameters
from bpssim.model.rules.access import (
    GATES,
    Stage,
    barriers,
    effect_of_meeting,
    gate_probability,
    record_gate,
    record_loss,
    record_loss_at_current_gate,
)
from bpssim.model.rules.case import end_plan, enter_pathway
from bpssim.model.rules.event_log import log_event
from bpssim.model.rules.feeding import has
from bpssim.model.state import NEVER, Row, State
from bpssim.scenario.words import BOOKING_AGE, Channel, Event, Gate, Initiative, Item, Reason, Trait, Trigger

PROGRESS = np.dtype(
    [
        ("due", "i4"),  # baby age when it is next due for her; NEVER if it is not [days]
        ("entry_age", "i2"),  # baby age when she entered it, from which steps count [days]
        ("tries", "i2"),  # attempts in total [count]
        ("requests", "i2"),  # requests in total [count]
        ("occasions", "i2"),  # occasions on which it might have opened [count]
        ("difficulty_met", "i2"),  # number of the difficulty at its last occasion [number]
        ("attempts", "i1"),  # attempts for the present step [count]
        ("step", "i1"),  # step of the pathway, from 0 [number]
        ("state", "i1"),  # where she stands in it, a `Stage`
        *GATES,
    ],
    align=True,
)
"""The progress of one mother in one pathway."""


@rule
def next_weekday(m: Row, pathway: Row, age: int, last: int) -> int:
    """First baby age from `age` to `last` on which the pathway takes place."""
    for candidate in range(age, min(age + 7 * pathway.every_weeks, last + 1)):
        day = m.birth_day + candidate
        if (pathway.weekdays >> (day % 7)) & 1 == 1 and (day // 7) % pathway.every_weeks == pathway.week:
            return candidate
    return NEVER


@rule
def session_from(m: Row, pathway: Row, due: int) -> int:
    """The due day itself, or the next session from then if the pathway has sessions."""
    if pathway.session < 0 or due >= NEVER:
        return due
    return next_weekday(m, pathway, due, due + 7 * pathway.every_weeks - 1)


@rule
def is_in_hospital(m: Row, age: int) -> bool:
    """Whether mother or baby is still in hospital."""
    return 0 <= age < m.discharge_age


@rule
def comes_herself(pathway: Row) -> bool:
    """Whether a contact needs her to attend."""
    return pathway.session >= 0 and not pathway.is_stay


@rule
def opens_at(m: Row, p: Parameters, progress: Row, pathway: Row, earliest: int) -> int:
    """Baby age, not before `earliest`, at which the pathway next opens for her; NEVER if it does not."""
    due = occurs_at(m, p, pathway, earliest) if pathway.active else NEVER
    if pathway.opens.with_problem and (
        m.difficulty < 0 or due >= m.difficulty_end or progress.difficulty_met == m.difficulty_number
    ):
        return NEVER  # a later difficulty opens it
    return due


@rule
def occurs_at(m: Row, p: Parameters, pathway: Row, earliest: int) -> int:
    """Baby age, not before `earliest`, of the trigger's next occasion for her; NEVER if there is none."""
    trigger = pathway.opens.on
    if trigger == Trigger.DUE_DATE:
        return after_due_date(m, pathway, earliest)
    first = max(earliest, pathway.opens.from_age)
    last = pathway.opens.to_age
    if pathway.by_pathway or pathway.by_difficulty:
        return NEVER  # opened by an event, not by a date
    if trigger == Trigger.WARD_STAY:
        return next_weekday(m, pathway, max(first, 0), min(last, m.ward_age))
    if trigger == Trigger.NEONATAL_STAY:
        if not has(m.traits, Trait.NEONATAL):
            return NEVER
        return next_weekday(m, pathway, max(first, 0), min(last, m.discharge_age))
    if trigger == Trigger.PROFESSIONAL_CONTACT:
        for row in range(pathway.opens.at_ages.start, pathway.opens.at_ages.stop):
            if first <= p.numbers[row] <= last:
                return session_from(m, pathway, int(p.numbers[row]))
        return NEVER
    if trigger == Trigger.BROADCAST:
        day = m.birth_day - p.derived.lead + first
        due = first + (pathway.opens.every - day % pathway.opens.every) % pathway.opens.every
        return session_from(m, pathway, due) if due <= last else NEVER
    if trigger == Trigger.DISCHARGE:
        due = int(m.discharge_age)
        return session_from(m, pathway, due) if first <= due <= last else NEVER
    if trigger == Trigger.BOOKING:
        booking = BOOKING_AGE - m.after_due_date
        return session_from(m, pathway, booking) if earliest <= booking else NEVER
    if trigger == Trigger.BABY_AGE:
        return session_from(m, pathway, int(pathway.opens.from_age)) if earliest <= pathway.opens.from_age else NEVER
    if pathway.opens.with_problem:  # the first clinic day of a difficulty
        return next_weekday(m, pathway, first, last)
    if pathway.on_own_day:
        return own_day(m, p, pathway, earliest)
    return NEVER


@rule
def after_due_date(m: Row, pathway: Row, earliest: int) -> int:
    """Baby age, not before `earliest`, of the next message about the due date."""
    due_age = -m.after_due_date
    first = due_age + pathway.opens.from_age
    late = max(earliest - first, 0)
    age = first + pathway.opens.every * ((late + pathway.opens.every - 1) // pathway.opens.every)
    return age if age <= due_age + pathway.opens.to_age else NEVER


@rule
def own_day(m: Row, p: Parameters, pathway: Row, earliest: int) -> int:
    """A day of her own within the window of the pathway; NEVER if it lies before `earliest`.

    In pregnancy the window is that before the due date, and closes with the birth.
    """
    share = uniform(p.run.seed, m.id, Purpose.TIMING, pathway.key, 0)
    first, last = int(pathway.opens.from_age), int(pathway.opens.to_age)
    if pathway.before_birth:
        first, last = first - m.after_due_date, min(last - m.after_due_date, -1)
        if first > last:
            return NEVER
    due = next_weekday(m, pathway, first + int(share * (last - first + 1)), last)
    if due == NEVER:  # no session is left in the window: the last one before
        due = next_weekday(m, pathway, max(first, last + 1 - 7 * pathway.every_weeks), last)
    return due if due >= earliest else NEVER


@rule
def opens_again(pathway: Row) -> bool:
    """Whether a pathway that has run its course can open again for the same mother."""
    return pathway.opens.with_problem or pathway.recurs


@rule
def seek_help(s: State, p: Parameters, i: int, k: int, age: int) -> None:
    """When she turns to this pathway for help with a new difficulty, if she does: a clock (P17)."""
    m, progress, pathway = s.mothers[i], s.progress[i, k], p.pathways[k]
    progress.eligible = 1
    progress.due = NEVER
    if pathway.needs_awareness and m.aware_age > age:
        log_event(s, i, Event.PASSED_BY, k, record_loss(progress, Gate.ELIGIBLE, Reason.NOT_AWARE))
        return
    met = effect_of_meeting(p, pathway.reached, m, pathway)
    probability = min(gate_probability(p, pathway.reached, m, barriers(m, pathway, pathway.band, age), met), 0.999)
    hazard = -log(1.0 - probability) / p.access.help_seeking_days
    threshold = exponential(p.run.seed, m.id, Purpose.HELP_SEEKING_CLOCK, pathway.key, m.difficulty_number)
    wait = threshold / hazard if hazard > 0.0 else 1e9
    due = session_from(m, pathway, age + int(min(wait, 1e4)))
    if due < m.difficulty_end and pathway.opens.from_age <= due <= pathway.opens.to_age:
        progress.due = due
    else:
        log_event(s, i, Event.PASSED_BY, k, record_loss(progress, Gate.KNOWN, Reason.DID_NOT_SEEK))


@rule
def seek_help_after_all(s: State, p: Parameters, i: int, age: int) -> None:
    """She has come to know of the service since her difficulty began, and may turn to it now."""
    if s.mothers[i].aware_age > age:
        return
    for k in range(s.progress.shape[1]):
        progress, pathway = s.progress[i, k], p.pathways[k]
        unaware = progress.state == Stage.CLOSED and progress.reason == Reason.NOT_AWARE
        if pathway.by_difficulty and pathway.active and unaware and progress.due == NEVER:
            progress.reason = Reason.NONE
            seek_help(s, p, i, k, age)


@rule
def leave_own_pathways(s: State, p: Parameters, i: int) -> None:
    """She has stopped: she no longer seeks help, attends or is referred; calls and texts by the service continue."""
    for k in range(s.progress.shape[1]):
        progress = s.progress[i, k]
        pathway = p.pathways[k]
        not_begun = progress.state == Stage.CLOSED or progress.state == Stage.PASSED_OVER
        hers = not_begun and pathway.initiative != Initiative.SERVICE
        if progress.due < NEVER and (hers or comes_herself(pathway)):
            record_loss_at_current_gate(progress, Reason.ALREADY_STOPPED)
            if progress.state == Stage.CONTINUING:
                log_event(s, i, Event.PATHWAY_ENDED, k, Reason.ALREADY_STOPPED)
            end_plan(s.mothers[i], k)
            progress.due = NEVER
            progress.state = Stage.ENDED


@rule
def end_pathway(s: State, p: Parameters, i: int, k: int, age: int, reason: int) -> None:
    """The pathway is over for her, or closed until its next occasion."""
    progress, pathway = s.progress[i, k], p.pathways[k]
    end_plan(s.mothers[i], k)
    log_event(s, i, Event.PATHWAY_ENDED, k, reason)
    record_loss_at_current_gate(progress, reason)
    progress.due = NEVER
    progress.state = Stage.ENDED
    if opens_again(pathway):
        progress.state = Stage.CLOSED
        progress.due = opens_at(s.mothers[i], p, progress, pathway, age + 1)


@rule
def next_step(s: State, p: Parameters, i: int, k: int, age: int) -> None:
    """Go on to the next step, or end."""
    go_to_step(s, p, i, k, s.progress[i, k].step + 1, age)


@rule
def go_to_step(s: State, p: Parameters, i: int, k: int, step: int, age: int) -> None:
    """Make a step due, or end the pathway if there is no such step."""
    m, progress, pathway = s.mothers[i], s.progress[i, k], p.pathways[k]
    row = pathway.steps.start + step
    if row >= pathway.steps.stop:
        end_pathway(s, p, i, k, age, Reason.NONE)
        return
    progress.step = step
    progress.attempts = 0
    progress.state = Stage.CONTINUING
    due = max(progress.entry_age + p.steps[row].day, age + 1)
    if p.steps[row].channel == Channel.HOME_VISIT and is_in_hospital(m, due):
        due = m.discharge_age  # a visit is arranged with her
    progress.due = session_from(m, pathway, due)
    log_event(s, i, Event.STEP_DUE, k, step, progress.due)


@rule
def accept_offer(s: State, p: Parameters, i: int, k: int, age: int) -> None:
    """She accepts this pathway, which another one offered: its first step is due, or waits for news of the birth."""
    progress, pathway = s.progress[i, k], p.pathways[k]
    enter_pathway(s, p, i, k)
    record_gate(progress, Gate.ACCEPTED)
    record_loss(progress, Gate.ACCEPTED, Reason.STILL_WAITING)
    progress.entry_age = max(age, pathway.opens.from_age)  # accepted in pregnancy, it may begin at birth
    if age < 0 <= pathway.opens.from_age:
        record_loss(progress, Gate.ACCEPTED, Reason.BIRTH_UNKNOWN)
        progress.state = Stage.HELD
        progress.due = NEVER
    else:
        go_to_step(s, p, i, k, 0, age)


@rule
def begin_held(s: State, p: Parameters, i: int, k: int, age: int) -> None:
    """The service learns of the birth: a pathway that waited for it begins, without the steps that are past."""
    progress, pathway = s.progress[i, k], p.pathways[k]
    record_loss(progress, Gate.ACCEPTED, Reason.STILL_WAITING)
    step = 0
    while (
        pathway.steps.start + step + 1 < pathway.steps.stop
        and progress.entry_age + p.steps[pathway.steps.start + step + 1].day <= age + 1
    ):
        step += 1
    go_to_step(s, p, i, k, step, age)


@rule
def reopen_on_news(s: State, p: Parameters, i: int, age: int) -> None:
    """News about her may bring her into pathways that passed her over, or begin those that waited for the birth.

    That holds for pathways that last, such as those from discharge or a baby age, but not for a ward stay or clinic.
    """
    for k in range(s.progress.shape[1]):
        progress = s.progress[i, k]
        pathway = p.pathways[k]
        if progress.state == Stage.HELD and s.known_data[i].value[Item.BIRTH] >= 0:
            begin_held(s, p, i, k, age)
            s.mothers[i].next_event = min(s.mothers[i].next_event, progress.due)
        if not pathway.active or not pathway.lasts or progress.state != Stage.PASSED_OVER:
            continue
        if pathway.opens.from_age <= age <= pathway.opens.to_age:
            progress.state = Stage.CLOSED
            progress.due = session_from(s.mothers[i], pathway, age)
            s.mothers[i].next_event = min(s.mothers[i].next_event, progress.due)


@rule
def note_missed_stays(s: State, p: Parameters, i: int) -> None:
    """At the start of breastfeeding, record the loss for a stay without any session, where nobody can meet her."""
    m = s.mothers[i]
    for k in range(s.progress.shape[1]):
        progress = s.progress[i, k]
        pathway = p.pathways[k]
        if not pathway.active:
            continue
        stays = pathway.opens.on == Trigger.WARD_STAY or (pathway.is_stay and has(m.traits, Trait.NEONATAL))
        if stays and not pathway.opens.with_problem and progress.due == NEVER:
            progress.eligible = 1
            log_event(s, i, Event.PASSED_BY, k, record_loss(progress, Gate.KNOWN, Reason.NO_SUPPORTER_PRESENT))
