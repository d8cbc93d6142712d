"""The review: at fixed intervals the service examines its own records, and may carry out policies.

State: `short_for` of `COUNT_STATE`; `done_at`, `on_trial_since` and `other` of `POLICY_STATE`; `opened` of `TRIAL`.
Parameters: `p.review`, `p.counts`, `p.policies`. Evidence: M4, M55 (counts without denominators), M12 (managers), M20
(understanding decides which design is chosen), M24 (fallback), M27-M28 (late text), M30 (losses that are noticed), M32
(dilution), M54-M58 (feedback), M63 (tool).

A review sees the service only through `bpssim.model.decisions.service_records`.
"""

import numpy as np

from bpssim.model.decisions.apply import (
    end_pathway_for_all,
    open_to_everyone,
    rebuild_active_list,
    start_pathway,
)
from bpssim.model.decisions.decision_log import log_decision
from bpssim.model.decisions.service_records import (
    count_by_quintile,
    count_contacts,
    count_on_list,
    count_seen_to_be_lost,
)
from bpssim.model.engine.binomial import probability_of_at_most
from bpssim.model.engine.compiled import rule
from bpssim.model.engine.elementary import log
from bpssim.model.engine.random import Purpose, uniform
from bpssim.model.parameters.parameters import Parameters
from bpssim.model.state import Row, State
from bpssim.scenario.words import QUINTILES, Decision, Item, Outcome

COUNT_STATE = np.dtype(
    [
        ("short_for", "i4"),  # consecutive reviews at which it was short of the agreed number [count]
    ],
    align=True,
)
"""A count that the service reports."""

POLICY_STATE = np.dtype(
    [
        ("done_at", "i4"),  # review at which it was carried out; 0 if not yet [number]
        ("on_trial_since", "i4"),  # review at which the design on trial was opened; 0 if none is on trial [number]
        ("other", "i1"),  # design that may replace it: none, its `opens` or its `fitting` [number]
    ],
    align=True,
)

TRIAL = np.dtype(
    [
        ("opened", "i1"),  # the policy has opened the pathway, which is on trial [yes or no]
    ],
    align=True,
)
"""One pathway under one policy."""

NO_DESIGN, OPENS, FITTING = 0, 1, 2
"""Designs of a policy: none, its `opens`, or its `fitting`."""
TRIAL_REVIEWS = 2
"""Review periods after which a new design is judged, if the service evaluates designs."""
_SIGNIFICANCE = 0.05
"""Significance level of the one-sided test of a share."""


@rule
def hold_review(s: State, p: Parameters, day: int, number: int) -> None:
    """Examine the period since the last review, and decide."""
    first = day - p.review.every_days
    log_decision(s, Decision.REVIEWED, number, count_on_list(s, first, day, False), count_on_list(s, first, day, True))
    for c in range(s.reported.shape[0]):
        report(s, p, c, first)
    for y in range(s.policies.shape[0]):
        policy, state = p.policies[y], s.policies[y]
        if state.done_at == 0:
            if is_called_for(s, p, policy, first, day, number) and is_taken_up(s, p, policy, number):
                state.done_at = number
                carry_out(s, p, y, first, day, number)
        elif p.review.evaluation and state.on_trial_since > 0:
            judge(s, p, y, day, number)
    rebuild_active_list(s, p, day)


@rule
def report(s: State, p: Parameters, c: int, first: int) -> None:
    """Compare a count with the agreed number; it cannot fall short while none of its pathways is active."""
    count, state = p.counts[c], s.reported[c]
    any_active = False
    for row in range(count.pathways.start, count.pathways.stop):
        any_active = any_active or p.pathways[int(p.numbers[row])].active == 1
    if not any_active:
        state.short_for = 0
        return
    contacts = count_contacts(s, p, count.pathways, count.audience, first)
    state.short_for = state.short_for + 1 if contacts < count.agreed else 0
    log_decision(s, Decision.COUNTED, c, contacts, count.agreed)


