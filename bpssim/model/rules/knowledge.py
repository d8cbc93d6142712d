"""Knowledge: what the service holds about a mother, and how it learns it.

State: `PERSONAL_DATA`, in `true_data` (what a record or she would disclose) and `known_data` (what the service holds);
`due`, `sent` and `feeding` of `FEED_STATE`; `data_items` and `own_number` of mothers. Parameters: `p.data_sharing`,
`p.feeds` and `p.access.difficulty_current_days`. Evidence: L1-L12, M2-M5, M69, P19, R17.

Everything is an item: that the baby is born and when, that she is home, where she lives, her number, her difficulty.
Decisions of the service take a row of `known_data` (`known`), never a mother or her true data, so what is not known
cannot affect them. Days are days of the run.
"""

import numpy as np

from bpssim.model.engine.compiled import rule
from bpssim.model.engine.random import Purpose, uniform
from bpssim.model.parameters.parameters import Parameters
from bpssim.model.rules.event_log import log_event
from bpssim.model.rules.feeding import has, is_breastfeeding
from bpssim.model.state import NEVER, Row, State
from bpssim.scenario.words import (
    BOOKING_AGE,
    Band,
    Event,
    Item,
    LegalBasis,
    NotSent,
    Reason,
    Source,
    Style,
    Trait,
)

PERSONAL_DATA = np.dtype(
    [
        ("entered", "i8"),  # one bit for each pathway that she has entered; a record of the service's own [set]
        ("value", "i4", (len(Item),)),  # value of each `Item`, the day of the run for dates; -1 is unknown [see items]
        ("told", "i4"),  # day on which she spoke of a difficulty, or of having none [day of the run]
    ],
    align=True,
)
"""Items of personal data."""

FEED_STATE = np.dtype(
    [
        ("due", "i4"),  # baby age of the next step of this feed for her; NEVER if none [days]
        ("sent", "i1"),  # her record has been sent [yes or no]
        ("feeding", "i4"),  # how she fed when it was sent, a `Feeding`
    ],
    align=True,
)

MOTHER_FIELDS = [
    ("data_items", "i4"),  # items of personal data disclosed to the service [count]
    ("own_number", "i1"),  # the service has a number that she gave herself [yes or no]
]
"""Her fields of this submodel; those that the daily walk reads are in `bpssim.model.mother`."""

ITEMS = len(Item)


@rule
def best_time(m: Row) -> int:
    """When a call suits her: in the evening if her partner speaks for her in English, because he works by day (M36)."""
    answers_with_partner = has(m.traits, Trait.LIMITED_ENGLISH) and not has(m.traits, Trait.LONE)
    return Band.EVENING.value if answers_with_partner else Band.DAY.value


@rule
def write_true_data(m: Row, true: Row, p: Parameters) -> None:
    """Items as hospital or mother would disclose them, with the errors of real records; -1 if there is none."""
    seed = p.run.seed
    m.traits &= ~(1 << Trait.WRONG_NUMBER)
    if uniform(seed, m.id, Purpose.RECORD_ERROR, Item.PHONE, 0) < p.data_sharing.wrong_number:
        m.traits |= 1 << Trait.WRONG_NUMBER
    true.value[Item.NAME] = 1
    true.value[Item.PHONE] = -1 if has(m.traits, Trait.NO_MOBILE) else 1
    true.value[Item.FEEDING] = -1
    true.value[Item.AGE] = m.age_years
    unplaced = uniform(seed, m.id, Purpose.RECORD_ERROR, Item.POSTCODE, 0) < p.data_sharing.unplaced_postcode
    true.value[Item.POSTCODE] = 0 if unplaced else m.quintile
    true.value[Item.QUINTILE] = m.quintile
    if uniform(seed, m.id, Purpose.RECORD_ERROR, Item.QUINTILE, 0) < p.data_sharing.wrong_flag:
        other = 1 + int(4.0 * uniform(seed, m.id, Purpose.RECORD_ERROR, Item.QUINTILE, 1))
        true.value[Item.QUINTILE] = other + 1 if other >= m.quintile else other
    true.value[Item.LANGUAGE] = m.language if has(m.traits, Trait.LIMITED_ENGLISH) else 0
    true.value[Item.PARITY] = 0 if has(m.traits, Trait.FIRST_BIRTH) else 1
    true.value[Item.NEONATAL] = 1 if has(m.traits, Trait.NEONATAL) else 0
    true.value[Item.BEST_TIME] = best_time(m)
    true.value[Item.DUE_DATE] = m.birth_day - m.after_due_date
    true.value[Item.BIRTH] = -1
    true.value[Item.HOME] = -1
    true.value[Item.ADDRESS] = true.value[Item.POSTCODE]
    true.value[Item.DIFFICULTY] = -1


@rule
def bring_up_to_date(m: Row, true: Row, today: int) -> None:
    """What she or a record could tell today of the birth, of going home, and of a difficulty."""
    if today >= m.birth_day:
        true.value[Item.BIRTH] = m.birth_day
        true.value[Item.DIFFICULTY] = 1 + m.difficulty  # of which she speaks until it has passed, helped with it or not
    if today >= m.birth_day + m.discharge_age:
        true.value[Item.HOME] = m.birth_day + m.discharge_age


