"""The paid team with a multiple of its hours."""

import math
from collections.abc import Collection

from bpssim.scenario.external_files import OUTSIDE
from bpssim.scenario.names import LONGEST_NAME
from bpssim.scenario.places.births import places_with_births
from bpssim.scenario.reading.loader import validated
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin, in_words
from bpssim.scenario.reading.tree import as_node
from bpssim.scenario.resized.working_week import daily_hours, days_within, on_days
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.team import Duty, Supporters
from bpssim.scenario.team_size import duty_of_size, team_of_size, working_days
from bpssim.scenario.words import Task, Weekday

MOST_TIMES = 1000.0
"""Largest multiple."""
_MOST_WEEKS = 104
"""Most weeks from one session to the next that a duty may have."""


def with_hours(scenario: Scenario, factor: float) -> Scenario:
    """Return the scenario with a multiple of its paid hours.

    As many people as listed hours fill work as their kind does; one more has the whole days that are left over, and
    what makes no whole day lengthens all days of the kind a little. Hours are those wanted to within 0.1 %, but a kind
    that would have less than its shortest working day keeps that day. Duties of the kind change in proportion, as for
    a place of another size (`bpssim.scenario.team_size`); supervision is for each person. Volunteers stay as they are.

    Parameters
    ----------
    scenario
        Any scenario with paid supporters whose time is limited.
    factor
        Paid hours relative to those of the scenario, above 0 and at most `MOST_TIMES`. With 1 the scenario is the same.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If the factor is not such a number, nobody is paid, time is unlimited, or days would be longer than a day is.
    """
    if not 0.0 < factor <= MOST_TIMES:  # false for NaN
        text = f"should be above 0 and at most {MOST_TIMES:g} times the paid hours"
        raise BadInput(Mistake(Origin("hours"), text, found=in_words(factor)))
    check_can_change(scenario)
    if factor == 1.0:
        return scenario
    return _resized_team(scenario, factor, [name for name, kind in scenario.team.supporters.items() if kind.paid])


def at_its_size(scenario: Scenario) -> Scenario:
    """Return a scenario whose team is scaled to births with the team as it is in its place, to the hour.

    People who are added to it then work the hours that are given, and not those in proportion to births. Where every
    place has a service of its own the scenario stays as it is.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        As `bpssim.scenario.places.births.places_with_births`.
    """
    meant_for = scenario.team.scale_to_births
    places = places_with_births(scenario.population, scenario.run.window_days)
    if meant_for is None or len(places) > 1:
        return scenario
    alone = checked(scenario, team=scenario.team.model_copy(update={"scale_to_births": None}))
    return _resized_team(alone, places[0].total / meant_for, list(scenario.team.supporters))


def _resized_team(scenario: Scenario, factor: float, names: Collection[str]) -> Scenario:
    """A scenario with a multiple of the hours of some kinds of supporter, and their duties in proportion."""
    kinds, duties = dict(scenario.team.supporters), dict(scenario.team.duties)
    for name in names:
        kind = scenario.team.supporters[name]
        full, part = _people(kind, factor)
        kinds[name] = full
        if part is not None:
            kinds[free_name(f"{name}_part", kinds)] = part
        for duty_name, duty in scenario.team.duties.items():
            if duty.by == name:
                duties[duty_name] = _resized(duty, kind, full, factor)
                if part is not None and duty.task is Task.SUPERVISION:
                    own = _supervision(duty, next(reversed(kinds)), part)
                    duties[free_name(f"{duty_name}_part", duties)] = own
    return with_team(scenario, kinds, duties)


def listed_paid_hours(scenario: Scenario) -> float:
    """Paid hours a week of the team as it is listed, whatever the size of a place [hours]."""
    return sum(kind.count * kind.weekly_hours for kind in scenario.team.supporters.values() if kind.paid)


def check_can_change(scenario: Scenario) -> None:
    """Refuse a scenario whose paid hours cannot be changed.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If nobody is paid for any hours, or time is unlimited.
    """
    if scenario.team.unlimited:
        text = "is true: the team's time has no limit, so other hours would change nothing"
        raise BadInput(Mistake(Origin(scenario.name), text, "team.unlimited"))
    if not any(kind.paid and daily_hours(kind) for kind in scenario.team.supporters.values()):
        text = "has no paid supporters with hours, so there are no paid hours to change"
        raise BadInput(Mistake(Origin(scenario.name), text, "team.supporters"))


