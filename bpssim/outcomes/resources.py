"""Resources: how much of the team's time is used, and what the team costs.

Times are those of the recruitment window, when the service is at work for a full caseload: the weeks before, in which
it fills up, and after, in which it empties, would make it look idle and each birth dear.
"""

from typing import NamedTuple

from bpssim.scenario.service import Costs

MINUTES_PER_HOUR = 60.0


class TeamTime(NamedTuple):
    """Minutes of a team in the recruitment window, and work that was dropped."""

    available: float  # minutes of the whole team
    duty: float  # minutes of the whole team at fixed duties, busy or not
    queue: float  # minutes of the whole team on the queue of work
    paid: float  # minutes for which paid supporters are paid: those they have, and what they worked beyond them
    volunteer_worked: float  # minutes of volunteers at duties and on the queue
    travel: float  # minutes of the whole team on the way to homes
    expired: float  # pieces of work that expired in the whole run

    def plus(self, other: "TeamTime") -> "TeamTime":
        """Time of two teams together."""
        return TeamTime(*(mine + its for mine, its in zip(self, other, strict=True)))


NO_TIME = TeamTime(*(0.0 for _ in TeamTime._fields))


def utilisation(time: TeamTime) -> float:
    """Share of the available minutes spent at duties and on the queue; NaN without any."""
    return (time.duty + time.queue) / time.available if time.available else float("nan")


class Cost(NamedTuple):
    """What a team costs in the recruitment window [GBP], by kind of cost; the parts add up to the total."""

    paid: float  # pay and on-costs of paid supporters
    overhead: float  # management, premises and the like on top of them
    volunteer: float  # expenses, training and supervision of volunteers
    travel: float
    other: float  # what a planner adds

    @property
    def total(self) -> float:
        """All parts together."""
        return sum(self)


def cost(time: TeamTime, costs: Costs, years: float) -> Cost:
    """Cost of a service: paid supporters cost every hour they have or work, volunteers every hour they work.

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
