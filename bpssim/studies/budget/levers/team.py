"""Money and hours of a team, and people who are added to it."""

from bpssim.scenario.resized.budget import WEEKS_PER_YEAR
from bpssim.scenario.resized.hours import listed_paid_hours, paid_hours_per_week
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.team import Supporters


def size_of(scenario: Scenario) -> float:
    """Hours at work in all places for each hour that is listed."""
    return paid_hours_per_week(scenario) / listed_paid_hours(scenario)


def pounds_for(scenario: Scenario, listed_hours: float) -> float:
    """Cost of hours a week that are added to the listed team [GBP per year]."""
    return listed_hours * size_of(scenario) * WEEKS_PER_YEAR * scenario.costs.paid_hour


def hours_for(scenario: Scenario, pounds: float) -> float:
    """Hours a week, added to the listed team, that money for a year buys [hours]."""
    return pounds / pounds_for(scenario, 1.0)


def main_kind(scenario: Scenario) -> Supporters:
    """The paid kind of supporter with most hours, as which people are added."""
    paid = [kind for kind in scenario.team.supporters.values() if kind.paid]
    return max(paid, key=lambda kind: kind.count * kind.weekly_hours)


def supplement(scenario: Scenario, listed_hours: float, share: float) -> float:
    """Supplement on the pay for hours a week of the listed team, a share of pay and on-costs [GBP per year]."""
    return share * (1.0 - scenario.costs.overhead_share) * pounds_for(scenario, listed_hours)


def evening_hours(scenario: Scenario) -> float:
    """Paid hours a week in the evening, as listed."""
    return sum(kind.count * sum(kind.evening_hours.values()) for kind in scenario.team.supporters.values() if kind.paid)
