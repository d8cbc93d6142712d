"""Continuation: who is still breastfeeding at a given age of the baby.

A mother who stops on day t was breastfeeding at age t. Ages are whole days; -1 means that the event did not happen.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bpssim.scenario.words import QUINTILES
from bpssim.statistics.groups import ratio


def breastfeeding_at(age: int, started: NDArray[np.bool_], stop_age: NDArray[Any]) -> NDArray[np.bool_]:
    """Whether each baby gets any breast milk at this age.

    Parameters
    ----------
    age
        Age of the baby [days].
    started, stop_age
        Shape (mothers,): whether she started, and the baby's age when she stopped [days; -1 if she did not].
    """
    return started & ((stop_age < 0) | (stop_age >= age))


def exclusively_at(
    age: int, started: NDArray[np.bool_], stop_age: NDArray[Any], mixed_age: NDArray[Any]
) -> NDArray[np.bool_]:
    """Whether each baby gets breast milk and no formula at this age.

    Parameters
    ----------
    age, started, stop_age
        As for `breastfeeding_at`.
    mixed_age
        Baby's age at the first formula [days; -1 if there was none], shape (mothers,).
    """
    return breastfeeding_at(age, started, stop_age) & ((mixed_age < 0) | (mixed_age >= age))


def exclusive_until(started: NDArray[np.bool_], stop_age: NDArray[Any], mixed_age: NDArray[Any]) -> NDArray[Any]:
    """Baby's age at the end of exclusive breastfeeding [days]; -1 if it continued or never began."""
    return np.where(started, np.where(mixed_age >= 0, mixed_age, stop_age), -1)


def days_of_feeding(started: NDArray[np.bool_], until: NDArray[Any], follow_up: int) -> NDArray[np.int64]:
    """Number of days of a kind of feeding since birth, within the follow-up of all babies.

    Parameters
    ----------
    started
        Whether it began, shape (mothers,).
    until
        Baby's age on its last day; -1 if it continued, shape (mothers,).
    follow_up
        Age to which all are followed [days]; feeding that continues beyond it counts as one day more than that.
    """
    last = np.where((until < 0) | (until > follow_up), follow_up, until)
    return np.where(started, last + 1, 0).astype(np.int64)


def share_still_fed(quintile: NDArray[Any], days: NDArray[np.int64], follow_up: int) -> NDArray[np.float64]:
    """Share of births with a kind of feeding at each age, by quintile and for all: a survival curve without censoring.

    Parameters
    ----------
    quintile, days
        Quintile of each mother, and her number of days from `days_of_feeding`; shape (mothers,).
    follow_up
        As for `days_of_feeding`.

    Returns
    -------
    array of shape (6, follow_up + 1)
        At age 0 the share who started; NaN for a quintile without births.
    """
    cell = quintile.astype(np.int64) * (follow_up + 2) + days
    by_days = np.bincount(cell, minlength=(QUINTILES + 1) * (follow_up + 2)).reshape(QUINTILES + 1, -1)[1:]
    by_days = np.vstack([by_days, by_days.sum(axis=0)])
    births = by_days.sum(axis=1, keepdims=True)
    more_than = births - np.cumsum(by_days, axis=1)[:, :-1]
    return ratio(more_than.astype(float), np.broadcast_to(births, more_than.shape))
