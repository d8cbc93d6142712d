"""The start of runs: what is the same for every seed, made once, and the state before the first day."""

import math
from collections.abc import Collection
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.model.decisions.calendar import MANAGEMENT
from bpssim.model.decisions.decision_log import DECISION
from bpssim.model.decisions.review import COUNT_STATE, POLICY_STATE, TRIAL
from bpssim.model.gate_fit import level_of
from bpssim.model.initial_state import Place, apply_scenario, number_of_mothers, place_key, set_days
from bpssim.model.parameters.generated import Rows, bits
from bpssim.model.parameters.parameters import Parameters, for_seed, key_of, listed, parameters_of
from bpssim.model.rules.community import TIES, tie_mothers
from bpssim.model.rules.contact import CONTACT
from bpssim.model.rules.day import COUNTS, DAY, WALK
from bpssim.model.rules.event_log import EVENT, NOBODY
from bpssim.model.rules.knowledge import FEED_STATE, PERSONAL_DATA
from bpssim.model.rules.orders import birth_order, neighbourhood_order
from bpssim.model.rules.pathway import PROGRESS
from bpssim.model.rules.professionals import HEALTH_TEAM
from bpssim.model.rules.queue import REQUEST
from bpssim.model.rules.team import DUTY_PLACE, ENGLISH, SEARCH, SUPPORTER
from bpssim.model.state import NEVER, State, Table, copied, empty
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.team import Supporters
from bpssim.scenario.team_size import SizedTeam, team_of_size
from bpssim.scenario.words import QUINTILES, Band, Demand, Profession, Trigger


class Start(NamedTuple):
    """What every run of a scenario in one place starts with, whatever the seed.

    Runs share it, on threads too, and copy what they change.

    Parameters
    ----------
    scenario, place
        What is run, and where.
    parameters
        Those of any seed.
    pathways, feeds, decisions
        Number of rows that they have in the state.
    supporters, duty_places, health_teams
        Tables of the state before the first day.
    """

    scenario: Scenario
    place: Place
    parameters: Parameters
    pathways: int
    feeds: int
    decisions: int
    supporters: Table
    duty_places: Table
    health_teams: Table


def start_of(scenario: Scenario, place: Place, keep: Collection[str] = ()) -> Start:
    """The start of all runs of a scenario in a place.

    Parameters
    ----------
    scenario
        What the planner wrote.
    place
        One of `bpssim.model.initial_state.places_of`.
    keep
        As for `bpssim.model.parameters.parameters.listed`; outcomes need that nothing is kept.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If a table of mothers cannot be used, or the baseline has not been moved to a local rate.
    """
    births = births_per_year(scenario, number_of_mothers(scenario, place))
    listed_for = scenario.team.scale_to_births
    team = team_of_size(scenario.team, births / listed_for if listed_for else 1.0)
    p = parameters_of(scenario, scenario.run.seed, team, keep=keep, level_of=level_of)
    p.derived.place_key = place_key(place.name)
    if not scenario.population.mothers:
        weights = np.bincount(place.quintiles, place.weights, QUINTILES + 1)[1:]
        p.derived.births_a_year = in_proportion(births, weights)
    p.pathways.supply = supply_of(scenario, p, births)
    if scenario.team.unlimited:  # there are places for all, and never fewer than there are people for
        p.pathways.supply = np.maximum(p.pathways.supply, 0.0)
    # Tables of parameters have one empty row where a scenario has none; the state must not have it.
    pathways, feeds = listed(scenario, keep)
    health_teams = empty(HEALTH_TEAM, len(Profession))
    health_teams.awareness = [getattr(scenario.professionals, team.word) for team in Profession]
    return Start(
        scenario,
        place,
        p,
        len(pathways),
        len(feeds),
        _most_decisions(scenario),
        supporters_of(scenario, place, team),
        duty_places_of(p),
        health_teams,
    )