@rule
def includes(items: int, item: int) -> bool:
    """Whether a set of items includes an item."""
    return (items >> item) & 1 == 1


@rule
def hold(s: State, i: int, item: int, value: int, event: Event, source: int) -> None:
    """The service records one item from a pathway or feed; it counts as disclosed once."""
    m, known = s.mothers[i], s.known_data[i]
    is_news = known.value[item] != value
    if known.value[item] < 0:
        m.data_items += 1
    known.value[item] = value
    if is_news or event == Event.ITEM_IN_RECORD:
        log_event(s, i, event, source, item, value)


@rule
def learn(s: State, i: int, items: int, event: Event, source: int) -> None:
    """The service records items with their present values."""
    true, known = s.true_data[i], s.known_data[i]
    bring_up_to_date(s.mothers[i], true, s.counts[0].today)
    for item in range(ITEMS):
        if (items >> item) & 1 == 1 and true.value[item] >= 0:
            hold(s, i, item, true.value[item], event, source)
    if includes(items, Item.DIFFICULTY):
        known.told = s.counts[0].today
    if includes(items, Item.HOME) and true.value[Item.HOME] >= 0:
        infer(s, i, Item.BIRTH, true.value[Item.BIRTH], source)
    if includes(items, Item.ADDRESS):
        infer(s, i, Item.POSTCODE, true.value[Item.ADDRESS], source)
    if (includes(items, Item.POSTCODE) or includes(items, Item.ADDRESS)) and true.value[Item.POSTCODE] > 0:
        infer(s, i, Item.QUINTILE, true.value[Item.POSTCODE], source)  # it corrects a flag


@rule
def infer(s: State, i: int, item: int, value: int, source: int) -> None:
    """The service infers an item from another, which does not count as a further item disclosed."""
    known = s.known_data[i]
    if known.value[item] != value:
        known.value[item] = value
        log_event(s, i, Event.ITEM_LOOKED_UP, source, item, value)


@rule
def learn_from_her(s: State, i: int, items: int, event: Event, pathway: int) -> None:
    """Record items from herself, or from a professional who asked her: her phone number is right then."""
    learn(s, i, items, event, pathway)
    if (items >> Item.PHONE) & 1 == 1 and s.true_data[i].value[Item.PHONE] >= 0:
        s.mothers[i].own_number = 1


@rule
def holds(known: Row, items: int) -> bool:
    """Whether the service holds all the items."""
    for item in range(ITEMS):
        if (items >> item) & 1 == 1 and known.value[item] < 0:
            return False
    return True


@rule
def is_on_list(known: Row) -> bool:
    """Whether the service holds her name or her number."""
    return known.value[Item.NAME] >= 0 or known.value[Item.PHONE] >= 0


@rule
def disclosed_value(known: Row, true: Row, items: int, about: int, p: Parameters, today: int) -> int:
    """Value of one item for a service that is also given some `items` of her record."""
    postcode = true.value[Item.POSTCODE]
    if about == Item.QUINTILE and (includes(items, Item.POSTCODE) or includes(items, Item.ADDRESS)) and postcode > 0:
        return int(postcode)  # looked up
    if includes(items, about) and true.value[about] >= 0:
        return int(true.value[about])
    if about == Item.DIFFICULTY and today - known.told > p.access.difficulty_current_days:
        return -1  # she spoke of it too long ago to say how she is now
    return int(known.value[about])


@rule
def judge_condition(known: Row, condition: Row, value: int) -> int:
    """Whether one condition holds (1), is contradicted by what is known (0), or cannot be judged (-1)."""
    if condition.item < 0:  # about a pathway, in which nobody is if it does not run
        return 1 - ((known.entered >> condition.not_in) & 1) if condition.not_in >= 0 else 1
    if condition.known >= 0:
        return int((value >= 0) == condition.known)
    if value < 0:
        return -1
    return int(condition.at_least <= value <= condition.at_most)


@rule
def why_not_for_her(known: Row, true: Row, items: int, p: Parameters, audience: Row, today: int) -> int:
    """Why an audience excludes her, from what would be known with some `items` of her record.

    NONE if a group of conditions holds, or there are no conditions. If no known value contradicts some group, it is
    missing data that exclude her.
    """
    start, stop = audience.start, audience.stop
    if start == stop:
        return Reason.NONE.value
    reason = Reason.NOT_IN_AUDIENCE.value
    row = start
    while row < stop:
        group = p.conditions[row].group
        met = True
        contradicted = False
        while row < stop and p.conditions[row].group == group:
            condition = p.conditions[row]
            value = -1
            if condition.item >= 0:
                value = disclosed_value(known, true, items, condition.item, p, today)
            judged = judge_condition(known, condition, value)
            met = met and judged == 1
            contradicted = contradicted or judged == 0
            row += 1
        if met:
            return Reason.NONE.value
        if not contradicted:
            reason = Reason.AUDIENCE_UNKNOWN.value
    return reason


