"""The calendar of decisions: what falls due between days, from a scenario."""

from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple

import numpy as np

from bpssim.model.state import NEVER, Table, empty
from bpssim.scenario.scenario import Scenario

DAYS_PER_MONTH = 365.0 / 12.0


class Occasion(IntEnum):
    """What falls due."""

    REVIEW = 0
    TALK = 1
    MOVE = 2
    SETTLE = 3


CALENDAR = np.dtype(
    [
        ("day", "i4"),  # when it falls due [day of the run]
        ("since", "i4"),  # first day of the period that it concerns [day of the run]
        ("number", "i4"),  # number of the review, or month of the talks [number]
        ("occasion", "i1"),  # what falls due, an `Occasion`
    ],
    align=True,
)


class _Due(NamedTuple):
    day: int
    since: int
    number: int
    occasion: Occasion


def calendar_of(scenario: Scenario, lead: int) -> Table:
    """Everything that falls due, by day, where mothers enter `lead` days before the birth."""
    due = sorted(_due(scenario, lead + scenario.run.warm_up_days), key=lambda entry: entry.day)
    calendar = empty(CALENDAR, max(len(due), 1))
    calendar.day = NEVER
    calendar[: len(due)] = np.array(due, CALENDAR)
    return calendar


def _due(scenario: Scenario, start: int) -> Iterator[_Due]:
    review, days = scenario.review, scenario.run.window_days
    if not review.active:
        return
    for number in range(1, 1 + days // review.every_days):
        day = start + number * review.every_days
        yield _Due(day, day - review.every_days, number, Occasion.REVIEW)
    if review.agreement:
        for month in range(1, 1 + int(days / DAYS_PER_MONTH)):
            yield _Due(_month(start, month), _month(start, month - 1), month, Occasion.TALK)
    if review.retender:
        moves = review.retender.month
        yield _Due(_month(start, moves), start, 0, Occasion.MOVE)
        yield _Due(_month(start, moves + review.retender.months_to_settle), start, 0, Occasion.SETTLE)


def _month(start: int, month: int) -> int:
    """Day on which a month of the window has passed."""
    return start + round(month * DAYS_PER_MONTH)
