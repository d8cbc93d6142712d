"""One attempt at a contact: whether it connects and she accepts, what is asked and offered, and what follows.

State: `MOTHER_FIELDS` of mothers; `PROGRESS`; `CONTACT`. Parameters: `p.pathways`, `p.steps`, `p.offers` and
`p.access`. Evidence: C5-C9 (minutes), P3-P7 (answering, giving a postcode, accepting), M9 (ethos), M16 (social
distance), M31, M41 (proactive contact is accepted).
"""

import numpy as np

from bpssim.model.engine.compiled import rule
from bpssim.model.engine.random import Purpose
from bpssim.model.parameters.parameters import Parameters
from bpssim.model.rules.access import (
    Stage,
    answers,
    ask,
    barriers,
    effect_of_meeting,
    gate_probability,
    happens,
    is_passed_over,
    occasion,
    record_gate,
    record_loss,
    record_loss_at_current_gate,
    record_passed_over,
)
from bpssim.model.rules.case import has_other_plan, name_supporter
from bpssim.model.rules.community import hear, tell_friends
from bpssim.model.rules.context_knowledge import learn_from, match_to_circumstances
from bpssim.model.rules.event_log import log_event
from bpssim.model.rules.feeding import has, is_breastfeeding
from bpssim.model.rules.knowledge import is_to_have_more, learn_from_her, matches
from bpssim.model.rules.pathway import (
    accept_offer,
    end_pathway,
    is_in_hospital,
    next_step,
    reopen_on_news,
    session_from,
)
from bpssim.model.rules.queue import close_request, has_begun
from bpssim.model.rules.support import give_support, prompt_to_start
from bpssim.model.rules.wider_help import help_widely, visit_minutes
from bpssim.model.rules.working_time import spend_on_contact
from bpssim.model.state import Row, State
from bpssim.scenario.words import (
    Channel,
    Event,
    Gate,
    Heard,
    Initiative,
    Item,
    Outcome,
    Problem,
    Reason,
    Style,
    Trait,
)

MOTHER_FIELDS = [
    ("contacts", "i4"),  # two-way contacts, in pregnancy and declined ones included [count]
    ("attempts", "i4"),  # attempts to reach her [count]
    ("contact_in_pregnancy", "i1"),  # has had a two-way contact in pregnancy that she did not decline [yes or no]
    ("reached_age", "i4"),  # baby age at the first such contact after the birth; NEVER if none [days]
    ("first_contact_age", "i4"),  # baby age at the first after the birth that gave support; NEVER if none [days]
    ("supported", "i1"),  # has had support, be it in pregnancy [yes or no]
    ("supporters", "i4"),  # different supporters who gave her support [count]
    ("supports", "i4"),  # contacts after the birth that gave support [count]
    ("supports_in_difficulty", "i4"),  # of them, those that met an unresolved difficulty [count]
    ("last_support", "i8"),  # her last contact with support; -1 if none [row]
]
"""Her fields of this submodel; those that the daily walk reads are in `bpssim.model.mother`."""

CONTACT = np.dtype(
    [
        ("mother", "i8"),  # identity of the mother [number]
        ("row", "i8"),  # the mother [row]
        ("day", "i4"),  # when it was made [day of the run]
        ("baby_age", "i4"),  # baby age then [days]
        ("supporter", "i4"),  # who made it [row]
        ("minutes", "f4"),  # travel and notes included [minutes]
        ("pathway", "i1"),  # in which pathway [row]
        ("step", "i1"),  # for which step of it, from 0 [number]
        ("attempt", "i1"),  # attempt for this step, from 1 [number]
        ("band", "i1"),  # time of day, a `Band`
        ("channel", "i1"),  # way of contact, a `Channel`
        ("outcome", "i1"),  # what came of it, an `Outcome`
        ("difficulty", "i1"),  # kind of difficulty open at the contact, a `Difficulty`; -1 none
        ("resolved", "i1"),  # the contact resolved the problem [yes or no]
        ("support_before", "i8"),  # her last contact with support before this attempt; -1 if none [row]
    ],
    align=True,
)
"""One attempt."""

