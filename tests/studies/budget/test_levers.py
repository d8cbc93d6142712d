"""Levers: each does what it says, costs the sum, and says why it cannot be had."""

from threading import Event

import pytest

import bpssim as bps
from bpssim.scenario.resized.hours import paid_hours_per_week
from bpssim.scenario.scenario import Scenario, load
from bpssim.scenario.words import Band, Item, Trait, Weekday
from bpssim.studies.budget.levers.catalogue import MORE, levers_for
from bpssim.studies.budget.levers.lever import Lever
from bpssim.studies.budget.pilot import Pilot
from bpssim.studies.budget.prices import INTERPRETER, LINK, LOCAL, SIGN_UP, SUNDAY, UNSOCIAL, prices_with
from bpssim.studies.budget.scaling import TOLERANCE, Option, scaled
from tests.small import SETTINGS, small

SUM = 30_000.0
SITE1 = small()
PRICES = prices_with({})
LEVERS = {lever.name: lever for lever in MORE}


@pytest.fixture(scope="module")
def pilot() -> Pilot:
    return Pilot(SITE1)


def option(base: Scenario, lever: Lever, pounds: float = SUM, own: Pilot | None = None, **prices: float) -> Option:
    return scaled(base, lever, pounds, prices_with(prices), own or Pilot(base), Event())


def had(base: Scenario, name: str, own: Pilot | None = None, pounds: float = SUM, **prices: float) -> Scenario:
    found = option(base, LEVERS[name], pounds, own, **prices).scenario
    assert found is not None
    return found


@pytest.mark.parametrize("name", LEVERS)
@pytest.mark.parametrize("pounds", [20_000.0, 90_000.0])
def test_each_costs_the_sum(name: str, pounds: float, pilot: Pilot) -> None:
    cost = pilot.measured(had(SITE1, name, pilot, pounds)).cost - pilot.base.cost
    assert cost == pytest.approx(pounds, rel=TOLERANCE)


@pytest.mark.parametrize("lever", levers_for(SITE1, -SUM), ids=lambda lever: lever.name)
def test_each_cut_saves_the_sum(lever: Lever, pilot: Pilot) -> None:
    found = option(SITE1, lever, -SUM, pilot).scenario
    assert found is not None
    assert pilot.measured(found).cost - pilot.base.cost == pytest.approx(-SUM, rel=TOLERANCE)


def test_more_hours_are_nothing_but_hours(pilot: Pilot) -> None:
    found = had(SITE1, "hours", pilot)
    assert paid_hours_per_week(found) > 70.0
    assert found.pathways == SITE1.pathways


def test_evening_hours_are_for_calls_to_the_list(pilot: Pilot) -> None:
    found = had(SITE1, "evening", pilot)
    assert found.pathways["call_48h"].band is Band.EVENING
    assert found.pathways["follow_up"].band is Band.DAY
    added = found.team.supporters["evening"]
    assert not any(added.hours.values())
    assert sum(added.evening_hours.values()) > 10.0
    assert found.team.supporters["paid"] == SITE1.team.supporters["paid"]


def test_evening_hours_have_room_for_the_calls_that_are_moved() -> None:
    """With fewer hours than the calls take by day, calls would be lost for want of time alone."""
    large = small("population.births_per_year=3000")
    measured = Pilot(large)
    found = option(large, LEVERS["evening"], 5_000.0, measured)
    assert "its first step costs £" in found.reason
    enough = had(large, "evening", measured, 40_000.0)
    hours = 365 / 7 * sum(enough.team.supporters["evening"].evening_hours.values())
    assert len(enough.team.supporters["evening"].evening_hours) == 6  # a call that waits for its evening comes late
    assert hours * enough.team.supporters["evening"].count > measured.base.minutes["call_48h"] / 60 > 300


def test_the_ward_has_somebody_at_weekends_for_mothers_who_were_not_met(pilot: Pilot) -> None:
    found = had(SITE1, "weekend_ward", pilot)
    duty = found.team.duties["ward_weekend"]
    assert duty.weekdays == [Weekday.SATURDAY, Weekday.SUNDAY]
    assert duty.minutes == SITE1.team.duties["ward"].minutes
    visit = found.pathways["ward_visit_weekend"]
    assert visit.session == "ward_weekend"
    assert [condition.not_in for condition in visit.audience.conditions()] == ["ward_visit"]
    contacts = bps.run(found, replicates=1).contacts
    met = contacts[contacts.outcome == "supported"].groupby("pathway", observed=True).mother.agg(set)
    assert len(met["ward_visit_weekend"]) > 5
    assert not met["ward_visit_weekend"] & met["ward_visit"]


def test_visits_are_offered_to_everybody(pilot: Pilot) -> None:
    found = had(SITE1, "visits", pilot)
    for name in ("call_48h", "professional_referral", "self_referral"):
        assert {offer.pathway: offer.extra for offer in found.pathways[name].offers}["home_visit"] is False


def test_interpreters_are_on_every_call_and_cost_their_minutes(pilot: Pilot) -> None:
    found = option(SITE1, LEVERS["interpreters"], SUM, pilot)
    assert found.scenario is not None
    for name in ("call_48h", "follow_up", "professional_referral", "self_referral"):
        assert Trait.LIMITED_ENGLISH in found.scenario.pathways[name].removes
    minutes = pilot.measured(found.scenario).interpreted_minutes
    assert minutes > 0.0
    assert found.beside == pytest.approx(PRICES[INTERPRETER] * minutes)


