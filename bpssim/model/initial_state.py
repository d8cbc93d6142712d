"""Initialisation: the places, mothers and team of a scenario, and the state before the first day."""

import math
import zlib
from collections.abc import Collection
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.model.decisions.calendar import MANAGEMENT
from bpssim.model.decisions.decision_log import DECISION
from bpssim.model.decisions.review import COUNT_STATE, POLICY_STATE, TRIAL
from bpssim.model.engine.compiled import entry
from bpssim.model.engine.random import Purpose, uniform
from bpssim.model.gate_fit import level_of
from bpssim.model.mother import mothers_by_birth
from bpssim.model.parameters.generated import Rows, bits
from bpssim.model.parameters.parameters import Parameters, key_of, listed, parameters_of
from bpssim.model.rules.access import gate_probability, traits_by_day
from bpssim.model.rules.community import TIES, discovery_age, tie_mothers
from bpssim.model.rules.contact import CONTACT
from bpssim.model.rules.day import COUNTS, DAY, WALK
from bpssim.model.rules.event_log import EVENT, NOBODY
from bpssim.model.rules.feeding import cell_of, has
from bpssim.model.rules.knowledge import FEED_STATE, PERSONAL_DATA, write_true_data
from bpssim.model.rules.orders import birth_order, neighbourhood_order
from bpssim.model.rules.pathway import PROGRESS
from bpssim.model.rules.population import draw_mothers, draws_of, neighbourhoods_of
from bpssim.model.rules.professionals import HEALTH_TEAM
from bpssim.model.rules.queue import REQUEST
from bpssim.model.rules.team import DUTY_PLACE, ENGLISH, SEARCH, SUPPORTER
from bpssim.model.state import NEVER, State, Table, empty
from bpssim.scenario.places.births import DAYS_PER_YEAR, places_with_births
from bpssim.scenario.places.who_lives_there import attributes_of
from bpssim.scenario.population import Attributes, Population
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.team import Supporters
from bpssim.scenario.team_size import SizedTeam, team_of_size
from bpssim.scenario.words import QUINTILES, REFERENCE_AGE, Band, Demand, Profession, Trigger

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
    population = scenario.population
    warm_up, window = scenario.run.warm_up_days, scenario.run.window_days
    neighbourhoods = neighbourhoods_of(place.quintiles, place.weights)
    if population.mothers:
        from bpssim.scenario.places.mother_table import read_mothers

        # Every mother that a planner lists counts, so all give birth in the window and none in the warm-up.
        columns: dict[str, Any] = read_mothers(Path(population.mothers), list(population.languages), window)
        mothers, given = mothers_by_birth(columns, len(columns["id"]), 0, window, seed)
        mothers.birth_day += warm_up
    else:
        count = max(1, round(place.births_per_year * (warm_up + window) / 365.0))
        mothers, given = mothers_by_birth({}, count, place_key(place.name) << 32, warm_up + window, seed)
    languages = np.cumsum(list(population.languages.values()) or [1.0])
    draws = draws_of(population.model_copy(update={"attributes": place.attributes}), seed)
    draw_mothers(mothers, given, neighbourhoods, draws, languages / languages[-1])
    return mothers, neighbourhoods


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


def supporters_of(scenario: Scenario, place: Place, team: SizedTeam) -> Table:
    """One record for each supporter of the team of a place."""
    languages = list(scenario.population.languages)
    listed: list[Supporters] = []
    own: list[dict[str, Any]] = []
    for number, (name, kind) in enumerate(scenario.team.supporters.items()):
        at_start = scenario.learning.at_start if kind.context_knowledge is None else kind.context_knowledge
        for number_in_kind, person in enumerate(team.people[name]):
            own.append(
                {
                    "id": (place_key(place.name) << 32) + number_in_kind,
                    "kind": number,
                    "kind_key": key_of(name),
                    "languages": bits([ENGLISH, *(1 + languages.index(language) for language in kind.languages)]),
                    "turnover": 1.0 - (1.0 - kind.turnover_per_year) ** (1.0 / 365.0),
                    "knowledge": at_start,
                    "supervised": -NEVER,
                    "longest": [60.0 * max(person.hours_in(band).values(), default=0.0) for band in Band],
                }
            )
            listed.append(person)
    rows = Rows()
    rows.add(listed, own)
    return rows.table(Supporters, SUPPORTER)


def ties_of(scenario: Scenario, mothers: Table, by_birth: NDArray[np.int64], seed: int) -> Table:
    """Ties of each mother; one empty row where the community is not active."""
    if not scenario.community.active:
        return empty(TIES, 1)
    ties = empty(TIES, len(mothers))
    tie_mothers(ties, mothers, neighbourhood_order(mothers, by_birth), scenario.community.ties, seed)
    return ties


def duty_places_of(p: Parameters) -> Table:
    """One record for each supporter's place on each fixed duty."""
    duty_of_place = np.repeat(np.arange(len(p.duties)), p.duties.supporters)
    places = empty(DUTY_PLACE, len(duty_of_place))
    places.duty = duty_of_place
    return places