def first_state(start: Start, seed: int, population: tuple[Table, Table]) -> tuple[State, Parameters]:
    """State and parameters of a run before the first day.

    Parameters
    ----------
    start
        Of its scenario and place.
    seed
        Seed of the replicate.
    population
        Result of `bpssim.model.initial_state.draw_population`; its mothers become part of the state.
    """
    scenario, (mothers, neighbourhoods) = start.scenario, population
    count = len(mothers)
    p = for_seed(start.parameters, seed)
    if scenario.population.mothers:  # whose quintiles are drawn where the table does not give them
        counted = np.bincount(mothers.quintile, minlength=QUINTILES + 1)[1:]
        p.derived.births_a_year = in_proportion(births_per_year(scenario, count), counted)
    by_birth = birth_order(mothers)
    state = blank_state(start, mothers, neighbourhoods)
    if scenario.community.active:
        tie_mothers(state.ties, mothers, neighbourhood_order(mothers, by_birth), scenario.community.ties, seed)
    set_days(state, p, by_birth)
    apply_scenario(state, p)
    return state, p


def blank_state(start: Start, mothers: Table, neighbourhoods: Table) -> State:
    """The state of a run with these mothers, in which nothing has been set that depends on who they are.

    Parameters
    ----------
    start
        Of its scenario and place.
    mothers
        Become part of the state.
    neighbourhoods
        Are copied.
    """
    count, review = len(mothers), start.scenario.review
    state = State(
        mothers=mothers,
        true_data=empty(PERSONAL_DATA, count),
        known_data=empty(PERSONAL_DATA, count),
        feed_states=empty(FEED_STATE, count, start.feeds),
        progress=empty(PROGRESS, count, start.pathways),
        requests=empty(REQUEST, count),
        contacts=empty(CONTACT, 5 * count),
        events=empty(EVENT, 1),
        decisions=empty(DECISION, start.decisions),
        reported=empty(COUNT_STATE, len(review.counts)),
        policies=empty(POLICY_STATE, len(review.policies)),
        trials=empty(TRIAL, len(review.policies), start.pathways),
        management=empty(MANAGEMENT, 1),
        supporters=copied(start.supporters),
        duty_places=copied(start.duty_places),
        searches=empty(SEARCH, len(start.parameters.steps), len(Band)),
        health_teams=copied(start.health_teams),
        neighbourhoods=copied(neighbourhoods),
        ties=empty(TIES, count if start.scenario.community.active else 1),
        days=empty(DAY, int(start.parameters.derived.window_stop) + start.scenario.run.follow_up_days),
        counts=empty(COUNTS, 1),
        walk=empty(WALK, count),
    )
    state.counts.watched = NOBODY
    state.management.hours_share = 1.0
    return state


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


def duty_places_of(p: Parameters) -> Table:
    """One record for each supporter's place on each fixed duty."""
    duty_of_place = np.repeat(np.arange(len(p.duties)), p.duties.supporters)
    places = empty(DUTY_PLACE, len(duty_of_place))
    places.duty = duty_of_place
    return places


def _most_decisions(scenario: Scenario) -> int:
    """Upper bound of the rows that decisions take: every policy is carried out once, and judged at most twice.

    A policy opens its designs, one after the other, and closes what runs; it may name what it widens several times.
    """
    review, pathways = scenario.review, len(scenario.active_pathways())
    reviews = scenario.run.window_days // review.every_days
    policies = sum(10 + 8 * pathways + len(policy.widens) for policy in review.policies.values())
    return reviews * (1 + len(review.counts)) + policies + pathways + 3


def births_per_year(scenario: Scenario, mothers: int) -> float:
    """Annual births implied by the number of mothers in warm-up and window."""
    days_of_births = scenario.run.window_days + (0 if scenario.population.mothers else scenario.run.warm_up_days)
    return 365.0 * mothers / days_of_births


def in_proportion(total: float, weights: NDArray[Any]) -> NDArray[np.float64]:
    """A total in proportion to weights, shape (weights,)."""
    floats = weights.astype(np.float64)
    return floats * (total / floats.sum())


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
