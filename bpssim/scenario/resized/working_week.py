"""Working weeks made of whole days: who works on which days, so that hours come out as wanted.

A working day may become longer and never shorter than it is listed, because one that is shorter than a visit would make
visits impossible.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from bpssim.scenario.team import Supporters
from bpssim.scenario.words import Band, Weekday

_AS_GOOD = 0.03
"""Relative difference in length up to which more days of the week count for more than days as long as listed."""
_DECIMALS = 3
"""Decimals of hours: less than four seconds, so hours differ from those wanted by less than 0.1 %."""


class Week(NamedTuple):
    """Working week of people with the same days.

    Parameters
    ----------
    people
        How many there are.
    days
        Days on which each of them works.
    stretch
        Length of these days relative to the listed ones, at least 1.
    """

    people: int
    days: tuple[Weekday, ...]
    stretch: float


def daily_hours(kind: Supporters) -> dict[Weekday, float]:
    """Hours by working day, the day and its evening together."""
    hours = {day: sum(kind.hours_in(band).get(day, 0.0) for band in Band) for day in Weekday}
    return {day: each for day, each in hours.items() if each > 0.0}


def week_of(hours: Mapping[Weekday, float], wanted: float) -> Week | None:
    """Fewest people whose days, as near as possible to their listed length, have the wanted hours together.

    Parameters
    ----------
    hours
        Listed hours by working day.
    wanted
        Hours a week of all of them.

    Returns
    -------
    Week or None
        None if the wanted hours are fewer than those of the shortest day.
    """
    weeks = list(_weeks(hours, wanted))
    if not weeks:
        return None
    shortest = min(week.stretch for week in weeks)
    as_good = [week for week in weeks if week.stretch <= (1.0 + _AS_GOOD) * shortest]
    return min(as_good, key=lambda week: (week.people, -len(week.days), longest_pause(week.days), week.stretch))


def _weeks(hours: Mapping[Weekday, float], wanted: float) -> Iterator[Week]:
    """Every choice of people and days whose listed hours are not above those wanted."""
    most = math.floor(wanted / sum(hours.values()) + 1e-9) + 1
    for people in range(max(1, most - 1), most + 2):
        for number in range(1, len(hours) + 1):
            for days in combinations(hours, number):
                listed = people * sum(hours[day] for day in days)
                if listed <= wanted + 1e-9:
                    yield Week(people, days, max(1.0, wanted / listed))


def days_within(hours: Mapping[Weekday, float], wanted: float) -> tuple[Weekday, ...]:
    """Days of one person whose listed hours come nearest to those wanted from below; none where no day is so short."""
    choices = [
        days
        for number in range(len(hours) + 1)
        for days in combinations(hours, number)
        if sum(hours[day] for day in days) <= wanted + 1e-9
    ]
    most = max(sum(hours[day] for day in days) for days in choices)
    as_good = [days for days in choices if sum(hours[day] for day in days) >= (1.0 - _AS_GOOD) * most]
    return min(as_good, key=lambda days: (-len(days), longest_pause(days), days))


def longest_pause(days: Sequence[Weekday]) -> int:
    """Most days from one working day to the next, into the following week; what waits then may expire."""
    if not days:
        return len(Weekday)
    return max((later - day - 1) % len(Weekday) + 1 for day, later in zip(days, (*days[1:], days[0]), strict=True))


def on_days(kind: Supporters, days: Sequence[Weekday], stretch: float) -> dict[str, dict[Weekday, float]]:
    """Hours and evening hours of a supporter who works on some of the days of her kind, each longer by a factor."""
    return {
        name: {day: round(stretch * hours[day], _DECIMALS) for day in days if hours.get(day, 0.0) > 0.0}
        for name, hours in (("hours", kind.hours), ("evening_hours", kind.evening_hours))
    }
