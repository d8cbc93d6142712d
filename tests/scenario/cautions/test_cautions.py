"""Parts of a service that can never happen are pointed out; ready scenarios have none."""

import pytest

from bpssim.scenario.cautions.cautions import cautions
from bpssim.scenario.reading import ready
from bpssim.scenario.reading.messages import BadInput
from bpssim.scenario.scenario import load

SHORT_DAYS = (
    "team.supporters.paid.hours={monday: 1.7, tuesday: 1.7, wednesday: 1.7, thursday: 1.7, friday: 1.7, saturday: 1}"
)


MEANT = {"site1_data_none": cautions(load("site1_data_none"))[:1]}
"""Cautions about what a ready scenario is there to show: a list of discharges of which nobody tells."""


@pytest.mark.parametrize("name", ready.names())
def test_ready_scenarios_can_happen(name: str) -> None:
    assert [caution for caution in cautions(load(name)) if caution not in MEANT.get(name, ())] == []


def test_a_list_of_which_no_feed_tells_is_pointed_out() -> None:
    said = cautions(load("site1", ["data_sharing.preset=own", "data_sharing.feeds={few: {items: [name, phone]}}"]))
    assert any("no feed of data_sharing tells that a baby is born or at home" in caution for caution in said)


def test_days_shorter_than_a_visit_or_a_duty_are_pointed_out() -> None:
    said = cautions(load("site1", [SHORT_DAYS]))
    assert any("home_visit" in caution and "140 minutes" in caution and "102 minutes" in caution for caution in said)
    assert any("duty ward" in caution and "monday" in caution for caution in said)
    assert cautions(load("site1", [SHORT_DAYS, "team.unlimited=true"])) == []


EVENING = "team.supporters.paid.evening_hours={monday: 1}"


def test_work_in_an_evening_when_nobody_works_is_pointed_out_whatever_the_time_of_the_team() -> None:
    for unlimited in ("false", "true"):
        settings = ["pathways.call_48h.band=evening", f"team.unlimited={unlimited}"]
        (said,) = cautions(load("site1", settings))
        assert "call_48h" in said
        assert "but nobody who gives it works in any evening (evening_hours), so it cannot happen" in said
        assert cautions(load("site1", [*settings, EVENING])) == []


def test_a_duty_of_the_evening_needs_hours_then() -> None:
    said = cautions(load("site1", ["team.duties.ward.band=evening", EVENING]))
    assert any("on tuesday, but paid supporters do not work that evening" in each for each in said)
    assert any("duty ward" in each and "60 minutes that evening" in each for each in said)


def test_evening_hours_for_which_there_is_no_work_are_pointed_out() -> None:
    (said,) = cautions(load("site1", [EVENING]))
    assert "evening_hours" in said
    assert cautions(load("site1", [EVENING, "pathways.call_48h.asks=[postcode, age, best_time]"])) == []


def test_a_call_from_afar_needs_something_known() -> None:
    with pytest.raises(BadInput, match="needs"):
        load("site1", ["pathways.call_48h.needs=[]"])


def test_a_misspelt_pathway_gets_the_nearest_name() -> None:
    with pytest.raises(BadInput, match="did you mean 'call_48h'"):
        load("site1", ["pathways.call_48hh.active=true"])


def test_what_a_review_can_never_decide_is_pointed_out() -> None:
    base = load("site1", ["review.active=true"])
    talks = base.with_("review.agreement", {"feed": {"items": ["quintile"]}})
    assert any("nobody talks" in caution for caution in cautions(talks))
    duty = {"weekdays": ["monday"], "minutes": 30, "by": "paid", "task": "agreement"}
    assert cautions(talks.with_("team.duties.talks", duty)) == cautions(base) == []
    assert any("month 12" in caution for caution in cautions(base.with_("review.retender", {"month": 12})))
    assert cautions(base.with_("review.retender", {"month": 11})) == []
    unseen = {"gap": {"when": {"reach_gap": 0.1}, "target_weight": 5}}
    assert any("reach_gap" in caution for caution in cautions(base.with_("review.policies", unseen)))


def test_a_session_by_supporters_who_do_not_give_it_is_pointed_out() -> None:
    said = cautions(load("site1", ["team.supporters.volunteer.channels=[ward]"]))
    assert any("pathway Weekly group (groups)" in caution and "channel group" in caution for caution in said)


def test_hours_that_cannot_be_in_proportion_are_pointed_out() -> None:
    small_place = ["team.scale_to_births=3000", "population.births_per_year=100"]
    said = [caution for caution in cautions(load("site1", small_place)) if "scale_to_births" in caution]
    assert any("paid supporters work 3.4 hours a week, where 1.9" in caution for caution in said)
    assert any("ward is held once in 6 weeks" in caution for caution in said)
    assert any(
        "Paid supporters are at work on 1 day of the week, where the listed team is on 6." in each for each in said
    )
    assert cautions(load("site1", ["team.scale_to_births=3000"])) == []
