"""Initialisation: the places and mothers of a scenario, and what is set for each mother before the first day."""

import math
import zlib
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.model.engine.compiled import entry
from bpssim.model.engine.random import Purpose, uniform
from bpssim.model.mother import mothers_by_birth
from bpssim.model.parameters.parameters import Parameters
from bpssim.model.rules.access import gate_probability, traits_by_day
from bpssim.model.rules.community import discovery_age
from bpssim.model.rules.feeding import cell_of, has
from bpssim.model.rules.knowledge import write_true_data
from bpssim.model.rules.population import draw_mothers, draws_of, neighbourhoods_of
from bpssim.model.state import NEVER, State, Table, copied
from bpssim.scenario.places.births import DAYS_PER_YEAR, places_with_births
from bpssim.scenario.places.who_lives_there import attributes_of
from bpssim.scenario.population import Attributes, Population
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import REFERENCE_AGE

BEFORE = -10_000
"""A baby age earlier than any event of a mother."""


class Place(NamedTuple):
    """A place, which is simulated independently of others."""

    name: str
    births_per_year: float
    quintiles: Any  # int8 (areas,)
    weights: Any  # float64 (areas,): births a year
    areas: Any  # int64 (areas,): row in the shipped table of small areas, -1 for one that is not in it
    attributes: Attributes  # of its mothers


def places_of(population: Population, window_days: int = DAYS_PER_YEAR) -> list[Place]:
    """The places of a scenario, with their neighbourhoods and births.

    Parameters
    ----------
    population
        Section of the scenario.
    window_days
        Length of the recruitment window, from which annual births follow where a table of mothers is given [days].

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If a district or file cannot be found or used.
    """
    places, of_all = places_with_births(population, window_days), population.attributes
    return [
        Place(
            place.name,
            place.total,
            place.quintile,
            place.births,
            place.areas,
            attributes_of(place, places, of_all) if len(places) > 1 else of_all,
        )
        for place in places
    ]


def draw_population(scenario: Scenario, place: Place, seed: int) -> tuple[Table, Table]:
    """Mothers of a place, sorted by day of birth, and its neighbourhoods.

    The same for every scenario with the same population, periods and seed. Day 0 is the first day of births.
    """
    population, count = scenario.population, number_of_mothers(scenario, place)
    warm_up, window = scenario.run.warm_up_days, scenario.run.window_days
    neighbourhoods = neighbourhoods_of(place.quintiles, place.weights)
    if population.mothers:
        # Every mother that a planner lists counts, so all give birth in the window and none in the warm-up.
        mothers, given = mothers_by_birth(_listed_mothers(scenario), count, 0, window, seed)
        mothers.birth_day += warm_up
    else:
        mothers, given = mothers_by_birth({}, count, place_key(place.name) << 32, warm_up + window, seed)
    draws, languages = how_drawn(scenario, place, seed)
    draw_mothers(mothers, given, neighbourhoods, draws, languages)
    return mothers, neighbourhoods


def how_drawn(scenario: Scenario, place: Place, seed: int) -> tuple[Table, NDArray[np.float64]]:
    """What the attributes of mothers are drawn from: a table of one row, and cumulative shares of languages."""
    population = scenario.population
    languages = np.cumsum(list(population.languages.values()) or [1.0])
    return draws_of(population.model_copy(update={"attributes": place.attributes}), seed), languages / languages[-1]


def number_of_mothers(scenario: Scenario, place: Place) -> int:
    """Number of mothers of a place who give birth in warm-up and window, the same for every seed.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If the table of mothers cannot be used.
    """
    if scenario.population.mothers:
        return len(_listed_mothers(scenario)["id"])
    return max(1, round(place.births_per_year * (scenario.run.warm_up_days + scenario.run.window_days) / 365.0))


def _listed_mothers(scenario: Scenario) -> dict[str, Any]:
    """Columns of the table of mothers that a planner gives."""
    from bpssim.scenario.places.mother_table import read_mothers

    population = scenario.population
    return read_mothers(Path(str(population.mothers)), list(population.languages), scenario.run.window_days)


def place_key(name: str) -> int:
    """Identity of a place, which is part of the identities of its mothers."""
    return zlib.crc32(name.encode()) & 0x7FFFFFFF if name else 0


@entry
def set_days(s: State, p: Parameters, by_birth: Any) -> None:
    """Count days from the first on which anything can happen, and list mothers as they enter the run."""
    for i in range(s.mothers.shape[0]):
        m = s.mothers[i]
        m.birth_day += p.derived.lead
        m.in_window = p.derived.window_start <= m.birth_day < p.derived.window_stop
        s.walk[i].entering = by_birth[i]


@entry
def apply_scenario(s: State, p: Parameters) -> None:
    """Set what follows from the attributes of mothers under this scenario; done before the first day."""
    for i in range(s.mothers.shape[0]):
        m = s.mothers[i]
        m.cell = cell_of(m)
        m.stop_multiplier = 1.0
        m.difficulty_multiplier = 1.0
        for trait in range(p.feeding.stopping_hazard.shape[0]):
            if has(m.traits, trait):
                m.stop_multiplier *= p.feeding.stopping_hazard[trait]
                m.difficulty_multiplier *= p.feeding.difficulty_multipliers[trait]
        probability = gate_probability(p, p.access.aware, m, traits_by_day(m, REFERENCE_AGE), 0.0)
        aware = uniform(p.run.seed, m.id, Purpose.AWARE, 0, 0) < probability
        m.aware_age = BEFORE if aware else discovery_age(m, p)
        write_true_data(m, s.true_data[i], p)
        for item in range(s.known_data[i].value.shape[0]):
            s.known_data[i].value[item] = -1
        m.named = -1
        m.plan = -1
        m.tells_age = NEVER


def with_room(state: State, pathways: int) -> State:
    """The same state with larger tables of requests, contacts and events."""
    active = int(state.counts[0].active)
    return state._replace(
        requests=_grown(state.requests, active * pathways),
        contacts=_grown(state.contacts, int(state.counts[0].contacts) + active * pathways),
        events=_grown(state.events, int(state.counts[0].event_rows)),
    )


def _grown(records: Table, needed: int) -> Table:
    return records if needed <= len(records) else copied(records, math.ceil(1.5 * needed))
