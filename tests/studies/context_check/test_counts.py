"""How many mothers do not meet what a pathway assumes, against counts of our own over the mothers' table."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from bpssim.outcomes.occasions import Occasions, logged
from bpssim.scenario.population import NATIONAL_CONFIDENCE
from bpssim.scenario.reading.messages import BadInput
from bpssim.scenario.scenario import Scenario, load
from bpssim.scenario.words import Event
from bpssim.statistics.groups import ALL, GROUPS
from bpssim.studies.context_check.check import check_contexts
from bpssim.studies.context_check.result import CheckedAssumption, PathwayContext
from bpssim.studies.prepared import new_simulation, prepare
from bpssim.studies.replicate import run
from tests.small import small

RUNS = 2


def context(scenario: Scenario, pathway: str, runs: int = RUNS) -> PathwayContext:
    [found] = check_contexts(scenario, pathway, runs).pathways
    return found


def unmet(scenario: Scenario, pathway: str) -> dict[str, NDArray[np.float64]]:
    """Mothers a year who do not meet each assumption, by group."""
    return {each.assumed.id: each.unmet.a_year.mean for each in context(scenario, pathway).assumptions}


def of_each(scenario: Scenario, which: Any) -> NDArray[np.float64]:
    """The same by a condition on the mothers' table."""
    mothers = run(scenario, replicates=RUNS).mothers
    chosen = mothers[which(mothers)]
    by_quintile = np.array([(chosen.quintile == quintile).sum() for quintile in range(1, 6)])
    return np.append(by_quintile, by_quintile.sum()) / RUNS


@pytest.fixture(scope="module")
def texting() -> Scenario:
    return small("pathways.text_2_3_weeks.active=true")


def test_counts_are_those_over_the_mothers_table(texting: Scenario) -> None:
    found = unmet(texting, "text_2_3_weeks")
    conditions = {
        "took_leave": lambda m: m.partner_leave == 0,
        "not_low_literacy": lambda m: m.low_literacy,
        "degree": lambda m: ~m.degree,
        "not_partner_away": lambda m: m.lone | (m.partner_leave <= 17),
        "confident": lambda m: m.confidence < NATIONAL_CONFIDENCE.mean,
        "not_no_mobile": lambda m: m.no_mobile,
        "starts": lambda m: ~m.started,
        "still_breastfeeding": lambda m: m.started & (m.stop_age < 17).fillna(False),
    }
    for name, which in conditions.items():
        np.testing.assert_allclose(found[name], of_each(texting, which), err_msg=name)


def test_a_text_that_comes_earlier_finds_more_who_still_breastfeed(texting: Scenario) -> None:
    opens = {"pathways.text_2_3_weeks.opens.from_age": 4, "pathways.text_2_3_weeks.opens.to_age": 8}
    late, early = (unmet(each, "text_2_3_weeks") for each in (texting, texting.with_(opens)))
    assert (early["still_breastfeeding"] < late["still_breastfeeding"])[[0, ALL]].all()
    assert (early["not_partner_away"] < late["not_partner_away"])[[0, ALL]].all()
    np.testing.assert_array_equal(early["took_leave"], late["took_leave"])
    by_day_4, before = (of_each(texting.with_(opens), lambda m, day=day: (m.stop_age <= day).fillna(False))
                        for day in (4, 3))  # fmt: skip
    assert by_day_4[ALL] > before[ALL]  # who stops on the day was still breastfeeding
    np.testing.assert_allclose(early["still_breastfeeding"], before)


def test_in_the_evening_only_mothers_without_a_partner_in_the_home_are_alone() -> None:
    day, evening = (small(f"pathways.call_48h.band={band}") for band in ("day", "evening"))
    found = unmet(evening, "call_48h")["not_partner_away"]
    np.testing.assert_allclose(found, of_each(evening, lambda m: m.lone))
    assert (found < unmet(day, "call_48h")["not_partner_away"])[[0, ALL]].all()


def test_no_nursery_run_is_due_at_a_session_in_the_evening() -> None:
    assert unmet(small(), "groups")["not_school_run"][ALL] > 0
    evening = small(
        "team.duties.group.band=evening", "team.supporters.volunteer.evening_hours={wednesday: 3, friday: 3}"
    )
    assert unmet(evening, "groups")["not_school_run"][ALL] == 0


def test_who_is_known_in_time_depends_on_what_the_service_is_told(texting: Scenario) -> None:
    known = "known_in_time"
    told, late, nothing = (
        unmet(texting.with_(change), "text_2_3_weeks")[known][ALL]
        for change in (
            {"data_sharing.preset": "full"},
            {"data_sharing.preset": "full", "data_sharing.delay": 30},
            {"data_sharing.preset": "none"},
        )
    )
    feeding = float(of_each(texting, feeding_on_day_17)[ALL])
    assert told < 0.15 * feeding  # not of all who breastfeed when the text is due did the service hear by day 21
    assert late > 0.4 * feeding
    assert 0.4 * feeding < nothing < 0.9 * feeding  # it meets some on the ward, who tell it themselves


