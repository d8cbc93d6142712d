"""The queue: requests waiting for a supporter, the queue discipline, and reneging.

State: `REQUEST`; `open_requests` of mothers; `requests` of `PROGRESS`. Parameters: `priority` and `attempts` of
`p.pathways`, `p.team.responder_weight`, and weights in `p.derived`. Evidence: M1 (weight of the target group), M9
(ethos), M11 (what is counted), M61 (those who answer).

The discipline is a weighted lottery: a request of twice the weight is twice as likely to be served first. Every request
ends in exactly one way: it is attempted, expires, or is withdrawn. The sort is our own, because rules may not allocate.
"""

import numpy as np

from bpssim.model.engine.compiled import rule
from bpssim.model.engine.elementary import exp
from bpssim.model.engine.random import Purpose, exponential, words
from bpssim.model.parameters.parameters import Parameters
from bpssim.model.rules.access import Stage, record_loss_at_current_gate
from bpssim.model.rules.case import end_plan
from bpssim.model.rules.event_log import log_event
from bpssim.model.rules.knowledge import is_to_have_more, matches
from bpssim.model.rules.pathway import end_pathway, next_step, opens_again, opens_at
from bpssim.model.state import NEVER, Row, State, Table
from bpssim.scenario.words import Event, Outcome, Reason, Style

REQUEST = np.dtype(
    [
        ("key", "f8"),  # lot divided by weight; the lowest is served first [number]
        ("mother", "i8"),  # for whom; -1 if the request has ended [row]
        ("pathway", "i8"),  # in which pathway [row]
        ("band", "i8"),  # time of day at which it can be served, a `Band`
        ("expires", "i8"),  # last day on which it can be served [day of the run]
        ("tie", "i8"),  # random word that breaks ties, and chooses among supporters [number]
        ("in_order", "i8"),  # the request at this position of the queue [row]
        ("aside", "i8"),  # scratch [row]
    ],
    align=True,
)

DONE = -1
"""Marks a request that has ended."""


@rule
def queue_score(m: Row, known: Row, p: Parameters, pathway: Row, today: int) -> float:
    """Weight of a request in the queue, from known data alone; ethos reduces that of the target group (M9)."""
    score = pathway.priority
    if is_to_have_more(known, p, today):
        if p.derived.style == Style.BY_TARGET:
            score *= exp(p.derived.target_log_weight * (1.0 - p.derived.team_ethos))
        else:
            score *= p.objectives.need_weight
    if pathway.is_counted and matches(known, p, pathway.counted, today):
        score *= 1.0 + p.derived.count_weight  # what is reported to the commissioner (M11)
    if m.contacts > 0:  # the service knows with whom it has spoken
        score *= 1.0 + p.team.responder_weight
    return score


@rule
def open_request(s: State, p: Parameters, i: int, k: int, day: int, band: int) -> None:
    """Add a request to the queue, to be served in one band."""
    m = s.mothers[i]
    progress = s.progress[i, k]
    pathway = p.pathways[k]
    counts = s.counts[0]
    request = s.requests[counts.requests]
    counts.requests += 1
    progress.requests += 1
    lot = exponential(p.run.seed, m.id, Purpose.QUEUE, pathway.key, progress.requests)
    request.key = lot / queue_score(m, s.known_data[i], p, pathway, day)
    request.tie = words(p.run.seed, m.id, Purpose.QUEUE_TIE, pathway.key, progress.requests)[0]
    request.mother = i
    request.pathway = k
    request.band = band
    request.expires = day if pathway.session >= 0 else day + pathway.attempts.expires_after
    progress.state = Stage.WAITING
    m.open_requests += 1
    s.days[day].requests += 1
    log_event(s, i, Event.WORK_CREATED, k, progress.step)


@rule
def close_request(s: State, request: Row, day: int, outcome: int) -> None:
    """End a request with its one outcome, and update her next event."""
    m = s.mothers[request.mother]
    m.next_event = min(m.next_event, s.progress[request.mother, request.pathway].due)
    m.open_requests -= 1
    s.days[day].ended[outcome] += 1
    request.mother = DONE


