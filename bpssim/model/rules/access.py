"""Access: the gates that a mother passes or is lost at.

State: `gate`, `reason` and `eligible` of `progress`. They are how losses are counted: no rule reads them to decide what
happens. Parameters: gate probabilities of `scenario.pathways`, and `scenario.access`. Evidence: P1-P18 (probabilities),
M10, M14, M33-M38, M66 (gates compound), M70 (awareness).
"""

import math

from bpssim.model.engine.compiled import rule
from bpssim.model.engine.elementary import power
from bpssim.model.engine.random import Purpose, normal, normal_rank, uniform
from bpssim.model.layout import Rules
from bpssim.model.rules.feeding import has, is_breastfeeding, partner_is_away
from bpssim.model.rules.knowledge import ITEMS, holds, learn_from_her, why_not_for_her
from bpssim.model.state import Row, Stage
from bpssim.scenario.words import Feeding, Gate, Initiative, Item, Reason, Trait


@rule
def chance(r: Rules, row: int, m: Row, traits: int) -> float:
    """Probability that she passes a gate, given her quintile, traits and confidence."""
    gate = r.chances[row]
    q = m.quintile - 1
    p = gate.by_quintile[q]
    for k in range(gate.start, gate.stop):
        modifier = r.modifiers[k]
        if (traits & modifier.when) == modifier.when:
            p = modifier.value[q] if modifier.replaces else p * modifier.value[q]
    if gate.power > 0.0:
        p *= power(m.confidence / r.inputs[0].mean_confidence[q], gate.power)
    return min(p, 1.0)


@rule
def happens(inputs: Row, m: Row, purpose: int, which: int, ordinal: int, p: float) -> bool:
    """Whether something of probability p happens to her; what is certain needs no draw."""
    return p >= 1.0 or uniform(inputs.seed, m.id, purpose, which, ordinal) < p


@rule
def barriers(m: Row, pathway: Row, age: int) -> int:
    """Her traits as this pathway meets them: who is at home, less the barriers that the pathway removes."""
    traits = m.traits
    if has(traits, Trait.LONE) or (partner_is_away(m, age) and not pathway.evening):
        traits |= 1 << Trait.PARTNER_AWAY
    return traits & ~pathway.removes


@rule
def answers(m: Row, r: Rules, pathway: Row, p: float, tries: int) -> bool:
    """Whether an attempt connects; attempts at the same mother are correlated (P4 given P3)."""
    if p >= 1.0:
        return True
    inputs = r.inputs[0]
    rho = inputs.attempt_correlation
    luck = normal(inputs.seed, m.id, Purpose.CONNECTS, pathway.key, tries)
    return normal_rank(math.sqrt(rho) * m.reachability + math.sqrt(1.0 - rho) * luck) < p


@rule
def pass_gate(progress: Row, gate: int) -> None:
    """Record that she got as far as this gate."""
    if progress.eligible and progress.gate < gate:
        progress.gate = gate
        progress.reason = Reason.NONE


@rule
def lose(progress: Row, gate: int, reason: int) -> None:
    """Record why she went no further than this gate, unless she once did."""
    if not progress.eligible:
        progress.reason = Reason.NOT_BREASTFEEDING
    elif progress.gate <= gate:
        progress.gate = gate
        progress.reason = reason


@rule
def lose_here(progress: Row, reason: int) -> None:
    """Record why she went no further than she is; once supported she is not lost."""
    if reason != Reason.NONE and progress.gate < Gate.SUPPORTED:
        lose(progress, progress.gate, reason)


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
    """The how-many-th occasion this is for her: the ordinal of draws about it.

    A difficulty, a message of a broadcast and a professional's appointment are occasions of their own; a stay on the
    ward is one occasion, however many days it has.
    """
    if pathway.with_problem or pathway.by_difficulty:
        return m.difficulty_number
    if pathway.each_anew:
        return progress.occasions
    return 0


