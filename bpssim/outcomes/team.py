"""The team's time, read from a finished run."""

from typing import TYPE_CHECKING

import numpy as np

from bpssim.model.state import Row
from bpssim.outcomes.resources import TeamTime
from bpssim.scenario.words import Outcome, Trait

if TYPE_CHECKING:
    from bpssim.model.simulation import Simulation


def team_time(simulation: "Simulation") -> TeamTime:
    """Minutes of the team in the recruitment window."""
    state, derived = simulation.state, simulation.parameters.derived
    window = slice(int(derived.window_start), int(derived.window_stop))
    days: Row = state.days[window]
    return TeamTime(
        available=float(days.minutes_available.sum()),
        duty=float(days.minutes_duty.sum()),
        queue=float(days.minutes_queue.sum()),
        paid=float(days.minutes_paid.sum()),
        volunteer_worked=float(days.minutes_volunteer.sum()),
        travel=_travel_minutes(simulation),
        expired=float(state.days.ended[:, Outcome.EXPIRED].sum()),
    )


def _travel_minutes(simulation: "Simulation") -> float:
    """Minutes on the way to homes in the recruitment window, whether or not the mother was in."""
    state, p = simulation.state, simulation.parameters
    log: Row = state.contacts[: state.counts[0].contacts]
    first, last = np.searchsorted(log["day"], (p.derived.window_start, p.derived.window_stop))
    pathway, step, row = (log[field][first:last] for field in ("pathway", "step", "row"))
    minutes = p.steps.minutes[p.pathways.steps.start[pathway] + step]
    away = np.flatnonzero((minutes.travel > 0.0) | (minutes.travel_rural > 0.0))
    rural = state.mothers.traits[row[away]] & (1 << Trait.RURAL)
    return float(np.where(rural, minutes.travel_rural[away], minutes.travel[away]).sum())
