"""What the service came to know about her, from which feed or by which contact, and where a feed did not carry her."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from bpssim.model.state import NEVER
from bpssim.scenario.data_sharing import Feed
from bpssim.scenario.pathways import Pathway
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import BOOKING_AGE, Initiative, Item, LegalBasis, Outcome, Reason, Source, Trait
from bpssim.studies.story.life import has
from bpssim.studies.story.moments import DataArrived, DataNotSent, Held, How, Learned, Moment, NotSent
from bpssim.studies.story.seen import Day


def from_feeds(day: Day, scenario: Scenario, active: Sequence[bool]) -> Iterator[Moment]:
    """Records that arrived today, and those that were not sent.

    Parameters
    ----------
    day
        One day of one mother.
    scenario
        What was run.
    active
        Whether each feed runs today.
    """
    for number, (name, feed) in enumerate(scenario.all_feeds().items()):
        before, after = day.before.feeds[number], day.after.feeds[number]
        arrived = after.sent == 1 and after.due == NEVER
        if arrived and not (before.sent == 1 and before.due == NEVER):
            yield _arrived(day, name, feed)
        elif active[number] and after.sent == 0 and _sees_her(day, feed):
            yield DataNotSent(day.age, name, feed.source, _why_not_sent(day, feed), feed.basis is LegalBasis.OPT_IN)


def from_people(day: Day, pathways: dict[str, Pathway], records: Iterable[Moment]) -> Iterator[Moment]:
    """What became known today by referrals and contacts, or was asked for and not given.

    Parameters
    ----------
    day
        One day of one mother.
    pathways
        Those that may run.
    records
        What `from_feeds` yielded for the day.
    """
    new = {item for item in Item if day.before.held[item] != day.after.held[item]}
    for record in records:
        if isinstance(record, DataArrived):
            _taken(new, record.items)
    named = list(pathways.items())
    for number in day.stirred:
        yield from _from_people(day, number, *named[number], new)


def all_held(day: Day) -> Iterator[Moment]:
    """All that the service holds, on a day on which that changed."""
    if not np.array_equal(day.before.held, day.after.held):
        yield Held(day.age, day.after.holds())


def _from_people(day: Day, number: int, name: str, pathway: Pathway, new: set[Item]) -> Iterator[Moment]:
    """What became known by a referral, by asking, or by a contact; it is taken out of what is new."""
    before, after = day.before.progress[number], day.after.progress[number]
    judged = day.created(number) or after.reason in (Reason.NO_DATA, Reason.NOT_IN_AUDIENCE)
    met = after.occasions > before.occasions and judged
    if met and pathway.initiative is Initiative.PROFESSIONAL and (said := _taken(new, pathway.learns)):
        yield Learned(day.age, name, How.REFERRAL, said)
    if met and pathway.asks_first:
        yield from _asked(day, name, pathway.asks_first, new)
    contact = day.attempts.get(number)
    if contact is None or contact.outcome == Outcome.NO_ANSWER:
        return
    if shown := _taken(new, {*pathway.learns, Item.FEEDING}):
        yield Learned(day.age, name, How.CONTACT, shown)
    if contact.outcome == Outcome.SUPPORTED:
        yield from _asked(day, name, pathway.asks, new)


def _asked(day: Day, name: str, asks: Iterable[Item], new: set[Item]) -> Iterator[Moment]:
    given = _taken(new, asks)
    not_given = tuple(item for item in asks if day.after.held[item] < 0)
    if given or not_given:
        yield Learned(day.age, name, How.ASKED, given, not_given)


def _taken(new: set[Item], items: Iterable[Item]) -> tuple[Item, ...]:
    """Those of the new items that a source gave, with the quintile that is looked up from a postcode; no longer new."""
    looked_up = {Item.QUINTILE} if Item.POSTCODE in new.intersection(items) else set()
    taken = new & {*items, *looked_up}
    new -= taken
    return tuple(sorted(taken))


def _sees_her(day: Day, feed: Feed) -> bool:
    """Whether this is the day on which the source of a feed would send her record."""
    mother = day.after.mother
    if feed.source is Source.BOOKING:
        return day.age == BOOKING_AGE
    if feed.source is Source.NEONATAL_UNIT and not has(mother, Trait.NEONATAL):
        return False
    return day.age == int(mother.discharge_age)


def _arrived(day: Day, name: str, feed: Feed) -> DataArrived:
    held = day.after.holds()
    items = tuple(item for item in Item if item in feed.items and item in held)
    missing = tuple(item for item in Item if item in feed.items and item not in held)
    return DataArrived(day.age, name, feed.source, items, missing, tuple(_wrong(day, items)))


def _wrong(day: Day, items: Iterable[Item]) -> Iterator[Item]:
    mother = day.after.mother
    for item in items:
        is_wrong_number = item is Item.PHONE and has(mother, Trait.WRONG_NUMBER)
        is_wrong_flag = item is Item.QUINTILE and int(day.records[item]) != int(mother.quintile)
        is_unplaced = item is Item.POSTCODE and int(day.records[item]) == 0
        if is_wrong_number or is_wrong_flag or is_unplaced:
            yield item


def _why_not_sent(day: Day, feed: Feed) -> NotSent:
    if feed.breastfeeding_only and not day.breastfed:
        return NotSent.NOT_BREASTFEEDING
    if feed.basis is LegalBasis.PUBLIC_TASK:
        return NotSent.COVERAGE
    return NotSent.CHOICE if feed.coverage == 1.0 else NotSent.CHOICE_OR_COVERAGE
