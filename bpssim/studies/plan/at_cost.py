"""A service brought to a cost by its paid hours."""

from threading import Event

from bpssim.outcomes.summary import DAYS_PER_YEAR
from bpssim.scenario.resized.budget import with_budget
from bpssim.scenario.scenario import Scenario
from bpssim.statistics.groups import ALL
from bpssim.studies.prepared import prepare, summary_of

_CLOSE = 0.0025
"""Relative difference from the cost at which it counts as met; working days are whole, and journeys follow hours."""
_MOST_ROUNDS = 5


def at_cost(scenario: Scenario, pounds: float, stop: Event) -> Scenario:
    """The scenario with so many paid hours that a year of it costs a sum.

    What the mix costs beside, such as journeys and what the planner has priced, is paid from the same sum.

    Parameters
    ----------
    scenario
        Any with paid hours.
    pounds
        Cost of a year [GBP].
    stop
        Set to abandon the work.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If the sum does not pay what the mix costs beside paid hours.
    """
    resized, money = scenario, 0.0
    for _ in range(_MOST_ROUNDS):
        short = pounds - cost_of(resized, stop)
        if abs(short) <= _CLOSE * pounds:
            break
        money += short
        resized = with_budget(scenario, money)
    return resized


def cost_of(scenario: Scenario, stop: Event) -> float:
    """What a year of a service costs, from its first replicate [GBP]; between replicates it hardly varies."""
    summary = summary_of(prepare(scenario), 0, stop)
    return float(summary["cost_total"][ALL]) * DAYS_PER_YEAR / scenario.run.window_days