def paid_hours_per_week(scenario: Scenario) -> float:
    """Paid hours a week of the whole service, at the size that the team has in each of its places [hours].

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        As `bpssim.scenario.places.births.places_with_births`.
    """
    places, meant_for = places_with_births(scenario.population, scenario.run.window_days), scenario.team.scale_to_births
    factors = [place.total / meant_for if meant_for else 1.0 for place in places]
    sized = {factor: team_of_size(scenario.team, factor) for factor in set(factors)}
    paid = [name for name, kind in scenario.team.supporters.items() if kind.paid]
    return sum(sized[factor].weekly_hours(name) for factor in factors for name in paid)


def with_team(scenario: Scenario, kinds: dict[str, Supporters], duties: dict[str, Duty]) -> Scenario:
    """Return the scenario with other supporters and duties, checked as a file is.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If the team cannot be so.
    """
    return checked(scenario, team=scenario.team.model_copy(update={"supporters": kinds, "duties": duties}))


def checked(scenario: Scenario, **sections: object) -> Scenario:
    """Return the scenario with other sections, checked as a file is.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        With everything that is wrong.
    """
    changed = scenario.model_copy(update=sections)
    return validated(as_node(changed.model_dump(mode="json"), Origin(scenario.name)), Scenario, OUTSIDE)


def free_name(wanted: str, taken: Collection[str]) -> str:
    """Return a name that is not taken, the wanted one if possible."""
    others = {name.casefold() for name in taken}
    numbers = ("", *(f"_{number}" for number in range(2, len(others) + 3)))
    names = (f"{wanted[: LONGEST_NAME - len(number)]}{number}" for number in numbers)
    return next(name for name in names if name.casefold() not in others)


def _people(kind: Supporters, factor: float) -> tuple[Supporters, Supporters | None]:
    """Those who work all days of their kind, and one with fewer days, if any."""
    hours = daily_hours(kind)
    if not hours:
        return kind, None
    weekly = sum(hours.values())
    wanted = factor * kind.count * weekly
    full = math.floor(wanted / weekly + 1e-9)
    days = days_within(hours, max(wanted - full * weekly, 0.0))
    if not full and not days:
        shortest = min(hours, key=lambda day: hours[day])
        return kind.model_copy(update={"count": 1, **on_days(kind, [shortest], 1.0)}), None
    stretch = wanted / (full * weekly + sum(hours[day] for day in days))
    if not full:
        return kind.model_copy(update={"count": 1, **on_days(kind, days, stretch)}), None
    return (
        kind.model_copy(update={"count": full, **on_days(kind, tuple(hours), stretch)}),
        kind.model_copy(update={"count": 1, **on_days(kind, days, stretch)}) if days else None,
    )


def _resized(duty: Duty, kind: Supporters, full: Supporters, factor: float) -> Duty:
    """A duty of a kind as those of its people can do it who work all its days."""
    if duty.task is Task.SUPERVISION:
        days = [day for day in duty.weekdays if day in working_days(full, duty.band)] or working_days(full, duty.band)[
            :1
        ]
        everybody = duty.supporters >= kind.count
        people = full.count if everybody else min(duty.supporters, full.count)
        return duty.model_copy(update={"supporters": people, "weekdays": days or duty.weekdays})
    at_work = {day: full.count * (day in working_days(full, duty.band)) for day in Weekday}
    resized = duty_of_size(duty, factor, working_days(kind, duty.band), at_work)
    more = max(1.0, resized.supporters / full.count)
    changes = {
        "supporters": min(resized.supporters, full.count),
        "minutes": resized.minutes if more == 1.0 else min(more * resized.minutes, _shortest(full, resized)),
        "every_weeks": min(resized.every_weeks, _MOST_WEEKS),
    }
    return resized.model_copy(update=changes)


def _shortest(kind: Supporters, duty: Duty) -> float:
    """Minutes of the shortest day on which a kind does a duty."""
    hours = kind.hours_in(duty.band)
    return 60.0 * min((hours[day] for day in duty.weekdays if hours.get(day)), default=24.0)


def _supervision(duty: Duty, name: str, part: Supporters) -> Duty:
    """Supervision of the one with fewer days, on a day on which she works."""
    days = working_days(part, duty.band)
    day = [day for day in duty.weekdays if day in days] or days[:1]
    return duty.model_copy(update={"by": name, "supporters": 1, "weekdays": day or duty.weekdays})
