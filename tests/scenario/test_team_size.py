"""The team of a place: fewer people or fewer days, and no day or session shorter than listed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import bpssim as bps
from bpssim.scenario.team import Duty, Supporters, Team
from bpssim.scenario.team_size import team_of_size
from bpssim.scenario.words import Band, Task, Weekday

HOURS = st.dictionaries(st.sampled_from(list(Weekday)), st.floats(0.5, 8.0), min_size=1)
FACTORS = st.floats(0.01, 20.0)


def team(hours: dict[Weekday, float], count: int, **duties: Duty) -> Team:
    kind = Supporters.model_validate({"count": count, "hours": {day.word: time for day, time in hours.items()}})
    return Team.model_construct(supporters={"all": kind}, duties=duties)


def session(weekdays: list[Weekday], supporters: int = 1, minutes: float = 30.0, task: Task = Task.MOTHERS) -> Duty:
    return Duty.model_construct(
        weekdays=weekdays, band=Band.DAY, minutes=minutes, by="all", task=task, every_weeks=1, supporters=supporters
    )


@given(HOURS, st.integers(1, 12), FACTORS)
def test_working_days_are_as_long_as_listed_and_as_many_as_in_proportion(hours, count, factor) -> None:
    people = [person.hours for person in team_of_size(team(hours, count), factor).people["all"]]
    assert all(person[day] == hours[day] for person in people for day in person)
    assert sum(map(len, people)) == max(1, round(count * factor * len(hours)))
    assert len(people) == max(1, np.ceil(count * factor - 1e-9))


@given(HOURS, st.integers(1, 12), FACTORS)
def test_people_have_about_as_many_days_and_days_about_as_many_people(hours, count, factor) -> None:
    people = [person.hours for person in team_of_size(team(hours, count), factor).people["all"]]
    per_day = [sum(day in person for person in people) for day in hours]
    assert max(per_day) - min(per_day) <= 1
    assert max(map(len, people)) - min(map(len, people)) <= 1


@given(HOURS, st.integers(1, 12), st.data())
def test_a_team_of_its_own_size_is_as_listed(hours, count, data) -> None:
    duty = session(data.draw(st.lists(st.sampled_from(list(Weekday)), min_size=1, unique=True)))
    listed = team(hours, count, duty=duty)
    sized = team_of_size(listed, 1.0)
    assert [person.hours for person in sized.people["all"]] == [hours] * count
    assert sized.duties == listed.duties


@given(HOURS, st.integers(1, 12), FACTORS, st.integers(1, 3), st.data())
def test_sessions_are_as_long_as_listed_and_held_when_somebody_is_at_work(
    hours, count, factor, supporters, data
) -> None:
    weekdays = data.draw(st.lists(st.sampled_from(sorted(hours)), min_size=1, unique=True))
    sized = team_of_size(team(hours, count, duty=session(weekdays, supporters)), factor)
    duty = sized.duties["duty"]
    assert duty.minutes == 30.0
    assert all(any(day in person.hours for person in sized.people["all"]) for day in duty.weekdays)


def test_a_small_place_keeps_evenings_and_holds_a_session_of_the_evening_then() -> None:
    days, evenings = dict.fromkeys(list(Weekday)[:4], 4.0), {Weekday.MONDAY: 1.0, Weekday.SUNDAY: 2.0}
    listed = team(days, 4, duty=session([Weekday.MONDAY, Weekday.TUESDAY]))
    kind = listed.supporters["all"].model_copy(update={"evening_hours": evenings})
    duty = listed.duties["duty"].model_copy(update={"band": Band.EVENING})
    sized = team_of_size(listed.model_copy(update={"supporters": {"all": kind}, "duties": {"duty": duty}}), 0.25)
    (person,) = sized.people["all"]
    assert (person.hours, person.evening_hours) == (days, evenings)
    assert sized.weekly_hours("all") == 16.0 + 3.0
    assert sized.duties["duty"].weekdays == [Weekday.MONDAY]


def test_less_than_one_session_a_week_is_one_in_several_weeks() -> None:
    week = dict.fromkeys(Weekday, 4.0)
    duty = team_of_size(team(week, 4, duty=session(list(Weekday)[:4])), 0.05).duties["duty"]
    assert (len(duty.weekdays), duty.supporters, duty.every_weeks) == (1, 1, 5)


def test_work_that_is_not_with_mothers_takes_less_time() -> None:
    week = dict.fromkeys(Weekday, 4.0)
    rounds = session([Weekday.MONDAY, Weekday.TUESDAY], 2, 180.0, Task.PROFESSIONALS)
    duty = team_of_size(team(week, 4, duty=rounds), 0.25).duties["duty"]
    assert duty.every_weeks == 1
    assert duty.minutes * duty.supporters * len(duty.weekdays) == pytest.approx(0.25 * 180.0 * 2 * 2)


@pytest.mark.parametrize("births", [100, 300])
def test_a_small_place_has_visits_and_contacts_as_a_large_one_has(births: int) -> None:
    made_for = bps.load("site1", ["team.scale_to_births=3000"])
    rates = []
    for count, replicates in ((3000, 2), (births, 3000 // births)):
        run = bps.run(made_for.with_("population.births_per_year", count), seed=1, replicates=replicates)
        met = run.contacts[(run.contacts.outcome == "supported") & run.contacts.counted]
        rates.append(met.channel.value_counts() / len(run.mothers))
    large, small = rates
    # People come on one day a week or two, so more is missed, but no kind of contact is out of reach.
    for channel, least in (("home_visit", 0.3), ("call", 0.2), ("group", 0.3)):
        assert small[channel] > least * large[channel], channel


def test_a_session_on_a_day_when_nobody_works_is_not_made_up_for_elsewhere() -> None:
    hours = {Weekday.MONDAY: 4.0, Weekday.THURSDAY: 4.0}
    every_day = session(list(Weekday)[:5])
    duty = team_of_size(team(hours, 3, duty=every_day), 4.0).duties["duty"]
    assert (duty.weekdays, duty.supporters) == ([Weekday.MONDAY, Weekday.THURSDAY], 4)
    only_then = session([Weekday.SUNDAY])
    assert team_of_size(team(hours, 3, duty=only_then), 4.0).duties["duty"] == only_then
