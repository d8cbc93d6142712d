"""The paid team with more or less money for its hours."""

import math

from bpssim.scenario.places.births import DAYS_PER_YEAR
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin, in_words
from bpssim.scenario.resized.hours import MOST_TIMES, check_can_change, paid_hours_per_week, with_hours
from bpssim.scenario.scenario import Scenario

WEEKS_PER_YEAR = DAYS_PER_YEAR / 7


def with_budget(scenario: Scenario, pounds: float) -> Scenario:
    """Return the scenario with more or less money a year, spent on paid hours or saved from them.

    What such hours cost beside, such as more journeys, is not in the sum.

    Parameters
    ----------
    scenario
        As for `bpssim.scenario.resized.hours.with_hours`.
    pounds
        Money a year at `costs.paid_hour`, less where negative [GBP]. With 0 the scenario is the same.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        As `bpssim.scenario.resized.hours.with_hours`; or if an hour costs nothing, or more is cut than is spent.
    """
    if not math.isfinite(pounds):
        raise BadInput(Mistake(Origin("budget"), "should be a sum of money [GBP per year]", found=in_words(pounds)))
    check_can_change(scenario)
    spent = paid_cost_per_year(scenario)
    if not spent:
        text = "is 0, so money buys no definite number of hours"
        raise BadInput(Mistake(Origin(scenario.name), text, "costs.paid_hour"))
    if -pounds >= spent:
        text = f"cuts all the money for paid hours, which is {spent:,.0f} GBP a year; cut less"
        raise BadInput(Mistake(Origin("budget"), text, found=f"{pounds:,.0f}"))
    if pounds > (MOST_TIMES - 1.0) * spent:
        text = f"is more than {MOST_TIMES:g} times the {spent:,.0f} GBP a year that paid hours cost now"
        raise BadInput(Mistake(Origin("budget"), text, found=f"{pounds:,.0f}"))
    return with_hours(scenario, 1.0 + pounds / spent)


def paid_cost_per_year(scenario: Scenario) -> float:
    """Cost of the paid hours as listed [GBP per year].

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        As `bpssim.scenario.resized.hours.paid_hours_per_week`.
    """
    return paid_hours_per_week(scenario) * WEEKS_PER_YEAR * scenario.costs.paid_hour
