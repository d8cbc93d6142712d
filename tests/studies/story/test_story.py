"""A story is true to the run: it agrees with the tables and the records of the same run, mother by mother."""

from collections import Counter
from functools import cache
from typing import Any

import numpy as np
import pytest

import bpssim as bps
from bpssim.model.simulation import Simulation
from bpssim.outcomes.contacts import contacts_table
from bpssim.outcomes.mothers import mothers_table
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import Channel, Feeding, Item, NotSent, Outcome
from bpssim.studies.story import moments as m
from bpssim.studies.story.reading import watch
from bpssim.studies.story.story import Story
from tests.model.services import MECHANISMS, run
from tests.model.services import small as every_pathway
from tests.small import small


@cache
def service(name: str) -> tuple[Scenario, Simulation]:
    """Return a service and a run of it that nobody watched."""
    scenario = {
        "site1": lambda: small(),
        "opt in": lambda: small("data_sharing.preset=full", "data_sharing.basis=opt_in"),
        "every pathway": lambda: every_pathway(150),
        "every mechanism": lambda: every_pathway(150, MECHANISMS, data_sharing__preset="none"),
    }[name]()
    return scenario, run(scenario, scenario.run.seed)


NAMES = ("site1", "opt in", "every pathway", "every mechanism")


@cache
def told(name: str, number: int) -> tuple[Story, dict[str, Any], list[dict[str, Any]], int]:
    """Return a mother's story, her row of the mothers' table, those of the contacts' table, and her row in the run."""
    scenario, unwatched = service(name)
    table, contacts = mothers_table(unwatched), contacts_table(unwatched)
    k = number % len(table["id"])
    row = {column: values[k].item() for column, values in table.items()}
    hers = np.flatnonzero(contacts["mother"] == row["id"])
    attempts = [{column: values[each].item() for column, values in contacts.items()} for each in hers]
    where = int(np.flatnonzero(unwatched.state.mothers.id == row["id"])[0])
    return bps.story(scenario, row["id"]), row, attempts, where


def of(story: Story, *kinds: type[m.Moment]) -> list[Any]:
    return [moment for moment in story.moments if isinstance(moment, kinds)]


MOTHERS = range(0, 120, 8)


def _by_day(attempt: dict[str, Any]) -> tuple[int, str]:
    return attempt["age"], attempt["pathway"]


mothers = pytest.mark.parametrize(("name", "number"), [(name, number) for name in NAMES for number in MOTHERS])


@mothers
def test_attempts_told_are_the_rows_of_the_contacts_table(name: str, number: int) -> None:
    story, row, attempts, _ = told(name, number)
    pathways, kinds = list(story.scenario.active_pathways()), list(story.scenario.team.supporters)
    in_table = [
        {
            "age": each["baby_age"],
            "pathway": pathways[each["pathway"]],
            "supporter_kind": kinds[each["supporter_kind"]],
            "difficulty": each["difficulty"] if each["difficulty"] >= 0 else None,
            **{
                name: each[name]
                for name in ("channel", "supporter", "step", "attempt", "outcome", "minutes", "resolved")
            },
        }
        for each in attempts
    ]
    in_story = [{name: getattr(each, name) for name in in_table[0]} for each in of(story, m.Attempt)]
    assert sorted(in_story, key=_by_day) == sorted(in_table, key=_by_day)
    assert sum(each.outcome != Outcome.NO_ANSWER for each in of(story, m.Attempt)) == row["contacts"]


@mothers
def test_feeding_told_is_that_of_the_mothers_table(name: str, number: int) -> None:
    story, row, _, _ = told(name, number)
    (birth,) = of(story, m.Birth)
    assert (birth.age, birth.feeding < Feeding.STOPPED) == (0, row["started"])
    mixed = [0] if birth.feeding == Feeding.MIXED else [each.age for each in of(story, m.FirstFormula)]
    assert mixed == ([row["mixed_age"]] if row["mixed_age"] >= 0 else [])
    stops = of(story, m.Stopped)
    assert [each.age for each in stops] == ([row["stop_age"]] if row["stop_age"] >= 0 else [])
    assert [each.sooner_than_wanted for each in stops] == ([row["stopped_before_wanted"]] if stops else [])
    (end,) = of(story, m.FollowUpEnded)
    assert (end.age, end.feeding < Feeding.STOPPED) == (182, row["started"] and row["stop_age"] < 0)


@mothers
def test_difficulties_told_are_those_of_the_mothers_table(name: str, number: int) -> None:
    story, row, _, _ = told(name, number)
    started = of(story, m.DifficultyStarted)
    assert len(started) == row["difficulties"]
    assert sum(not each.prevented for each in started) == row["problems"]
    assert sum(each.resolved for each in of(story, m.Attempt)) == row["problems_resolved"]
    assert len(of(story, m.DifficultyPassed)) <= len(started)
    assert len(of(story, m.MetOthers)) == row["network"]
    assert len(of(story, m.Relieved)) == row["relieved"]


@mothers
def test_knowledge_told_is_what_the_service_holds_and_each_item_has_a_source(name: str, number: int) -> None:
    story, row, _, where = told(name, number)
    views = service(name)[1].state.known_data["value"][where]
    assert of(story, m.Held)[-1].items == {item: views[item] for item in Item if views[item] >= 0}
    sources: set[Item] = set()
    for moment in story.moments:
        if isinstance(moment, m.DataArrived | m.Learned):
            sources.update(moment.items)
            sources.update({Item.QUINTILE} & set(of(story, m.Held)[-1].items) if Item.POSTCODE in moment.items else ())
        if isinstance(moment, m.Held):
            assert set(moment.items) <= sources
    assert len(of(story, m.Held)[-1].items) >= row["data_items"]  # a quintile looked up is no further item


