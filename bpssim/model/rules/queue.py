"""The queue of work: what waits, in which order, and how work ends without an attempt.

State: `REQUEST`. Each piece of work ends in exactly one way. The sort is written out, because rules may not allocate,
as library sorts do. Evidence: M1 (weight of the target group), M9 (ethos), M11 (what is counted),
M61 (those who answer).
"""

import numpy as np

from bpssim.model.engine.compiled import rule
from bpssim.model.engine.elementary import exp
from bpssim.model.engine.random import Purpose, exponential, words
from bpssim.model.parameters.parameters import Parameters
from bpssim.model.rules.access import Stage, record_loss_at_current_gate
from bpssim.model.rules.event_log import log_event
from bpssim.model.rules.knowledge import is_target, matches
from bpssim.model.rules.pathway import end_pathway, next_step, opens_again, opens_at
from bpssim.model.state import NEVER, Row, State, Table
from bpssim.scenario.words import Event, Outcome, Reason

REQUEST = np.dtype(
    [
        ("key", "f8"),  # lot divided by weight: lower comes first
        ("mother", "i8"),  # row
        ("pathway", "i8"),  # row
        ("expires", "i8"),  # last day of the run on which it is still worth doing
        ("tie", "i8"),  # random word that settles equal keys, and who does it
        ("in_order", "i8"),  # scratch: row of the request at this place of the queue
    ],
    align=True,
)

DONE = -1
"""Marks a piece of work that has ended."""


@rule
def queue_score(m: Row, known: Row, p: Parameters, pathway: Row) -> float:
    """Weight of a piece of work in the queue, from known data alone; ethos shrinks what the target group adds (M9)."""
    score = pathway.priority
    if is_target(known, p):
        score *= exp(p.derived.target_log_weight * (1.0 - p.derived.team_ethos))
    if pathway.is_counted and matches(known, p.conditions, pathway.counted.start, pathway.counted.stop):
        score *= 1.0 + p.derived.count_weight  # what is reported to the commissioner (M11)
    if m.contacts > 0:  # the service knows with whom it has spoken
        score *= 1.0 + p.team.responder_weight
    return score


@rule
def open_request(s: State, p: Parameters, i: int, k: int, day: int) -> None:
    """Add a piece of work to the queue."""
    m = s.mothers[i]
    progress = s.progress[i, k]
    pathway = p.pathways[k]
    counts = s.counts[0]
    request = s.requests[counts.requests]
    counts.requests += 1
    progress.requests += 1
    # Work with twice the weight is twice as likely to come first, as if lots were drawn.
    lot = exponential(p.run.seed, m.id, Purpose.QUEUE, pathway.key, progress.requests)
    request.key = lot / queue_score(m, s.known_data[i], p, pathway)
    request.tie = words(p.run.seed, m.id, Purpose.QUEUE_TIE, pathway.key, progress.requests)[0]
    request.mother = i
    request.pathway = k
    request.expires = day if pathway.duty >= 0 else day + pathway.attempts.expires_after
    progress.state = Stage.WAITING
    m.open_requests += 1
    s.days[day].requests += 1
    log_event(s, i, Event.WORK_CREATED, k, progress.step)


@rule
def close_request(s: State, request: Row, day: int, outcome: int) -> None:
    """End a piece of work with its one outcome, and note what comes next for her."""
    m = s.mothers[request.mother]
    m.next_event = min(m.next_event, s.progress[request.mother, request.pathway].due)
    m.open_requests -= 1
    s.days[day].ended[outcome] += 1
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
    for q in range(waiting):
        requests[q].in_order = q
    for root in range(waiting // 2 - 1, -1, -1):
        sift(requests, root, waiting)
    for end in range(waiting - 1, 0, -1):
        swap(requests, 0, end)
        sift(requests, 0, end)


@rule
def withdraw(s: State, p: Parameters, request: Row, day: int) -> None:
    """The service has learned that she stopped: the work is withdrawn."""
    i, k = request.mother, request.pathway
    log_event(s, i, Event.WORK_UNDONE, k, Outcome.WITHDRAWN, s.progress[i, k].step)
    end_pathway(s, p, i, k, day - s.mothers[i].birth_day, Reason.ALREADY_STOPPED)
    close_request(s, request, day, Outcome.WITHDRAWN)


@rule
def expire(s: State, p: Parameters, request: Row, day: int) -> None:
    """Work that was not done in time is dropped; the mother goes on to her next step or occasion."""
    i, k = request.mother, request.pathway
    m = s.mothers[i]
    progress = s.progress[i, k]
    pathway = p.pathways[k]
    age = day - m.birth_day
    log_event(s, i, Event.WORK_UNDONE, k, Outcome.EXPIRED, progress.step)
    record_loss_at_current_gate(progress, Reason.NO_CAPACITY)
    if has_begun(progress, pathway):
        next_step(s, p, i, k, age)
    else:
        progress.difficulty_met = 0  # nobody got to her: the next session of this difficulty still counts
        progress.due = opens_at(m, p, progress, pathway, age + 1)
        progress.state = Stage.CLOSED if progress.due < NEVER or opens_again(pathway) else Stage.ENDED
    close_request(s, request, day, Outcome.EXPIRED)


@rule
def has_begun(progress: Row, pathway: Row) -> bool:
    """Whether she has already met the service in this pathway, or accepted it in another."""
    return progress.step > 0 or pathway.by_pathway


@rule
def clear_requests(s: State, p: Parameters, day: int) -> None:
    """Drop what has expired and keep what still waits."""
    counts = s.counts[0]
    kept = 0
    for q in range(counts.requests):
        request = s.requests[q]
        if request.mother != DONE and request.expires <= day:
            expire(s, p, request, day)
        if request.mother != DONE:
            s.requests[kept] = request
            kept += 1
    counts.requests = kept
    s.days[day].waiting = kept
