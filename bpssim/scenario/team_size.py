"""The listed team at the size of a place.

A smaller place has fewer people, or people on fewer days: a working day stays as long as it is listed, because one that
is shorter than a visit would make visits impossible. Sessions with mothers are held more rarely for the same reason,
and what else a team does takes less time.
"""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bpssim.scenario.team import Duty, Supporters, Team
from bpssim.scenario.words import Task, Weekday

Hours = dict[Weekday, float]
"""Hours of one supporter by weekday."""


class SizedTeam(NamedTuple):
    """A team as it works in one place.

    Parameters
    ----------
    hours
        For each kind of supporter the hours of each of its people.
    duties
        Fixed duties, by name.
    """

    hours: dict[str, list[Hours]]
    duties: dict[str, Duty]

    def weekly_hours(self, kind: str) -> float:
        """Hours a week of all supporters of one kind."""
        return sum(sum(person.values()) for person in self.hours[kind])


def team_of_size(team: Team, factor: float) -> SizedTeam:
    """People and duties of a team `factor` times the listed one, as nearly as whole days allow."""
    hours = {name: _people(kind, factor, _wanted(team, name)) for name, kind in team.supporters.items()}
    at_work = {
        name: {day: sum(day in person for person in people) for day in Weekday} for name, people in hours.items()
    }
    duties = {
        name: _duty(duty, factor, _working_days(team.supporters[duty.by]), at_work[duty.by])
        for name, duty in team.duties.items()
    }
    return SizedTeam(hours, duties)


def _working_days(kind: Supporters) -> list[Weekday]:
    return [day for day in Weekday if kind.hours.get(day, 0.0) > 0.0]


def _wanted(team: Team, kind: str) -> dict[Weekday, int]:
    """How many duties a kind of supporter has on each weekday."""
    duties = [duty for duty in team.duties.values() if duty.by == kind]
    return {day: sum(day in duty.weekdays for duty in duties) for day in Weekday}


def _people(kind: Supporters, factor: float, wanted: Mapping[Weekday, int]) -> list[Hours]:
    """As many whole days as are in proportion, spread evenly over people; the days with most duties come first."""
    hours = {day: kind.hours[day] for day in _working_days(kind)}
    people: list[Hours] = [{} for _ in range(max(1, math.ceil(kind.count * factor - 1e-9)))]
    if not hours:
        return people
    days = max(1, round(kind.count * factor * len(hours)))
    each, more = divmod(days, len(hours))
    by_use = sorted(hours, key=lambda day: (-wanted[day], -hours[day], day))
    for day in hours:
        least_busy = sorted(people, key=len)
        for person in least_busy[: each + (day in by_use[:more])]:
            person[day] = hours[day]
    return people


def _duty(duty: Duty, factor: float, working_days: Sequence[Weekday], at_work: Mapping[Weekday, int]) -> Duty:
    """A duty in proportion, on days when somebody is at work.

    Parameters
    ----------
    working_days
        Those of the listed team; on others nobody does the duty there either.
    at_work
        How many people are at work here on each weekday.
    """
    listed = [day for day in duty.weekdays if day in working_days]
    if factor == 1.0 or not listed:
        return duty
    possible = [day for day in listed if at_work[day]] or [max(at_work, key=lambda day: at_work[day])]
    times = factor * duty.supporters * len(listed)
    changes = _session(duty, times, possible) if duty.task is Task.MOTHERS else _other_work(duty, times, possible)
    return duty.model_copy(update=changes)


def _session(duty: Duty, places: float, possible: list[Weekday]) -> dict[str, object]:
    """A session scaled in places per week: fewer supporters, else fewer days, else not every week."""
    weekdays = possible[: max(1, round(places))]
    return {
        "weekdays": weekdays,
        "supporters": max(1, round(places / len(weekdays))),
        "every_weeks": duty.every_weeks * max(1, round(1.0 / places)),
    }


def _other_work(duty: Duty, places: float, possible: list[Weekday]) -> dict[str, object]:
    """Other work, with time in proportion."""
    supporters = max(1, math.ceil(places / len(possible) - 1e-9))
    minutes = duty.minutes * places / (supporters * len(possible))
    return {"weekdays": possible, "supporters": supporters, "minutes": minutes}
