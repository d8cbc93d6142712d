"""The team's day: fixed duties first, then the queue of work by priority, within the minutes there are.

State: `SUPPORTER`, `REQUEST`, `CONTACT`. Parameters: `scenario.team`. Evidence: C5-C12 (minutes and capacity), M8,
M9 (ethos), M16 (social distance), M18, M41 (proactive contact is accepted), P4 (several attempts).
"""

from bpssim.model.access import (
    accept_offer,
    answers,
    barriers,
    chance,
    end_pathway,
    happens,
    lose,
    lose_here,
    next_step,
    opens_again,
    opens_at,
    pass_gate,
)
from bpssim.model.compiled import inlined, rule
from bpssim.model.feeding import has, is_breastfeeding
from bpssim.model.knowledge import ITEMS, is_target, learn, matches
from bpssim.model.layout import Rules
from bpssim.model.records import NEVER, Row, Stage, World
from bpssim.model.streams import Purpose
from bpssim.model.support import give_support
from bpssim.scenario.words import Channel, Feeding, Gate, Initiative, Item, Outcome, Reason, Trait, Trigger

DONE = -1
"""Marks a piece of work that has ended."""


@rule
def start_day(w: World, day: int) -> None:
    """Give every supporter today's minutes."""
    total = 0.0
    for s in range(w.supporters.shape[0]):
        supporter = w.supporters[s]
        supporter.left = supporter.minutes_by_weekday[day % 7]
        supporter.available += supporter.left
        total += supporter.left
    w.days[day].minutes_available = total


@rule
def staff_duties(w: World, r: Rules, day: int) -> None:
    """Fixed duties come first: they take their minutes from supporters who take turns by the week."""
    for k in range(w.shifts.shape[0]):
        shift = w.shifts[k]
        duty = r.duties[shift.duty]
        shift.supporter = -1
        shift.left = 0.0
        if (duty.weekdays >> (day % 7)) & 1 == 1:
            week = (day - r.inputs[0].lead) // 7
            shift.supporter = duty.first + (week * duty.on_duty + shift.turn + shift.duty) % duty.count
            supporter = w.supporters[shift.supporter]
            shift.left = min(duty.minutes, supporter.left)
            supporter.left -= shift.left
            supporter.duty += shift.left
            w.days[day].minutes_duty += shift.left


@rule
def minutes_of(m: Row, step: Row, supported: bool) -> float:
    """Minutes of one attempt, with travel to where she lives."""
    travel = step.travel[1 if has(m.traits, Trait.RURAL) else 0]
    return travel + (step.minutes if supported else step.failed)


@inlined
def step_of(w: World, r: Rules, i: int, p: int) -> Row:
    """The step that is due for a mother in a pathway."""
    return r.steps[r.pathways[p].steps_start + w.progress[i, p].step]


@rule
def longest_minutes(m: Row, step: Row) -> float:
    """Minutes that must be free before an attempt is begun."""
    return max(minutes_of(m, step, True), minutes_of(m, step, False))


@rule
def can_do(supporter: Row, channel: int, minutes: float, unlimited: bool) -> bool:
    """Whether a supporter gives this kind of contact and has the time for it."""
    return (supporter.channels >> channel) & 1 == 1 and (unlimited or supporter.left >= minutes)


@rule
def choose_shift(w: World, duty: int, minutes: float, unlimited: bool) -> int:
    """Who on a fixed duty has the time for a mother who is there; -1 if nobody has."""
    for k in range(w.shifts.shape[0]):
        shift = w.shifts[k]
        if shift.duty == duty and shift.supporter >= 0 and (unlimited or shift.left >= minutes):
            return k
    return -1