def initial_state(
    scenario: Scenario, place: Place, seed: int, population: tuple[Table, Table], keep: Collection[str] = ()
) -> tuple[State, Parameters]:
    """State and parameters before the first day.

    Parameters
    ----------
    scenario
        What the planner wrote.
    place
        One of `places_of(scenario.population)`.
    seed
        Seed of the replicate.
    population
        Result of `draw_population`; its mothers become part of the state.
    keep
        As for `bpssim.model.parameters.parameters.listed`; outcomes need that nothing is kept.
    """
    mothers = population[0]
    count = len(mothers)
    team = team_of_size(scenario.team, team_factor(scenario, count))
    p = parameters_of(scenario, seed, team, keep=keep, level_of=level_of)
    p.derived.place_key = place_key(place.name)
    p.derived.births_a_year = births_by_quintile(scenario, place, mothers)
    if not scenario.team.unlimited:
        p.pathways.supply = supply_of(scenario, p, births_per_year(scenario, count))
    # Tables of parameters have one empty row where a scenario has none; the state must not have it.
    pathways, feeds = listed(scenario, keep)
    by_birth = birth_order(mothers)
    health_teams = empty(HEALTH_TEAM, len(Profession))
    health_teams.awareness = [getattr(scenario.professionals, team.word) for team in Profession]
    state = State(
        mothers=mothers,
        true_data=empty(PERSONAL_DATA, count),
        known_data=empty(PERSONAL_DATA, count),
        feed_states=empty(FEED_STATE, count, len(feeds)),
        progress=empty(PROGRESS, count, len(pathways)),
        requests=empty(REQUEST, count),
        contacts=empty(CONTACT, 5 * count),
        events=empty(EVENT, 1),
        decisions=empty(DECISION, _most_decisions(scenario)),
        reported=empty(COUNT_STATE, len(scenario.review.counts)),
        policies=empty(POLICY_STATE, len(scenario.review.policies)),
        trials=empty(TRIAL, len(scenario.review.policies), len(pathways)),
        management=empty(MANAGEMENT, 1),
        supporters=supporters_of(scenario, place, team),
        duty_places=duty_places_of(p),
        searches=empty(SEARCH, len(p.steps), len(Band)),
        health_teams=health_teams,
        neighbourhoods=population[1].copy(),
        ties=ties_of(scenario, mothers, by_birth, seed),
        days=empty(DAY, int(p.derived.window_stop) + scenario.run.follow_up_days),
        counts=empty(COUNTS, 1),
        walk=empty(WALK, count),
    )
    state.counts.watched = NOBODY
    state.management.hours_share = 1.0
    set_days(state, p, by_birth)
    apply_scenario(state, p)
    return state, p


def _most_decisions(scenario: Scenario) -> int:
    """Upper bound of the rows that decisions take: every policy is carried out once, and judged at most twice.

    A policy opens its designs, one after the other, and closes what runs; it may name what it widens several times.
    """
    review, pathways = scenario.review, len(scenario.active_pathways())
    reviews = scenario.run.window_days // review.every_days
    policies = sum(10 + 8 * pathways + len(policy.widens) for policy in review.policies.values())
    return reviews * (1 + len(review.counts)) + policies + pathways + 3


def team_factor(scenario: Scenario, mothers: int) -> float:
    """Size of the team in a place with this number of mothers, relative to the listed one."""
    listed_for = scenario.team.scale_to_births
    return births_per_year(scenario, mothers) / listed_for if listed_for else 1.0


def births_per_year(scenario: Scenario, mothers: int) -> float:
    """Annual births implied by the number of mothers in warm-up and window."""
    days_of_births = scenario.run.window_days + (0 if scenario.population.mothers else scenario.run.warm_up_days)
    return 365.0 * mothers / days_of_births


def supply_of(scenario: Scenario, p: Parameters, births: float) -> NDArray[np.float64]:
    """Log odds ratio of coming to each pathway, from the places that its groups have for their births.

    Only groups are the service's own, to which a mother comes herself; classes and clinics are held anyway.
    """
    access = scenario.access
    supply = np.zeros(len(p.pathways))
    for row in range(len(p.pathways)):
        pathway = p.pathways[row]
        demands = int(p.gate_probabilities[pathway.reached].demands)
        if pathway.session >= 0 and pathway.opens.on == Trigger.GROUP_DAY and demands >> Demand.TRAVEL & 1:
            duty = p.duties[pathway.session]
            places = 1000.0 * int(pathway.weekdays).bit_count() * duty.supporters / (duty.every_weeks * births)
            supply[row] = math.log(access.circumstances.twice_the_places) * math.log2(places / access.usual_places)
    return supply


def births_by_quintile(scenario: Scenario, place: Place, mothers: Table) -> NDArray[np.float64]:
    """Annual births by quintile, shape (5,): those of a given table, or as expected from the neighbourhoods."""
    given = (mothers.quintile, None) if scenario.population.mothers else (place.quintiles, place.weights)
    weights = np.bincount(given[0], given[1], QUINTILES + 1)[1:].astype(np.float64)
    return weights * (births_per_year(scenario, len(mothers)) / weights.sum())


def with_room(state: State, pathways: int) -> State:
    """The same state with larger tables of requests, contacts and events."""
    active = int(state.counts[0].active)
    return state._replace(
        requests=_grown(state.requests, active * pathways),
        contacts=_grown(state.contacts, int(state.counts[0].contacts) + active * pathways),
        events=_grown(state.events, int(state.counts[0].event_rows)),
    )


def _grown(records: Table, needed: int) -> Table:
    if needed <= len(records):
        return records
    larger = empty(records.dtype, math.ceil(1.5 * needed))
    larger[: len(records)] = records
    return larger
