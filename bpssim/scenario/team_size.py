"""The listed team at the size of a place.

A smaller place has fewer people, or people on fewer days: a working day stays as long as it is listed, because one that
is shorter than a visit would make visits impossible. Sessions with mothers are held more rarely for the same reason,
and what else a team does takes less time.
"""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bpssim.scenario.team import Duty, Supporters, Team
from bpssim.scenario.words import Band, Task, Weekday


class SizedTeam(NamedTuple):
    """A team as it works in one place.

    Parameters
    ----------
    factor
        Its size relative to the listed one.
    people
        For each kind of supporter its people, each with hours of her own.
    duties
        Fixed duties, by name.
    """

    factor: float
    people: dict[str, list[Supporters]]
    duties: dict[str, Duty]

    def weekly_hours(self, kind: str) -> float:
        """Hours a week of all supporters of one kind."""
        return sum(person.weekly_hours for person in self.people[kind])


def team_of_size(team: Team, factor: float) -> SizedTeam:
    """People and duties of a team `factor` times the listed one, as nearly as whole days allow."""
    people = {name: _people(kind, factor, _wanted(team, name)) for name, kind in team.supporters.items()}
    duties = {
        name: duty_of_size(duty, factor, working_days(team.supporters[duty.by], duty.band), _at_work(people, duty))
        for name, duty in team.duties.items()
    }
    return SizedTeam(factor, people, duties)


def working_days(kind: Supporters, *bands: Band) -> list[Weekday]:
    """Days on which such a supporter works in any of the parts of the day."""
    return [day for day in Weekday if any(kind.hours_in(band).get(day, 0.0) > 0.0 for band in bands)]


def _at_work(people: Mapping[str, Sequence[Supporters]], duty: Duty) -> dict[Weekday, int]:
    """How many of those who do a duty are at work on each weekday in its part of the day."""
    at_work = [day for person in people[duty.by] for day in working_days(person, duty.band)]
    return {day: at_work.count(day) for day in Weekday}


def _wanted(team: Team, kind: str) -> dict[Weekday, int]:
    """How many duties a kind of supporter has on each weekday."""
    duties = [duty for duty in team.duties.values() if duty.by == kind]
    return {day: sum(day in duty.weekdays for duty in duties) for day in Weekday}


def _people(kind: Supporters, factor: float, wanted: Mapping[Weekday, int]) -> list[Supporters]:
    """As many whole days as are in proportion, spread evenly over people; the days with most duties come first.

    A day is whole with its evening, so that a small place has evenings where the listed team has them.
    """
    hours = {day: sum(kind.hours_in(band).get(day, 0.0) for band in Band) for day in working_days(kind, *Band)}
    people: list[list[Weekday]] = [[] for _ in range(max(1, math.ceil(kind.count * factor - 1e-9)))]
    if hours:
        days = max(1, round(kind.count * factor * len(hours)))
        each, more = divmod(days, len(hours))
        by_use = sorted(hours, key=lambda day: (-wanted[day], -hours[day], day))
        for day in hours:
            least_busy = sorted(people, key=len)
            for person in least_busy[: each + (day in by_use[:more])]:
                person.append(day)
    return [kind.model_copy(update=_hours_on(kind, days)) for days in people]


def _hours_on(kind: Supporters, days: Sequence[Weekday]) -> dict[str, dict[Weekday, float]]:
    """Hours of a supporter who works on some of the days of her kind."""
    return {
        name: {day: hours[day] for day in days if hours.get(day, 0.0) > 0.0}
        for name, hours in (("hours", kind.hours), ("evening_hours", kind.evening_hours))
    }


def duty_of_size(duty: Duty, factor: float, listed_days: Sequence[Weekday], at_work: Mapping[Weekday, int]) -> Duty:
    """A duty in proportion, on days when somebody is at work.

    Parameters
    ----------
    listed_days
        Working days of the listed team; on others nobody does the duty there either.
    at_work
        How many people are at work here on each weekday.
    """
    listed = [day for day in duty.weekdays if day in listed_days]
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