@inlined
def choose_supporter(w: World, r: Rules, request: Row, minutes: float, unlimited: bool) -> int:
    """Who takes a piece of work from the queue; -1 if nobody can today.

    The same supporter where the pathway asks for it, else one who is known to share the mother's language, else
    anyone; the search starts at a keyed place so that work spreads evenly.
    """
    i, p = request.mother, request.pathway
    step = step_of(w, r, i, p)
    own = w.progress[i, p].supporter
    if r.pathways[p].same_supporter and own >= 0:
        return own if can_do(w.supporters[own], step.channel, minutes, unlimited) else -1
    language = w.views[i].value[Item.LANGUAGE]
    # Steps of an odd length visit every place of a circle whose size is a power of two, in an order of its own for
    # each piece of work, so that work spreads evenly over those who can do it.
    team = w.supporters.shape[0]
    circle = 1
    while circle < team:
        circle *= 2
    stride = 2 * (request.tie >> 16) + 1
    chosen = -1
    for k in range(circle):
        s = (request.tie + k * stride) & (circle - 1)
        if s < team and can_do(w.supporters[s], step.channel, minutes, unlimited):
            if language <= 0 or (w.supporters[s].languages >> language) & 1 == 1:
                return s
            if chosen < 0:
                chosen = s
    return chosen


@inlined
def spend(w: World, s: int, shift: int, i: int, minutes: float, day: int) -> None:
    """Book minutes of contact on a supporter, at a duty or from the queue, and on a mother."""
    supporter = w.supporters[s]
    supporter.worked += minutes
    w.mothers[i].minutes += minutes
    if shift >= 0:
        w.shifts[shift].left -= minutes
    else:
        supporter.left -= minutes
        supporter.queue += minutes
        w.days[day].minutes_queue += minutes


@inlined
def close_request(w: World, request: Row, day: int, outcome: int) -> None:
    """A piece of work has ended in one way."""
    w.mothers[request.mother].open_requests -= 1
    w.days[day].ended[outcome] += 1
    request.mother = DONE


@inlined
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
def reason_for_no_answer(m: Row, pathway: Row, traits: int) -> int:
    """What kept an attempt from connecting."""
    if has(m.traits, Trait.WRONG_NUMBER) and pathway.initiative == Initiative.SERVICE:
        return Reason.WRONG_NUMBER.value
    if has(traits, Trait.LIMITED_ENGLISH):
        return Reason.LANGUAGE_BARRIER.value
    return Reason.NO_ANSWER.value


@rule
def connects(m: Row, r: Rules, pathway: Row, progress: Row, channel: int, traits: int) -> bool:
    """Whether this attempt reaches her."""
    by_phone = channel == Channel.CALL or channel == Channel.TEXT
    if by_phone and pathway.initiative == Initiative.SERVICE and has(m.traits, Trait.WRONG_NUMBER):
        return False
    if pathway.duty >= 0 and progress.step == 0:
        return True  # she is there
    return answers(m, r, pathway, chance(r, pathway.connects, m, traits), progress.tries)


@rule
def trust_in(m: Row, supporter: Row, inputs: Row) -> float:
    """Acceptance relative to a supporter of her own community (M16)."""
    if has(m.traits, Trait.DEGREE):
        return 1.0
    return 1.0 - (1.0 - inputs.local_trust) * supporter.social_distance


@rule
def accepts(m: Row, r: Rules, pathway: Row, traits: int, trust: float) -> bool:
    """Whether she accepts a pathway from somebody whom she trusts so much."""
    p = chance(r, pathway.accepts, m, traits) * trust
    return happens(r.inputs[0], m, Purpose.ACCEPTS, pathway.key, 0, p)


@rule
def ask(m: Row, view: Row, record: Row, r: Rules, items: int) -> None:
    """The supporter asks for items; the mother gives each or not."""
    inputs = r.inputs[0]
    for item in range(ITEMS):
        if (items >> item) & 1 == 1 and view.value[item] < 0:
            p = chance(r, inputs.gives_data, m, m.traits)
            if happens(inputs, m, Purpose.ASKED, item, 0, p):
                learn(m, view, record, 1 << item)


