"""Hours and money as one number: hours come out as wanted, days never get shorter, nonsense is refused."""

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bpssim.scenario.cautions.team import team_cautions
from bpssim.scenario.reading.messages import BadInput
from bpssim.scenario.resized.budget import WEEKS_PER_YEAR, paid_cost_per_year, with_budget
from bpssim.scenario.resized.hours import paid_hours_per_week, with_hours
from bpssim.scenario.resized.working_week import daily_hours, week_of
from bpssim.scenario.scenario import Scenario, load
from bpssim.scenario.words import Task, Weekday

SITE1, SITE2 = load("site1"), load("site2")
SHORTEST_DAYS = 2.2 / 57.6
"""The smallest multiple of Site 1's hours that makes a whole day."""


@given(st.floats(SHORTEST_DAYS, 20.0))
@example(1.0)
@example(0.5)
def test_hours_come_out_as_wanted(factor: float) -> None:
    assert paid_hours_per_week(with_hours(SITE1, factor)) == pytest.approx(factor * 57.6, rel=1e-3)


@given(st.floats(0.3, 20.0), st.floats(0.3, 20.0))
def test_more_is_not_less(one: float, other: float) -> None:
    less, more = (paid_hours_per_week(with_hours(SITE2, factor)) for factor in sorted((one, other)))
    assert less <= more * (1.0 + 1e-3)


@given(st.floats(1e-3, 20.0))
def test_no_day_is_shorter_than_listed(factor: float) -> None:
    listed = daily_hours(SITE1.team.supporters["paid"])
    for name, kind in with_hours(SITE1, factor).team.supporters.items():
        if kind.paid:
            assert all(hours >= listed[day] - 1e-3 for day, hours in daily_hours(kind).items()), name


@given(st.floats(1e-3, 20.0))
def test_somebody_can_do_each_duty(factor: float) -> None:
    resized = with_hours(SITE2, factor)
    said = [text for text in team_cautions(resized) if text.startswith("duty")]
    assert not said
    for duty in resized.team.duties.values():
        assert duty.supporters <= resized.team.supporters[duty.by].count


def test_sessions_are_in_proportion_and_everybody_has_supervision() -> None:
    half, more = with_hours(SITE1, 0.5).team, with_hours(SITE1, 1.5).team
    assert len(half.duties["ward"].weekdays) in (2, 3)
    assert half.duties["ward"].minutes == SITE1.team.duties["ward"].minutes
    for team in (half, more):
        supervised = sum(duty.supporters for duty in team.duties.values() if duty.task is Task.SUPERVISION)
        assert supervised == sum(kind.count for kind in team.supporters.values() if kind.paid)
    rounds = more.duties["rounds"]
    assert rounds.minutes * rounds.supporters * len(rounds.weekdays) == pytest.approx(1.5 * 4 * 180)


def test_volunteers_stay_as_they_are() -> None:
    assert with_hours(SITE1, 2.0).team.supporters["volunteer"] == SITE1.team.supporters["volunteer"]


def test_the_same_hours_are_the_same_scenario() -> None:
    assert with_hours(SITE1, 1.0) == SITE1
    assert with_budget(SITE1, 0.0) == SITE1


def test_an_evening_stays_with_its_day() -> None:
    team = with_hours(load("site1_evening_calls"), 0.7).team
    listed = load("site1_evening_calls").team.supporters["evening"].evening_hours
    assert all(hours >= listed[day] - 1e-3 for day, hours in team.supporters["evening"].evening_hours.items())
    assert not any(team.supporters["evening"].hours.values())


def test_a_service_shared_by_places_has_the_hours_of_its_places() -> None:
    scaled = SITE1.with_({"team.scale_to_births": 1500})  # twice the listed team for its 3,000 births
    assert paid_hours_per_week(scaled) == pytest.approx(2 * 57.6)


@given(st.floats(-90_000.0, 500_000.0))
@example(-2.01e-05)  # a whole number of people but for rounding
def test_money_buys_its_hours(pounds: float) -> None:
    more = paid_cost_per_year(with_budget(SITE1, pounds)) - 57.6 * WEEKS_PER_YEAR * 34.0
    assert more == pytest.approx(pounds, abs=1e-3 * (102_117.0 + abs(pounds)))


@pytest.mark.parametrize("factor", [0.0, -1.0, math.nan, math.inf, 1001.0])
def test_nonsense_is_refused(factor: float) -> None:
    with pytest.raises(BadInput, match="above 0 and at most 1000 times"):
        with_hours(SITE1, factor)


@pytest.mark.parametrize("pounds", [-102_200.0, math.nan, -math.inf, math.inf])
def test_more_than_all_cannot_be_cut(pounds: float) -> None:
    with pytest.raises(BadInput, match=r"cuts all the money|a sum of money"):
        with_budget(SITE1, pounds)


@pytest.mark.parametrize(
    ("scenario", "why"),
    [
        (SITE1.with_("team.unlimited", True), "no limit"),
        (load("site1_no_service"), "no paid supporters"),
        (SITE1.with_("costs.paid_hour", 0), "no definite number"),
    ],
)
def test_a_team_without_limited_paid_hours_is_refused(scenario: Scenario, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        with_budget(scenario, 1000.0)


def test_a_day_of_more_than_a_day_is_refused() -> None:
    days = ("tuesday", "wednesday", "thursday", "friday", "saturday")
    others = [f"team.supporters.paid.hours.{day}=0" for day in days]
    long_days = load("site1", [*others, "team.supporters.paid.hours.monday=20", "team.supporters.paid.count=1"])
    with pytest.raises(BadInput, match="24"):
        with_hours(long_days, 1.5)


@given(st.floats(2.2, 200.0))
def test_a_week_has_the_wanted_hours_on_whole_days(wanted: float) -> None:
    hours = daily_hours(SITE1.team.supporters["paid"])
    week = week_of(hours, wanted)
    assert week is not None
    assert week.people * week.stretch * sum(hours[day] for day in week.days) == pytest.approx(wanted)
    assert 1.0 <= week.stretch < 2.0


def test_less_than_a_day_makes_no_week() -> None:
    assert week_of({Weekday.MONDAY: 3.0}, 2.9) is None
