"""The calendar: talks about data, and a contract that moves."""

import numpy as np
import pytest

import bpssim as bps
from bpssim.model.simulation import Simulation
from bpssim.outcomes.decisions import decided
from bpssim.scenario.data_sharing import AGREED_FEED
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import Item
from tests.model.services import MECHANISMS, contacts, duty, run, run_until, small, tally_of

PLAIN = {"run__warm_up_days": 0, "run__window_days": 130}


def moving(**retender) -> Simulation:
    changes = {"learning__active": True, "learning__at_start": 0.6, "professionals": {"health_visiting": 0.8}}
    scenario = small(
        200, review={"active": True, "retender": {"month": 1, **retender}}, pathways={}, **changes, **PLAIN
    )
    return Simulation(scenario, 1)


def test_a_contract_that_moves_takes_knowledge_awareness_and_hours_and_hours_come_back():
    simulation = run_until(moving(months_to_settle=2, keeps=0.4, hours_until_then=0.5), 30)
    state = simulation.state
    knowledge = state.supporters.knowledge.copy()
    simulation.step()
    assert state.management.hours_share == 0.5
    assert state.supporters.knowledge == pytest.approx(0.4 * knowledge * 0.5 ** (1 / 730))
    assert state.health_teams.awareness[1] == pytest.approx(0.4 * 0.8)
    run_until(simulation, 91)
    assert state.management.hours_share == 0.5
    simulation.run()
    assert state.management.hours_share == 1.0
    assert [event.day for event in decided(simulation) if event.what != "review"] == [30, 91]


def test_a_team_that_settles_at_once_works_all_its_hours():
    simulation = moving(months_to_settle=0)
    simulation.run()
    assert simulation.state.management.hours_share == 1.0
    assert [event.why for event in decided(simulation)][:2] == ["re-tender", "settled after the re-tender"]


def test_a_paid_team_costs_the_hours_for_which_it_is_employed():
    simulation = moving(months_to_settle=2, hours_until_then=0.5)
    minutes = 60.0 * simulation.state.supporters.hours.sum(axis=0)
    simulation.run()
    share = [0.5 if 30 <= day < 91 else 1.0 for day in range(130)]
    expected = sum(minutes[day % 7] * share[day] for day in range(130))
    assert tally_of(simulation).team[0].paid == pytest.approx(expected)


def talking(**changes) -> Simulation:
    agreement = {"feed": {"items": ["name", "phone"]}, "monthly_success": 1.0}
    fixed = {"data_sharing__preset": "none", "review": {"active": True, "agreement": agreement}}
    return run(small(300, **{**fixed, **PLAIN, **changes}))


def known(simulation: Simulation, since: int) -> float:
    """Share of mothers born since a day whose number the service holds."""
    mothers = simulation.state.mothers
    started = (mothers.feeding != 3) & (mothers.birth_day - simulation.parameters.derived.lead >= since)
    return float((simulation.state.known_data.value[started, Item.NAME] >= 0).mean())


def test_talks_without_hours_come_to_nothing():
    simulation = talking()
    assert decided(simulation)[1:] == []
    assert decided(simulation)[0].what == "review"


def test_an_agreement_brings_its_data_from_its_day_on():
    talks = {"team__duties__talks": duty("friday", 60, "paid", "agreement")}
    closed = {"pathways": {}}
    simulation = talking(**talks, **closed)
    event = decided(simulation)[0]
    assert event == (30, "data agreement: name, phone", "talks succeeded", "4 hours of talks")
    assert known(simulation, 30) > 0.9
    born = simulation.state.mothers.birth_day - simulation.parameters.derived.lead
    early = born + simulation.state.mothers.discharge_age < 30
    assert early.sum() > 20
    assert (simulation.state.known_data.value[early, Item.NAME] < 0).all()


def test_hours_on_any_day_of_a_month_count_for_its_talks():
    """The second month has 31 days, 30 to 60 of the window; the only talks are on its first."""
    talks = duty("saturday", 60, "paid", "agreement", every_weeks=7)
    changes = {"run__warm_up_days": 24, "run__window_days": 80, "pathways": {}, "team__duties": {"talks": talks}}
    team = {"paid": {"count": 1, "hours": {"saturday": 4}}}
    simulation = talking(**changes, team__supporters=team)
    spent = np.flatnonzero(simulation.state.days.minutes_agreement) - simulation.parameters.derived.window_start
    assert [day for day in spent if 0 <= day < 80] == [30, 79]
    assert [event.day for event in decided(simulation)] == [61]


def test_talks_are_settled_in_the_declared_share_of_months():
    talks = duty("friday", 10, "paid", "agreement")
    agreement = {"feed": {"items": ["name"]}, "monthly_success": 0.3}
    changes = {"pathways": {}, "team__duties": {"talks": talks}, "run__warm_up_days": 0, "run__window_days": 31}
    scenario = small(20, review={"active": True, "agreement": agreement}, **changes)
    seeds = 200
    agreed = sum(bool(decided(run_until(Simulation(scenario, seed), 31))) for seed in range(seeds))
    assert abs(agreed - 0.3 * seeds) < 5 * np.sqrt(seeds * 0.3 * 0.7)  # five standard deviations of a binomial count


def test_a_feed_of_ones_own_cannot_take_the_name_of_the_agreed_one():
    feeds = {AGREED_FEED: {"items": ["name", "phone"]}}
    with pytest.raises(ValueError, match="choose another"):
        small(100, data_sharing={"preset": "own", "feeds": feeds})


ALL = small(200, MECHANISMS)


def test_events_do_not_depend_on_threads():
    one, two = (bps.run(ALL, seed=5, replicates=4, workers=workers, details=False).decisions for workers in (1, 2))
    assert set(one.replicate) == {0, 1, 2, 3}
    assert one.equals(two)
    assert {"review", "contract moved to another organisation"} < set(one.what)


def test_places_decide_for_themselves():
    towns = ["Blackburn with Darwen", "Burnley"]
    scenario = small(400, MECHANISMS, population={"births_per_year": 800, "places": towns, "services": "each"})
    decisions = bps.run(scenario, seed=5, replicates=1, details=False).decisions
    assert set(decisions.place) == set(towns)
    assert decisions.day.is_monotonic_increasing is False
    figures = [set(decisions.figures[decisions.place == town]) for town in towns]
    assert figures[0] != figures[1]


@pytest.mark.parametrize("births", [1, 40])
def test_every_mechanism_bears_a_place_with_hardly_any_mothers(births):
    scenario = small(births, MECHANISMS)
    simulation = run(scenario)
    assert simulation.day == simulation.last_day
    assert len(decided(simulation)) >= 5


def test_every_mechanism_bears_a_place_without_supporters():
    tree = small(150, MECHANISMS).model_dump(mode="json") | {"pathways": {}, "team": {}}
    tree["review"] |= {"policies": {}, "counts": {}}
    simulation = run(Scenario.model_validate(tree))
    assert len(contacts(simulation)) == 0
    assert len(decided(simulation)) >= 5
