"""Scenarios without some influences: one meaning for every set, and only what belongs to it changes."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bpssim as bps
from bpssim.scenario.influences.catalogue import catalogue
from bpssim.scenario.influences.influence import Influence
from bpssim.scenario.influences.taken_away import TakenAway
from bpssim.scenario.reading.messages import BadInput
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import Band, Channel, Trait

SHIPPED = catalogue().influences
SITE1, SITE2 = bps.load("site1"), bps.load("site2")
TAKEN = {scenario.name: TakenAway(scenario, SHIPPED) for scenario in (SITE1, SITE2)}
SOME = st.lists(st.sampled_from(sorted(SHIPPED)), unique=True)


def own(**counterfactual: Any) -> Influence:
    return SHIPPED["family"].model_copy(
        update={"counterfactual": SHIPPED["family"].counterfactual.model_validate(counterfactual)}
    )


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(["site1", "site2"]), SOME)
def test_a_set_means_the_same_in_any_order_and_is_an_allowed_scenario(name: str, some: list[str]) -> None:
    without = TAKEN[name].without(some)
    assert without == TAKEN[name].without(some[::-1])
    assert Scenario.model_validate(without.model_dump(mode="json", round_trip=True)) == without


def test_nothing_taken_away_is_the_scenario_and_inactive_ones_change_nothing() -> None:
    for taken in TAKEN.values():
        assert taken.without([]) == taken.scenario
        assert all(taken.without([name]) == taken.scenario for name in taken.nothing)
        assert {*taken.active, *taken.nothing} == set(SHIPPED)
    assert "contract" in TAKEN["site1"].nothing
    assert "contract" not in TakenAway(bps.load("site1_retender"), SHIPPED).nothing


def test_barriers_are_removed_in_every_pathway_and_those_removed_before_stay() -> None:
    interpreted = bps.load("site1_interpreters")
    without = TakenAway(interpreted, SHIPPED).without(["transport", "language"])
    assert all(
        {Trait.LIMITED_ENGLISH, Trait.NO_WEEKDAY_CAR, Trait.RURAL} <= set(each.removes)
        for each in without.pathways.values()
    )
    assert Trait.LIMITED_ENGLISH in TakenAway(interpreted, SHIPPED).without(["transport"]).pathways["call_48h"].removes


def test_lists_of_several_influences_are_joined() -> None:
    without = TAKEN["site1"].without(["worries", "family", "reading_and_phone"])
    assert set(without.population.eased.without) == {Trait.STRESSOR, Trait.UNSUPPORTIVE_FAMILY, Trait.NO_MOBILE}


def test_evening_hours_come_on_top_and_are_as_many_as_duties_leave_by_day() -> None:
    without = TAKEN["site1"].without(["hours_of_day"])
    now, then = SITE1.team.supporters["paid"], without.team.supporters["paid"]
    assert then.hours == now.hours
    on_duty = sum(
        duty.minutes * len(duty.weekdays) * duty.supporters / (60.0 * duty.every_weeks)
        for duty in SITE1.team.duties.values()
        if duty.by == "paid"
    )
    assert now.count * sum(then.evening_hours.values()) == pytest.approx(
        now.count * sum(now.hours.values()) - on_duty, abs=0.05
    )
    calls = [each for each in without.active_pathways().values() if each.from_afar and
             any(step.channel is Channel.CALL for step in each.steps)]  # fmt: skip
    assert calls
    assert all(each.band is Band.EVENING for each in calls)
    assert without.team.duties == SITE1.team.duties


def test_a_pathway_at_a_session_brings_the_session_and_its_people() -> None:
    without = TAKEN["site2"].without(["ward"])
    assert "ward_visit" in without.active_pathways()
    duty = without.team.duties["ward"]
    assert set(without.team.supporters) - set(SITE2.team.supporters) == {duty.by}
    assert {name: without.team.supporters[name] for name in SITE2.team.supporters} == SITE2.team.supporters
    assert TAKEN["site1"].without(["ward"]).team == SITE1.team  # which has the session


def test_a_pathway_that_is_not_listed_is_left_out() -> None:
    alone = TakenAway(SITE1, {"mine": own(runs=["nobody_has_it"], changes=[])})
    assert alone.nothing == ["mine"]


def test_conditions_on_rows_choose_among_them() -> None:
    some = {"mine": own(changes=[{"to": "pathways", "rows": {"initiative": ["mother"], "session": "*"},
                                  "set": {"priority": 3.0}}])}  # fmt: skip
    changed = TakenAway(SITE1, some).without(["mine"]).pathways
    raised = {name for name, each in changed.items() if each != SITE1.pathways[name]}
    assert raised == {name for name, each in SITE1.pathways.items()
                      if each.initiative.word == "mother" and each.session}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ([{"to": "team", "set": {"unlimted": True}}], "influence mine: team.unlimted.*did you mean 'unlimited'"),
        ([{"to": "access", "set": {"handed_on": -1}}], "influence mine: access.handed_on"),
        ([{"to": "population.eased", "add": {"without": ["rural"]}}], "influence mine: population.eased.without"),
        ([{"to": "run", "set": {"seed": 5}}], "influence mine: run.seed: would compare other mothers or periods"),
        ([{"to": "run", "set": {"window_days": 400}}], "influence mine: run.window_days: would compare other mothers"),
        ([{"to": "population", "set": {"births_per_year": 9}}], "influence mine: population.births_per_year: would"),
        ([{"to": "pathways.call_48h", "add": {"priority": ["high"]}}], "mine: .*priority: is no list of words to add"),
        ([{"to": "access.aware.by_quintile", "set": {"0": 1.0}}], "part of .*set as a whole"),
    ],
)
def test_what_cannot_be_changed_is_told_of_its_influence(changes: list[dict[str, Any]], message: str) -> None:
    with pytest.raises(BadInput, match=message):
        TakenAway(SITE1, {"mine": own(changes=changes), "family": SHIPPED["family"]})


def test_rows_of_no_table_are_refused_and_names_that_are_not_there_are_told() -> None:
    wrong = own(changes=[{"to": "team.dutys", "rows": {"name": "ward"}, "set": {"minutes": 60.0}}])
    with pytest.raises(BadInput, match=r"influence mine: counterfactual.changes.0.to: .*did you mean 'team.duties'"):
        TakenAway(SITE1, {"mine": wrong})
    nobody = own(changes=[{"to": "team.duties", "rows": {"name": "warrd"}, "set": {"minutes": 60.0}}])
    assert TakenAway(SITE1, {"mine": nobody}).unmatched == [
        "influence mine: team.duties has no row with the name warrd, which changes nothing"
    ]
    assert not TAKEN["site1"].unmatched


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"to": "access", "set": {"aware": {"by_quintile": 1.0}}}, {"to": "access", "set": {"aware.by_quintile": 0.5}}),
        ({"to": "pathways.call_48h", "set": {"removes": ["lone"]}},
         {"to": "pathways.call_48h", "add": {"removes": ["rural"]}}),
    ],
)  # fmt: skip
def test_a_set_of_influences_has_one_meaning(one: dict[str, Any], other: dict[str, Any]) -> None:
    some = {"one": own(changes=[one]), "other": own(changes=[other])}
    for named in (some, dict(reversed(some.items()))):
        with pytest.raises(BadInput, match=r"every set of influences must have one meaning"):
            TakenAway(SITE1, named)


def test_supporters_without_hours_take_no_calls_in_the_evening() -> None:
    idle = bps.load("site1", ["team.supporters.idle={hours: {monday: 0}}"])
    assert TakenAway(idle, SHIPPED).without(["hours_of_day"]).team.supporters["idle"] == idle.team.supporters["idle"]


def test_two_influences_may_not_give_one_input_different_values() -> None:
    one, other = (own(changes=[{"to": "access", "set": {"handed_on": value}}]) for value in (0.5, 0.9))
    with pytest.raises(BadInput, match=r"influence other: .*gives access.handed_on another value than one does"):
        TakenAway(SITE1, {"one": one, "other": other})
