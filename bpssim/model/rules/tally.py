"""The tally of a finished run: counts and sums from which every metric, the cascade and the survival curves follow.

The outcome of each counted mother is settled (`OUTCOME`) and counted (`Tally`); the state does not change.
Evidence: I10 (targeting), M4 and M55 (what a service sees of its reach).
"""

from typing import Any, NamedTuple

import numpy as np

from bpssim.model.engine.by_pointer import by_pointer
from bpssim.model.engine.compiled import entry, rule
from bpssim.model.parameters.parameters import Parameters
from bpssim.model.rules.feeding import has
from bpssim.model.rules.knowledge import is_on_list, is_target
from bpssim.model.state import NEVER, Row, State, Table, empty
from bpssim.scenario.words import QUINTILES, Feeding, Gate, Item, Outcome, Reason, Trait

LAST_AGE = 182
"""Age to which every baby is followed [days]."""
CURVES = ("any", "exclusive")
"""Kinds of breastfeeding whose days are counted."""

OUTCOME = np.dtype(
    [
        ("gate", "i1"),  # furthest `Gate` in any pathway
        ("reason", "i1"),  # why no further, a `Reason`
        ("lost_in", "i1"),  # where she got furthest and was lost; -1 if nowhere, or before any pathway [row]
        ("in_target", "i1"),  # truly belongs to the target group [yes or no]
        ("offered_extra", "i1"),  # had priority as a target mother, or a pathway that is not for everyone [yes or no]
        ("on_list", "i1"),  # the service holds her name or number [yes or no]
        ("exclusive_until", "i4"),  # baby age at the end of exclusive feeding; -1 if it went on or never began [days]
    ],
    align=True,
)
"""Outcome of one counted mother."""

QUINTILE_TALLY = np.dtype(
    [
        ("births", "i8"),  # mothers [count]
        ("started", "i8"),  # who started to breastfeed [count]
        ("stopped_before_wanted", "i8"),  # who stopped before they wanted to [count]
        ("days", "i8", (len(CURVES), LAST_AGE + 2)),  # mothers by days of feeding up to `LAST_AGE` [count]
        ("contact_in_pregnancy", "i8"),  # with a contact in pregnancy that they did not decline [count]
        ("reached", "i8"),  # with a contact after the birth that they did not decline [count]
        ("reached_day7", "i8"),  # of them, by day 7 [count]
        ("starters_reached", "i8"),  # of those reached, who started to breastfeed [count]
        ("starters_reached_day7", "i8"),  # of them, by day 7 [count]
        ("supported", "i8"),  # with support after the birth [count]
        ("supported_day7", "i8"),  # of them, by day 7 [count]
        ("supporters", "i8"),  # different supporters, summed over those supported [count]
        ("several_supporters", "i8"),  # supported by more than one [count]
        ("supports", "i8"),  # contacts after the birth that gave support [count]
        ("supports_in_difficulty", "i8"),  # of them, those that met an unresolved difficulty [count]
        ("contacts", "i8"),  # two-way contacts [count]
        ("minutes", "f8"),  # supporter time [minutes]
        ("first_contact_age", "i8"),  # baby age at the first support, summed over those supported [days]
        ("in_need", "i8"),  # had a difficulty that became a problem [count]
        ("data_items", "i8"),  # items of personal data disclosed [count]
        ("in_target", "i8"),  # truly in the target group [count]
        ("offered_extra", "i8"),  # with an extra [count]
        ("target_offered_extra", "i8"),  # truly in the target group, with an extra [count]
        ("on_list", "i8"),  # on the service's list, by the quintile that it holds [count]
        ("on_list_reached", "i8"),  # of them, spoken with [count]
    ],
    align=True,
)
"""Counts and sums over the mothers of one quintile."""

TEAM_TALLY = np.dtype(
    [
        ("available", "f8"),  # of the whole team in the recruitment window, as all below [minutes]
        ("available_volunteer", "f8"),  # of them, the hours of volunteers [minutes]
        ("duty", "f8"),  # on fixed duties, busy or not [minutes]
        ("queue", "f8"),  # on the queue of requests [minutes]
        ("paid", "f8"),  # for which supporters are paid: their hours, and time worked beyond them [minutes]
        ("volunteer_worked", "f8"),  # of volunteers, on duties and on the queue [minutes]
        ("travel", "f8"),  # on the way to homes, whether or not the mother was in [minutes]
        ("expired", "i8"),  # requests that expired in the whole run [count]
    ],
    align=True,
)


