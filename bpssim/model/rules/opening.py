"""What falls due for a mother in a pathway: it opens or continues.

State: `PROGRESS`. Parameters: `p.pathways`. Evidence: as for `bpssim.model.rules.pathway`.
"""

from bpssim.model.engine.compiled import rule
from bpssim.model.parameters.parameters import Parameters
from bpssim.model.rules.access import Stage, why_not_opened
from bpssim.model.rules.event_log import log_event
from bpssim.model.rules.feeding import is_breastfeeding
from bpssim.model.rules.pathway import comes_herself, end_pathway, opens_at, reopen_on_news
from bpssim.model.rules.queue import open_request
from bpssim.model.rules.team import band_of
from bpssim.model.state import NEVER, State
from bpssim.scenario.words import Event, Feeding, Initiative, Item, Reason


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
    reason = why_not_opened(s, p, i, k, awareness, age)
    opens = reason == Reason.NONE
    if opens:
        progress.step = 0
        progress.attempts = 0
        progress.entry_age = age
        open_request(s, p, i, k, day, band_of(s, p, i, k))
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
    m = s.mothers[i]
    pathway = p.pathways[k]
    age = day - m.birth_day
    stopped = age >= 0 and not is_breastfeeding(m)
    if s.known_data[i].value[Item.FEEDING] >= Feeding.STOPPED or (comes_herself(pathway) and stopped):
        end_pathway(s, p, i, k, age, Reason.ALREADY_STOPPED)
    elif age > pathway.until_age:
        end_pathway(s, p, i, k, age, Reason.TOO_LATE)
    else:
        open_request(s, p, i, k, day, band_of(s, p, i, k))
