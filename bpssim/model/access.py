"""Access: how a pathway opens for a mother, and the gates she passes or is lost at.

State: `progress`, one row for each mother and pathway. Parameters: `scenario.pathways` and `scenario.access`.
Evidence: P1-P18 (gate probabilities), M10, M14, M33-M38, M66 (gates compound), M70 (awareness).
"""

import math

from bpssim.model.compiled import inlined, rule
from bpssim.model.feeding import has, is_breastfeeding, partner_is_away
from bpssim.model.knowledge import holds, is_target, matches
from bpssim.model.layout import Rules
from bpssim.model.records import NEVER, Row, Stage, World
from bpssim.model.streams import Purpose, exponential, normal, normal_rank, uniform
from bpssim.scenario.words import Feeding, Gate, Initiative, Item, Reason, Trait, Trigger

HELP_SEEKING_DAYS = 14.0
"""Gate probabilities of help-seeking (P17) are read as: within two weeks of an open difficulty."""


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
        p *= math.pow(m.confidence / r.inputs[0].mean_confidence[q], gate.power)
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
    if progress.gate < Gate.SUPPORTED:
        lose(progress, progress.gate, reason)


@rule
def next_weekday(m: Row, pathway: Row, age: int, last: int) -> int:
    """First baby age from `age` to `last` on which the pathway takes place."""
    for candidate in range(age, min(age + 7, last + 1)):
        if (pathway.weekdays >> ((m.birth_day + candidate) % 7)) & 1 == 1:
            return candidate
    return NEVER


@rule
def opens_at(m: Row, r: Rules, pathway: Row, earliest: int) -> int:
    """Baby age, not before `earliest`, at which the pathway next opens for her; NEVER if it does not."""
    due = occurs_at(m, r, pathway, earliest)
    if pathway.with_problem and (m.difficulty < 0 or due >= m.difficulty_end):
        return NEVER  # a later difficulty opens it
    return due


@rule
def occurs_at(m: Row, r: Rules, pathway: Row, earliest: int) -> int:
    """Baby age, not before `earliest`, of the trigger's next occasion for her; NEVER if there is none."""
    inputs = r.inputs[0]
    trigger = pathway.trigger
    first = max(earliest, pathway.from_age)
    last = pathway.to_age
    if trigger == Trigger.OFFERED or trigger == Trigger.PROBLEM:
        return NEVER  # opened by another pathway, or by the difficulty itself
    if trigger == Trigger.WARD_STAY:
        return next_weekday(m, pathway, max(first, 0), min(last, m.ward_age))
    if trigger == Trigger.NEONATAL_STAY:
        if not has(m.traits, Trait.NEONATAL):
            return NEVER
        return next_weekday(m, pathway, max(first, 0), min(last, m.discharge_age))
    if trigger == Trigger.PROFESSIONAL_CONTACT:
        for k in range(pathway.ages_start, pathway.ages_stop):
            if first <= r.ages[k] <= last:
                return int(r.ages[k])
        return NEVER
    if trigger == Trigger.BROADCAST:
        day = m.birth_day - inputs.lead + first
        due = first + (pathway.every - day % pathway.every) % pathway.every
        return due if due <= last else NEVER
    if trigger == Trigger.DISCHARGE:
        due = int(m.discharge_age)
        return due if first <= due <= last else NEVER
    if trigger == Trigger.BABY_AGE or trigger == Trigger.BOOKING:
        return pathway.from_age if earliest <= pathway.from_age else NEVER
    if pathway.with_problem:  # clinics while there is a difficulty: every session counts
        return next_weekday(m, pathway, first, last)
    share = uniform(inputs.seed, m.id, Purpose.TIMING, pathway.key, 0)
    chosen = pathway.from_age + int(share * (pathway.to_age - pathway.from_age + 1))
    if chosen < earliest:
        return NEVER
    return next_weekday(m, pathway, chosen, last + 6)


@rule
def opens_again(pathway: Row) -> bool:
    """Whether a pathway that has run its course can open again for the same mother."""
    trigger = pathway.trigger
    return pathway.with_problem or trigger == Trigger.PROBLEM or trigger == Trigger.BROADCAST


