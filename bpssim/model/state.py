"""Entities and state variables: everything that changes during a run, one structured array for each kind of entity.

The record of an entity is declared beside the rules that own it, with a comment and unit for every field; that of a
mother is assembled in `bpssim.model.mother`. Times are whole days, minutes and clocks are 64-bit floats (so that
compiled and interpreted rules agree to the last bit), and small closed lists are the enumerations of
`bpssim.scenario.words`.

Rules name rows by one letter: `i` a mother, `k` a pathway, `f` a feed, `j` a supporter, `q` a request, `d` a place on a
duty, `n` a neighbourhood, `h` a team of professionals, `o` an offer, `t` a tie, `a` a position in a list of mothers.
The record of a mother is `m`, the state `s`, the parameters `p`.
"""

from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bpssim.model.engine.by_pointer import by_pointer
from bpssim.model.engine.compiled import IS_COMPILED
from bpssim.model.engine.uncompiled import CarefulTable

NEVER = 1_000_000
"""A baby age that is never reached."""

Row: TypeAlias = Any
"""One record: an entity as rules see it."""

Table: TypeAlias = "np.recarray[Any, np.dtype[np.void]]"


@by_pointer
class State(NamedTuple):
    """Everything that changes during a run; arrays have one row for each entity, in any order."""

    mothers: Table  # `mother.MOTHER`
    true_data: Table  # `knowledge.PERSONAL_DATA` (mothers,): what a record or she herself would disclose
    known_data: Table  # `knowledge.PERSONAL_DATA` (mothers,): what the service holds about her
    feed_states: Table  # `knowledge.FEED_STATE` (mothers, feeds)
    progress: Table  # `pathway.PROGRESS` (mothers, pathways)
    requests: Table  # `queue.REQUEST`; the first counts.requests rows are waiting
    contacts: Table  # `contact.CONTACT`; the first counts.contacts rows are filled
    events: Table  # `event_log.EVENT`; the first counts.events rows are filled
    decisions: Table  # `decision_log.DECISION`; the first counts.decisions rows are filled
    reported: Table  # `review.COUNT_STATE`, one row for each count of the review
    policies: Table  # `review.POLICY_STATE`, one row for each policy of the review
    trials: Table  # `review.TRIAL` (policies, pathways)
    management: Table  # `calendar.MANAGEMENT`, one row
    supporters: Table  # `team.SUPPORTER`
    duty_places: Table  # `team.DUTY_PLACE`
    searches: Table  # `team.SEARCH` (steps of all pathways, bands)
    health_teams: Table  # `professionals.HEALTH_TEAM`
    neighbourhoods: Table  # `community.NEIGHBOURHOOD`
    ties: Table  # `community.TIES` (mothers,)
    days: Table  # `day.DAY`, one row for each day of the run
    counts: Table  # `day.COUNTS`, one row
    walk: Table  # `day.WALK` (mothers,)


def empty(dtype: np.dtype[Any], *shape: int) -> Table:
    """Records of zeros, whose fields can be read as attributes, compiled or not."""
    return np.zeros(shape, dtype).view(np.recarray if IS_COMPILED else CarefulTable)


def copied(table: Table, rows: int = 0) -> Table:
    """A copy of a table, with rows of zeros added up to a number of rows.

    It is made byte by byte, because NumPy copies records field by field, which takes ten times as long.
    """
    copy = empty(table.dtype, max(rows, len(table)), *table.shape[1:])
    _bytes(copy)[: table.nbytes] = _bytes(table)
    return copy


def _bytes(table: Table) -> NDArray[np.uint8]:
    return table.view(np.ndarray).reshape(-1).view(np.uint8)
