"""The team's time, read from a finished run."""

from typing import TYPE_CHECKING

import numpy as np

from bpssim.model.decisions.service_records import rows_of
from bpssim.model.state import Row
from bpssim.outcomes.resources import TeamTime
from bpssim.scenario.words import Outcome, Trait

if TYPE_CHECKING:
    from bpssim.model.simulation import Simulation


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