@rule
def matches(known: Row, p: Parameters, audience: Row, today: int) -> bool:
    """Whether what is known satisfies an audience: any group of conditions; no conditions means everyone."""
    return why_not_for_her(known, known, 0, p, audience, today) == Reason.NONE


@rule
def is_target(known: Row, p: Parameters, today: int) -> bool:
    """Whether she is known to belong to the target group; unknown means no."""
    return p.objectives.target.start < p.objectives.target.stop and matches(known, p, p.objectives.target, today)


@rule
def is_to_have_more(known: Row, p: Parameters, today: int) -> bool:
    """Whether she is known to be one of those to whom the service gives more, by its style."""
    if p.derived.style == Style.BY_TARGET:
        return is_target(known, p, today)
    if p.derived.style == Style.BY_NEED:
        return disclosed_value(known, known, 0, Item.DIFFICULTY, p, today) > 0
    return False


@rule
def feed_starts(m: Row, feed: Row) -> int:
    """Baby age at which the source of a feed sees her; NEVER if it does not. Booking follows the due date."""
    if feed.items == 0 or not feed.active:
        return NEVER
    if feed.source == Source.BOOKING:
        return int(BOOKING_AGE - m.after_due_date)
    if feed.source == Source.NEONATAL_UNIT and not has(m.traits, Trait.NEONATAL):
        return NEVER
    return int(m.discharge_age)


@rule
def why_not_sent(m: Row, feed: Row, p: Parameters) -> int:
    """Why her record is not sent: the mothers that the feed is about, its coverage, or her choice."""
    if feed.breastfeeding_only and not is_breastfeeding(m):
        return NotSent.NOT_BREASTFEEDING.value
    if uniform(p.run.seed, m.id, Purpose.FEED, feed.key, 0) >= feed.coverage:
        return NotSent.COVERAGE.value
    agrees = 1.0
    if feed.basis == LegalBasis.OPT_IN:
        agrees = p.data_sharing.opt_in_share[m.quintile - 1]
    elif feed.basis == LegalBasis.OPT_OUT:
        agrees = p.data_sharing.opt_out_retained[m.quintile - 1]
    if uniform(p.run.seed, m.id, Purpose.FEED, feed.key, 1) < agrees:
        return NotSent.NONE.value
    return NotSent.CHOICE.value


@rule
def arrival_age(m: Row, feed: Row, age: int) -> int:
    """Baby age at which a record sent now reaches the service."""
    arrives = age + feed.delay
    weekday = (m.birth_day + arrives) % 7
    if feed.working_days_only and weekday > 4:
        arrives += 7 - weekday
    return arrives


@rule
def advance_feed(s: State, p: Parameters, i: int, f: int, age: int) -> bool:
    """One step of a feed for one mother; true when her record reaches the service today."""
    m = s.mothers[i]
    state, feed = s.feed_states[i, f], p.feeds[f]
    if state.sent == 0:
        state.due = NEVER
        why_not = why_not_sent(m, feed, p)
        if why_not != NotSent.NONE:
            log_event(s, i, Event.RECORD_NOT_SENT, f, why_not)
            return False
        log_event(s, i, Event.RECORD_SENT, f)
        state.sent = 1
        state.feeding = s.true_data[i].value[Item.FEEDING]
        state.due = arrival_age(m, feed, age)
        if state.due > age:
            return False
    state.due = NEVER
    receive_record(s, p, i, f)
    return True


@rule
def receive_record(s: State, p: Parameters, i: int, f: int) -> None:
    """Her record reaches the service."""
    m, known, true = s.mothers[i], s.known_data[i], s.true_data[i]
    feeding = s.feed_states[i, f].feeding
    items = p.feeds[f].items
    log_event(s, i, Event.RECORD_ARRIVED, f)
    learn(s, i, items & ~(1 << Item.FEEDING), Event.ITEM_IN_RECORD, f)
    if (items >> Item.FEEDING) & 1 == 1 and feeding >= 0:
        # As it was when the record was made, unless the service knows better: feeding goes one way only.
        hold(s, i, Item.FEEDING, max(known.value[Item.FEEDING], feeding), Event.ITEM_IN_RECORD, f)
    if (items >> Item.PHONE) & 1 == 1 and true.value[Item.PHONE] > 0 and has(m.traits, Trait.WRONG_NUMBER):
        log_event(s, i, Event.ITEM_WRONG, f, Item.PHONE, true.value[Item.PHONE])
    if (items >> Item.QUINTILE) & 1 == 1 and true.value[Item.QUINTILE] != m.quintile:
        log_event(s, i, Event.ITEM_WRONG, f, Item.QUINTILE, true.value[Item.QUINTILE])
    if (items >> Item.POSTCODE) & 1 == 1 and true.value[Item.POSTCODE] == 0:
        log_event(s, i, Event.ITEM_WRONG, f, Item.POSTCODE, 0)