@inlined
def reopen_on_news(w: World, r: Rules, i: int, age: int) -> None:
    """What was just learned may bring her into pathways that passed her over for want of it.

    Discharge and baby age open a period in which data may still arrive; a ward stay or a clinic day passes.
    """
    for p in range(w.progress.shape[1]):
        progress = w.progress[i, p]
        pathway = r.pathways[p]
        lasts = pathway.trigger == Trigger.DISCHARGE or pathway.trigger == Trigger.BABY_AGE
        passed_over = progress.reason == Reason.NO_DATA or progress.reason == Reason.NOT_IN_AUDIENCE
        if lasts and passed_over and progress.state == Stage.CLOSED and age <= pathway.to_age:
            progress.due = age
            w.mothers[i].next_event = min(w.mothers[i].next_event, age)


@inlined
def make_offers(w: World, r: Rules, i: int, pathway: Row, s: int, age: int) -> None:
    """Offer what comes next to whom it is meant for; ethos blurs offers meant for the target group (M9)."""
    m = w.mothers[i]
    inputs = r.inputs[0]
    supporter = w.supporters[s]
    for k in range(pathway.offers_start, pathway.offers_stop):
        offer = r.offers[k]
        progress = w.progress[i, offer.pathway]
        offered = r.pathways[offer.pathway]
        if progress.state != Stage.CLOSED or progress.gate >= Gate.ACCEPTED:
            continue
        progress.eligible = 1  # who is spoken with and offered more is pregnant or breastfeeds
        if not matches(w.views[i], r.conditions, offer.start, offer.stop):
            lose(progress, Gate.KNOWN, Reason.NOT_IN_AUDIENCE)
            continue
        not_for_her = offer.target_only and not is_target(w.views[i], r)
        if not_for_her and not happens(inputs, m, Purpose.TARGET_OFFER, offered.key, 0, supporter.ethos):
            lose(progress, Gate.KNOWN, Reason.NOT_IN_AUDIENCE)
            continue
        # Social distance weighs on what is offered for later, such as a visit at home (M16), not on a first talk (M41).
        if accepts(m, r, offered, barriers(m, offered, age), trust_in(m, supporter, inputs)):
            accept_offer(m, r, progress, offered, age)
            m.next_event = min(m.next_event, progress.due)
        else:
            lose(progress, Gate.CONNECTED, Reason.DECLINED)


@inlined
def support_her(w: World, r: Rules, i: int, p: int, s: int, day: int, step: Row, common_language: bool) -> bool:
    """A contact with a mother who accepted: support, questions, offers; true if a problem was resolved."""
    m = w.mothers[i]
    progress = w.progress[i, p]
    pathway = r.pathways[p]
    age = day - m.birth_day
    if progress.step == 0:
        pass_gate(progress, Gate.ACCEPTED)
    resolved = False
    if age >= 0:
        resolved = give_support(m, r.inputs[0], step.channel, pathway.initiative, common_language, age)
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
    p = chance(r, pathway.stays, m, barriers(m, pathway, age))
    return happens(r.inputs[0], m, Purpose.STAYS, pathway.key, progress.step, p)


@rule
def met_by(m: Row, view: Row, pathway: Row, supporter: Row, age: int) -> int:
    """Her traits as this supporter meets them: a shared language and a known best time remove barriers too."""
    traits = barriers(m, pathway, age)
    if (supporter.languages >> m.language) & 1 == 1:
        traits &= ~(1 << Trait.LIMITED_ENGLISH)
    if view.value[Item.BEST_TIME] > 0 and not has(m.traits, Trait.LONE):
        traits &= ~(1 << Trait.PARTNER_AWAY)
    return traits


@inlined
def note_contact(w: World, i: int, p: int, s: int, age: int, learns: int) -> None:
    """An attempt has connected: she and the service know of each other."""
    m = w.mothers[i]
    progress = w.progress[i, p]
    m.contacts += 1
    m.first_contact_age = min(m.first_contact_age, age)
    m.aware = 1
    learn(m, w.views[i], w.records[i], learns)
    pass_gate(progress, Gate.CONNECTED)
    if progress.supporter < 0:
        progress.supporter = s