@by_pointer
class Tally(NamedTuple):
    """Counts and sums of one replicate, to which each of its places is added."""

    quintiles: Table  # `QUINTILE_TALLY` (6,), by quintile; row 0 is for those whose quintile the service does not hold
    cascade: Any  # int64 (6, pathways + 1, gates, reasons): mothers by quintile and furthest gate; any pathway last
    team: Table  # `TEAM_TALLY`, one row


def empty_tally(pathways: int) -> Tally:
    """A tally of nothing yet, for a service with so many pathways."""
    cascade = np.zeros((QUINTILES + 1, pathways + 1, len(Gate), len(Reason)), np.int64)
    return Tally(empty(QUINTILE_TALLY, QUINTILES + 1), cascade, empty(TEAM_TALLY, 1))


def by_group(rows: Any) -> Any:
    """Rows of a tally by quintile as groups are elsewhere: quintile 1 to 5, then all mothers; shape (6, ...)."""
    return np.concatenate([rows[1:], rows.sum(axis=0, keepdims=True)])


def outcomes_of(s: State, p: Parameters) -> Table:
    """What a finished run came to for each counted mother: `OUTCOME` (mothers,), zero for those not counted."""
    outcomes = empty(OUTCOME, len(s.mothers))
    settle(s, p, outcomes)
    return outcomes


@rule
def started(m: Row) -> bool:
    """Whether she ever breastfed."""
    return m.feeding < Feeding.NOT_STARTED


@rule
def final_reason(gate: int, reason: int, m: Row) -> int:
    """Why she went no further in a pathway; every mother who was lost has a reason, and no other has one.

    The daily rules leave the reason open where a pathway never opened and where follow-up ended with a step still to
    come. For a supported mother they record how the pathway went on, which is not a reason for a loss.
    """
    if gate >= Gate.SUPPORTED:
        return Reason.TOO_LATE.value if gate == Gate.SUPPORTED else Reason.NONE.value
    if reason != Reason.NONE:
        return reason
    if gate > Gate.BORN:
        return Reason.STILL_WAITING.value
    return Reason.OUTSIDE_PATHWAY.value if started(m) else Reason.NOT_BREASTFEEDING.value


@rule
def gate_after_birth(m: Row, p: Parameters, gate: int) -> int:
    """Her furthest gate in a pathway where support in pregnancy does not count as support."""
    if gate < Gate.SUPPORTED or m.first_contact_age < p.support.late_start_age:
        return gate
    return Gate.SUPPORTED.value if m.first_contact_age < NEVER else Gate.BORN.value


@rule
def settle_gates(s: State, p: Parameters, i: int, outcome: Row) -> None:
    """How far she got in any pathway; the first counts where she got equally far in several.

    A mother who did not start to breastfeed and had no contact was not lost by the service: she is counted at birth.
    One who was supported in pregnancy alone counts where she was lost afterwards.
    """
    m = s.mothers[i]
    gate, reason, furthest = Gate.BORN.value, Reason.NONE.value, 0
    for k in range(s.progress.shape[1]):
        here = gate_after_birth(m, p, s.progress[i, k].gate)
        if k == 0 or here > gate:
            gate, furthest = here, k
            reason = s.progress[i, k].reason if here == s.progress[i, k].gate else Reason.NONE.value
    reason = final_reason(gate, reason, m)
    if not started(m) and gate < Gate.CONNECTED:
        gate, reason = Gate.BORN.value, Reason.NOT_BREASTFEEDING.value
    outcome.gate = gate
    outcome.reason = reason
    outcome.lost_in = furthest if Gate.BORN < gate < Gate.SUPPORTED_IN_TIME else -1


@rule
def is_truly_target(m: Row, true: Row, p: Parameters, today: int) -> bool:
    """Whether she belongs to the target group by where she lives, even if her record is wrong about it."""
    recorded = true.value[Item.QUINTILE]
    true.value[Item.QUINTILE] = m.quintile
    inside = is_target(true, p, today)
    true.value[Item.QUINTILE] = recorded
    return inside


@rule
def has_extra(s: State, p: Parameters, i: int) -> bool:
    """Whether she had priority as one of the target group on record, or a pathway that is not for everyone."""
    if is_target(s.known_data[i], p, s.counts[0].today):
        return True
    for k in range(s.progress.shape[1]):
        extra_from = p.pathways[k].extra_from
        if extra_from > Gate.BORN and s.progress[i, k].gate >= extra_from:
            return True
    return False


@rule
def settle_one(s: State, p: Parameters, i: int, outcome: Row) -> None:
    """Settle what the run came to for one mother."""
    m = s.mothers[i]
    settle_gates(s, p, i, outcome)
    outcome.in_target = is_truly_target(m, s.true_data[i], p, s.counts[0].today)
    outcome.offered_extra = has_extra(s, p, i)
    outcome.on_list = is_on_list(s.known_data[i])
    outcome.exclusive_until = m.mixed_age if m.mixed_age >= 0 else m.stop_age


