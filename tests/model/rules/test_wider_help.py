"""Wider help: visits end stressors, groups and online contacts bring mothers together."""

import numpy as np
import pytest

from bpssim.scenario.words import Channel, Feeding, Outcome, Trait
from tests.model.services import PATHWAYS, contacts, has, one_step, run, small, supported

FREE = {"team__unlimited": True}


def stop_age(simulation):
    mothers = simulation.state.mothers
    never = mothers.feeding == Feeding.NOT_STARTED
    return np.where(never, -1, np.where(mothers.stop_age < 0, 10_000, mothers.stop_age))


def test_every_visit_and_nothing_else_ends_a_stressor_where_signposting_always_works():
    simulation = run(small(1500, support__wider_help=1.0, **FREE))
    expected = supported(simulation, Channel.HOME_VISIT) & has(simulation, Trait.STRESSOR)
    assert expected.sum() > 20
    assert (simulation.state.mothers.relieved == expected).all()


def test_the_declared_share_of_visits_ends_a_stressor():
    visits = {"visits": {**PATHWAYS["visits"], "steps": PATHWAYS["visits"]["steps"][:1]}}
    pathways = {"ward": {**PATHWAYS["ward"], "offers": [{"pathway": "visits"}]}, **visits}
    everyone = [1.0] * 5
    simulation = run(
        small(3000, support__wider_help=0.3, pathways=pathways, population__attributes__stressor=everyone, **FREE)
    )
    visited = supported(simulation, Channel.HOME_VISIT)
    relieved = simulation.state.mothers.relieved[visited] == 1
    # One visit each; five standard deviations of a binomial share.
    assert abs(relieved.mean() - 0.3) < 5 * np.sqrt(0.3 * 0.7 / visited.sum()) < 0.1


def test_relief_lowers_the_hazard_of_those_who_are_relieved_alone():
    plain, relieving = run(small(600, **FREE)), run(small(600, support__wider_help=1.0, **FREE))
    relieved = relieving.state.mothers.relieved == 1
    assert (stop_age(relieving)[~relieved] == stop_age(plain)[~relieved]).all()
    assert (stop_age(relieving)[relieved] >= stop_age(plain)[relieved]).all()
    assert (stop_age(relieving)[relieved] > stop_age(plain)[relieved]).any()


def test_a_contact_of_another_kind_takes_nobodys_relief_away():
    message = {"opens": {"on": "ward_stay"}, "session": "ward", "steps": [one_step("online", 1)]}
    # One contact makes no other more likely, which would put all that follows on other days.
    alike = {"access__circumstances": {"met_before": 1.0}, "access__handed_on": 1.0}
    alike |= {"team__supporters__volunteer__languages": []}  # whoever met her first stays with her
    fixed = {"support__wider_help": 0.3, **alike, **FREE}
    fewer = run(small(1500, pathways=PATHWAYS, **fixed))
    more = run(small(1500, pathways={"message": message, **PATHWAYS}, **fixed))
    assert more.state.mothers.contacts.sum() > 1.1 * fewer.state.mothers.contacts.sum()
    assert (more.state.mothers.relieved >= fewer.state.mothers.relieved).all()
    assert (stop_age(more) >= stop_age(fewer)).all()


def test_a_wide_scope_makes_each_home_visit_longer_and_nothing_else():
    def minutes(simulation):
        rows = contacts(simulation)
        rows = rows[rows.outcome == Outcome.SUPPORTED]
        return {int(channel): set(rows.minutes[rows.channel == channel]) for channel in np.unique(rows.channel)}

    narrow, wide = minutes(run(small(600, **FREE))), minutes(run(small(600, support__wider_help=0.3, **FREE)))
    visits = Channel.HOME_VISIT
    assert wide.pop(visits) == {length + 15 for length in narrow.pop(visits)}
    assert wide == narrow


def test_groups_and_online_contacts_bring_mothers_together():
    simulation = run(small(600, **FREE))
    expected = supported(simulation, Channel.GROUP, Channel.ONLINE)
    assert expected.any()
    assert (simulation.state.mothers.network == expected).all()


def test_a_network_matters_from_its_age_on_and_to_those_in_it():
    plain, networks = run(small(600, **FREE)), run(small(600, support__network_hazard=0.3, **FREE))
    inside = networks.state.mothers.network == 1
    before = stop_age(plain) < 42
    assert (stop_age(networks)[~inside | before] == stop_age(plain)[~inside | before]).all()
    assert (stop_age(networks) >= stop_age(plain)).all()
    assert (stop_age(networks) > stop_age(plain)).any()


@pytest.mark.parametrize("change", [{"support__network_hazard": 0.1}, {"support__wider_help": 1.0}])
def test_strength_0_switches_wider_effects_off_too(change):
    none, wide = (run(small(600, support__strength=0.0, **FREE, **more)) for more in ({}, change))
    assert (wide.state.mothers.stop_age == none.state.mothers.stop_age).all()
