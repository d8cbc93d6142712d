"""The cost of a service, added up again from its contacts, duties and hours by a few lines of arithmetic."""

import pandas as pd
import pytest

from bpssim.scenario.scenario import Scenario, load
from bpssim.scenario.words import Weekday
from bpssim.studies.replicate import run


def weekday_counts(days: int, first: int) -> list[int]:
    """How often each weekday falls within a window that begins on a given one."""
    return [sum((first + day) % 7 == weekday for day in range(days)) for weekday in range(7)]


def cost_by_hand(scenario: Scenario, contacts: pd.DataFrame) -> float:
    """Cost in the recruitment window [GBP]; every duty must fit into its supporters' hours."""
    window, first = scenario.run.window_days, scenario.run.warm_up_days % 7
    counts = weekday_counts(window, first)
    team, prices = scenario.team, scenario.costs
    volunteers = [kind for kind, group in team.supporters.items() if not group.paid]
    paid_hours = sum(
        group.count * group.hours.get(day, 0.0) * counts[day]
        for group in team.supporters.values()
        for day in Weekday
        if group.paid
    )
    in_window = contacts[contacts.day.between(0, window - 1)]
    sessions = {name for name, pathway in scenario.pathways.items() if pathway.session}
    queue = in_window[in_window.supporter_kind.isin(volunteers) & ~in_window.pathway.isin(sessions)].minutes.sum()
    duties = sum(
        duty.minutes * duty.supporters * counts[day]
        for duty in team.duties.values()
        if duty.by in volunteers and duty.every_weeks == 1
        for day in duty.weekdays
    )
    visits = in_window[in_window.channel == "home_visit"]
    extra = scenario.support.wider_help_minutes if scenario.support.wider_help else 0.0
    steps = [scenario.pathways[visit.pathway].steps[visit.step - 1].minutes for visit in visits.itertuples()]
    at_home = [
        step.contact + step.notes + extra if outcome == "supported" else step.failed
        for step, outcome in zip(steps, visits.outcome, strict=True)
    ]
    travel = visits.minutes.sum() - sum(at_home)
    return (
        paid_hours * prices.paid_hour
        + (queue + duties) / 60.0 * prices.volunteer_hour
        + travel / 60.0 * prices.travel_hour
        + (prices.other_per_year or 0.0) * window / 365.0
    )


@pytest.mark.parametrize("name", ["site1", "site2", "site2_midwife_sign_up"])
def test_cost_is_that_of_hours_duties_and_journeys(name: str) -> None:
    scenario = load(name)
    found = run(scenario, seed=1, replicates=1)
    summary = found.summary.set_index(["metric", "quintile"]).value
    assert summary["cost_total", "all"] == pytest.approx(cost_by_hand(scenario, found.contacts), rel=1e-6)