@rule
def is_called_for(s: State, p: Parameters, policy: Row, first: int, day: int, number: int) -> bool:
    """Whether the service sees every condition of a policy hold."""
    if number < policy.when.review:
        return False
    if policy.when.below >= 0 and s.reported[policy.when.below].short_for < policy.when.for_reviews:
        return False
    if policy.when.losing.start >= 0:
        known = count_seen_to_be_lost(s, p, policy.when.losing, first, day, False)
        lost = count_seen_to_be_lost(s, p, policy.when.losing, first, day, True)
        if lost < policy.when.cases or lost < policy.when.lost_share * known:
            return False
    return policy.when.reach_gap < 0.0 or sees_gap(s, p, first, day, policy.when.reach_gap)


@rule
def reach(s: State, p: Parameters, first: int, day: int, lowest: int, highest: int) -> float:
    """Reach as the service sees it: mothers spoken with, by the quintile that it holds, per birth by public figures."""
    births = 0.0
    for quintile in range(lowest, highest + 1):
        births += p.derived.births_a_year[quintile - 1] * (day - first) / 365.0
    return count_by_quintile(s, first, day, lowest, highest, True) / births if births > 0.0 else -1.0


@rule
def sees_gap(s: State, p: Parameters, first: int, day: int, gap: float) -> bool:
    """Whether records analysed by quintile show the least deprived ahead by this gap (M56)."""
    least, most = reach(s, p, first, day, 4, QUINTILES), reach(s, p, first, day, 1, 1)
    if not p.review.monitoring or least < 0.0 or most < 0.0:
        return False
    return count_by_quintile(s, first, day, 1, QUINTILES, True) > 0 and least - most >= gap


@rule
def is_taken_up(s: State, p: Parameters, policy: Row, number: int) -> bool:
    """Whether the service notices, and its managers agree (M12, M30)."""
    if policy.when.losing.start >= 0:
        notices = p.review.notices + (1.0 - p.review.notices) * understanding(s, p)
        if not happens_here(p, Purpose.NOTICES, policy.key, number, notices):
            return False
    return not policy.targeted or happens_here(p, Purpose.ADOPTS, policy.key, number, 1.0 - p.review.manager_ethos)


@rule
def happens_here(p: Parameters, purpose: Purpose, which: int, ordinal: int, probability: float) -> bool:
    """Whether an event of this probability happens in this place."""
    return uniform(p.run.seed, p.derived.place_key, purpose, which, ordinal) < probability


@rule
def understanding(s: State, p: Parameters) -> float:
    """Context knowledge of those who choose designs: little reaches them without the tool or data (M39, M52, M63)."""
    total, most = 0.0, 0.0
    for j in range(s.supporters.shape[0]):
        total += s.supporters[j].knowledge
        most = max(most, s.supporters[j].knowledge)
    known = 0.0
    if p.learning.active:
        known = most if p.learning.context_tool else total / s.supporters.shape[0]
    known += p.derived.target_check
    if p.review.monitoring and knows_any_quintile(s):
        known += p.review.monitoring_shows
    return min(known, 1.0)


@rule
def knows_any_quintile(s: State) -> bool:
    """Whether the service holds the quintile of anybody."""
    for i in range(s.known_data.shape[0]):
        if s.known_data[i].value[Item.QUINTILE] >= 1:
            return True
    return False


@rule
def carry_out(s: State, p: Parameters, y: int, first: int, day: int, number: int) -> None:
    """Carry out a policy, and log its grounds."""
    policy, state = p.policies[y], s.policies[y]
    log_decision(s, Decision.CARRIED_OUT, y)
    log_grounds(s, p, policy, first, day, number)
    has_fitting = policy.fitting.start < policy.fitting.stop
    fits = has_fitting and happens_here(p, Purpose.DESIGN, policy.key, 0, understanding(s, p))
    chosen, state.other = (FITTING, OPENS) if fits else (OPENS, FITTING)
    open_design(s, p, y, chosen, day, number)
    for row in range(policy.widens.start, policy.widens.stop):
        k = int(p.numbers[row])
        if p.pathways[k].active:
            open_to_everyone(s, p, k, day)
            log_decision(s, Decision.WIDENED, k)
    for row in range(policy.closes.start, policy.closes.stop):
        close(s, p, int(p.numbers[row]))
    if policy.target_weight > 0.0:
        p.derived.target_log_weight = log(policy.target_weight)
        log_decision(s, Decision.WEIGHTED, -1, policy.target_weight)