@rule
def occasion(m: Row, pathway: Row) -> int:
    """The how-many-th occasion this is for her: draws about a difficulty belong to that difficulty."""
    if pathway.with_problem or pathway.trigger == Trigger.PROBLEM:
        return m.difficulty_number
    return 0


@rule
def seeks_help(m: Row, r: Rules, progress: Row, pathway: Row, age: int) -> None:
    """A difficulty has started: when she herself, or nobody, turns to this pathway (a clock, P17)."""
    inputs = r.inputs[0]
    progress.eligible = 1
    progress.due = NEVER
    p = min(chance(r, pathway.reached, m, barriers(m, pathway, age)), 0.999)
    if pathway.needs_awareness and not m.aware:
        lose(progress, Gate.ELIGIBLE, Reason.NOT_AWARE)
        return
    hazard = -math.log(1.0 - p) / HELP_SEEKING_DAYS
    threshold = exponential(inputs.seed, m.id, Purpose.HELP_SEEKING_CLOCK, pathway.key, m.difficulty_number)
    wait = threshold / hazard if hazard > 0.0 else 1e9
    if age + wait < m.difficulty_end and pathway.from_age <= age + wait <= pathway.to_age:
        progress.due = age + int(wait)
    else:
        lose(progress, Gate.KNOWN, Reason.DID_NOT_SEEK)


@rule
def reason_not_reached(pathway: Row) -> int:
    """Why the first move was not made."""
    if pathway.initiative == Initiative.MOTHER:
        return Reason.DID_NOT_SEEK.value
    if pathway.initiative == Initiative.PROFESSIONAL:
        return Reason.NOT_REFERRED.value
    return Reason.NOT_APPROACHED.value


@inlined
def gates_before_work(m: Row, view: Row, r: Rules, progress: Row, pathway: Row, awareness: float, age: int) -> bool:
    """The gates up to "chosen": true when there is work for a supporter."""
    inputs = r.inputs[0]
    eligible = age < 0 or is_breastfeeding(m)
    if eligible:
        progress.eligible = 1
    known_to_have_stopped = view.value[Item.FEEDING] >= Feeding.STOPPED
    # She would not come herself, and on the ward it can be seen; only from afar the service cannot know.
    would_show = pathway.initiative != Initiative.SERVICE or pathway.duty >= 0
    if known_to_have_stopped or (would_show and not eligible):
        lose_here(progress, Reason.ALREADY_STOPPED)
        return False
    lose(progress, Gate.ELIGIBLE, Reason.NO_DATA)
    if not holds(view, pathway.needs):
        return False
    if pathway.needs_awareness and not m.aware:
        lose(progress, Gate.ELIGIBLE, Reason.NOT_AWARE)
        return False
    lose(progress, Gate.KNOWN, Reason.NOT_IN_AUDIENCE)
    if not matches(view, r.conditions, pathway.audience_start, pathway.audience_stop):
        return False
    if pathway.trigger != Trigger.PROBLEM:
        p = chance(r, pathway.reached, m, barriers(m, pathway, age)) * awareness
        if not happens(inputs, m, Purpose.REACHED, pathway.key, occasion(m, pathway), p):
            lose(progress, Gate.KNOWN, reason_not_reached(pathway))
            return False
    if not happens(inputs, m, Purpose.STAFFED, pathway.key, occasion(m, pathway), pathway.staffed):
        lose(progress, Gate.KNOWN, Reason.NO_SUPPORTER_PRESENT)
        return False
    lose(progress, Gate.CHOSEN, Reason.STILL_WAITING)
    return True


@rule
def queue_score(m: Row, view: Row, r: Rules, pathway: Row) -> float:
    """Weight of a piece of work in the queue, from known data alone; ethos shrinks what the target group adds (M9)."""
    inputs = r.inputs[0]
    score = pathway.priority
    if is_target(view, r):
        score *= math.exp(inputs.target_log_weight * (1.0 - inputs.team_ethos))
    if m.contacts > 0:  # the service knows with whom it has spoken
        score *= 1.0 + inputs.responder_weight
    return score


@rule
def leave_own_pathways(w: World, r: Rules, i: int) -> None:
    """She has stopped: she no longer seeks help nor is referred; what the service does not know goes on."""
    for p in range(w.progress.shape[1]):
        progress = w.progress[i, p]
        pathway = r.pathways[p]
        if pathway.initiative != Initiative.SERVICE and progress.due < NEVER:
            lose_here(progress, Reason.ALREADY_STOPPED)
            progress.due = NEVER
            progress.state = Stage.ENDED


