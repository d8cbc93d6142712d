"""One contact: who meets whom, what comes of it, what is asked and offered, and what follows.

State: the mother, her `progress`, and the table of contacts. Parameters: `scenario.pathways`, `scenario.access`.
Evidence: C5-C9 (minutes), P3-P7 (answering, giving a postcode, accepting), M9 (ethos), M16 (social distance), M31,
M41 (proactive contact is accepted).
"""

from bpssim.model.engine.compiled import rule
from bpssim.model.engine.random import Purpose
from bpssim.model.layout import Rules
from bpssim.model.rules.access import (
    answers,
    ask,
    barriers,
    chance,
    happens,
    is_passed_over,
    lose,
    lose_here,
    lose_passed_over,
    occasion,
    pass_gate,
)
from bpssim.model.rules.community import tell_friends
from bpssim.model.rules.context_knowledge import fit, learn_from
from bpssim.model.rules.feeding import has, is_breastfeeding
from bpssim.model.rules.knowledge import is_target, learn_from_her, matches
from bpssim.model.rules.pathway import (
    accept_offer,
    end_pathway,
    is_in_hospital,
    next_step,
    reopen_on_news,
    session_from,
)
from bpssim.model.rules.queue import close_request, has_begun
from bpssim.model.rules.support import give_support
from bpssim.model.rules.wider_help import help_widely, visit_minutes
from bpssim.model.rules.working_time import spend_on_contact
from bpssim.model.state import Row, Stage, World
from bpssim.scenario.words import Channel, Gate, Initiative, Item, Outcome, Reason, Trait

MOST_STEPS = 64
"""More than a pathway can have, so that the steps of different occasions have different ordinals."""
_BY_PHONE = sum(1 << channel for channel in Channel if channel.kind.by_phone)


@rule
def step_of(w: World, r: Rules, i: int, p: int) -> Row:
    """The step that is due for a mother in a pathway."""
    return r.steps[r.pathways[p].steps_start + w.progress[i, p].step]


@rule
def minutes_of(m: Row, inputs: Row, step: Row, supported: bool) -> float:
    """Minutes of one attempt, with travel to where she lives."""
    travel = step.travel[1 if has(m.traits, Trait.RURAL) else 0]
    return travel + (step.minutes + visit_minutes(inputs, step.channel) if supported else step.failed)


@rule
def write_contact(
    w: World, i: int, p: int, s: int, day: int, step: Row, minutes: float, outcome: int, difficulty: int, resolved: bool
) -> None:
    """Add an attempt to the contact table."""
    m = w.mothers[i]
    progress = w.progress[i, p]
    counts = w.counts[0]
    contact = w.contacts[counts.contacts]
    counts.contacts += 1
    contact.mother = m.id
    contact.day = day
    contact.baby_age = day - m.birth_day
    contact.supporter = s
    contact.minutes = minutes
    contact.pathway = p
    contact.step = progress.step
    contact.attempt = progress.attempts
    contact.channel = step.channel
    contact.outcome = outcome
    contact.difficulty = difficulty
    contact.resolved = resolved


@rule
def has_wrong_number(m: Row, pathway: Row, channel: int) -> bool:
    """Whether the service would call or text a number that is not hers."""
    by_phone = (_BY_PHONE >> channel) & 1 == 1
    from_records = pathway.initiative != Initiative.MOTHER and not m.own_number
    return by_phone and from_records and has(m.traits, Trait.WRONG_NUMBER)


@rule
def barrier_to(m: Row, r: Rules, pathway: Row, progress: Row, channel: int, traits: int, age: int) -> int:
    """What keeps an attempt from reaching her; NONE if it does.

    Language is the barrier only where the same attempt would have reached her without it.
    """
    if has_wrong_number(m, pathway, channel):
        return Reason.WRONG_NUMBER.value
    if channel == Channel.HOME_VISIT and is_in_hospital(m, age):
        return Reason.IN_HOSPITAL.value
    if pathway.duty >= 0 and progress.step == 0:
        return Reason.NONE.value  # she is there
    if answers(m, r, pathway, chance(r, pathway.connects_chance, m, traits), progress.tries):
        return Reason.NONE.value
    if has(traits, Trait.LIMITED_ENGLISH):
        in_her_language = chance(r, pathway.connects_chance, m, traits & ~(1 << Trait.LIMITED_ENGLISH))
        if answers(m, r, pathway, in_her_language, progress.tries):
            return Reason.LANGUAGE_BARRIER.value
    return Reason.NO_ANSWER.value


