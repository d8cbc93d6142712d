"""Whether a change affects only the order of work: who comes first when not everyone can be served."""

from collections.abc import Sequence
from fnmatch import fnmatch

from bpssim.scenario.cautions.unread.uses import Uses
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import Item
from bpssim.studies.comparison.changes import InputChange

_ORDER = ("pathways.*.priority", "team.responder_weight", "review.count_weight", "objectives.*_weight")
_TARGET = ("objectives.target", "team.supporters.*.ethos")
"""Inputs that change the order of work, unless the target group has privileges beyond the queue."""


def orders_work_only(base: Scenario, alternative: Scenario, changes: Sequence[InputChange]) -> bool:
    """Whether every change that anything reads decides only who comes first.

    Parameters
    ----------
    base, alternative
        Scenarios that are compared.
    changes
        From `bpssim.studies.comparison.changes.changed_inputs`.
    """
    both = (Uses(base), Uses(alternative))
    paths = [change.path for change in changes if not change.unread]
    return bool(paths) and all(_orders(path, both) for path in paths)


def _orders(path: str, both: tuple[Uses, Uses]) -> bool:
    if any(fnmatch(path, pattern) for pattern in _ORDER):
        return True
    if any(uses.keeps_more_for_target for uses in both):
        return False
    if any(fnmatch(path, pattern) for pattern in _TARGET):
        return True
    return path.startswith("data_sharing.") and _identifies_target_only(both)


def _identifies_target_only(both: tuple[Uses, Uses]) -> bool:
    """Whether feeds differ only in items, and only in items that nothing but the target group depends on."""
    ours, theirs = (dict(uses.scenario.all_feeds()) for uses in both)
    items = [{item for feed in feeds.values() for item in feed.items} for feeds in (ours, theirs)]
    differing = items[0] ^ items[1]
    first, second = (
        {name: feed.model_copy(update={"items": []}) for name, feed in feeds.items()} for feeds in (ours, theirs)
    )
    alike = all(first[name] == second[name] for name in first.keys() & second.keys())
    return bool(differing) and alike and not any(_is_used(item, uses) for item in differing for uses in both)


def _is_used(item: Item, uses: Uses) -> bool:
    """Whether an item decides anything besides membership of the target group."""
    looked_up = {item, Item.QUINTILE} if item is Item.POSTCODE else {item}
    return not looked_up.isdisjoint(uses.items_beyond_target)
