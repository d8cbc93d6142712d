"""Changes of a running service, between two days: pathways and feeds that begin or end for mothers who are there.

What begins may concern mothers who have left the walk because they stopped and nothing was ahead of them: the service
need not know that they stopped. So all who have entered the run are looked at, and the active list is rebuilt.
"""

from bpssim.model.decisions.decision_log import log_decision
from bpssim.model.engine.compiled import rule
from bpssim.model.parameters.parameters import Parameters
from bpssim.model.rules.access import Stage
from bpssim.model.rules.day import has_more_ahead
from bpssim.model.rules.knowledge import feed_starts
from bpssim.model.rules.pathway import opens_at, reopen_on_news
from bpssim.model.state import NEVER, Row, State
from bpssim.scenario.words import Decision


@rule
def start_pathways(s: State, p: Parameters, rows: Row, day: int) -> None:
    """Start those pathways of a list that do not run yet."""
    for row in range(rows.start, rows.stop):
        k = int(p.numbers[row])
        if not p.pathways[k].active:
            start_pathway(s, p, k, day)


@rule
def start_pathway(s: State, p: Parameters, k: int, day: int) -> None:
    """From today a pathway runs, and its sessions are held: when it concerns each mother who is there already."""
    log_decision(s, Decision.OPENED, k)
    p.pathways[k].active = 1
    if p.pathways[k].duty >= 0:
        p.duties[p.pathways[k].duty].held = 1
    for a in range(s.counts[0].entered):
        i = s.walk[a].entering
        m = s.mothers[i]
        progress = s.progress[i, k]
        if progress.state == Stage.CLOSED:
            progress.due = opens_at(m, p, progress, p.pathways[k], day - m.birth_day)
            m.next_event = min(m.next_event, progress.due)


@rule
def open_to_everyone(s: State, p: Parameters, k: int, day: int) -> None:
    """From today a pathway is for everyone: who was passed over while it lasts is looked at again."""
    pathway = p.pathways[k]
    pathway.audience.start = pathway.audience.stop
    pathway.asks |= pathway.asks_first  # nothing is left to judge, so it can be asked later
    pathway.asks_first = 0
    for a in range(s.counts[0].entered):
        i = s.walk[a].entering
        if s.progress[i, k].state == Stage.PASSED_OVER:
            reopen_on_news(s, p, i, day - s.mothers[i].birth_day)


@rule
def end_pathway_for_all(s: State, p: Parameters, k: int) -> None:
    """From today a pathway opens for nobody; mothers who are in it go on, and so do its sessions."""
    p.pathways[k].active = 0
    for a in range(s.counts[0].active):
        progress = s.progress[s.walk[a].active, k]
        if progress.state == Stage.CLOSED or progress.state == Stage.PASSED_OVER:
            progress.due = NEVER


@rule
def start_feed(s: State, p: Parameters, f: int, day: int) -> None:
    """From today records flow: those of mothers whom the source has yet to see."""
    p.feeds[f].active = 1
    for a in range(s.counts[0].entered):
        i = s.walk[a].entering
        m = s.mothers[i]
        due = feed_starts(m, p.feeds[f])
        if due >= day - m.birth_day:
            s.feed_states[i, f].due = due
            m.next_event = min(m.next_event, due)


@rule
def rebuild_active_list(s: State, p: Parameters, day: int) -> None:
    """Rebuild the lists of active mothers and of those with an event today, as the evening before did."""
    counts = s.counts[0]
    follow_up = p.run.follow_up_days
    counts.active = 0
    counts.due = 0
    for a in range(counts.entered):
        i = s.walk[a].entering
        m = s.mothers[i]
        age = day - m.birth_day
        if has_more_ahead(m, follow_up, age - 1):
            s.walk[counts.active].active = i
            counts.active += 1
            if m.next_event <= age < follow_up:
                s.walk[counts.due].due = i
                counts.due += 1