@rule
def log_grounds(s: State, p: Parameters, policy: Row, first: int, day: int, number: int) -> None:
    """Log what the service saw that called for a policy."""
    if policy.when.review > 0:
        log_decision(s, Decision.SAW_REVIEW, -1, number)
    if policy.when.below >= 0:
        log_decision(s, Decision.SAW_SHORT, policy.when.below, s.reported[policy.when.below].short_for)
    if policy.when.losing.start >= 0:
        lost = count_seen_to_be_lost(s, p, policy.when.losing, first, day, True)
        known = count_seen_to_be_lost(s, p, policy.when.losing, first, day, False)
        log_decision(s, Decision.SAW_LOSSES, -1, lost, known)
    if policy.when.reach_gap >= 0.0:
        least, most = reach(s, p, first, day, 4, QUINTILES), reach(s, p, first, day, 1, 1)
        log_decision(s, Decision.SAW_GAP, -1, most, least)


@rule
def open_design(s: State, p: Parameters, y: int, design: int, day: int, number: int) -> None:
    """Start the pathways of a design that are not active yet, on trial if designs are judged."""
    if design == NO_DESIGN:
        return
    policy = p.policies[y]
    rows = policy.fitting if design == FITTING else policy.opens
    for row in range(rows.start, rows.stop):
        k = int(p.numbers[row])
        if not p.pathways[k].active:
            start_pathway(s, p, k, day)
            s.trials[y, k].opened = 1
            s.policies[y].on_trial_since = number


@rule
def close(s: State, p: Parameters, k: int) -> None:
    """End a pathway if it is active."""
    if p.pathways[k].active:
        end_pathway_for_all(s, p, k)
        log_decision(s, Decision.CLOSED, k)


@rule
def count_contacts_on_trial(s: State, p: Parameters, y: int, first: int, highest: int) -> int:
    """Contacts with support since a day, in the design on trial, of mothers known to be in quintiles 1 to `highest`."""
    count = 0
    row = s.counts[0].contacts - 1
    while row >= 0 and s.contacts[row].day >= first:
        contact = s.contacts[row]
        quintile = s.known_data[contact.row].value[Item.QUINTILE]
        if contact.outcome == Outcome.SUPPORTED and s.trials[y, contact.pathway].opened and 1 <= quintile <= highest:
            count += 1
        row -= 1
    return count


@rule
def judge(s: State, p: Parameters, y: int, day: int, number: int) -> None:
    """Judge whether quintile 1 has its share of a new design, if the service can know that (M57).

    If it has not, the design is closed, and the alternative is opened and judged in turn.
    """
    state = s.policies[y]
    if number < state.on_trial_since + TRIAL_REVIEWS:
        return
    first = day - TRIAL_REVIEWS * p.review.every_days
    most = count_contacts_on_trial(s, p, y, first, 1)
    known = count_contacts_on_trial(s, p, y, first, QUINTILES)
    listed = count_by_quintile(s, first, day, 1, QUINTILES, False)
    state.on_trial_since = 0
    due = count_by_quintile(s, first, day, 1, 1, False) / listed if listed > 0 else 0.0
    if known == 0 or listed == 0:
        log_verdict(s, y, Decision.JUDGED_UNKNOWN, 0.0, 0.0)
        forget_trial(s, y)
    elif probability_of_at_most(most, known, due) >= _SIGNIFICANCE:
        log_verdict(s, y, Decision.JUDGED_FAIR, most / known, due)
        forget_trial(s, y)
    else:
        log_verdict(s, y, Decision.JUDGED_SHORT, most / known, due)
        for k in range(s.trials.shape[1]):
            if s.trials[y, k].opened:
                close(s, p, k)
        forget_trial(s, y)
        other, state.other = state.other, NO_DESIGN
        open_design(s, p, y, other, day, number)


@rule
def log_verdict(s: State, y: int, verdict: Decision, share: float, due: float) -> None:
    """Log the verdict on the pathways on trial: the share of quintile 1 in their contacts, and on the list."""
    log_decision(s, verdict, y, share, due)
    for k in range(s.trials.shape[1]):
        if s.trials[y, k].opened:
            log_decision(s, Decision.ON_TRIAL, k)


@rule
def forget_trial(s: State, y: int) -> None:
    """End the trial of the pathways that a policy has opened."""
    for k in range(s.trials.shape[1]):
        s.trials[y, k].opened = 0
