"""Decisions taken in a run, over all replicates."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from statistics import median
from typing import NamedTuple

from bpssim.outcomes.decisions import REVIEW, DecisionRow
from bpssim.report.periods import month_of


class KindOfDecision(NamedTuple):
    """One kind of decision: number of runs with it, median month, and commonest reason."""

    what: str
    runs: int
    month: int
    why: str


def kinds_of_decisions(decisions: Iterable[DecisionRow], titles: Mapping[str, str]) -> list[KindOfDecision]:
    """Decisions of a run in order of first occurrence, without reviews that changed nothing."""
    found: dict[str, list[DecisionRow]] = defaultdict(list)
    for decision in decisions:
        if decision.what != REVIEW:
            found[decision.what].append(decision)
    return [
        KindOfDecision(
            titled(what, titles),
            len({each.replicate for each in same}),
            month_of(median(each.day for each in same)),
            Counter(each.why for each in same).most_common(1)[0][0],
        )
        for what, same in found.items()
    ]


def titled(what: str, titles: Mapping[str, str]) -> str:
    """A decision with the titles of its pathways."""
    return re.sub(r"\w+", lambda name: f'"{titles[name[0]]}"' if name[0] in titles else name[0].replace("_", " "), what)
