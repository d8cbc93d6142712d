"""An audience that rests on what nobody tells in time is pointed out."""

import pytest

from bpssim.scenario.cautions.cautions import cautions
from bpssim.scenario.scenario import load

YOUNG = ["pathways.young_mothers.active=true", "pathways.young_mothers.needs=[name, phone]"]


def said(name: str, *overrides: str) -> str:
    return " ".join(cautions(load(name, list(overrides))))


def test_an_age_that_no_feed_tells_is_pointed_out_with_those_who_ask_for_it() -> None:
    caution = said("site1", *YOUNG)
    assert "young_mothers" in caution
    assert "no feed of data_sharing provides age" in caution
    assert "call_48h" in caution


def test_where_nobody_asks_either_the_pathway_is_for_nobody() -> None:
    silent = [f"pathways.{name}.asks=[]" for name in ("call_48h", "professional_referral", "self_referral")]
    assert "it can be for nobody" in said("site1", *YOUNG, *silent)


@pytest.mark.parametrize("preset", ["minimal_plus_age", "full"])
def test_what_a_feed_tells_in_time_is_not_pointed_out(preset: str) -> None:
    assert said("site1", *YOUNG, f"data_sharing.preset={preset}") == ""


def test_what_a_feed_tells_too_late_is_pointed_out() -> None:
    late = "data_sharing.feeds.ages={items: [age], delay: 45}"
    assert "age" in said("site1", *YOUNG, late)
    assert said("site1", *YOUNG, late, "pathways.young_mothers.opens.to_age=60") == ""


def test_a_record_sent_at_discharge_is_too_late_for_the_ward() -> None:
    for_some = "pathways.ward_visit.audience={any_of: [[{item: age, at_most: 19}]]}"
    assert "ward_visit" in said("site1", for_some, "data_sharing.preset=full")
    assert said("site1", for_some, "pathways.ward_visit.asks_first=[age]") == ""
    booking = "data_sharing.feeds.booking={source: booking, items: [age], breastfeeding_only: false}"
    assert said("site1", for_some, booking) == ""


def test_a_postcode_tells_the_quintile() -> None:
    for_some = "pathways.call_48h.audience={any_of: [[{item: quintile, at_most: 1}]]}"
    assert "call_48h" in said("site1", for_some)
    assert said("site1_postcode", for_some) == ""
