"""What a service can see of its own work: its log of contacts, and what it knows of the mothers on its list.

Nothing here reads what is true of a mother and not known: these are the figures on which a service decides (M4, M54,
M55). Evidence: M4 (no denominator), M30 (losses that can be seen), M55 (counts), M56 (records that are not analysed).
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.model.decisions.apply import mark_matching
from bpssim.model.parameters.parameters import Parameters
from bpssim.model.state import Row, State, Table
from bpssim.scenario.words import QUINTILES, Feeding, Item, Outcome

WEEK = 7


class Period(NamedTuple):
    """Days from the first until before the last."""

    first: int
    last: int


def mothers_on_list(state: State, period: Period) -> NDArray[np.int64]:
    """Rows of the mothers born in a period of whom the service holds a name or a number."""
    known = state.known_data.value
    on_list = (known[:, Item.NAME] >= 0) | (known[:, Item.PHONE] >= 0)
    born = (state.mothers.birth_day >= period.first) & (state.mothers.birth_day < period.last)
    return np.flatnonzero(on_list & born)


def matching(state: State, parameters: Parameters, rows: NDArray[np.int64], audience: Row) -> NDArray[np.bool_]:
    """Which of some mothers are known to belong to an audience."""
    mask = np.zeros(len(rows), np.bool_)
    known: Table = state.known_data[rows].view(np.recarray)
    mark_matching(known, parameters.conditions, audience.start, audience.stop, mask)
    return mask


def supported_contacts(state: State, pathways: list[int], period: Period) -> Table:
    """The log of contacts with support in some pathways."""
    log = state.contacts[: state.counts[0].contacts]
    first, last = np.searchsorted(log["day"], period)
    log = log[first:last]
    supported = (log["outcome"] == Outcome.SUPPORTED) & np.isin(log["pathway"], pathways)
    return log[supported].view(np.recarray)


def rows_of(state: State, identities: NDArray[np.int64]) -> NDArray[np.int64]:
    """Rows of mothers by identity."""
    order = np.argsort(state.mothers.id)
    rows: NDArray[np.int64] = order[np.searchsorted(state.mothers.id[order], identities)]
    return rows


def counted(state: State, parameters: Parameters, pathways: list[int], audience: Row, period: Period) -> int:
    """A count as it is reported: contacts with support, of mothers known to belong to the audience."""
    log = supported_contacts(state, pathways, period)
    return int(matching(state, parameters, rows_of(state, log.mother), audience).sum())


def seen_to_be_lost(state: State, parameters: Parameters, audience: Row, period: Period) -> tuple[int, int]:
    """How many mothers of an audience are on the list, and how many of them are lost.

    Lost are those who never answered and those known to have stopped. Mothers born in the last week of the period are
    left out: nobody may have tried yet.
    """
    rows = mothers_on_list(state, Period(period.first - WEEK, period.last - WEEK))
    rows = rows[matching(state, parameters, rows, audience)]
    stopped = state.known_data.value[rows, Item.FEEDING] >= Feeding.STOPPED
    never_answered = (state.mothers.attempts[rows] > 0) & (state.mothers.contacts[rows] == 0)
    return len(rows), int((stopped | never_answered).sum())


def spoken_with(state: State, period: Period) -> NDArray[np.int64]:
    """Mothers born in a period whom the service has spoken with, by the quintile that it holds; shape (5,)."""
    quintile: Any = state.known_data.value[:, Item.QUINTILE]
    born = (state.mothers.birth_day >= period.first) & (state.mothers.birth_day < period.last)
    spoken = quintile[born & (quintile >= 1) & (state.mothers.contacts > 0)]
    return np.bincount(spoken, minlength=QUINTILES + 1)[1:]


def on_list_by_quintile(state: State, period: Period) -> NDArray[np.int64]:
    """Mothers born in a period who are on the list, by the quintile that the service holds; shape (5,)."""
    quintile: Any = state.known_data.value[mothers_on_list(state, period), Item.QUINTILE]
    return np.bincount(quintile[quintile >= 1], minlength=QUINTILES + 1)[1:]