@inlined
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
    connected = connects(m, r, pathway, progress, step.channel, traits)
    if connected:
        note_contact(w, i, p, s, age, pathway.learns)
        if age >= 0 and not is_breastfeeding(m):
            outcome = Outcome.ALREADY_STOPPED.value
        elif progress.gate < Gate.ACCEPTED and not accepts(m, r, pathway, traits, 1.0):
            outcome = Outcome.DECLINED.value
        else:
            outcome = Outcome.SUPPORTED.value
            resolved = support_her(w, r, i, p, s, day, step, not has(traits, Trait.LIMITED_ENGLISH))
    minutes = minutes_of(m, step, outcome == Outcome.SUPPORTED)
    spend(w, s, shift, i, minutes, day)
    write_contact(w, i, p, s, day, step, minutes, outcome, difficulty, resolved)
    go_on(w, r, i, p, age, outcome, traits)
    close_request(w, request, day, outcome)
    m.next_event = min(m.next_event, progress.due)


@rule
def tries_again(m: Row, view: Row, r: Rules, pathway: Row, attempts: int) -> bool:
    """Whether a further attempt follows; ethos shrinks those that are meant for the target group alone (M5, M9)."""
    if attempts < pathway.most_attempts:
        return True
    if attempts >= pathway.most_attempts + pathway.extra_for_target or not is_target(view, r):
        return False
    inputs = r.inputs[0]
    return happens(inputs, m, Purpose.TARGET_ATTEMPT, pathway.key, attempts, 1.0 - inputs.team_ethos)


@inlined
def go_on(w: World, r: Rules, i: int, p: int, age: int, outcome: int, traits: int) -> None:
    """What follows an attempt in its pathway."""
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
    elif tries_again(m, w.views[i], r, pathway, progress.attempts):
        progress.state = Stage.CONTINUING
        progress.due = age + pathway.days_between
    elif progress.step > 0:
        next_step(m, r, progress, pathway, age)
    else:
        end_pathway(m, r, progress, pathway, age, reason_for_no_answer(m, pathway, traits))


@rule
def work(w: World, r: Rules, day: int) -> None:
    """All work in its order: each piece by whoever can do it, as long as somebody has time."""
    unlimited = r.inputs[0].unlimited == 1
    for o in range(w.counts[0].requests):
        request = w.requests[w.requests[o].in_order]
        duty = r.pathways[request.pathway].duty
        if duty < 0 and w.views[request.mother].value[Item.FEEDING] >= Feeding.STOPPED:
            withdraw(w, r, request, day)
            continue
        minutes = longest_minutes(w.mothers[request.mother], step_of(w, r, request.mother, request.pathway))
        if duty >= 0:
            shift = choose_shift(w, duty, minutes, unlimited)
            s = w.shifts[shift].supporter if shift >= 0 else -1
        else:
            shift = -1
            s = choose_supporter(w, r, request, minutes, unlimited)
        if s >= 0:
            attempt(w, r, request, s, shift, day)


@rule
def withdraw(w: World, r: Rules, request: Row, day: int) -> None:
    """The service has learned that she stopped: the work is taken back."""
    i, p = request.mother, request.pathway
    end_pathway(w.mothers[i], r, w.progress[i, p], r.pathways[p], day - w.mothers[i].birth_day, Reason.ALREADY_STOPPED)
    close_request(w, request, day, Outcome.WITHDRAWN)


@rule
def expire(w: World, r: Rules, request: Row, day: int) -> None:
    """Work that was not done in time is dropped; the mother goes on to her next occasion."""
    i, p = request.mother, request.pathway
    m = w.mothers[i]
    progress = w.progress[i, p]
    pathway = r.pathways[p]
    age = day - m.birth_day
    lose_here(progress, Reason.NO_CAPACITY)
    if progress.step > 0:
        next_step(m, r, progress, pathway, age)
    else:
        progress.due = opens_at(m, r, pathway, age + 1)
        progress.state = Stage.CLOSED if progress.due < NEVER or opens_again(pathway) else Stage.ENDED
    m.next_event = min(m.next_event, progress.due)
    close_request(w, request, day, Outcome.EXPIRED)


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