@rule
def trust_in(m: Row, supporter: Row, inputs: Row) -> float:
    """Acceptance relative to a supporter of her own community (M16)."""
    if has(m.traits, Trait.DEGREE):
        return 1.0
    return 1.0 - (1.0 - inputs.local_trust) * supporter.social_distance


@rule
def accepts(m: Row, r: Rules, progress: Row, pathway: Row, traits: int, trust: float) -> bool:
    """Whether she accepts a pathway from somebody whom she trusts so much."""
    p = chance(r, pathway.accepts_chance, m, traits) * trust
    return happens(r.inputs[0], m, Purpose.ACCEPTS, pathway.key, occasion(m, progress, pathway), p)


@rule
def make_offers(w: World, r: Rules, i: int, pathway: Row, s: int, age: int) -> None:
    """Offer what comes next to whom it is meant for; ethos blurs offers meant for the target group (M9)."""
    m = w.mothers[i]
    inputs = r.inputs[0]
    supporter = w.supporters[s]
    for k in range(pathway.offers_start, pathway.offers_stop):
        offer = r.offers[k]
        progress = w.progress[i, offer.pathway]
        offered = r.pathways[offer.pathway]
        if progress.state != Stage.CLOSED or not offered.running:
            continue
        progress.eligible = 1  # who is spoken with and offered more is pregnant or breastfeeds
        reason = is_passed_over(w.views[i], r, offered)
        if reason != Reason.NONE:
            lose_passed_over(progress, reason)
            continue
        if not matches(w.views[i], r.conditions, offer.start, offer.stop):
            lose(progress, Gate.KNOWN, Reason.NOT_IN_AUDIENCE)
            continue
        not_for_her = offer.target_only and not is_target(w.views[i], r)
        if not_for_her and not happens(inputs, m, Purpose.TARGET_OFFER, offered.key, 0, supporter.ethos):
            lose(progress, Gate.KNOWN, Reason.NOT_IN_AUDIENCE)
            continue
        # Social distance weighs on what is offered for later, such as a visit at home (M16), not on a first talk (M41).
        if accepts(m, r, progress, offered, barriers(m, offered, age), trust_in(m, supporter, inputs)):
            accept_offer(m, r, progress, offered, age)
            m.next_event = min(m.next_event, progress.due)
        else:
            lose(progress, Gate.CONNECTED, Reason.DECLINED)


@rule
def support_her(w: World, r: Rules, i: int, p: int, s: int, day: int, step: Row, common_language: bool) -> bool:
    """A contact with a mother who accepted: support, questions, offers; true if a problem was resolved."""
    m = w.mothers[i]
    progress = w.progress[i, p]
    pathway = r.pathways[p]
    age = day - m.birth_day
    if progress.step == 0:
        pass_gate(progress, Gate.ACCEPTED)
    resolved = False
    supporter = w.supporters[s]
    if age >= 0:
        suits = fit(supporter, m, r.inputs[0])
        resolved = give_support(m, r.inputs[0], step.channel, pathway.initiative, suits, common_language, age)
        help_widely(m, r.inputs[0], step.channel)
    learn_from(supporter, m, step.channel, r.inputs[0])
    if not m.supported:
        m.supported = 1
        tell_friends(w, i, r.inputs[0], day)
    if age < r.inputs[0].late_start_age:
        pass_gate(progress, Gate.SUPPORTED_IN_TIME)
    else:
        pass_gate(progress, Gate.SUPPORTED)
        lose(progress, Gate.SUPPORTED, Reason.TOO_LATE)
    ask(m, w.views[i], w.records[i], r, pathway.asks)
    make_offers(w, r, i, pathway, s, age)
    reopen_on_news(w, r, i, age)
    return resolved


@rule
def stays_on(m: Row, r: Rules, progress: Row, pathway: Row, age: int) -> bool:
    """Whether she goes on to the next step (M31)."""
    p = chance(r, pathway.stays_chance, m, barriers(m, pathway, age))
    ordinal = progress.step + MOST_STEPS * occasion(m, progress, pathway)
    return happens(r.inputs[0], m, Purpose.STAYS, pathway.key, ordinal, p)


@rule
def met_by(m: Row, view: Row, pathway: Row, supporter: Row, age: int) -> int:
    """Her traits as this supporter meets them: a shared language and a known best time remove barriers too."""
    traits = barriers(m, pathway, age)
    if (supporter.languages >> m.language) & 1 == 1:
        traits &= ~(1 << Trait.LIMITED_ENGLISH)
    if view.value[Item.BEST_TIME] > 0 and not has(m.traits, Trait.LONE):
        traits &= ~(1 << Trait.PARTNER_AWAY)
    return traits


