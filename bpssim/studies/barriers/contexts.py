"""Whom the pathways of a service assume, as rows for the sheet on a change of service."""

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.scenario.scenario import Scenario
from bpssim.statistics.groups import ALL, GROUPS
from bpssim.studies.context_check.check import check_contexts
from bpssim.studies.context_check.result import Counted, PathwayContext

CAN_BEGIN = "can_begin"
"""Stands among assumptions for meeting all without which a pathway does not begin."""
SUPPORTED = "supported"
"""Stands there for being supported by it."""


class ContextRow(NamedTuple):
    """One assumption of one pathway in one quintile (`contexts.csv`)."""

    pathway: str
    looked_at: bool  # whether the sheet on a change of service is about this pathway
    runs: bool  # whether the service runs it; if not, it was counted as if it did
    assumption: str  # id; can_begin for mothers who meet all without which it does not begin; supported
    words: str  # completes "it assumes that she ..."
    influences: str  # names in the catalogue that it belongs to, with spaces between them
    odds: float  # of going on where it is not met, relative to where it is; undefined where it cannot begin then
    quintile: str
    of_100: float  # of 100 births, mothers who do not meet it; for can_begin and supported, those who are so
    lower: float
    upper: float
    a_year: float  # the same, mothers a year
    lost: float  # of these, mothers a year whom it keeps from going on; undefined for can_begin and supported


def context_rows(scenario: Scenario, planned: str, workers: int) -> list[ContextRow]:
    """Assumptions of every pathway that runs, and of one that is planned.

    Parameters
    ----------
    scenario
        The service.
    planned
        Name of a pathway; without one, the first that a policy may open, or else of those that open by themselves the
        one that can begin for fewest mothers of quintile 1 relative to quintile 5.
    workers
        Number of threads.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If there is no such pathway.
    """
    contexts = list(check_contexts(scenario, workers=workers).pathways)
    if planned and planned not in scenario.active_pathways():
        contexts += check_contexts(scenario, planned, workers=workers).pathways
    chosen = planned or _chosen(scenario, contexts)
    return [row for context in contexts for row in _rows(context, context.name == chosen)]


def _chosen(scenario: Scenario, contexts: list[PathwayContext]) -> str:
    later = [name for name in scenario.review.may_open() if not scenario.pathways[name].active]
    for context in contexts:
        if context.name in later:
            return context.name
    own = [each for each in contexts if not scenario.pathways[each.name].opens.on.kind.by_pathway]
    return min(own, key=_evenness).name if own else ""


def _evenness(context: PathwayContext) -> float:
    """For how many of quintile 1 it can begin, for each of quintile 5."""
    shares = context.can_begin.shares.mean
    return float(shares[0] / shares[ALL - 1]) if shares[ALL - 1] > 0.0 else math.inf


def _rows(context: PathwayContext, looked_at: bool) -> Iterator[ContextRow]:
    about = (context.name, looked_at, context.runs)
    for each in context.assumptions:
        odds = min((effect.odds for effect in each.assumed.effects), default=math.nan)
        owners = " ".join(owner.name for owner in each.owners)
        yield from _by_quintile((*about, each.assumed.id, each.assumed.words, owners, odds), each.unmet, each.lost())
    nobody = np.full(len(GROUPS), np.nan)
    yield from _by_quintile((*about, CAN_BEGIN, "", "", math.nan), context.can_begin, nobody)
    yield from _by_quintile((*about, SUPPORTED, "", "", math.nan), context.supported, nobody)


def _by_quintile(
    what: tuple[str, bool, bool, str, str, str, float], counted: Counted, lost: NDArray[np.float64]
) -> Iterator[ContextRow]:
    for group, quintile in enumerate(GROUPS):
        mean, lower, upper = (100.0 * float(part[group]) for part in counted.shares[:3])
        yield ContextRow(*what, quintile, mean, lower, upper, float(counted.a_year.mean[group]), float(lost[group]))
