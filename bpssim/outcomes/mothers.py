"""The mothers' table: who each counted mother is, how feeding went, and how far the service got with her."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from bpssim.model.rules.tally import outcomes_of
from bpssim.model.state import NEVER
from bpssim.outcomes.columns import Column, Columns
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import EthnicGroup, Feeding, Gate, Item, Reason, Trait

if TYPE_CHECKING:
    from bpssim.model.simulation import Simulation


def mothers_table(simulation: "Simulation", place: int = 0) -> Columns:
    """Columns of the mothers born in the recruitment window, in order of birth.

    Parameters
    ----------
    simulation
        A finished run.
    place
        Index of its place among those of the scenario.
    """
    state, start = simulation.state, simulation.parameters.derived.window_start
    counted = np.flatnonzero(state.mothers.in_window)

    def of(field: str) -> NDArray[Any]:
        values: NDArray[Any] = state.mothers[field][counted]  # whole records would take ten times as long
        return values

    known = state.known_data["value"][counted]
    traits, outcome = of("traits"), outcomes_of(state, simulation.parameters)[counted]
    return {
        "id": of("id"),
        "place": np.full(len(counted), place, np.int16),
        "quintile": of("quintile"),
        "neighbourhood": of("neighbourhood"),
        "birth_day": of("birth_day") - start,
        "age_years": of("age_years").astype(np.int16),
        **{trait.word: (traits & (1 << trait)) != 0 for trait in Trait},
        "partner_leave": of("partner_leave").astype(np.int16),
        "ethnic_group": of("ethnic_group"),
        "language": of("language"),
        "confidence": of("confidence").astype(np.float32),
        "started": of("feeding") < Feeding.NOT_STARTED,
        "stop_age": of("stop_age").astype(np.int16),
        "mixed_age": of("mixed_age").astype(np.int16),
        "exclusive_until": outcome["exclusive_until"].astype(np.int16),
        "stopped_before_wanted": of("wanted_longer") == 1,
        "difficulties": of("difficulty_number").astype(np.int16),
        "problems": of("problems").astype(np.int16),
        "problems_resolved": of("problems_resolved").astype(np.int16),
        "contact_in_pregnancy": of("contact_in_pregnancy") == 1,
        "reached_age": of("reached_age"),
        "first_contact_age": of("first_contact_age"),
        "supporters": of("supporters").astype(np.int16),
        "contacts": of("contacts").astype(np.int16),
        "attempts": of("attempts").astype(np.int16),
        "minutes": of("minutes"),
        "relieved": of("relieved") == 1,
        "network": of("network") == 1,
        "data_items": of("data_items").astype(np.int16),
        "on_list": outcome["on_list"] == 1,
        "known_quintile": known[:, Item.QUINTILE],
        "in_target": outcome["in_target"] == 1,
        "offered_extra": outcome["offered_extra"] == 1,
        **{name: np.ascontiguousarray(outcome[name]) for name in ("gate", "reason", "lost_in")},
    }


def mother_columns(scenario: Scenario, places: Sequence[str]) -> dict[str, Column]:
    """Meaning of the columns of `mothers_table`, in their order."""
    return {
        "id": Column("Identity of the mother within a replicate"),
        "place": Column("Place", tuple(places)),
        "quintile": Column("Deprivation quintile of her home: 1 most deprived to 5"),
        "neighbourhood": Column("Neighbourhood within the place, a number"),
        "birth_day": Column("Day of birth [days from the first day of the recruitment window]"),
        "age_years": Column("Her age at the birth [years]"),
        **{trait.word: Column(f"Whether this holds for her: {trait.word.replace('_', ' ')}") for trait in Trait},
        "partner_leave": Column("Days that a resident partner is at home after the birth [days]"),
        "ethnic_group": Column("Ethnic group", tuple(EthnicGroup.words())),
        "language": Column("First language", ("english", *scenario.population.languages)),
        "confidence": Column("Confidence to seek help [0 to 1]"),
        "started": Column("Started to breastfeed"),
        "stop_age": Column("Baby's age when she stopped [days]; undefined if she never started or went on", None, -1),
        "mixed_age": Column("Baby's age at the first formula beside breast milk [days]; undefined if none", None, -1),
        "exclusive_until": Column(
            "Baby's age at the end of exclusive breastfeeding [days]; undefined if she never started or went on",
            None,
            -1,
        ),
        "stopped_before_wanted": Column("Stopped sooner than she wanted to"),
        "difficulties": Column("Feeding difficulties that she met"),
        "problems": Column("Difficulties that became problems"),
        "problems_resolved": Column("Problems that a contact resolved"),
        "contact_in_pregnancy": Column("Had a two-way contact in pregnancy, and did not decline it"),
        "reached_age": Column(
            "Baby's age at the first two-way contact after the birth, refusals left out [days]; undefined if none",
            None,
            NEVER,
        ),
        "first_contact_age": Column(
            "Baby's age at the first contact after the birth that gave support [days]; undefined if none", None, NEVER
        ),
        "supporters": Column("Different supporters who gave her support"),
        "contacts": Column("Two-way contacts, in pregnancy and refusals included"),
        "attempts": Column("Attempts to reach her"),
        "minutes": Column("Supporters' time spent on her, travel and notes included [minutes]"),
        "relieved": Column("A visit ended a food, housing or benefit stressor by signposting"),
        "network": Column("Met other breastfeeding mothers in a group or online"),
        "data_items": Column("Items of personal data disclosed to the service"),
        "on_list": Column("The service holds her name or number"),
        "known_quintile": Column("Quintile that the service holds; undefined if none", None, -1),
        "in_target": Column("Truly belongs to the target group of the scenario; false for all without one"),
        "offered_extra": Column(
            "Given priority as one of the target group, or a pathway that is not meant for everyone"
        ),
        "gate": Column("Furthest gate of access that she passed in any pathway", tuple(Gate.words())),
        "reason": Column("Why she went no further", tuple(Reason.words())),
        "lost_in": Column(
            "Pathway in which she got furthest and was lost; undefined if before any, or if supported in time",
            tuple(scenario.active_pathways()),
        ),
    }