SEEN_AT_ONCE = 1 << Item.BIRTH | 1 << Item.HOME
"""What any contact shows: that the baby is born, and whether they are at home."""
MOST_STEPS = 64
"""More steps than a pathway can have, so that steps of different occasions have different ordinals."""
_BY_PHONE = sum(1 << channel for channel in Channel if channel.kind.by_phone)


@rule
def step_of(s: State, p: Parameters, i: int, k: int) -> Row:
    """The step that is due for a mother in a pathway."""
    return p.steps[p.pathways[k].steps.start + s.progress[i, k].step]


@rule
def minutes_of_support(p: Parameters, step: Row) -> float:
    """Minutes of a contact that gives support, without travel."""
    return step.minutes.contact + step.minutes.notes + visit_minutes(p, step.channel)


@rule
def minutes_of(m: Row, p: Parameters, step: Row, supported: bool) -> float:
    """Minutes of one attempt, with travel to where she lives."""
    travel = step.minutes.travel_rural if has(m.traits, Trait.RURAL) else step.minutes.travel
    return travel + (minutes_of_support(p, step) if supported else step.minutes.failed)


@rule
def write_contact(
    s: State,
    request: Row,
    j: int,
    day: int,
    step: Row,
    minutes: float,
    outcome: int,
    difficulty: int,
    resolved: bool,
) -> None:
    """Add an attempt to the contact table."""
    i, k = request.mother, request.pathway
    m = s.mothers[i]
    progress = s.progress[i, k]
    counts = s.counts[0]
    contact = s.contacts[counts.contacts]
    counts.contacts += 1
    contact.mother = m.id
    contact.row = i
    contact.day = day
    contact.baby_age = day - m.birth_day
    contact.supporter = j
    contact.minutes = minutes
    contact.pathway = k
    contact.step = progress.step
    contact.attempt = progress.attempts
    contact.band = request.band
    contact.channel = step.channel
    contact.outcome = outcome
    contact.difficulty = difficulty
    contact.resolved = resolved
    contact.support_before = m.last_support
    if outcome == Outcome.SUPPORTED:
        m.last_support = counts.contacts - 1


@rule
def has_wrong_number(m: Row, pathway: Row, channel: int) -> bool:
    """Whether the service would call or text a wrong number."""
    by_phone = (_BY_PHONE >> channel) & 1 == 1
    from_records = pathway.initiative != Initiative.MOTHER and not m.own_number
    return by_phone and from_records and has(m.traits, Trait.WRONG_NUMBER)


@rule
def barrier_to(m: Row, p: Parameters, pathway: Row, progress: Row, channel: int, traits: int, age: int) -> int:
    """The barrier that keeps an attempt from connecting; NONE if it connects.

    Language is the barrier only if the same attempt would have connected without it.
    """
    if has_wrong_number(m, pathway, channel):
        return Reason.WRONG_NUMBER.value
    if channel == Channel.HOME_VISIT and is_in_hospital(m, age):
        return Reason.IN_HOSPITAL.value
    if pathway.session >= 0 and progress.step == 0:
        return Reason.NONE.value  # she is there
    met = effect_of_meeting(p, pathway.connects, m, pathway)
    if answers(m, p, pathway, gate_probability(p, pathway.connects, m, traits, met), progress.tries):
        return Reason.NONE.value
    if has(traits, Trait.LIMITED_ENGLISH):
        in_her_language = gate_probability(p, pathway.connects, m, traits & ~(1 << Trait.LIMITED_ENGLISH), met)
        if answers(m, p, pathway, in_her_language, progress.tries):
            return Reason.LANGUAGE_BARRIER.value
    return Reason.NO_ANSWER.value


@rule
def trust_in(m: Row, supporter: Row, p: Parameters) -> float:
    """Acceptance relative to that with a supporter from her own community (M16)."""
    if has(m.traits, Trait.DEGREE):
        return 1.0
    return 1.0 - (1.0 - p.access.local_trust) * supporter.social_distance