@rule
def sort_queue(requests: Table, ordered: int, waiting: int) -> None:
    """Sort the first `waiting` requests, the most urgent first, where the first `ordered` are sorted already.

    The others are sorted (Shell sort, with the gaps of Knuth) and merged with those.
    """
    for q in range(ordered, waiting):
        requests[q].in_order = q
    gap = 1
    while 3 * gap < waiting - ordered:
        gap = 3 * gap + 1
    while gap > 0:
        for position in range(ordered + gap, waiting):
            move_forward(requests, position, ordered + gap, gap)
        gap //= 3
    merge_queues(requests, ordered, waiting)


@rule
def move_forward(requests: Table, position: int, first: int, gap: int) -> None:
    """Move the request at a position of the queue forward, in steps of a gap, past those that are less urgent."""
    row = requests[position].in_order
    while position >= first and is_less_urgent(requests, requests[position - gap].in_order, row):
        requests[position].in_order = requests[position - gap].in_order
        position -= gap
    requests[position].in_order = row


@rule
def merge_queues(requests: Table, ordered: int, waiting: int) -> None:
    """Merge two sorted parts of the queue, from its end: the first `ordered` requests, and those after them."""
    for k in range(waiting - ordered):
        requests[k].aside = requests[ordered + k].in_order
    old, new = ordered - 1, waiting - ordered - 1
    for position in range(waiting - 1, -1, -1):
        if new < 0:
            return
        if old >= 0 and is_less_urgent(requests, requests[old].in_order, requests[new].aside):
            requests[position].in_order = requests[old].in_order
            old -= 1
        else:
            requests[position].in_order = requests[new].aside
            new -= 1


@rule
def is_less_urgent(requests: Table, a: int, b: int) -> bool:
    """Whether the request in row `a` is served after the one in row `b`."""
    first, second = requests[a], requests[b]
    return first.key > second.key or (first.key == second.key and first.tie > second.tie)


@rule
def withdraw(s: State, p: Parameters, request: Row, day: int, reason: int) -> None:
    """Withdraw a request, because the service has learned that she stopped, or she has entered a special pathway."""
    i, k = request.mother, request.pathway
    log_event(s, i, Event.WORK_UNDONE, k, Outcome.WITHDRAWN, s.progress[i, k].step)
    end_pathway(s, p, i, k, day - s.mothers[i].birth_day, reason)
    close_request(s, request, day, Outcome.WITHDRAWN)


@rule
def expire(s: State, p: Parameters, request: Row, day: int) -> None:
    """Drop a request that was not served in time; the mother goes on to her next step or occasion."""
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
        end_plan(m, k)
        progress.difficulty_met = 0  # the next session during this difficulty is a new occasion
        progress.due = opens_at(m, p, progress, pathway, age + 1)
        progress.state = Stage.CLOSED if progress.due < NEVER or opens_again(pathway) else Stage.ENDED
    close_request(s, request, day, Outcome.EXPIRED)


@rule
def has_begun(progress: Row, pathway: Row) -> bool:
    """Whether she has already met the service in this pathway, or accepted it in another."""
    return progress.step > 0 or pathway.by_pathway


@rule
def clear_requests(s: State, p: Parameters, day: int) -> None:
    """Drop requests that have expired, and keep those that still wait."""
    counts = s.counts[0]
    kept = 0
    for q in range(counts.requests):
        request = s.requests[q]
        if request.mother != DONE and request.expires <= day:
            expire(s, p, request, day)
        request.aside = kept if request.mother != DONE else DONE
        kept += request.mother != DONE
    close_ranks(s.requests, counts.requests)
    counts.requests = kept
    counts.ordered = kept
    s.days[day].waiting = kept


@rule
def close_ranks(requests: Table, waiting: int) -> None:
    """Move requests to the rows that are set aside for them, and leave them in order."""
    place = 0
    for position in range(waiting):
        row = requests[requests[position].in_order].aside
        if row != DONE:
            requests[place].in_order = row
            place += 1
    for q in range(waiting):
        row = requests[q].aside
        if row != DONE and row != q:
            place = requests[row].in_order
            requests[row] = requests[q]
            requests[row].in_order = place
