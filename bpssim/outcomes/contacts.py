"""The contacts' table: one row for each attempt to reach a mother."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from bpssim.model.state import Row
from bpssim.outcomes.columns import Column, Columns
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import Band, Channel, Difficulty, Outcome

if TYPE_CHECKING:
    from bpssim.model.simulation import Simulation


def contacts_table(simulation: "Simulation", place: int = 0) -> Columns:
    """Columns of all attempts, in the order in which they were made.

    Parameters
    ----------
    simulation
        A finished run.
    place
        Index of its place among those of the scenario.
    """
    state, start = simulation.state, simulation.parameters.derived.window_start
    c: Row = state.contacts[: int(state.counts[0].contacts)]
    return {
        "mother": np.ascontiguousarray(c.mother),
        "counted": state.mothers.in_window[c.row] == 1,
        "place": np.full(len(c), place, np.int16),
        "day": c.day - start,
        "baby_age": c.baby_age.astype(np.int16),
        "supporter_kind": state.supporters.kind[c.supporter].astype(np.int16),
        "supporter": c.supporter + 1,
        "pathway": np.ascontiguousarray(c.pathway),
        "step": c.step + np.int8(1),
        "attempt": np.ascontiguousarray(c.attempt),
        "band": np.ascontiguousarray(c.band),
        "channel": np.ascontiguousarray(c.channel),
        "outcome": np.ascontiguousarray(c.outcome),
        "minutes": np.ascontiguousarray(c.minutes),
        "difficulty": np.ascontiguousarray(c.difficulty),
        "resolved": c.resolved == 1,
    }


def contact_columns(scenario: Scenario, places: Sequence[str]) -> dict[str, Column]:
    """Meaning of the columns of `contacts_table`, in their order."""
    return {
        "mother": Column("Identity of the mother within a replicate"),
        "counted": Column("She was born into the recruitment window, so she is in the mothers' table"),
        "place": Column("Place", tuple(places)),
        "day": Column("Day of the attempt [days from the first day of the recruitment window; negative before]"),
        "baby_age": Column("Age of the baby [days; negative in pregnancy]"),
        "supporter_kind": Column("Kind of supporter", tuple(scenario.team.supporters)),
        "supporter": Column("Number of the supporter in the team of the place, from 1"),
        "pathway": Column("Pathway", tuple(scenario.active_pathways())),
        "step": Column("Step of the pathway, from 1"),
        "attempt": Column("Attempt for this step, from 1"),
        "band": Column("Time of day", tuple(Band.words())),
        "channel": Column("Way of contact", tuple(Channel.words())),
        "outcome": Column("How the attempt ended", tuple(Outcome.words())),
        "minutes": Column("Time that it took, travel and notes included [minutes]"),
        "difficulty": Column(
            "Feeding difficulty that she had then, a resolved one included; undefined if none",
            tuple(Difficulty.words()),
        ),
        "resolved": Column("The contact resolved a feeding problem"),
    }