@pytest.mark.parametrize("number", MOTHERS)
def test_nothing_is_known_that_only_a_withheld_feed_would_have_told(number: int) -> None:
    story, _, _, _ = told("site1", number)
    asked = {item for pathway in story.scenario.active_pathways().values() for item in (*pathway.asks, *pathway.learns)}
    told_by_hospital = {Item.NAME, Item.PHONE, Item.FEEDING, Item.HOME}
    never = set(Item) - asked - told_by_hospital - {Item.QUINTILE, Item.BIRTH, Item.ADDRESS}  # a visit needs an address
    assert Item.BEST_TIME in never
    for held in of(story, m.Held):
        assert not never & set(held.items)
    for arrived in of(story, m.DataArrived):
        assert (set(arrived.items) | set(arrived.missing)) - {Item.BIRTH} == told_by_hospital


@pytest.mark.parametrize("name", ["site1", "opt in", "every pathway"])
def test_every_record_arrives_or_is_told_to_have_failed(name: str) -> None:
    ends = Counter(
        (len(of(story, m.DataArrived)), len(of(story, m.DataNotSent)))
        for number in MOTHERS
        for story in [told(name, number)[0]]
    )
    assert set(ends) <= {(1, 0), (0, 1)}
    if name == "opt in":
        whys = {each.why for number in MOTHERS for each in of(told(name, number)[0], m.DataNotSent)}
        assert whys == {NotSent.NOT_BREASTFEEDING, NotSent.CHOICE}


@pytest.mark.parametrize("mechanisms", [(), tuple(MECHANISMS)], ids=["nothing slow", "everything"])
def test_every_piece_of_work_ends_in_the_one_way_that_the_run_counted(mechanisms: tuple[str, ...]) -> None:
    scenario = every_pathway(60, mechanisms, team__supporters__paid__count=1)
    unwatched = run(scenario, 13)
    ends: Counter[Outcome] = Counter()
    for row in range(len(unwatched.state.mothers)):  # mothers of the warm-up have work too
        work = [each for each in watch(Simulation(scenario, 13), row) if isinstance(each, m.Attempt | m.WorkUndone)]
        ends.update(each.outcome for each in work)
    assert {outcome: ends[outcome] for outcome in Outcome} == {
        outcome: unwatched.state.days.ended[:, outcome].sum() for outcome in Outcome
    }
    assert ends[Outcome.EXPIRED] > 0
    assert ends[Outcome.WITHDRAWN] > 0


def test_watching_changes_nothing_and_the_same_story_comes_out_again() -> None:
    scenario, unwatched = service("every mechanism")
    mother = int(unwatched.state.mothers.id[unwatched.state.mothers.in_window == 1][4])
    assert bps.story(scenario, mother) == bps.story(scenario, mother)
    watched = Simulation(scenario, scenario.run.seed)
    list(watch(watched, int(np.flatnonzero(watched.state.mothers.id == mother)[0])))
    assert watched.state.contacts.tobytes() == unwatched.state.contacts.tobytes()
    assert watched.state.mothers.tobytes() == unwatched.state.mothers.tobytes()


@mothers
def test_moments_are_in_order_and_the_row_is_hers(name: str, number: int) -> None:
    story, row, _, _ = told(name, number)
    ages = [moment.age for moment in story.moments]
    assert ages == sorted(ages)
    assert story.mother["id"] == row["id"]
    assert story.mother["stop_age"] == (None if row["stop_age"] < 0 else row["stop_age"])
    offers = [each for each in of(story, m.Offer) if each.accepted]
    assert len({each.pathway for each in offers}) == len(offers)  # nobody accepts twice


def test_what_happens_on_the_ward_is_told_before_she_goes_home() -> None:
    scenario, unwatched = service("site1")
    contacts, mothers = contacts_table(unwatched), unwatched.state.mothers[unwatched.state.mothers.in_window == 1]
    home = dict(zip(mothers.id.tolist(), mothers.discharge_age.tolist(), strict=True))
    met = zip(*(contacts[column].tolist() for column in ("mother", "channel", "baby_age")), strict=True)
    last_day = [mother for mother, channel, age in met if channel == Channel.WARD and home.get(mother) == age]
    assert last_day
    for mother in last_day[:3]:
        moments = bps.story(scenario, mother).moments
        came_home = next(number for number, each in enumerate(moments) if isinstance(each, m.CameHome))
        on_ward = [n for n, each in enumerate(moments) if isinstance(each, m.Attempt) and each.channel is Channel.WARD]
        assert max(on_ward) < came_home
        assert isinstance(moments[came_home - 1], m.Held)  # what the ward taught the service, too


def test_another_seed_and_another_place_have_other_mothers() -> None:
    places = ("population.places=[Rochdale, Oldham]", "population.services=each")
    two = small(*places, "population.births_per_year=400")
    simulation = Simulation(two, 3, place=bps.studies.replicate.find_places(two)[1])
    mother = int(simulation.state.mothers.id[simulation.state.mothers.in_window == 1][0])
    story = bps.story(two, mother, seed=3, place="Oldham")
    assert (story.place, story.seed, story.mother["place"]) == ("Oldham", 3, "Oldham")
    with pytest.raises(bps.BadInput, match=r"is not in this run: \d+ mothers gave birth"):
        bps.story(two, mother, seed=3)
    with pytest.raises(bps.BadInput, match="did you mean 'Oldham'"):
        bps.story(two, mother, place="Oldam")
