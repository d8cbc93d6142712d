"""What a pathway assumes follows from its own gates, data and times."""

import pytest

from bpssim.scenario.access import depends_on_circumstances, effects_on
from bpssim.scenario.scenario import Scenario, load
from bpssim.scenario.wording.assumed import ASSUMED
from bpssim.scenario.words import Trait
from bpssim.studies.context_check.assumed import Assumed, assumptions_of


def assumed(pathway: str, *overrides: str, of: str = "site1") -> dict[str, Assumed]:
    return {each.id: each for each in assumptions_of(load(of, overrides), pathway)}


def test_words_are_there_for_all_circumstances_that_may_bear_on_a_gate() -> None:
    assert set(ASSUMED) == set(Trait) - {Trait.WRONG_NUMBER}
    assert len({words for each in ASSUMED.values() for words in each}) > len(Trait)
    assert all("_" not in words for each in ASSUMED.values() for words in each)


def test_a_circumstance_that_a_pathway_removes_is_not_assumed() -> None:
    group = assumed("groups")
    assert {"not_no_weekday_car", "not_school_run", "not_school_run_and_lone"} <= set(group)
    made_to_fit = assumed("groups", "pathways.groups.removes=[no_weekday_car, lone]")
    assert set(group) - set(made_to_fit) == {"not_no_weekday_car", "not_school_run_and_lone"}


def test_what_helps_is_assumed_and_counts_against_those_without_it() -> None:
    text = assumed("text_2_3_weeks")
    [effect] = text["took_leave"].effects
    assert (effect.gate, effect.odds, effect.grade) == ("connects", pytest.approx(1 / 2.5), "C")
    assert text["took_leave"].words == "has a partner who took leave"
    assert "took_leave" not in assumed("text_day_4")
    without = assumed("text_2_3_weeks", "pathways.text_2_3_weeks.connects.effects=[]")
    assert set(text) - set(without) == {"took_leave"}


def test_circumstances_that_bear_only_together_are_assumed_together() -> None:
    call = assumed("call_48h")
    both = call["not_limited_english_and_partner_away"]
    assert both.words == "speaks English with ease, or has a partner with her at that hour"
    assert [effect.odds for effect in both.effects] == [0.29]
    assert [effect.odds for effect in call["not_limited_english"].effects] == [0.9]  # in place of that on all gates


def test_confidence_matters_more_where_she_must_ask() -> None:
    ask, answer = (assumed(name)["confident"].effects for name in ("ward_request", "call_48h"))
    assert ask[0].odds == pytest.approx(1 / 1.5)
    assert answer[0].odds == pytest.approx(1 / 1.1)
    assert "confident" not in assumed("ward_visit")  # a supporter comes to every bed


def test_what_it_takes_to_begin_has_no_odds() -> None:
    for of, pathway, expected in (
        ("site1", "call_48h", {"known_in_time", "not_no_mobile", "starts", "still_breastfeeding"}),
        ("site1", "ward_visit", {"there_at_a_session", "starts", "still_breastfeeding"}),
        ("site1", "online_forum", {"knows_of_it", "starts", "still_breastfeeding"}),
        ("site1", "home_visit", {"offered", "starts", "still_breastfeeding"}),
        ("site2", "antenatal_class", {"goes_to_class"}),
    ):
        found = assumed(pathway, of=of)
        assert {name for name, each in found.items() if not each.effects} == expected, pathway


def test_data_are_named_as_far_as_nobody_tells_them_on_the_spot() -> None:
    assert "name, telephone number, day of going home, how she feeds" in assumed("call_48h")["known_in_time"].words
    assert "known_in_time" not in assumed("professional_referral")  # the professional passes her number on
    told_later = "pathways.professional_referral.learns=[name, feeding]"
    assert "telephone number" in assumed("professional_referral", told_later)["known_in_time"].words


@pytest.mark.parametrize("of", ["base", "site1", "site1_year2", "site2"])
def test_no_effect_on_a_gate_is_forgotten(of: str) -> None:
    scenario: Scenario = load(of)
    for name, pathway in scenario.pathways.items():
        used = ["accepts", *([] if pathway.opens.on.kind.by_pathway else ["reached"])]
        used += ["connects"] if pathway.session is None or len(pathway.steps) > 1 else []
        used += ["stays"] if len(pathway.steps) > 1 else []
        listed = {
            (gate, tuple(effect.when))
            for gate in used
            if depends_on_circumstances(getattr(pathway, gate))
            for effect in effects_on(getattr(pathway, gate), scenario.access.circumstances)
            if effect.odds != 1.0
        }
        found = {(effect.gate, each.traits) for each in assumptions_of(scenario, name) for effect in each.effects}
        assert {each for each in found if each[1]} == listed, name
