"""What varies, what is held and why, and what moves together."""

import pytest

from bpssim.scenario.baseline import load_bank
from bpssim.scenario.reading import ready
from bpssim.scenario.reading.tree import dotted
from bpssim.scenario.scenario import load
from bpssim.studies.grades import graded_inputs, grades_of
from bpssim.studies.uncertainty import which_inputs_vary
from bpssim.studies.uncertainty.inputs import held_fixed, uncertain_inputs
from tests.small import small


def reasons(*overrides: str) -> dict[str, str]:
    return {held.path: held.reason for held in held_fixed([small(*overrides)])}


def uncertain_parameters(*overrides: str) -> dict[str, str]:
    return {each.path: each.uncertain_parameter for each in uncertain_inputs([small(*overrides)])}


@pytest.mark.parametrize("name", ready.names())
def test_every_graded_input_in_use_varies_or_is_held_with_a_reason(name: str) -> None:
    scenario = load(name)
    varying = [each.path for each in uncertain_inputs([scenario])]
    held = [each.path for each in held_fixed([scenario])]
    graded = [dotted(each.path) for each in graded_inputs(scenario)]
    with_baseline = {path for path in graded if path.startswith("feeding.")} - set(held)
    assert {f"feeding.{path.split('.')[0]}" for path in load_bank(scenario.feeding.baseline).inputs} == (with_baseline)
    assert sorted([*varying, *held, *with_baseline]) == sorted([*graded, "feeding"])
    assert sorted(path for paths in grades_of(scenario).values() for path in paths) == sorted(graded)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("population.quintile_mix", which_inputs_vary.GRADE_A),
        ("pathways.follow_up.accepts", which_inputs_vary.GRADE_A),
        ("feeding.stopped_before_wanted", which_inputs_vary.NO_RANGE),
        ("population.attributes.degree", which_inputs_vary.FITTED),
        ("population.attributes.intends", which_inputs_vary.FITTED),
        ("population.attributes.age.under_20", which_inputs_vary.FITTED),
        ("population.attributes.partner_leave_2_weeks", which_inputs_vary.FITTED),
        ("population.attribute_loading", which_inputs_vary.FITTED),
        ("community.ties", which_inputs_vary.CHOSEN),
        ("data_sharing.delay", which_inputs_vary.CHOSEN),
        ("support.preventive_channels", which_inputs_vary.CHOSEN),
        ("population.languages", which_inputs_vary.NO_RANGE),
        ("access.discovery_per_year", which_inputs_vary.LIMITING),
        ("team.responder_weight", which_inputs_vary.LIMITING),
    ],
)
def test_what_is_held_says_why(path: str, reason: str) -> None:
    assert reasons()[path] == reason


@pytest.mark.parametrize(
    "path",
    ["costs.paid_hour", "costs.volunteer_hour", "access.area_residual", "access.circumstances.limited_english",
     "access.aware", "support.resolves", "pathways.call_48h.connects", "pathways.call_48h.connects.effects.1.odds",
     "feeding", "support.strength",
     "population.quintile_correlation", "team.supporters.paid.ethos"],
)  # fmt: skip
def test_what_matters_most_varies(path: str) -> None:
    assert path in uncertain_parameters()


def test_what_is_off_does_not_vary() -> None:
    parts = {path.split(".")[0] for path in uncertain_parameters("community.active=false", "learning.active=false")}
    assert not parts & {"community", "learning", "review"}
    assert "pathways.text_2_3_weeks.connects" not in uncertain_parameters()


def test_a_pathway_that_a_review_may_open_is_in_use() -> None:
    assert "pathways.text_2_3_weeks.connects" in {each.path for each in uncertain_inputs([load("site1_year2")])}


def test_a_limiting_case_is_held_in_the_scenario_that_chose_it() -> None:
    base, same_for_all = small(), small("team.supporters.paid.ethos=1", "name=same_for_all")
    path = "team.supporters.paid.ethos"
    assert path in {each.path for each in uncertain_inputs([base, same_for_all])}
    (held,) = (each for each in held_fixed([base, same_for_all]) if each.path == path)
    assert (held.reason, held.scenarios) == (which_inputs_vary.LIMITING, ("same_for_all",))
    assert (
        reasons("pathways.ward_visit.reached.by_quintile=0.8")["pathways.ward_visit.reached"]
        == which_inputs_vary.LIMITING
    )
    assert (
        reasons("pathways.ward_visit.reached.by_quintile=1")["pathways.ward_visit.reached"]
        == which_inputs_vary.LIMITING
    )


def test_a_value_outside_the_range_widens_it() -> None:
    (cost,) = (each for each in uncertain_inputs([small("costs.paid_hour=50")]) if each.path == "costs.paid_hour")
    assert cost.range == (27, 50)
    (calls,) = (
        each for each in uncertain_inputs([small("pathways.call_48h.connects.by_quintile=0.9")])
        if each.path == "pathways.call_48h.connects"
    )  # fmt: skip
    assert calls.range == pytest.approx((0.30, 0.9))


def test_inputs_of_one_parameter_move_together() -> None:
    by_path = uncertain_parameters("pathways.text_2_3_weeks.active=true", "pathways.text_day_4.active=true")
    assert by_path["pathways.text_2_3_weeks.connects"] == by_path["pathways.text_day_4.connects"] == "P8"
    assert by_path["pathways.call_48h.connects"] == by_path["pathways.follow_up.connects"] == "P3"
    assert by_path["team.supporters.paid.ethos"] == by_path["team.supporters.volunteer.ethos"]
    assert by_path["population.attributes.smartphone"] == by_path["population.attributes.mobile"]
    assert by_path["pathways.groups.stays"] == "P20"
    effects = [f"pathways.{name}.connects.effects.0.odds" for name in ("text_2_3_weeks", "call_48h")]
    assert [by_path[path] for path in effects] == ["P8.effects.0.odds", "P3.effects.0.odds"]
    assert by_path["access.local_trust"] != by_path["team.supporters.paid.social_distance"]


def test_an_attribute_that_comes_to_shape_feeding_is_held_with_the_one_it_belongs_to() -> None:
    held = reasons("feeding.stopping_hazard.limited_english=1.2")
    assert held["population.attributes.limited_english"] == which_inputs_vary.FITTED
    assert held["population.attributes.other_language"] == which_inputs_vary.FITTED


def test_the_union_of_scenarios_is_in_a_stable_order() -> None:
    base, other = small(), small("pathways.text_day_4.active=true")
    one, both = ([each.path for each in uncertain_inputs(each)] for each in ([base], [base, other]))
    assert both[: len(one)] == one
    assert set(both) - set(one) == {"pathways.text_day_4.connects"}
