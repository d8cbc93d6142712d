"""Access: the chain of gates that a mother passes, or at which she is lost.

State: `eligible`, `gate` and `reason` of `PROGRESS`, which count losses and decide nothing; `aware_age` of mothers.
Parameters: `p.gate_probabilities`, `p.effects` and `p.access`. Evidence: P1-P20 (totals by quintile), M10, M14,
M33-M38, M66 (gates compound), M70 (awareness).

The log odds that a mother passes a gate are an intercept of the nation, a residual of her area, and the effects of her
circumstances. `bpssim.model.gate_fit` finds the first two.
"""

import math
from enum import IntEnum

from bpssim.model.engine.compiled import rule
from bpssim.model.engine.elementary import exp
from bpssim.model.engine.random import Purpose, normal, normal_rank, uniform
from bpssim.model.parameters.parameters import Parameters
from bpssim.model.rules.event_log import log_event
from bpssim.model.rules.feeding import has, is_breastfeeding, partner_is_away
from bpssim.model.rules.knowledge import ITEMS, holds, learn_from_her, why_not_for_her
from bpssim.model.state import Row, State, Table
from bpssim.scenario.words import Band, Event, Feeding, Gate, Initiative, Item, Reason, Trait


class Stage(IntEnum):
    """Where a mother stands in one pathway."""

    CLOSED = 0  # not opened, or to be opened again
    PASSED_OVER = 4  # not opened because of what is known, or not; news may open it
    CONTINUING = 1  # a further attempt, step or accepted offer is due
    WAITING = 2  # a request waits for a supporter
    ENDED = 3
    HELD = 5  # accepted in pregnancy, to begin once the service knows of the birth


GATES = [
    ("eligible", "i1"),  # she breastfed, or was pregnant, when it opened; only then are gates counted [yes or no]
    ("gate", "i1"),  # furthest `Gate`
    ("reason", "i1"),  # why she went no further, a `Reason`
]
"""Fields of a mother's progress in one pathway."""

MOTHER_FIELDS = [
    ("aware_age", "i4"),  # baby age from which she knows that the service exists; NEVER if not [days]
]
"""Her fields of this submodel; those that the daily walk reads are in `bpssim.model.mother`."""


@rule
def effect_of_circumstances(gate: Row, effects: Table, traits: int, confidence: float) -> float:
    """Log odds ratio of passing a gate, from traits and from confidence above the nation's mean."""
    log_odds = gate.confidence * confidence
    for row in range(gate.effects.start, gate.effects.stop):
        effect = effects[row]
        if (traits & effect.when) == effect.when:
            log_odds += effect.log_odds
    return log_odds


@rule
def probability_of(log_odds: float) -> float:
    """Probability from its log odds; 1 or 0 where they are extreme."""
    return 1.0 / (1.0 + exp(-log_odds))


@rule
def gate_probability(p: Parameters, gate_row: int, m: Row, traits: int, further: float) -> float:
    """Probability that she passes a gate, given her traits as barriers and a further log odds ratio."""
    gate = p.gate_probabilities[gate_row]
    confidence = m.confidence - p.derived.national_confidence
    circumstances = effect_of_circumstances(gate, p.effects, traits, confidence)
    return probability_of(gate.log_odds[m.quintile - 1] + circumstances + further)


@rule
def effect_of_meeting(p: Parameters, gate_row: int, m: Row, pathway: Row) -> float:
    """Log odds ratio of a gate if she has had support before.

    All mothers to whom a pathway is offered have, so shares of those who pass its gates are of such mothers.
    """
    return p.gate_probabilities[gate_row].met_before if m.supported and not pathway.by_pathway else 0.0


@rule
def traits_by_day(m: Row, age: int) -> int:
    """Her traits by day, with what follows from her partner's leave."""
    traits = m.traits
    if m.partner_leave > 0:
        traits |= 1 << Trait.TOOK_LEAVE
    if partner_is_away(m, age):
        traits |= 1 << Trait.PARTNER_AWAY
    return traits


