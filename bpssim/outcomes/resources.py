"""Resources: how much of the team's time is used, and what the team costs.

Times are those of the recruitment window, when the service has a full caseload: the weeks in which it fills up before
and empties afterwards would make it look idle and each birth expensive.
"""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bpssim.model.decisions.service_records import rows_of
from bpssim.model.state import Row
from bpssim.scenario.service import Costs
from bpssim.scenario.words import Outcome, Trait

if TYPE_CHECKING:
    from bpssim.model.simulation import Simulation

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


def team_time(simulation: "Simulation") -> TeamTime:
    """Minutes of the team in the recruitment window."""
    world, inputs = simulation.world, simulation.rules.inputs[0]
    window = slice(int(inputs.window_start), int(inputs.window_stop))
    days: Row = world.days[window]
    return TeamTime(
        available=float(days.minutes_available.sum()),
        duty=float(days.minutes_duty.sum()),
        queue=float(days.minutes_queue.sum()),
        paid=float(days.minutes_paid.sum()),
        volunteer_worked=float(days.minutes_volunteer.sum()),
        travel=_travel_minutes(simulation),
        expired=float(world.days.ended[:, Outcome.EXPIRED].sum()),
    )


def _travel_minutes(simulation: "Simulation") -> float:
    """Minutes on the way to homes in the recruitment window, whether or not the mother was in."""
    world, rules = simulation.world, simulation.rules
    inputs = rules.inputs[0]
    log: Row = world.contacts[: world.counts[0].contacts]
    first, last = np.searchsorted(log["day"], (inputs.window_start, inputs.window_stop))
    pathway, step, mother = (log[field][first:last] for field in ("pathway", "step", "mother"))
    travel = rules.steps.travel[rules.pathways.steps_start[pathway] + step]
    away = np.flatnonzero(travel.any(axis=1))
    rural = (world.mothers.traits[rows_of(world, mother[away])] >> Trait.RURAL) & 1
    return float(travel[away, rural].sum())


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
