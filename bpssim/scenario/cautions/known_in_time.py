"""Audiences that depend on data the service does not get in time.

A service chooses by what it knows. Where ages are not passed on, a pathway for mothers under 20 serves only the few who
gave their age: a data-sharing rule then decides what looks like a rule about mothers.
"""

from collections.abc import Iterator

from bpssim.scenario.data_sharing import Feed
from bpssim.scenario.pathways import Pathway
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import BOOKING_AGE, Initiative, Item, Source


def unknown_audiences(scenario: Scenario) -> Iterator[str]:
    """Sentences about running pathways whose audience needs an item that no feed provides in time."""
    feeds = scenario.data_sharing.all_feeds().values()
    for name, pathway in scenario.active_pathways().items():
        for item in _judged_by(pathway):
            if not _asks_there(pathway, item) and not any(_tells(feed, item, pathway) for feed in feeds):
                yield _caution(scenario, name, item)


def unknown_births(scenario: Scenario) -> Iterator[str]:
    """Sentences about running pathways that need a date which no feed tells."""
    told = {item for feed in scenario.data_sharing.all_feeds().values() for item in feed.items}
    for name, pathway in scenario.active_pathways().items():
        date = pathway.dated_by
        if date in (Item.BIRTH, Item.HOME) and told.isdisjoint({Item.HOME, date}):
            yield (
                f"pathway {scenario.named(name)}: no feed of data_sharing tells that a baby is born or at home "
                f"({date.word}), so it opens only for mothers who tell of it, or whom the service meets after the birth"
            )


def _judged_by(pathway: Pathway) -> list[Item]:
    """Items that the audience tests, except feeding, which is seen or comes with a discharge."""
    tested = (condition.item for condition in pathway.audience.conditions() if condition.known is None)
    return sorted({item for item in tested if item is not None} - {Item.FEEDING})


def _items_that_tell(item: Item) -> set[Item]:
    return {Item.QUINTILE, Item.POSTCODE} if item is Item.QUINTILE else {item}


def _asks_there(pathway: Pathway, item: Item) -> bool:
    """Whether she is asked, or a referral gives it, before eligibility is judged."""
    told = [*pathway.asks_first, *(pathway.learns if pathway.initiative is Initiative.PROFESSIONAL else [])]
    return not _items_that_tell(item).isdisjoint(told)


def _tells(feed: Feed, item: Item, pathway: Pathway) -> bool:
    """Whether a feed can provide an item while the pathway is open."""
    if _items_that_tell(item).isdisjoint(feed.items):
        return False
    sent = BOOKING_AGE if feed.source is Source.BOOKING else 0
    return sent + feed.delay <= _last_age(pathway)


def _last_age(pathway: Pathway) -> int:
    """Baby age after which data come too late; data sent at discharge are too late for a stay."""
    opens = pathway.opens
    if opens.on.kind.before_birth or opens.on.kind.is_stay:
        return min(opens.to_age, -1)
    return max(opens.at_ages) if opens.at_ages else opens.to_age


def _caution(scenario: Scenario, name: str, item: Item) -> str:
    askers = [
        scenario.named(other)
        for other, pathway in scenario.active_pathways().items()
        if other != name
        and not _items_that_tell(item).isdisjoint([*pathway.asks, *pathway.asks_first, *pathway.learns])
    ]
    told = f"mothers who gave it at {', '.join(askers)}" if askers else "nobody, since nobody asks for it either"
    return (
        f"pathway {scenario.named(name)}: its audience is judged by {item.word}, and no feed of data_sharing provides "
        f"{item.word} by then; it can be for {told}"
    )