@inlined
def open_request(w: World, r: Rules, i: int, p: int, day: int) -> None:
    """Put a piece of work before the team."""
    m = w.mothers[i]
    progress = w.progress[i, p]
    pathway = r.pathways[p]
    counts = w.counts[0]
    request = w.requests[counts.requests]
    counts.requests += 1
    # Work with twice the weight is twice as likely to come first, as if lots were drawn.
    lot = exponential(r.inputs[0].seed, m.id, Purpose.QUEUE, pathway.key, progress.tries)
    request.key = int(lot / queue_score(m, w.views[i], r, pathway) * 2.0**32)
    request.tie = request.key & 0xFFFFFFFF
    request.mother = i
    request.pathway = p
    request.expires = day if pathway.duty >= 0 else day + pathway.expires_after
    progress.state = Stage.WAITING
    m.open_requests += 1
    w.days[day].requests += 1


@inlined
def pathway_moves(w: World, r: Rules, i: int, p: int, day: int) -> None:
    """Something is due for this mother in this pathway."""
    m = w.mothers[i]
    progress = w.progress[i, p]
    pathway = r.pathways[p]
    age = day - m.birth_day
    progress.due = NEVER
    if progress.state == Stage.CONTINUING:
        continue_pathway(w, r, i, p, day)
    elif progress.state == Stage.CLOSED:
        awareness = (
            w.health_teams[pathway.profession].awareness if pathway.initiative == Initiative.PROFESSIONAL else 1.0
        )
        if gates_before_work(m, w.views[i], r, progress, pathway, awareness, age):
            progress.step = 0
            progress.attempts = 0
            progress.entry_age = age
            open_request(w, r, i, p, day)
        elif pathway.trigger == Trigger.BROADCAST:
            progress.due = opens_at(m, r, pathway, age + 1)


@rule
def continue_pathway(w: World, r: Rules, i: int, p: int, day: int) -> None:
    """A further attempt, a further step, or the first step of what she accepted."""
    m = w.mothers[i]
    progress = w.progress[i, p]
    pathway = r.pathways[p]
    comes_herself = pathway.initiative == Initiative.MOTHER and pathway.duty >= 0
    stopped = day >= m.birth_day and not is_breastfeeding(m)
    if w.views[i].value[Item.FEEDING] >= Feeding.STOPPED or (comes_herself and stopped):
        end_pathway(m, r, progress, pathway, day - m.birth_day, Reason.ALREADY_STOPPED)
    elif day - m.birth_day > pathway.until_age:
        end_pathway(m, r, progress, pathway, day - m.birth_day, Reason.TOO_LATE)
    else:
        open_request(w, r, i, p, day)


@rule
def end_pathway(m: Row, r: Rules, progress: Row, pathway: Row, age: int, reason: int) -> None:
    """The pathway is over for her, or closed until its next occasion."""
    lose_here(progress, reason)
    progress.due = NEVER
    progress.state = Stage.ENDED
    if opens_again(pathway):
        progress.state = Stage.CLOSED
        progress.due = opens_at(m, r, pathway, age + 1)


@rule
def next_step(m: Row, r: Rules, progress: Row, pathway: Row, age: int) -> None:
    """Go on to the next step, or end."""
    progress.step += 1
    progress.attempts = 0
    row = pathway.steps_start + progress.step
    if row >= pathway.steps_stop:
        end_pathway(m, r, progress, pathway, age, Reason.NONE)
        return
    due = max(progress.entry_age + r.steps[row].day, age + 1)
    if pathway.duty >= 0:
        due = next_weekday(m, pathway, due, due + 6)
    progress.state = Stage.CONTINUING
    progress.due = due


@rule
def accept_offer(m: Row, r: Rules, progress: Row, pathway: Row, age: int) -> None:
    """She accepts what another pathway offered: its first step is due."""
    pass_gate(progress, Gate.ACCEPTED)
    lose(progress, Gate.ACCEPTED, Reason.STILL_WAITING)
    progress.entry_age = max(age, pathway.from_age)  # accepted in pregnancy, a programme may begin at birth
    progress.step = -1
    next_step(m, r, progress, pathway, age)
