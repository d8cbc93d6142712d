"""Resources: how much of the team's time is used, and what the team costs.

Times are those of the recruitment window, when the service has a full caseload: the weeks in which it fills up before
and empties afterwards would make it look idle and each birth expensive.
"""

from typing import NamedTuple

from bpssim.scenario.service import Costs

MINUTES_PER_HOUR = 60.0


class TeamTime(NamedTuple):
    """Minutes of a team in the recruitment window, and requests that expired."""

    available: float  # minutes of the whole team
    duty: float  # minutes of the whole team on fixed duties, busy or not
    queue: float  # minutes of the whole team on the queue of requests
    paid: float  # minutes for which supporters are paid: their hours, and time worked beyond them
    volunteer_worked: float  # minutes of volunteers on duties and on the queue
    travel: float  # minutes of the whole team on the way to homes
    expired: float  # requests that expired in the whole run

    def plus(self, other: "TeamTime") -> "TeamTime":
        """Total time of two teams."""
        return TeamTime(*(mine + its for mine, its in zip(self, other, strict=True)))


NO_TIME = TeamTime(*(0.0 for _ in TeamTime._fields))


def utilisation(time: TeamTime) -> float:
    """Share of the available minutes spent on duties and on the queue; NaN without any."""
    return (time.duty + time.queue) / time.available if time.available else float("nan")


class Cost(NamedTuple):
    """Cost of a team in the recruitment window [GBP] by component; these add up to the total."""

    paid: float  # pay and on-costs of paid supporters
    overhead: float  # management, premises and similar costs on top of pay
    volunteer: float  # expenses, training and supervision of volunteers
    travel: float
    other: float  # given by the planner

    @property
    def total(self) -> float:
        """Sum of all components."""
        return sum(self)


def cost(time: TeamTime, costs: Costs, years: float) -> Cost:
    """Cost of a service: paid supporters cost every hour employed or worked, volunteers every hour worked.

    Parameters
    ----------
    time
        Minutes of the team.
    costs
        Unit costs (C15-C17).
    years
        Length of the recruitment window.
    """
    paid = time.paid / MINUTES_PER_HOUR * costs.paid_hour
    overhead = paid * costs.overhead_share
    return Cost(
        paid - overhead,
        overhead,
        time.volunteer_worked / MINUTES_PER_HOUR * costs.volunteer_hour,
        time.travel / MINUTES_PER_HOUR * costs.travel_hour,
        (costs.other_per_year or 0.0) * years,
    )
