"""Resources: how much of the team's time is used, and what the team costs.

Times are those of the recruitment window, when the service has a full caseload: the weeks in which it fills up before
and empties afterwards would make it look idle and each birth expensive.
"""

from typing import NamedTuple

from bpssim.model.state import Row
from bpssim.scenario.service import Costs

MINUTES_PER_HOUR = 60.0


class Utilisation(NamedTuple):
    """Share of the available minutes spent on duties and on the queue; NaN without any.

    Paid supporters may be full while volunteers are not, so the whole alone does not show where there is slack.
    """

    all: float
    paid: float
    volunteer: float


def utilisation(team: Row) -> Utilisation:
    """Use of the team's time, of all and of each kind; above 1 for work beyond the hours under unlimited capacity."""
    worked, volunteer = team.duty + team.queue, team.volunteer_worked
    return Utilisation(
        _share(worked, team.available),
        _share(worked - volunteer, team.available - team.available_volunteer),
        _share(volunteer, team.available_volunteer),
    )


def _share(worked: float, available: float) -> float:
    return float(worked / available) if available else float("nan")


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


def cost(team: Row, costs: Costs, years: float) -> Cost:
    """Cost of a service: paid supporters cost every hour employed or worked, volunteers every hour worked.

    Parameters
    ----------
    team
        Its time: a record of `bpssim.model.rules.tally.TEAM_TALLY`.
    costs
        Unit costs (C15-C17).
    years
        Length of the recruitment window.
    """
    paid = team.paid / MINUTES_PER_HOUR * costs.paid_hour
    overhead = paid * costs.overhead_share
    return Cost(
        paid - overhead,
        overhead,
        team.volunteer_worked / MINUTES_PER_HOUR * costs.volunteer_hour,
        team.travel / MINUTES_PER_HOUR * costs.travel_hour,
        (costs.other_per_year or 0.0) * years,
    )