@entry
def settle(s: State, p: Parameters, outcomes: Table) -> None:
    """Settle what the run came to for each counted mother."""
    for i in range(s.mothers.shape[0]):
        if s.mothers[i].in_window:
            settle_one(s, p, i, outcomes[i])


@rule
def days_of_feeding(m: Row, until: int) -> int:
    """Days of a kind of feeding since birth, one more than `LAST_AGE` if it goes on beyond it."""
    if not started(m):
        return 0
    return LAST_AGE + 1 if until < 0 else min(until, LAST_AGE) + 1


@rule
def count_feeding(m: Row, outcome: Row, tally: Row) -> None:
    """How she fed, and whether she needed support."""
    tally.births += 1
    tally.started += started(m)
    tally.stopped_before_wanted += m.wanted_longer
    tally.days[0, days_of_feeding(m, m.stop_age)] += 1
    tally.days[1, days_of_feeding(m, outcome.exclusive_until)] += 1
    tally.in_need += m.problems > 0


@rule
def count_support(m: Row, outcome: Row, tally: Row) -> None:
    """What the service did for her, and when."""
    tally.contacts += m.contacts
    tally.minutes += m.minutes
    tally.data_items += m.data_items
    tally.in_target += outcome.in_target
    tally.offered_extra += outcome.offered_extra
    tally.target_offered_extra += outcome.in_target & outcome.offered_extra
    tally.contact_in_pregnancy += m.contact_in_pregnancy
    if m.reached_age < NEVER:
        tally.reached += 1
        tally.reached_day7 += m.reached_age <= 7
        if started(m):
            tally.starters_reached += 1
            tally.starters_reached_day7 += m.reached_age <= 7
    if m.first_contact_age < NEVER:
        tally.supported += 1
        tally.supported_day7 += m.first_contact_age <= 7
        tally.first_contact_age += m.first_contact_age
        tally.supporters += m.supporters
        tally.several_supporters += m.supporters > 1
        tally.supports += m.supports
        tally.supports_in_difficulty += m.supports_in_difficulty


@rule
def count_gates(s: State, i: int, outcome: Row, cascade: Any) -> None:
    """How far she got in each pathway, and in any."""
    m = s.mothers[i]
    last = s.progress.shape[1]
    for k in range(last):
        gate = s.progress[i, k].gate
        cascade[m.quintile, k, gate, final_reason(gate, s.progress[i, k].reason, m)] += 1
    cascade[m.quintile, last, outcome.gate, outcome.reason] += 1


@rule
def count_time(s: State, p: Parameters, team: Row) -> None:
    """The team's time in the recruitment window, when the service has a full caseload."""
    start, stop = p.derived.window_start, p.derived.window_stop
    for d in range(s.days.shape[0]):
        day = s.days[d]
        team.expired += day.ended[Outcome.EXPIRED]
        if start <= d < stop:
            team.available += day.minutes_available
            team.available_volunteer += day.minutes_available_volunteer
            team.duty += day.minutes_duty
            team.queue += day.minutes_queue
            team.paid += day.minutes_paid
            team.volunteer_worked += day.minutes_volunteer
    for c in range(s.counts[0].contacts):
        contact = s.contacts[c]
        minutes = p.steps[p.pathways[contact.pathway].steps.start + contact.step].minutes
        if start <= contact.day < stop and (minutes.travel > 0.0 or minutes.travel_rural > 0.0):
            is_rural = has(s.mothers[contact.row].traits, Trait.RURAL)
            team.travel += minutes.travel_rural if is_rural else minutes.travel


@entry
def add_to_tally(s: State, p: Parameters, scratch: Table, tally: Tally) -> None:
    """Settle and count a finished run in one pass over its mothers; `scratch` has the `OUTCOME` of one of them."""
    outcome = scratch[0]
    for i in range(s.mothers.shape[0]):
        m = s.mothers[i]
        if m.in_window:
            settle_one(s, p, i, outcome)
            count_feeding(m, outcome, tally.quintiles[m.quintile])
            count_support(m, outcome, tally.quintiles[m.quintile])
            count_gates(s, i, outcome, tally.cascade)
            if outcome.on_list:
                known = tally.quintiles[max(s.known_data[i].value[Item.QUINTILE], 0)]
                known.on_list += 1
                known.on_list_reached += m.contacts > 0  # with whom it has spoken, when and whatever came of it
    count_time(s, p, tally.team[0])
