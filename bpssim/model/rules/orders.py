"""Orders in which rules visit mothers, by counting sorts, so that a run needs no library.

Arrays called `first` are scratch space.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bpssim.model.engine.compiled import entry, rule
from bpssim.model.state import Row, Table


@rule
def count_up(first: Any) -> None:
    """Turn counts of groups, each stored one place up, into the positions at which the groups begin."""
    for k in range(1, first.shape[0]):
        first[k] += first[k - 1]


@rule
def clear(first: Any) -> None:
    """Set all counts to 0."""
    for k in range(first.shape[0]):
        first[k] = 0


@rule
def is_later(a: Row, b: Row) -> bool:
    """Whether a mother comes after another by day of birth and identity."""
    return a.birth_day > b.birth_day or (a.birth_day == b.birth_day and a.id > b.id)


@entry
def order_by_birth(order: Any, first: Any, mothers: Table) -> None:
    """Rows by day of birth, and on one day by identity.

    Parameters
    ----------
    order : int64 array (mothers,)
        Filled with the rows.
    first : int64 array
        Longer than the last day of birth by 2.
    mothers
        Mothers; the sort is fastest if their identities already rise, as when they are drawn.
    """
    clear(first)
    for i in range(mothers.shape[0]):
        first[mothers[i].birth_day + 1] += 1
    count_up(first)
    for i in range(mothers.shape[0]):
        order[first[mothers[i].birth_day]] = i
        first[mothers[i].birth_day] += 1
    for k in range(1, order.shape[0]):
        row = order[k]
        place = k
        while place > 0 and is_later(mothers[order[place - 1]], mothers[row]):
            order[place] = order[place - 1]
            place -= 1
        order[place] = row


def birth_order(mothers: Table) -> NDArray[np.int64]:
    """Rows of mothers by day of birth, and on one day by identity."""
    order, first = np.empty(len(mothers), np.int64), np.empty(int(mothers.birth_day.max()) + 2, np.int64)
    order_by_birth(order, first, mothers)
    return order


@entry
def order_by_neighbourhood(order: Any, first: Any, mothers: Table, by_birth: Any) -> None:
    """Rows by neighbourhood, starting with mothers who have none, and within it by birth.

    Parameters
    ----------
    order : int64 array (mothers,)
        Filled with the rows.
    first : int64 array
        Longer than the last neighbourhood by 3.
    mothers, by_birth
        The mothers, and the result of `order_by_birth`.
    """
    clear(first)
    for i in range(mothers.shape[0]):
        first[mothers[i].neighbourhood + 2] += 1
    count_up(first)
    for k in range(by_birth.shape[0]):
        row = by_birth[k]
        order[first[mothers[row].neighbourhood + 1]] = row
        first[mothers[row].neighbourhood + 1] += 1


@entry
def arrange(arranged: Table, mothers: Table, order: Any) -> None:
    """Copy mothers in an order."""
    for k in range(order.shape[0]):
        arranged[k] = mothers[order[k]]


def neighbourhood_order(mothers: Table, by_birth: NDArray[np.int64]) -> NDArray[np.int64]:
    """Rows of mothers by neighbourhood, and within it by birth."""
    order, first = np.empty(len(mothers), np.int64), np.empty(int(mothers.neighbourhood.max()) + 3, np.int64)
    order_by_neighbourhood(order, first, mothers, by_birth)
    return order