def test_interpreters_cost_nothing_where_everybody_speaks_english() -> None:
    base = small("population.attributes.limited_english=[0, 0, 0, 0, 0]")
    assert option(base, LEVERS["interpreters"]).beside == 0.0


def test_local_supporters_are_all_of_them_at_a_premium(pilot: Pilot) -> None:
    found = option(SITE1, LEVERS["local_supporters"], SUM, pilot)
    assert found.scenario is not None
    assert {kind.social_distance for kind in found.scenario.team.supporters.values()} == {0.0}
    paid = paid_hours_per_week(found.scenario) * 365 / 7 * 34.0
    assert found.beside == pytest.approx(PRICES[LOCAL] * paid)


def test_midwives_sign_up_and_what_runs_is_offered_then(pilot: Pilot) -> None:
    found = option(SITE1, LEVERS["midwife_sign_up"], SUM, pilot)
    assert found.scenario is not None
    pathway = found.scenario.pathways["midwife_sign_up"]
    assert pathway.active
    assert [offer.pathway for offer in pathway.offers] == ["home_visit", "follow_up"]
    assert found.beside == pytest.approx(PRICES[SIGN_UP] * pilot.base.births)
    own_programme = had(small("pathways.sign_up_programme.active=true"), "midwife_sign_up").pathways["midwife_sign_up"]
    assert [offer.pathway for offer in own_programme.offers] == ["sign_up_programme"]


def test_a_data_link_comes_with_a_plan(pilot: Pilot) -> None:
    found = had(SITE1, "data_link", pilot)
    told = {item for feed in found.all_feeds().values() for item in feed.items}
    assert Item.QUINTILE in told
    assert Item.POSTCODE not in told
    assert found.pathways["call_48h"].attempts.extra == 3
    assert found.objectives.target_weight == 2 * SITE1.objectives.target_weight
    assert found.costs.other_per_year == PRICES[LINK]


def test_a_link_where_nothing_is_told_brings_the_list_and_the_call() -> None:
    base = load_small("site2")
    found = had(base, "data_link")
    assert {Item.PHONE, Item.QUINTILE} <= {item for feed in found.all_feeds().values() for item in feed.items}
    assert not base.pathways["call_48h"].active
    assert found.pathways["call_48h"].active


def load_small(name: str) -> Scenario:
    return load(name, SETTINGS)


@pytest.mark.parametrize(
    ("name", "scenario", "reason"),
    [
        ("weekend_ward", "site2", "no pathway meets mothers on the ward"),
        ("visits", "site2", "a visit takes up to 125 minutes, and nobody works longer than"),
        ("interpreters", "site1_interpreters", "have interpreters already"),
        ("local_supporters", "site1_local_supporters", "come from the mothers' communities already"),
        ("midwife_sign_up", "site2_midwife_sign_up", "sign mothers up already"),
        ("data_link", "site1_data_full", "told the quintile or the postcode already"),
        ("data_link", "site1_postcode", "told the quintile or the postcode already"),
    ],
)
def test_a_lever_without_use_says_why(name: str, scenario: str, reason: str) -> None:
    found = option(load_small(scenario), LEVERS[name], 40_000.0)
    assert found.scenario is None
    assert reason in found.reason


def test_what_the_whole_service_is_cannot_be_given_up() -> None:
    base = small(*(f"pathways.{name}.active=false" for name, each in SITE1.pathways.items()
                   if each.active and name != "call_48h"))  # fmt: skip
    cuts = {lever.name: lever for lever in levers_for(base, -1000.0)}
    assert list(cuts) == ["hours", "without_call_48h"]
    assert option(base, cuts["without_call_48h"], -1000.0).reason == "it is all that the service does"


def test_a_cut_gives_up_a_session_with_all_that_happens_there(pilot: Pilot) -> None:
    ward = next(lever for lever in levers_for(SITE1, -SUM) if lever.name == "without_ward")
    found = ward.scaled(SITE1, -SUM, pilot.base)
    assert not found.pathways["ward_visit"].active
    assert not found.pathways["ward_request"].active
    assert "ward" not in found.team.duties
    assert found.pathways["call_48h"].active


@pytest.mark.parametrize(
    ("name", "price"),
    [("data_link", LINK), ("local_supporters", LOCAL), ("weekend_ward", SUNDAY), ("evening", UNSOCIAL)],
)
def test_a_lower_price_leaves_more_for_hours(name: str, price: str, pilot: Pilot) -> None:
    assumed, half = (
        paid_hours_per_week(had(SITE1, name, pilot, **{price: share * PRICES[price]})) for share in (1.0, 0.5)
    )
    assert half > assumed


def test_a_lever_that_costs_more_than_the_sum_is_too_dear(pilot: Pilot) -> None:
    assert "its first step costs £" in option(SITE1, LEVERS["data_link"], 5_000.0, pilot).reason
    assert "its first step costs £" in option(SITE1, LEVERS["weekend_ward"], 5_000.0, pilot).reason
    assert option(SITE1, LEVERS["data_link"], 5_000.0, pilot, data_link=4_000.0).scenario is not None


def test_what_the_scenario_pays_beside_is_paid_still() -> None:
    base = small("costs.other_per_year=700")
    assert had(base, "data_link").costs.other_per_year == PRICES[LINK] + 700.0
    assert had(base, "hours").costs.other_per_year == 700.0