@rule
def happens(p: Parameters, m: Row, purpose: int, which: int, ordinal: int, probability: float) -> bool:
    """Whether an event of this probability happens to her; a certain one needs no draw."""
    return probability >= 1.0 or uniform(p.run.seed, m.id, purpose, which, ordinal) < probability


@rule
def barriers(m: Row, pathway: Row, band: int, age: int) -> int:
    """Her traits as barriers to this pathway at that time of day, without those that it removes.

    In the evening a partner is home from work, and there is no school or nursery run.
    """
    traits = traits_by_day(m, age)
    if band == Band.EVENING:
        traits &= ~(1 << Trait.SCHOOL_RUN)
        if not has(traits, Trait.LONE):
            traits &= ~(1 << Trait.PARTNER_AWAY)
    return traits & ~pathway.removes


@rule
def answers(m: Row, p: Parameters, pathway: Row, probability: float, tries: int) -> bool:
    """Whether an attempt connects; attempts at the same mother are correlated (P4 given P3)."""
    if probability >= 1.0:
        return True
    rho = p.access.attempt_correlation
    luck = normal(p.run.seed, m.id, Purpose.CONNECTS, pathway.key, tries)
    return normal_rank(math.sqrt(rho) * m.reachability + math.sqrt(1.0 - rho) * luck) < probability


@rule
def is_eligible(m: Row, age: int) -> bool:
    """Whether she breastfeeds, or is pregnant."""
    return age < 0 or bool(is_breastfeeding(m))


@rule
def record_gate(progress: Row, gate: int) -> None:
    """Record that she got as far as this gate."""
    if progress.eligible and progress.gate < gate:
        progress.gate = gate
        progress.reason = Reason.NONE


@rule
def record_loss(progress: Row, gate: int, reason: int) -> int:
    """Record why she went no further than this gate, unless she once did; return the reason."""
    if not progress.eligible:
        progress.reason = Reason.NOT_BREASTFEEDING
    elif progress.gate <= gate:
        progress.gate = gate
        progress.reason = reason
    return reason


@rule
def record_loss_at_current_gate(progress: Row, reason: int) -> None:
    """Record the reason for a loss at her current gate; once supported, she is not lost."""
    if reason != Reason.NONE and progress.gate < Gate.SUPPORTED:
        record_loss(progress, progress.gate, reason)


@rule
def reason_not_reached(pathway: Row) -> int:
    """Why the first move was not made."""
    if pathway.initiative == Initiative.MOTHER:
        return Reason.DID_NOT_SEEK.value
    if pathway.initiative == Initiative.PROFESSIONAL:
        return Reason.NOT_REFERRED.value
    return Reason.NOT_APPROACHED.value


@rule
def occasion(m: Row, progress: Row, pathway: Row) -> int:
    """Ordinal of this occasion for her, used as the counter of its random draws.

    Every difficulty, message of a broadcast and appointment with a professional is an occasion of its own; a stay on
    the ward is one occasion, whatever its length.
    """
    if pathway.opens.with_problem or pathway.by_difficulty:
        return m.difficulty_number
    if pathway.each_anew:
        return progress.occasions
    return 0


@rule
def is_reached(m: Row, p: Parameters, progress: Row, pathway: Row, awareness: float, age: int) -> bool:
    """Whether the first move is made: she is approached, comes or asks, or is referred."""
    if pathway.by_difficulty:
        return True  # her clock has struck
    further = pathway.supply + effect_of_meeting(p, pathway.reached, m, pathway)
    traits = barriers(m, pathway, pathway.band, age)
    probability = gate_probability(p, pathway.reached, m, traits, further) * awareness
    return happens(p, m, Purpose.REACHED, pathway.key, occasion(m, progress, pathway), probability)


@rule
def ask(s: State, p: Parameters, i: int, k: int, items: int, age: int) -> None:
    """Ask for items that the service does not hold; the mother may give each of them or not."""
    m = s.mothers[i]
    for item in range(ITEMS):
        if (items >> item) & 1 == 1 and s.known_data[i].value[item] < 0:
            probability = gate_probability(
                p, p.access.gives_data, m, barriers(m, p.pathways[k], p.pathways[k].band, age), 0.0
            )
            if happens(p, m, Purpose.ASKED, item, 0, probability):
                learn_from_her(s, i, 1 << item, Event.ITEM_GIVEN, k)
            if s.known_data[i].value[item] < 0:
                log_event(s, i, Event.ITEM_NOT_GIVEN, k, item)