@rule
def accepts(m: Row, p: Parameters, progress: Row, pathway: Row, traits: int, trust: float) -> bool:
    """Whether she accepts a pathway, given her trust in the supporter."""
    met = effect_of_meeting(p, pathway.accepts, m, pathway)
    probability = gate_probability(p, pathway.accepts, m, traits, met) * trust
    return happens(p, m, Purpose.ACCEPTS, pathway.key, occasion(m, progress, pathway), probability)


@rule
def is_offered_extra(s: State, p: Parameters, i: int, offer: Row, offered: Row, j: int) -> bool:
    """Whether an offer is made under the style of the service; ethos extends that of a target group to others (M9)."""
    if (
        not offer.extra
        or p.derived.style == Style.SAME_FOR_ALL
        or is_to_have_more(s.known_data[i], p, s.counts[0].today)
    ):
        return True
    shared = p.derived.style == Style.BY_TARGET
    return shared and happens(p, s.mothers[i], Purpose.TARGET_OFFER, offered.key, 0, s.supporters[j].ethos)


@rule
def why_not_taken_up(s: State, p: Parameters, i: int, offer: Row, j: int, age: int) -> int:
    """Why an offer is not made to her, or not accepted; ethos extends offers beyond the target group (M9)."""
    m, known = s.mothers[i], s.known_data[i]
    progress, offered = s.progress[i, offer.pathway], p.pathways[offer.pathway]
    progress.eligible = 1  # offers come with support, so she is pregnant or breastfeeds
    today = m.birth_day + age
    if offered.is_plan and has_other_plan(m, offer.pathway):
        return record_loss(progress, Gate.KNOWN, Reason.HAS_PLAN)
    reason = is_passed_over(known, p, offered, today)
    if reason != Reason.NONE:
        return record_passed_over(progress, reason)
    if not matches(known, p, offer.audience, today) or not is_offered_extra(s, p, i, offer, offered, j):
        return record_loss(progress, Gate.KNOWN, Reason.NOT_IN_AUDIENCE)
    # Social distance affects offers for later, such as a home visit (M16), and not a first conversation (M41).
    if not accepts(m, p, progress, offered, barriers(m, offered, offered.band, age), trust_in(m, s.supporters[j], p)):
        return record_loss(progress, Gate.CONNECTED, Reason.DECLINED)
    return Reason.NONE.value


@rule
def make_offers(s: State, p: Parameters, i: int, pathway: Row, j: int, age: int) -> None:
    """Offer the pathways that may follow this one."""
    m = s.mothers[i]
    for o in range(pathway.offers.start, pathway.offers.stop):
        k = p.offers[o].pathway
        if k < 0 or s.progress[i, k].state != Stage.CLOSED or not p.pathways[k].active:
            continue
        reason = why_not_taken_up(s, p, i, p.offers[o], j, age)
        log_event(s, i, Event.OFFERED, k, reason == Reason.NONE, reason)
        if reason == Reason.NONE:
            accept_offer(s, p, i, k, age)
            name_supporter(m, p.pathways[k], True, j)
            arrange_visit(s, p, i, k)
            m.next_event = min(m.next_event, s.progress[i, k].due)


@rule
def arrange_visit(s: State, p: Parameters, i: int, k: int) -> None:
    """A visit that is due next is arranged with her during a contact, and needs her address."""
    if s.progress[i, k].state == Stage.CONTINUING and step_of(s, p, i, k).channel == Channel.HOME_VISIT:
        learn_from_her(s, i, 1 << Item.ADDRESS, Event.ITEM_IN_CONTACT, k)


