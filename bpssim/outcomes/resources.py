"""Resources: how much of the team's time is used, and what the team costs.

Times are those of the recruitment window, when the service is at work for a full caseload: the weeks before, in which
it fills up, and after, in which it empties, would make it look idle and each birth dear.
"""

from typing import NamedTuple

MINUTES_PER_HOUR = 60.0


class TeamTime(NamedTuple):
    """Minutes of a team in the recruitment window, and work that was dropped."""

    available: float  # minutes of the whole team
    duty: float  # minutes of the whole team at fixed duties, busy or not
    queue: float  # minutes of the whole team on the queue of work
    paid_available: float  # minutes for which paid supporters are employed
    volunteer_worked: float  # minutes of volunteers at duties and on the queue
    expired: float  # pieces of work that expired in the whole run

    def plus(self, other: "TeamTime") -> "TeamTime":
        """Time of two teams together."""
        return TeamTime(*(mine + its for mine, its in zip(self, other, strict=True)))


def utilisation(time: TeamTime) -> float:
    """Share of the available minutes spent at duties and on the queue; NaN without any."""
    return (time.duty + time.queue) / time.available if time.available else float("nan")


def cost(time: TeamTime, paid_hour: float, volunteer_hour: float) -> float:
    """Cost of the team [GBP]: paid supporters cost every available hour, volunteers every hour worked.

    Parameters
    ----------
    time
        Minutes of the team.
    paid_hour, volunteer_hour
        Unit costs [GBP per hour].
    """
    minutes = time.paid_available * paid_hour + time.volunteer_worked * volunteer_hour
    return minutes / MINUTES_PER_HOUR
