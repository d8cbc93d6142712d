"""The queue of work: what waits, in which order, and how it ends undone.

State: `REQUEST`. Each piece of work ends in exactly one way. The sort is written out, because rules may not allocate,
as library sorts do. Evidence: M1 (weight of the target group), M9 (ethos), M11 (what is counted),
M61 (those who answer).
"""

from bpssim.model.engine.compiled import rule
from bpssim.model.engine.elementary import exp
from bpssim.model.engine.random import Purpose, exponential, words
from bpssim.model.layout import Rules
from bpssim.model.rules.access import lose_here
from bpssim.model.rules.knowledge import is_target, matches
from bpssim.model.rules.pathway import end_pathway, next_step, opens_again, opens_at
from bpssim.model.state import NEVER, Row, Stage, Table, World
from bpssim.scenario.words import Outcome, Reason

DONE = -1
"""Marks a piece of work that has ended."""


@rule
def queue_score(m: Row, view: Row, r: Rules, pathway: Row) -> float:
    """Weight of a piece of work in the queue, from known data alone; ethos shrinks what the target group adds (M9)."""
    inputs = r.inputs[0]
    score = pathway.priority
    if is_target(view, r):
        score *= exp(inputs.target_log_weight * (1.0 - inputs.team_ethos))
    if pathway.counted and matches(view, r.conditions, pathway.counted_start, pathway.counted_stop):
        score *= 1.0 + inputs.count_weight  # what is reported to the commissioner (M11)
    if m.contacts > 0:  # the service knows with whom it has spoken
        score *= 1.0 + inputs.responder_weight
    return score


@rule
def open_request(w: World, r: Rules, i: int, p: int, day: int) -> None:
    """Put a piece of work before the team."""
    m = w.mothers[i]
    progress = w.progress[i, p]
    pathway = r.pathways[p]
    inputs = r.inputs[0]
    counts = w.counts[0]
    request = w.requests[counts.requests]
    counts.requests += 1
    progress.requests += 1
    # Work with twice the weight is twice as likely to come first, as if lots were drawn.
    lot = exponential(inputs.seed, m.id, Purpose.QUEUE, pathway.key, progress.requests)
    request.key = lot / queue_score(m, w.views[i], r, pathway)
    request.tie = words(inputs.seed, m.id, Purpose.QUEUE_TIE, pathway.key, progress.requests)[0]
    request.mother = i
    request.pathway = p
    request.expires = day if pathway.duty >= 0 else day + pathway.expires_after
    progress.state = Stage.WAITING
    m.open_requests += 1
    w.days[day].requests += 1


@rule
def close_request(w: World, request: Row, day: int, outcome: int) -> None:
    """A piece of work has ended in one way; what comes next for her is noted."""
    m = w.mothers[request.mother]
    m.next_event = min(m.next_event, w.progress[request.mother, request.pathway].due)
    m.open_requests -= 1
    w.days[day].ended[outcome] += 1
    request.mother = DONE


@rule
def is_less_urgent(requests: Table, a: int, b: int) -> bool:
    """Whether the request at place `a` of the queue should come after the one at place `b`."""
    first, second = requests[requests[a].in_order], requests[requests[b].in_order]
    return first.key > second.key or (first.key == second.key and first.tie > second.tie)


@rule
def sift(requests: Table, root: int, end: int) -> None:
    """Let the request at place `root` sink in a heap with the least urgent on top."""
    while 2 * root + 1 < end:
        child = 2 * root + 1
        if child + 1 < end and is_less_urgent(requests, child + 1, child):
            child += 1
        if not is_less_urgent(requests, child, root):
            return
        swap(requests, root, child)
        root = child


@rule
def swap(requests: Table, a: int, b: int) -> None:
    """Exchange two places of the queue."""
    row = requests[a].in_order
    requests[a].in_order = requests[b].in_order
    requests[b].in_order = row


@rule
def sort_queue(requests: Table, waiting: int) -> None:
    """Put the rows of the first `waiting` requests in order, the most urgent first."""
    for k in range(waiting):
        requests[k].in_order = k
    for root in range(waiting // 2 - 1, -1, -1):
        sift(requests, root, waiting)
    for end in range(waiting - 1, 0, -1):
        swap(requests, 0, end)
        sift(requests, 0, end)


@rule
def withdraw(w: World, r: Rules, request: Row, day: int) -> None:
    """The service has learned that she stopped: the work is taken back."""
    i, p = request.mother, request.pathway
    end_pathway(w.mothers[i], r, w.progress[i, p], r.pathways[p], day - w.mothers[i].birth_day, Reason.ALREADY_STOPPED)
    close_request(w, request, day, Outcome.WITHDRAWN)


@rule
def expire(w: World, r: Rules, request: Row, day: int) -> None:
    """Work that was not done in time is dropped; the mother goes on to her next step or occasion."""
    i, p = request.mother, request.pathway
    m = w.mothers[i]
    progress = w.progress[i, p]
    pathway = r.pathways[p]
    age = day - m.birth_day
    lose_here(progress, Reason.NO_CAPACITY)
    if has_begun(progress, pathway):
        next_step(m, r, progress, pathway, age)
    else:
        progress.difficulty_met = 0  # nobody got to her: the next session of this difficulty still counts
        progress.due = opens_at(m, r, progress, pathway, age + 1)
        progress.state = Stage.CLOSED if progress.due < NEVER or opens_again(pathway) else Stage.ENDED
    close_request(w, request, day, Outcome.EXPIRED)


@rule
def has_begun(progress: Row, pathway: Row) -> bool:
    """Whether she has already met the service in this pathway, or accepted it in another."""
    return progress.step > 0 or pathway.by_pathway


@rule
def clear_requests(w: World, r: Rules, day: int) -> None:
    """Drop what has expired and keep what still waits."""
    counts = w.counts[0]
    kept = 0
    for k in range(counts.requests):
        request = w.requests[k]
        if request.mother != DONE and request.expires <= day:
            expire(w, r, request, day)
        if request.mother != DONE:
            w.requests[kept] = request
            kept += 1
    counts.requests = kept
    w.days[day].waiting = kept