def feeding_on_day_17(mothers: Any) -> Any:
    return mothers.started & ~(mothers.stop_age < 17).fillna(False)


def test_nothing_need_be_known_of_mothers_who_do_not_breastfeed(texting: Scenario) -> None:
    found = unmet(texting.with_({"data_sharing.preset": "none", "pathways.ward_visit.active": False}), "text_2_3_weeks")
    apart = found["known_in_time"] + found["starts"] + found["still_breastfeeding"]
    births = check_contexts(texting, "text_2_3_weeks", RUNS).births.mean
    assert (apart <= births + 1e-9).all()
    assert apart[ALL] > 0.9 * births[ALL]


def test_who_knows_of_the_service_is_who_has_heard_by_then() -> None:
    nobody, everybody = (small(f"access.aware={{by_quintile: {share}}}") for share in (0.0, 1.0))
    assert unmet(everybody, "self_referral")["knows_of_it"][ALL] == 0
    assert unmet(nobody, "self_referral")["knows_of_it"][ALL] > 0


def test_a_mother_who_goes_home_before_a_session_cannot_be_met_on_the_ward() -> None:
    daily, weekly = (
        small(f"team.duties.ward.weekdays=[{days}]")
        for days in ("monday, tuesday, wednesday, thursday, friday, saturday, sunday", "monday")
    )
    assert unmet(daily, "ward_visit")["there_at_a_session"][ALL] == 0
    assert unmet(weekly, "ward_visit")["there_at_a_session"][ALL] > 100


def test_who_is_counted_as_met_on_the_ward_is_who_has_an_occasion_there() -> None:
    prepared = prepare(small())
    simulation = new_simulation(prepared.scenario, prepared.places[0], 1, None, prepared.starts[0])
    simulation.watch()
    simulation.run()
    at = Occasions(logged(simulation), "ward_visit")
    missed = at.no_session_in_her_stay()
    created = np.zeros(len(missed), bool)
    rows = {
        int(identity): row
        for row, identity in enumerate(simulation.state.mothers.id[simulation.state.mothers.in_window == 1])
    }
    log = simulation.state.events[: int(simulation.state.counts[0].events)]
    for event in log[(log.where == 0) & (log.event == Event.WORK_CREATED)]:
        identity = int(simulation.state.mothers.id[event.mother])
        if identity in rows:
            created[rows[identity]] = True
    assert created.sum() > 20
    assert not (created & missed).any()


def test_who_can_begin_and_who_is_supported_are_counted_mother_by_mother(texting: Scenario) -> None:
    found = context(texting, "text_2_3_weeks")
    births = check_contexts(texting, "text_2_3_weeks", RUNS).births.mean
    most = np.max([each.unmet.a_year.mean for each in found.assumptions if not each.assumed.effects], axis=0)
    assert (found.can_begin.a_year.mean <= births - most + 1e-9).all()
    assert (found.supported.a_year.mean < 0.5 * found.can_begin.a_year.mean).all()
    np.testing.assert_allclose(found.can_begin.a_year.mean, of_each_who_can_begin(texting))
    np.testing.assert_allclose(found.supported.a_year.mean[ALL], of_those_supported(texting))


def of_those_supported(scenario: Scenario) -> float:
    """Mothers with a contact of the text that gave support, a year."""
    found = 0
    for number in range(RUNS):
        details = run(scenario, seed=scenario.run.seed + number, replicates=1)
        contacts = details.contacts
        own = contacts[(contacts.pathway == "text_2_3_weeks") & (contacts.outcome == "supported")]
        found += own.mother[
            own.mother.isin(details.mothers.id)
        ].nunique()  # contacts are of those before the window too
    return found * 365.0 / scenario.run.window_days / RUNS


def of_each_who_can_begin(scenario: Scenario) -> NDArray[np.float64]:
    """Mothers with a phone who still breastfeed on day 17 and of whom number, birth and feeding are known by day 21."""
    counted = np.zeros(len(GROUPS))
    for number in range(RUNS):
        details = run(scenario, seed=scenario.run.seed + number, replicates=1, events=True)
        mothers, events = details.mothers, details.events
        held = {}
        for item in ("phone", "birth", "feeding"):
            learnt = events[(events.item == item) & (events.event != "item_not_given") & (events.event != "item_wrong")]
            held[item] = set(learnt[learnt.baby_age <= 21].mother)
        known = mothers.id.isin(held["phone"] & held["birth"] & held["feeding"])
        chosen = mothers[known & feeding_on_day_17(mothers) & ~mothers.no_mobile]
        by_quintile = np.array([(chosen.quintile == quintile).sum() for quintile in range(1, 6)])
        counted += np.append(by_quintile, by_quintile.sum()) / RUNS
    return counted