@rule
def support_her(s: State, p: Parameters, i: int, k: int, j: int, day: int, step: Row, common_language: bool) -> bool:
    """A contact with a mother who accepted: support, questions and offers; true if it resolves a problem."""
    m = s.mothers[i]
    progress = s.progress[i, k]
    pathway = p.pathways[k]
    age = day - m.birth_day
    if progress.step == 0:
        record_gate(progress, Gate.ACCEPTED)
    resolved = False
    supporter = s.supporters[j]
    m.supporters += not has_supported(s, i, j)
    suits = match_to_circumstances(supporter, m, p)
    if age < 0:
        prompt_to_start(m, p, step.channel, suits, common_language)
    else:
        m.first_contact_age = min(m.first_contact_age, age)
        m.supports += 1
        m.supports_in_difficulty += m.problem == Problem.UNRESOLVED
        resolved = give_support(m, p, step.channel, pathway.initiative, suits, common_language, age)
        help_widely(s, p, i, step.channel)
    learn_from(supporter, m, step.channel, p)
    if not m.supported:
        m.supported = 1
        tell_friends(s, i, p, day)
    if age < p.support.late_start_age:
        record_gate(progress, Gate.SUPPORTED_IN_TIME)
    else:
        record_gate(progress, Gate.SUPPORTED)
        record_loss(progress, Gate.SUPPORTED, Reason.TOO_LATE)
    ask(s, p, i, k, pathway.asks, age)
    make_offers(s, p, i, pathway, j, age)
    reopen_on_news(s, p, i, age)
    return resolved


@rule
def stays_on(m: Row, p: Parameters, progress: Row, pathway: Row, j: int, band: int, age: int) -> bool:
    """Whether she goes on to the next step; less often where her named supporter handed her on to another (M31).

    Shares of those who go on are of mothers who have met a supporter.
    """
    handed_on = p.derived.handed_on if pathway.is_plan and j != m.named else 0.0
    probability = gate_probability(p, pathway.stays, m, barriers(m, pathway, band, age), handed_on)
    ordinal = progress.step + MOST_STEPS * occasion(m, progress, pathway)
    return happens(p, m, Purpose.STAYS, pathway.key, ordinal, probability)


@rule
def met_by(m: Row, pathway: Row, band: int, supporter: Row, age: int) -> int:
    """Her traits as barriers to this supporter at that time of day: a shared language removes one."""
    traits = barriers(m, pathway, band, age)
    if (supporter.languages >> m.language) & 1 == 1:
        traits &= ~(1 << Trait.LIMITED_ENGLISH)
    return traits


@rule
def note_contact(s: State, p: Parameters, i: int, k: int, j: int, age: int) -> None:
    """Record that an attempt has connected, and that she now knows of the service."""
    m = s.mothers[i]
    progress = s.progress[i, k]
    m.contacts += 1
    hear(s, p, i, age, Heard.CONTACT)
    record_gate(progress, Gate.CONNECTED)
    name_supporter(m, p.pathways[k], progress.step == 0, j)
    learn_from_her(s, i, SEEN_AT_ONCE, Event.ITEM_IN_CONTACT, k)


@rule
def note_reach(m: Row, age: int) -> None:
    """Record a contact that she did not decline, in pregnancy or after the birth."""
    if age < 0:
        m.contact_in_pregnancy = 1
    else:
        m.reached_age = min(m.reached_age, age)


@rule
def has_supported(s: State, i: int, j: int) -> bool:
    """Whether a supporter has given her support before."""
    row = s.mothers[i].last_support
    while row >= 0:
        if s.contacts[row].supporter == j:
            return True
        row = s.contacts[row].support_before
    return False