@rule
def is_reached(m: Row, r: Rules, progress: Row, pathway: Row, awareness: float, age: int) -> bool:
    """Whether the first move is made: she is approached, comes or asks, or is referred."""
    if pathway.by_difficulty:
        return True  # her clock has struck
    p = chance(r, pathway.reached_chance, m, barriers(m, pathway, age)) * awareness
    return happens(r.inputs[0], m, Purpose.REACHED, pathway.key, occasion(m, progress, pathway), p)


@rule
def ask(m: Row, view: Row, record: Row, r: Rules, items: int) -> None:
    """The supporter asks for items; the mother gives each or not."""
    inputs = r.inputs[0]
    for item in range(ITEMS):
        if (items >> item) & 1 == 1 and view.value[item] < 0:
            p = chance(r, inputs.gives_data_chance, m, m.traits)
            if happens(inputs, m, Purpose.ASKED, item, 0, p):
                learn_from_her(m, view, record, 1 << item)


@rule
def is_passed_over(view: Row, r: Rules, pathway: Row) -> int:
    """The reason for which what is known keeps her out; NONE if it does not."""
    if not holds(view, pathway.needs):
        return Reason.NO_DATA.value
    return why_not_for_her(view, view, 0, r.conditions, pathway.audience_start, pathway.audience_stop)


@rule
def lose_passed_over(progress: Row, reason: int) -> None:
    """Record that what is known, or not known, kept her out."""
    lose(progress, Gate.KNOWN if reason == Reason.NOT_IN_AUDIENCE else Gate.ELIGIBLE, reason)


@rule
def opens_for(
    m: Row, view: Row, record: Row, r: Rules, progress: Row, pathway: Row, awareness: float, age: int
) -> bool:
    """Take her through the gates up to "chosen"; true when there is work for a supporter.

    Where what is known keeps her out, the pathway is left so that news can bring her in.
    """
    eligible = age < 0 or is_breastfeeding(m)
    if eligible:
        progress.eligible = 1
    known_to_have_stopped = view.value[Item.FEEDING] >= Feeding.STOPPED
    # She would not come herself, and on the ward it can be seen; only from afar the service cannot know.
    would_show = pathway.initiative != Initiative.SERVICE or pathway.duty >= 0
    if known_to_have_stopped or (would_show and not eligible):
        lose_here(progress, Reason.ALREADY_STOPPED)
        return False
    if pathway.needs_awareness and m.aware_age > age:
        lose(progress, Gate.ELIGIBLE, Reason.NOT_AWARE)
        return False
    if pathway.initiative == Initiative.PROFESSIONAL:
        if not is_reached(m, r, progress, pathway, awareness, age):
            lose(progress, Gate.ELIGIBLE, reason_not_reached(pathway))
            return False
        # Who refers knows for whom it is meant, and says nothing of the others.
        told, start, stop = pathway.learns, pathway.audience_start, pathway.audience_stop
        reason = why_not_for_her(view, record, told, r.conditions, start, stop)
        if reason != Reason.NONE:
            lose_passed_over(progress, reason)
            progress.state = Stage.PASSED_OVER
            return False
        learn_from_her(m, view, record, pathway.learns)  # what a referral says
    if pathway.asks_first:
        if not is_reached(m, r, progress, pathway, awareness, age):
            lose(progress, Gate.KNOWN, reason_not_reached(pathway))
            return False
        ask(m, view, record, r, pathway.asks_first)  # she is there
    reason = is_passed_over(view, r, pathway)
    if reason != Reason.NONE:
        lose_passed_over(progress, reason)
        progress.state = Stage.PASSED_OVER
        return False
    if pathway.initiative != Initiative.PROFESSIONAL and not is_reached(m, r, progress, pathway, awareness, age):
        lose(progress, Gate.KNOWN, reason_not_reached(pathway))
        return False
    if not happens(r.inputs[0], m, Purpose.STAFFED, pathway.key, occasion(m, progress, pathway), pathway.staffed):
        lose(progress, Gate.KNOWN, Reason.NO_SUPPORTER_PRESENT)
        return False
    lose(progress, Gate.CHOSEN, Reason.STILL_WAITING)
    return True
