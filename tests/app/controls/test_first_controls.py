"""The controls that come first, and titles of all others."""

import pytest

from bpssim.app.asked import Asked
from bpssim.app.controls.first import first_controls
from bpssim.app.controls.inputs import all_controls, inputs_of, sections
from bpssim.app.pathways.form import form_of
from bpssim.app.pathways.reading import reading_of
from bpssim.scenario.resized.hours import listed_paid_hours
from bpssim.scenario.scenario import load

SERVICES = ("site1", "site2", "site1_year2", "site1_evening_calls", "site2_year2")


def controls_of(name):
    return [control for group in first_controls(name, load(name)) for control in group["controls"]]


@pytest.mark.parametrize("name", SERVICES)
def test_every_step_of_paid_hours_is_allowed_and_has_its_hours(name):
    scenario = load(name)
    [hours] = [control for control in controls_of(name) if control.get("id") == "paid_hours"]
    assert len(hours["options"]) >= 15
    for option in hours["options"]:
        made = scenario.with_(option["changes"]) if option["changes"] else scenario
        assert listed_paid_hours(made) == pytest.approx(float(option["title"].split()[0]), abs=0.051)
        minutes = [value for path, value in option["changes"].items() if path.endswith(".minutes")]
        assert all(value == round(value, 1) for value in minutes)


def test_a_third_fewer_hours_can_be_set_to_the_hour():
    scenario = load("site1")
    [hours] = [control for control in controls_of("site1") if control.get("id") == "paid_hours"]
    listed = listed_paid_hours(scenario)
    made = [listed_paid_hours(scenario.with_(each["changes"])) for each in hours["options"] if each["changes"]]
    for share in (1 / 3, 1 / 2, 2 / 3, 3 / 4):
        assert min(abs(each / (share * listed) - 1.0) for each in made) < 0.001


def test_ready_changes_have_titles_that_are_not_their_names():
    groups = {group["title"]: group["controls"] for group in first_controls("site1", load("site1"))}
    titles = {control["id"]: control["title"] for control in groups["Ready changes"]}
    assert titles["half_budget"] == "Half the paid hours"
    assert not any("_" in title or title.lower().startswith(("year2", "retender")) for title in titles.values())


def test_a_place_and_its_rate_can_be_given():
    known = {control.get("path"): control for control in controls_of("site1")}
    place, births = known["population.place"], known["population.births_per_year"]
    assert births["unless"] == "population.place"
    assert "population.births_per_year" in place["with"]
    made = Asked("site1", {"population.place": "Rochdale", known["feeding.local.any_6w"]["path"]: 0.4}).scenario()
    assert made.population.births_per_year is None
    assert made.feeding.local.any_6w == 0.4


def test_titles_are_short_and_the_rest_is_a_note():
    scenario = load("site1")
    for section in sections(scenario):
        for control in _all(inputs_of(scenario, section["section"])):
            assert "`" not in control["title"] + control.get("note", "")
            assert len(control["title"]) <= 125
    births = next(each for each in _all(inputs_of(scenario, "team")) if each["path"] == "team.scale_to_births")
    assert births["title"] == "Births a year for which the team above is meant"
    assert "as nearly in proportion" in births["note"]


def test_a_part_that_a_scenario_does_not_have_can_be_filled_in():
    assert "feeding.local.any_6w" in {control["path"] for control in all_controls(inputs_of(load("site1"), "feeding"))}


def _all(group):
    yield from group["controls"]
    for inner in group["groups"]:
        yield from _all(inner)


def test_sessions_are_offered_only_at_duties_for_mothers():
    assert {each["value"] for each in form_of(load("site1"))["duties"]} == {"ward", "neonatal_unit", "group"}


def test_the_days_say_which_shares_are_assumed():
    shares = {each["gate"]: each["text"] for each in reading_of(load("site1"), "call_48h")["shares"]}
    assert shares["connects"].startswith(
        "Of 100 mothers 44 (quintile 1) to 51 (quintile 5) answer a try: assumption, P3"
    )
    assert shares["connects"].endswith("grade C.")
    assert shares["reached"] == ""  # by definition
    assert "stays" not in shares  # there is one contact