@rule
def note_contact(w: World, i: int, p: int, s: int, age: int) -> None:
    """An attempt has connected: she and the service know of each other."""
    m = w.mothers[i]
    progress = w.progress[i, p]
    m.contacts += 1
    m.first_contact_age = min(m.first_contact_age, age)
    m.aware_age = min(m.aware_age, age)
    pass_gate(progress, Gate.CONNECTED)
    if progress.supporter < 0:
        progress.supporter = s


@rule
def attempt(w: World, r: Rules, request: Row, s: int, shift: int, day: int) -> None:
    """One attempt at one mother by one supporter, at a duty or from the queue."""
    i, p = request.mother, request.pathway
    m = w.mothers[i]
    progress = w.progress[i, p]
    pathway = r.pathways[p]
    step = step_of(w, r, i, p)
    age = day - m.birth_day
    traits = met_by(m, w.views[i], pathway, w.supporters[s], age)
    difficulty = m.difficulty
    resolved = False
    outcome = Outcome.NO_ANSWER.value
    pass_gate(progress, Gate.ATTEMPTED)
    m.attempts += 1
    progress.attempts += 1
    progress.tries += 1
    barrier = barrier_to(m, r, pathway, progress, step.channel, traits, age)
    if barrier == Reason.NONE:
        note_contact(w, i, p, s, age)
        # What was offered elsewhere has been accepted there.
        asked_now = progress.step == 0 and not pathway.by_pathway
        if age >= 0 and not is_breastfeeding(m):
            outcome = Outcome.ALREADY_STOPPED.value
            learn_from_her(m, w.views[i], w.records[i], 1 << Item.FEEDING)
        elif asked_now and not accepts(m, r, progress, pathway, traits, 1.0):
            outcome = Outcome.DECLINED.value  # how she feeds may come up; who she is stays hers
            learn_from_her(m, w.views[i], w.records[i], pathway.learns & (1 << Item.FEEDING))
        else:
            outcome = Outcome.SUPPORTED.value
            learn_from_her(m, w.views[i], w.records[i], pathway.learns)
            resolved = support_her(w, r, i, p, s, day, step, not has(traits, Trait.LIMITED_ENGLISH))
    minutes = minutes_of(m, r.inputs[0], step, outcome == Outcome.SUPPORTED)
    spend_on_contact(w, s, shift, i, minutes, day)
    write_contact(w, i, p, s, day, step, minutes, outcome, difficulty, resolved)
    go_on(w, r, i, p, age, outcome, barrier)
    close_request(w, request, day, outcome)


@rule
def tries_again(m: Row, view: Row, r: Rules, progress: Row, pathway: Row) -> bool:
    """Whether a further attempt follows; ethos shrinks those that are meant for the target group alone (M5, M9)."""
    if progress.attempts < pathway.most_attempts:
        return True
    if progress.attempts >= pathway.most_attempts + pathway.extra_for_target or not is_target(view, r):
        return False
    inputs = r.inputs[0]
    return happens(inputs, m, Purpose.TARGET_ATTEMPT, pathway.key, progress.tries, 1.0 - inputs.team_ethos)


@rule
def go_on(w: World, r: Rules, i: int, p: int, age: int, outcome: int, barrier: int) -> None:
    """What follows an attempt in its pathway; `barrier` is the reason for which it did not connect."""
    m = w.mothers[i]
    progress = w.progress[i, p]
    pathway = r.pathways[p]
    if outcome == Outcome.SUPPORTED:
        if stays_on(m, r, progress, pathway, age):
            next_step(m, r, progress, pathway, age)
        else:
            end_pathway(m, r, progress, pathway, age, Reason.NONE)
    elif outcome == Outcome.ALREADY_STOPPED:
        end_pathway(m, r, progress, pathway, age, Reason.ALREADY_STOPPED)
    elif outcome == Outcome.DECLINED:
        end_pathway(m, r, progress, pathway, age, Reason.DECLINED)
    elif tries_again(m, w.views[i], r, progress, pathway):
        progress.state = Stage.CONTINUING
        progress.due = session_from(m, pathway, age + pathway.days_between)
    elif has_begun(progress, pathway):
        lose_here(progress, barrier)
        next_step(m, r, progress, pathway, age)
    else:
        end_pathway(m, r, progress, pathway, age, barrier)
