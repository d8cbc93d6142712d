"""Changes of a running service, between two days: pathways and feeds that begin or end for mothers who are there.

What begins may concern mothers who have left the walk because they stopped and nothing was ahead of them: the service
need not know that they stopped. So all who have entered the run are looked at, and then listed anew.
"""

from typing import Any

from bpssim.model.engine.compiled import entry
from bpssim.model.layout import Rules
from bpssim.model.rules.day import has_more_ahead
from bpssim.model.rules.knowledge import feed_starts, matches
from bpssim.model.rules.pathway import opens_at, reopen_on_news
from bpssim.model.state import NEVER, Stage, Table, World


@entry
def start_pathway(w: World, r: Rules, p: int, day: int) -> None:
    """From today a pathway runs, and its sessions are held: when it concerns each mother who is there already."""
    r.pathways[p].running = 1
    if r.pathways[p].duty >= 0:
        r.duties[r.pathways[p].duty].held = 1
    for k in range(w.counts[0].entered):
        i = w.walk[k].entering
        m = w.mothers[i]
        progress = w.progress[i, p]
        if progress.state == Stage.CLOSED:
            progress.due = opens_at(m, r, progress, r.pathways[p], day - m.birth_day)
            m.next_event = min(m.next_event, progress.due)


@entry
def open_to_everyone(w: World, r: Rules, p: int, day: int) -> None:
    """From today a pathway is for everyone: who was passed over while it lasts is looked at again."""
    pathway = r.pathways[p]
    pathway.audience_start = pathway.audience_stop
    pathway.asks |= pathway.asks_first  # nothing is left to judge, so it can be asked later
    pathway.asks_first = 0
    for k in range(w.counts[0].entered):
        i = w.walk[k].entering
        if w.progress[i, p].state == Stage.PASSED_OVER:
            reopen_on_news(w, r, i, day - w.mothers[i].birth_day)


@entry
def end_pathway_for_all(w: World, r: Rules, p: int) -> None:
    """From today a pathway opens for nobody; mothers who are in it go on, and so do its sessions."""
    r.pathways[p].running = 0
    for a in range(w.counts[0].active):
        progress = w.progress[w.walk[a].active, p]
        if progress.state == Stage.CLOSED or progress.state == Stage.PASSED_OVER:
            progress.due = NEVER


@entry
def start_feed(w: World, r: Rules, f: int, day: int) -> None:
    """From today records flow: those of mothers whom the source has yet to see."""
    r.feeds[f].running = 1
    for k in range(w.counts[0].entered):
        i = w.walk[k].entering
        m = w.mothers[i]
        due = feed_starts(m, r.feeds[f])
        if due >= day - m.birth_day:
            w.feed_states[i, f].due = due
            m.next_event = min(m.next_event, due)


@entry
def list_anew(w: World, r: Rules, day: int) -> None:
    """List anew the mothers who are walked, and those to whom something happens today, as the evening before did."""
    counts = w.counts[0]
    follow_up = r.inputs[0].follow_up
    counts.active = 0
    counts.due = 0
    for k in range(counts.entered):
        i = w.walk[k].entering
        m = w.mothers[i]
        age = day - m.birth_day
        if has_more_ahead(m, follow_up, age - 1):
            w.walk[counts.active].active = i
            counts.active += 1
            if m.next_event <= age < follow_up:
                w.walk[counts.due].due = i
                counts.due += 1


@entry
def mark_matching(views: Table, conditions: Table, start: int, stop: int, mask: Any) -> None:
    """Mark the mothers of whom what is known satisfies an audience."""
    for i in range(mask.shape[0]):
        mask[i] = matches(views[i], conditions, start, stop)