@rule
def is_passed_over(known: Row, p: Parameters, pathway: Row, today: int) -> int:
    """The reason why known data keep her out; NONE if they do not."""
    if not holds(known, pathway.needs):
        return Reason.NO_DATA.value
    if pathway.dated_by >= 0 and known.value[pathway.dated_by] < 0:
        return Reason.NO_DATA.value if pathway.dated_by == Item.DUE_DATE else Reason.BIRTH_UNKNOWN.value
    return why_not_for_her(known, known, 0, p, pathway.audience, today)


@rule
def record_passed_over(progress: Row, reason: int) -> int:
    """Record that known or missing data kept her out; return the reason."""
    return record_loss(progress, Gate.KNOWN if reason == Reason.NOT_IN_AUDIENCE else Gate.ELIGIBLE, reason)


@rule
def pass_over(progress: Row, reason: int) -> int:
    """Leave her out of a pathway until news about her removes the reason; return the reason."""
    progress.state = Stage.PASSED_OVER
    return record_passed_over(progress, reason)


@rule
def why_not_opened(s: State, p: Parameters, i: int, k: int, awareness: float, age: int) -> int:
    """Take her through the gates up to "chosen"; NONE if that makes a request, otherwise the reason why not.

    If known data keep her out, news can still bring her in.
    """
    m, known, true = s.mothers[i], s.known_data[i], s.true_data[i]
    progress, pathway = s.progress[i, k], p.pathways[k]
    eligible = is_eligible(m, age)
    known_to_have_stopped = known.value[Item.FEEDING] >= Feeding.STOPPED
    # She would not come herself, and on the ward it can be seen; only from afar the service cannot know.
    would_show = pathway.initiative != Initiative.SERVICE or pathway.session >= 0
    if known_to_have_stopped or (would_show and not eligible):
        record_loss_at_current_gate(progress, Reason.ALREADY_STOPPED)
        return Reason.NOT_BREASTFEEDING.value if m.feeding == Feeding.NOT_STARTED else Reason.ALREADY_STOPPED.value
    if pathway.needs_awareness and m.aware_age > age:
        return record_loss(progress, Gate.ELIGIBLE, Reason.NOT_AWARE)
    if pathway.initiative == Initiative.PROFESSIONAL:
        if not is_reached(m, p, progress, pathway, awareness, age):
            return record_loss(progress, Gate.ELIGIBLE, reason_not_reached(pathway))
        # The professional knows the audience, and passes on nothing about other mothers.
        reason = why_not_for_her(known, true, pathway.learns, p, pathway.audience, m.birth_day + age)
        if reason != Reason.NONE:
            return pass_over(progress, reason)
        learn_from_her(s, i, pathway.learns, Event.ITEM_IN_REFERRAL, k)
    if pathway.asks_first:
        if not is_reached(m, p, progress, pathway, awareness, age):
            return record_loss(progress, Gate.KNOWN, reason_not_reached(pathway))
        ask(s, p, i, k, pathway.asks_first, age)  # she is there
    reason = is_passed_over(known, p, pathway, m.birth_day + age)
    if reason != Reason.NONE:
        return pass_over(progress, reason)
    if pathway.initiative != Initiative.PROFESSIONAL and not is_reached(m, p, progress, pathway, awareness, age):
        return record_loss(progress, Gate.KNOWN, reason_not_reached(pathway))
    if not happens(p, m, Purpose.STAFFED, pathway.key, occasion(m, progress, pathway), pathway.staffed):
        return record_loss(progress, Gate.KNOWN, Reason.NO_SUPPORTER_PRESENT)
    record_loss(progress, Gate.CHOSEN, Reason.STILL_WAITING)
    return Reason.NONE.value