@rule
def attempt(s: State, p: Parameters, request: Row, j: int, place: int, day: int) -> None:
    """One attempt by a supporter to reach a mother, at a session or from the queue."""
    i, k = request.mother, request.pathway
    m = s.mothers[i]
    progress = s.progress[i, k]
    pathway = p.pathways[k]
    step = step_of(s, p, i, k)
    age = day - m.birth_day
    band = request.band
    traits = met_by(m, pathway, band, s.supporters[j], age)
    difficulty = m.difficulty
    resolved = False
    outcome = Outcome.NO_ANSWER.value
    record_gate(progress, Gate.ATTEMPTED)
    m.attempts += 1
    progress.attempts += 1
    progress.tries += 1
    barrier = barrier_to(m, p, pathway, progress, step.channel, traits, age)
    log_event(s, i, Event.ATTEMPTED, k, s.counts[0].contacts, barrier)
    if barrier == Reason.NONE:
        note_contact(s, p, i, k, j, age)
        # A pathway that another one offers has been accepted there.
        asked_now = progress.step == 0 and not pathway.by_pathway
        if age >= 0 and not is_breastfeeding(m):
            outcome = Outcome.ALREADY_STOPPED.value
            learn_from_her(s, i, 1 << Item.FEEDING, Event.ITEM_IN_CONTACT, k)
        elif asked_now and not accepts(m, p, progress, pathway, traits, 1.0):
            outcome = Outcome.DECLINED.value  # how she feeds may come up, but no other data
            learn_from_her(s, i, pathway.learns & (1 << Item.FEEDING), Event.ITEM_IN_CONTACT, k)
        else:
            outcome = Outcome.SUPPORTED.value
            learn_from_her(s, i, pathway.learns, Event.ITEM_IN_CONTACT, k)
            resolved = support_her(s, p, i, k, j, day, step, not has(traits, Trait.LIMITED_ENGLISH))
        if outcome != Outcome.DECLINED:
            note_reach(m, age)
    minutes = minutes_of(m, p, step, outcome == Outcome.SUPPORTED)
    spend_on_contact(s, j, place, band, i, minutes, day)
    write_contact(s, request, j, day, step, minutes, outcome, difficulty, resolved)
    go_on(s, p, i, k, j, band, age, outcome, barrier)
    close_request(s, request, day, outcome)


@rule
def tries_again(m: Row, known: Row, p: Parameters, progress: Row, pathway: Row, today: int) -> bool:
    """Whether a further attempt follows; ethos makes extra attempts for the target group less likely (M5, M9)."""
    if progress.attempts < pathway.attempts.most:
        return True
    if progress.attempts >= pathway.attempts.most + pathway.attempts.extra or not is_to_have_more(known, p, today):
        return False
    # Once for all further attempts of a step: ethos must not compound from one to the next.
    follows = 1.0 - p.derived.team_ethos if p.derived.style == Style.BY_TARGET else 1.0
    return happens(p, m, Purpose.TARGET_ATTEMPT, pathway.key, progress.step, follows)


@rule
def go_on(s: State, p: Parameters, i: int, k: int, j: int, band: int, age: int, outcome: int, barrier: int) -> None:
    """What follows an attempt in its pathway; `barrier` is the reason why it did not connect."""
    m = s.mothers[i]
    progress = s.progress[i, k]
    pathway = p.pathways[k]
    if outcome == Outcome.SUPPORTED and pathway.is_plan and has_other_plan(m, k):
        end_pathway(s, p, i, k, age, Reason.HAS_PLAN)  # she came or was referred; what was agreed before goes on
    elif outcome == Outcome.SUPPORTED:
        if stays_on(m, p, progress, pathway, j, band, age):
            next_step(s, p, i, k, age)
            arrange_visit(s, p, i, k)
        else:
            end_pathway(s, p, i, k, age, Reason.NONE)
    elif outcome == Outcome.ALREADY_STOPPED:
        end_pathway(s, p, i, k, age, Reason.ALREADY_STOPPED)
    elif outcome == Outcome.DECLINED:
        end_pathway(s, p, i, k, age, Reason.DECLINED)
    elif tries_again(m, s.known_data[i], p, progress, pathway, s.counts[0].today):
        progress.state = Stage.CONTINUING
        progress.due = session_from(m, pathway, age + pathway.attempts.days_between)
        log_event(s, i, Event.STEP_DUE, k, progress.step, progress.due)
    elif has_begun(progress, pathway):
        record_loss_at_current_gate(progress, barrier)
        next_step(s, p, i, k, age)
    else:
        end_pathway(s, p, i, k, age, barrier)
