"""What is due for a mother in a pathway: it opens, or goes on."""

from bpssim.model.engine.compiled import rule
from bpssim.model.layout import Rules
from bpssim.model.rules.access import opens_for
from bpssim.model.rules.feeding import is_breastfeeding
from bpssim.model.rules.pathway import comes_herself, end_pathway, opens_at, reopen_on_news
from bpssim.model.rules.queue import open_request
from bpssim.model.state import NEVER, Stage, World
from bpssim.scenario.words import Feeding, Initiative, Item, Reason


@rule
def pathway_moves(w: World, r: Rules, i: int, p: int, day: int) -> None:
    """Something is due for this mother in this pathway."""
    w.progress[i, p].due = NEVER
    if w.progress[i, p].state == Stage.CONTINUING:
        continue_pathway(w, r, i, p, day)
    elif w.progress[i, p].state == Stage.CLOSED:
        open_pathway(w, r, i, p, day)


@rule
def open_pathway(w: World, r: Rules, i: int, p: int, day: int) -> None:
    """An occasion of the pathway has come."""
    m = w.mothers[i]
    progress = w.progress[i, p]
    pathway = r.pathways[p]
    age = day - m.birth_day
    progress.occasions += 1
    progress.difficulty_met = m.difficulty_number
    refers = pathway.initiative == Initiative.PROFESSIONAL and not pathway.by_agreement
    awareness = w.health_teams[pathway.profession].awareness if refers else 1.0
    known_before = m.data_items
    opens = opens_for(m, w.views[i], w.records[i], r, progress, pathway, awareness, age)
    if opens:
        progress.step = 0
        progress.attempts = 0
        progress.entry_age = age
        open_request(w, r, i, p, day)
    if m.data_items > known_before:  # a referral, or a question at the bedside, told something new
        reopen_on_news(w, r, i, age)
    if not opens and pathway.each_anew:
        progress.state = Stage.CLOSED
        progress.due = opens_at(m, r, progress, pathway, age + 1)


@rule
def continue_pathway(w: World, r: Rules, i: int, p: int, day: int) -> None:
    """A further attempt, a further step, or the first step of what she accepted."""
    m = w.mothers[i]
    progress = w.progress[i, p]
    pathway = r.pathways[p]
    age = day - m.birth_day
    stopped = age >= 0 and not is_breastfeeding(m)
    if w.views[i].value[Item.FEEDING] >= Feeding.STOPPED or (comes_herself(pathway) and stopped):
        end_pathway(m, r, progress, pathway, age, Reason.ALREADY_STOPPED)
    elif age > pathway.until_age:
        end_pathway(m, r, progress, pathway, age, Reason.TOO_LATE)
    else:
        open_request(w, r, i, p, day)
