"""Decisions take effect between two days: pathways and feeds start or end for the mothers already in the run.

A new pathway or feed may concern mothers who left the daily walk because they stopped breastfeeding: the service need
not know that they did. So rules check everyone who has entered the run, and then rebuild the active list.
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
    """Start the pathways of a list that are not active yet."""
    for row in range(rows.start, rows.stop):
        k = int(p.numbers[row])
        if not p.pathways[k].active:
            start_pathway(s, p, k, day)


@rule
def start_pathway(s: State, p: Parameters, k: int, day: int) -> None:
    """Activate a pathway and its sessions from today, and schedule it for every mother already in the run."""
    log_decision(s, Decision.OPENED, k)
    p.pathways[k].active = 1
    if p.pathways[k].session >= 0:
        p.duties[p.pathways[k].session].held = 1
    for a in range(s.counts[0].entered):
        i = s.walk[a].entering
        m = s.mothers[i]
        progress = s.progress[i, k]
        if progress.state == Stage.CLOSED:
            progress.due = opens_at(m, p, progress, p.pathways[k], day - m.birth_day)
            m.next_event = min(m.next_event, progress.due)


@rule
def open_to_everyone(s: State, p: Parameters, k: int, day: int) -> None:
    """Open a pathway to everyone from today, including mothers it has passed over, as long as it lasts for them."""
    pathway = p.pathways[k]
    pathway.audience.start = pathway.audience.stop
    pathway.asks |= pathway.asks_first  # with nothing left to judge, it can be asked later
    pathway.asks_first = 0
    for a in range(s.counts[0].entered):
        i = s.walk[a].entering
        if s.progress[i, k].state == Stage.PASSED_OVER:
            reopen_on_news(s, p, i, day - s.mothers[i].birth_day)


@rule
def end_pathway_for_all(s: State, p: Parameters, k: int) -> None:
    """Let a pathway open for nobody from today; mothers who are in it continue, and so do its sessions."""
    p.pathways[k].active = 0
    for a in range(s.counts[0].active):
        progress = s.progress[s.walk[a].active, k]
        if progress.state == Stage.CLOSED or progress.state == Stage.PASSED_OVER:
            progress.due = NEVER


@rule
def start_feed(s: State, p: Parameters, f: int, day: int) -> None:
    """Activate a feed from today, for mothers whom its source has yet to see."""
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
    """Rebuild the lists of active mothers and of those with an event today, as last evening did."""
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
