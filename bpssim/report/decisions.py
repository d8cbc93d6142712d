"""What was decided in a run, over all its replicates."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from statistics import median
from typing import NamedTuple

from bpssim.outcomes.events import REVIEW, EventRow
from bpssim.report.periods import month_of


class Decision(NamedTuple):
    """One kind of decision: in how many runs it was taken, in which month at the median, and most often why."""

    what: str
    runs: int
    month: int
    why: str


def decisions(events: Iterable[EventRow], titles: Mapping[str, str]) -> list[Decision]:
    """What was decided, in the order in which it first happened; reviews that changed nothing are left out.

    Parameters
    ----------
    events
        Rows of a run.
    titles
        What people call each pathway, by its name.
    """
    found: dict[str, list[EventRow]] = defaultdict(list)
    for event in events:
        if event.what != REVIEW:
            found[event.what].append(event)
    return [
        Decision(
            titled(what, titles),
            len({event.replicate for event in same}),
            month_of(median(event.day for event in same)),
            Counter(event.why for event in same).most_common(1)[0][0],
        )
        for what, same in found.items()
    ]


def titled(what: str, titles: Mapping[str, str]) -> str:
    """What was decided, with pathways called as people call them."""
    return re.sub(r"\w+", lambda name: f'"{titles[name[0]]}"' if name[0] in titles else name[0].replace("_", " "), what)
