"""Audiences that rest on what nobody tells the service in time.

A service chooses by what it knows. A pathway for mothers under 20 where ages are not passed on is a pathway for those
few who have told theirs: a rule about data then decides what looks like a rule about mothers.
"""

from collections.abc import Iterator

from bpssim.scenario.data_sharing import Feed
from bpssim.scenario.pathways import Pathway
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import BOOKING_AGE, Initiative, Item, Source


def unknown_audiences(scenario: Scenario) -> Iterator[str]:
    """A sentence for each running pathway whose audience needs an item that no feed gives by then."""
    feeds = scenario.data_sharing.all_feeds().values()
    for name, pathway in scenario.active_pathways().items():
        for item in _judged_by(pathway):
            if not _asks_there(pathway, item) and not any(_tells(feed, item, pathway) for feed in feeds):
                yield _caution(scenario, name, item)


def _judged_by(pathway: Pathway) -> list[Item]:
    """Items of the audience; how she feeds is seen or told with a discharge, and no restriction to some mothers."""
    found = {condition.item for group in pathway.audience.any_of for condition in group}
    return sorted(found - {Item.FEEDING})


def _items_that_tell(item: Item) -> set[Item]:
    return {Item.QUINTILE, Item.POSTCODE} if item is Item.QUINTILE else {item}


def _asks_there(pathway: Pathway, item: Item) -> bool:
    """Whether she is asked, or somebody who refers her tells, before it is judged for whom it is."""
    told = [*pathway.asks_first, *(pathway.learns if pathway.initiative is Initiative.PROFESSIONAL else [])]
    return not _items_that_tell(item).isdisjoint(told)


def _tells(feed: Feed, item: Item, pathway: Pathway) -> bool:
    """Whether a feed can have told an item while the pathway is open."""
    if _items_that_tell(item).isdisjoint(feed.items):
        return False
    sent = BOOKING_AGE if feed.source is Source.BOOKING else 0
    return sent + feed.delay <= _last_age(pathway)


def _last_age(pathway: Pathway) -> int:
    """Baby age after which what is told comes too late; what a hospital sends at discharge is too late for a stay."""
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
    told = f"mothers who told it at {', '.join(askers)}" if askers else "nobody, since nobody asks for it either"
    return (
        f"pathway {scenario.named(name)}: its audience is judged by {item.word}, and no feed of data_sharing tells "
        f"{item.word} by then; it can be for {told}"
    )
