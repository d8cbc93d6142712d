"""What falls due for a mother in a pathway: it opens or continues.

State: `PROGRESS`. Parameters: `p.pathways`. Evidence: as for `bpssim.model.rules.pathway`.
"""

from bpssim.model.engine.compiled import rule
from bpssim.model.parameters.parameters import Parameters
from bpssim.model.rules.access import Stage, is_eligible, record_loss, record_loss_at_current_gate, why_not_opened
from bpssim.model.rules.case import enter_pathway, is_second_start
from bpssim.model.rules.event_log import log_event
from bpssim.model.rules.feeding import is_breastfeeding
from bpssim.model.rules.knowledge import holds, matches
from bpssim.model.rules.pathway import comes_herself, end_pathway, next_step, opens_at, reopen_on_news
from bpssim.model.rules.queue import open_request
from bpssim.model.rules.team import band_of
from bpssim.model.state import NEVER, Row, State
from bpssim.scenario.words import Channel, Event, Feeding, Gate, Initiative, Item, Reason

_BY_PHONE = sum(1 << channel for channel in Channel if channel.kind.by_phone)


@rule
def advance_pathway(s: State, p: Parameters, i: int, k: int, day: int) -> None:
    """A pathway is due for a mother."""
    s.progress[i, k].due = NEVER
    if s.progress[i, k].state == Stage.CONTINUING:
        continue_pathway(s, p, i, k, day)
    elif s.progress[i, k].state == Stage.CLOSED:
        open_pathway(s, p, i, k, day)


@rule
def open_pathway(s: State, p: Parameters, i: int, k: int, day: int) -> None:
    """On an occasion of the pathway, open it for her if she passes the gates."""
    m = s.mothers[i]
    progress = s.progress[i, k]
    pathway = p.pathways[k]
    age = day - m.birth_day
    progress.occasions += 1
    progress.difficulty_met = m.difficulty_number
    refers = pathway.initiative == Initiative.PROFESSIONAL and not pathway.by_agreement
    awareness = s.health_teams[pathway.opens.profession].awareness if refers else 1.0
    known_before = m.data_items
    if is_eligible(m, age):
        progress.eligible = 1
    if is_second_start(m, pathway, k):
        reason = record_loss(progress, Gate.KNOWN, Reason.HAS_PLAN)
    else:
        reason = why_not_opened(s, p, i, k, awareness, age)
    opens = reason == Reason.NONE
    if opens:
        progress.step = 0
        progress.attempts = 0
        progress.entry_age = age
        enter_pathway(s, p, i, k)
        open_request(s, p, i, k, day, band_of(s, p, i, k))
        enter_special(s, p, i, k, age)
    else:
        log_event(s, i, Event.PASSED_BY, k, reason)
    if m.data_items > known_before:  # a referral or a question at the bedside disclosed something
        reopen_on_news(s, p, i, age)
    if not opens and pathway.each_anew:
        progress.state = Stage.CLOSED
        progress.due = opens_at(m, p, progress, pathway, age + 1)


@rule
def continue_pathway(s: State, p: Parameters, i: int, k: int, day: int) -> None:
    """Request a further attempt, a further step, or the first step of a pathway that she accepted."""
    m, known = s.mothers[i], s.known_data[i]
    pathway = p.pathways[k]
    step = p.steps[pathway.steps.start + s.progress[i, k].step]
    age = day - m.birth_day
    stopped = age >= 0 and not is_breastfeeding(m)
    if known.value[Item.FEEDING] >= Feeding.STOPPED or (comes_herself(pathway) and stopped):
        end_pathway(s, p, i, k, age, Reason.ALREADY_STOPPED)
    elif reckoned_age(known, day) > pathway.until_age:
        end_pathway(s, p, i, k, age, Reason.TOO_LATE)
    elif not holds(known, needed_for(step.channel)):
        record_loss_at_current_gate(s.progress[i, k], Reason.NO_DATA)
        log_event(s, i, Event.PASSED_BY, k, Reason.NO_DATA)
        next_step(s, p, i, k, age)
    elif not matches(known, p, step.audience, day):
        next_step(s, p, i, k, age)  # not needed
    else:
        open_request(s, p, i, k, day, band_of(s, p, i, k))


@rule
def needed_for(channel: int) -> int:
    """Items that the service must hold for a contact of this kind: a number to call, an address to visit."""
    if (_BY_PHONE >> channel) & 1 == 1:
        return 1 << Item.PHONE
    return 1 << Item.ADDRESS if channel == Channel.HOME_VISIT else 0


@rule
def reckoned_age(known: Row, today: int) -> int:
    """Baby age by the date of birth that the service holds, or else by the due date; before any age if by neither."""
    if known.value[Item.BIRTH] >= 0:
        return int(today - known.value[Item.BIRTH])
    if known.value[Item.DUE_DATE] >= 0:
        return int(today - known.value[Item.DUE_DATE])
    return -NEVER


@rule
def enter_special(s: State, p: Parameters, i: int, k: int, age: int) -> None:
    """Entering a pathway takes her off the lists that are for everybody but the mothers in it (M30)."""
    for other in range(s.progress.shape[1]):
        if (p.pathways[other].excludes >> k) & 1 == 1 and s.progress[i, other].state == Stage.CONTINUING:
            end_pathway(s, p, i, other, age, Reason.NOT_IN_AUDIENCE)