def test_the_one_that_most_do_not_meet_comes_first_and_what_loses_most_weighs_what_is_lost(texting: Scenario) -> None:
    found = context(texting, "text_2_3_weeks")
    shares = [float(each.unmet.shares.mean[0]) for each in found.assumptions]
    assert shares == sorted(shares, reverse=True)
    most = found.most_in_the_way(0)
    assert isinstance(most, CheckedAssumption)
    assert most.lost()[0] == max(each.lost()[0] for each in found.assumptions)
    named = {each.assumed.id: each for each in found.assumptions}
    assert named["starts"].unmet.a_year.mean[0] > 0.0
    assert (named["starts"].lost() == 0.0).all()  # no pathway loses mothers who never start
    for needed in ("known_in_time", "still_breastfeeding"):
        np.testing.assert_allclose(named[needed].lost(), named[needed].unmet.a_year.mean)
    partner = named["not_partner_away"]
    assert [effect.gate for effect in partner.assumed.effects] == ["connects"]
    answered = np.array(texting.pathways["text_2_3_weeks"].connects.by_quintile)
    still_answer = 0.9 / (1.0 - answered + 0.9 * answered)  # of those who would with somebody there: odds of 0.9
    lost = partner.unmet.a_year.mean[:ALL] * (1.0 - still_answer)
    np.testing.assert_allclose(partner.lost(), [*lost, lost.sum()])


def test_counts_are_for_a_year_whatever_the_window() -> None:
    year, two = (check_contexts(small(f"run.window_days={days}"), "groups", RUNS) for days in (365, 730))
    assert two.births.mean[ALL] == pytest.approx(year.births.mean[ALL], rel=0.02)
    assert year.births.mean[ALL] == pytest.approx(300, rel=0.02)


def test_a_pathway_that_is_off_is_counted_as_if_it_ran() -> None:
    found = context(small(), "text_2_3_weeks")
    assert (found.runs, found.as_if) == (False, True)
    on = context(small("pathways.text_2_3_weeks.active=true"), "text_2_3_weeks")
    np.testing.assert_array_equal(found.can_begin.a_year.mean, on.can_begin.a_year.mean)


def test_a_pathway_at_a_session_that_the_team_does_not_have_gets_one() -> None:
    found = context(small(), "antenatal_class")
    assert (found.runs, found.as_if) == (False, True)
    [goes] = [each for each in found.assumptions if each.assumed.id == "goes_to_class"]
    assert 0.4 < float(goes.unmet.shares.mean[0]) < 0.95


def test_several_places_and_real_ones_are_counted_together() -> None:
    alone = [load("site1", [f"population.place={name}"]) for name in ("Rochdale", "Oldham")]
    both = load("site1", ["population.places=[Rochdale, Oldham]", "population.services=each"])
    one_by_one = [unmet(each, "call_48h")["degree"] for each in alone]
    np.testing.assert_allclose(unmet(both, "call_48h")["degree"], np.sum(one_by_one, axis=0), rtol=0.1)


def test_a_table_of_mothers_is_counted_as_it_is(tmp_path: Any) -> None:
    table = tmp_path / "mothers.csv"
    cars = "".join(f"{number},{number % 5 + 1},{number},{number % 2}\n" for number in range(100))
    table.write_text(f"id,quintile,birth_day,no_weekday_car\n{cars}")
    scenario = load("site1", [f"population.mothers={table}"])
    assert unmet(scenario, "groups")["not_no_weekday_car"].tolist() == [10, 10, 10, 10, 10, 50]


def test_counts_depend_on_nothing_but_the_scenario() -> None:
    one, other = (check_contexts(small(), runs=3, workers=workers) for workers in (1, 2))
    assert [each.name for each in one.pathways] == list(small().active_pathways())
    for first, second in zip(one.pathways, other.pathways, strict=True):
        np.testing.assert_array_equal(first.supported.a_year.mean, second.supported.a_year.mean)
        np.testing.assert_array_equal(first.can_begin.shares.lower, second.can_begin.shares.lower)


def test_each_assumption_belongs_to_its_influences() -> None:
    owners = {
        each.assumed.id: [(owner.name, owner.level.word) for owner in each.owners]
        for each in context(small(), "call_48h").assumptions
    }
    assert owners["known_in_time"] == [("data_rule", "macro")]
    assert owners["still_breastfeeding"] == [("timing", "meso")]
    assert owners["not_limited_english_and_partner_away"] == [("language", "micro"), ("partner_there", "micro")]
    assert owners["degree"] == []


def test_a_pathway_can_begin_only_for_those_it_is_for() -> None:
    young = context(small(), "young_mothers")
    [others] = [each for each in young.assumptions if each.assumed.id == "in_audience"]
    np.testing.assert_allclose(others.unmet.a_year.mean, of_each(small(), lambda m: m.age_years > 19))
    assert others.assumed.words == "is one of those it is for: age at most 19"
    poorer = load("site2", ["population.births_per_year=300", "run.warm_up_days=14"])
    can_begin = context(poorer, "midwife_sign_up").can_begin.shares.mean
    assert (can_begin[:3] > 0.5).all()
    assert (can_begin[3:5] == 0).all()


def test_a_name_that_is_not_there_is_refused_with_the_nearest() -> None:
    with pytest.raises(BadInput, match=r"call_48.*did you mean 'call_48h'"):
        check_contexts(small(), "call_48")
