"""What nothing reads is told where it is written, with the reason, and never where it is meant or inherited."""

from pathlib import Path

import pytest

from bpssim.scenario.cautions.cautions import cautions
from bpssim.scenario.cautions.unread.finding import unread_inputs, why_unread
from bpssim.scenario.cautions.unread.written import written_in_vain
from bpssim.scenario.reading import ready
from bpssim.scenario.reading.messages import BadInput
from bpssim.scenario.reading.writing import to_yaml
from bpssim.scenario.scenario import load
from tests.command_line import call


def said(*overrides: str, source: str | Path = "site1") -> str:
    return "\n".join(map(str, written_in_vain(source, overrides, load(source, overrides))))


@pytest.mark.parametrize("name", ready.names())
def test_ready_scenarios_say_nothing_in_vain(name: str) -> None:
    assert said(source=name) == ""


@pytest.mark.parametrize("name", ["base", "site1", "site2_year2"])
def test_a_scenario_as_it_was_run_says_nothing_in_vain_but_what_it_has_from_its_parents(
    name: str, tmp_path: Path
) -> None:
    resolved = tmp_path / "scenario.yaml"
    resolved.write_text(to_yaml(load(name)), encoding="utf-8")
    inherited = ("the pathway that it offers is off", "or they do so by agreement")
    lines = said(source=resolved).splitlines()
    assert [line for line in lines if not any(each in line for each in inherited)] == []


@pytest.mark.parametrize(
    ("setting", "why"),
    [
        ("pathways.ward_visit.connects.by_quintile=0.5", "at a session she is there"),
        ("pathways.ward_visit.stays.by_quintile=0.5", "there is one step"),
        ("pathways.ward_visit.attempts.expires_after=9", "that day or not at all"),
        ("pathways.self_referral.attempts.most=4", "every attempt reaches her"),
        ("pathways.groups.band=evening", "it is the time of the duty"),
        ("pathways.home_visit.removes=[no_car]", "none of its probabilities of access depends on"),
        ("pathways.call_48h.opens.profession=midwifery", "no professional refers here"),
        ("pathways.call_48h.opens.every=7", "only a pathway that opens `on: broadcast`"),
        ("pathways.text_day_4.priority=5", "the pathway is off"),
        ("review.every_days=30", "the review is off"),
        ("professionals.infant_feeding=0.3", "depends on their awareness"),
        ("data_sharing.opt_in_share=0.5", "no feed has the basis opt_in"),
        ("support.resolves.clinic=0.9", "no pathway that runs has such a contact"),
        ("community.presence=0.02", "no duty with the task community"),
    ],
)
def test_a_setting_that_nothing_reads_is_told_with_its_place_and_the_reason(setting: str, why: str) -> None:
    told = said(setting)
    assert told.startswith(
        f"--set {setting}: {setting.partition('=')[0].removesuffix('.by_quintile')}: nothing reads it:"
    )
    assert why in told


def test_what_is_switched_off_and_still_offered_is_told_where_it_is_switched_off() -> None:
    off = "pathways.home_visit.active=false"
    assert said(off).startswith(
        f"--set {off}: pathways.home_visit.active: it is off and still offered by 48-hour call (call_48h), "
    )
    anew = "pathways.call_48h.offers=[{pathway: home_visit}]"
    [first, second] = said(off, anew, "pathways.professional_referral.offers=[]").splitlines()
    assert "the pathway that it offers is off" in first
    assert "still offered by Self-referral (self_referral), which" in second
    assert "still offered" not in said("pathways.groups.active=false", "pathways.home_visit.offers=[]")


def test_settings_of_one_part_are_told_together_and_meant_ones_not_at_all() -> None:
    assert "nothing reads priority, until_age:" in said(
        "pathways.text_day_4.priority=5", "pathways.text_day_4.until_age=9"
    )
    assert said("community.active=false", "community.ties=5") == ""
    assert said("pathways.text_day_4.active=true", "pathways.text_day_4.priority=5") == ""
    assert said("pathways.text_day_4.priority=1") == ""  # as it is anyway


def test_what_becomes_read_is_no_longer_told() -> None:
    base = load("site1")
    path = ("review", "every_days")
    assert why_unread(unread_inputs(base), path)
    assert not why_unread(unread_inputs(base.with_("review.active", True)), path)
    assert not why_unread(unread_inputs(base), ("pathways", "follow_up", "stays", "by_quintile"))


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        (["feeding.stopping_hazard.partner_away=2"], "use alone_hazard"),
        (["pathways.groups.reached.effects=[{when: [wrong_number], odds: 0.5}]"], "use data_sharing.wrong_number"),
        (["pathways.home_visit.opens.with_problem=true"], "not because of a feeding difficulty"),
        (["pathways.call_48h.staffed=0.5"], "staffed: needs a session"),
        (["pathways.call_48h.steps=[{channel: call, minutes: {contact: 12, travel: 10}}]"], "a call has no journey"),
        (["pathways.ward_visit.session=null"], "ward_stay needs a session"),
        (["pathways.call_48h.audience={any_of: [[{not_in: young}]]}"], "should be one of the pathways"),
        (["pathways.call_48h.audience={any_of: [[{item: birth, at_least: 1}]]}"], "birth is a date"),
    ],
)
def test_what_can_never_be_meant_is_refused(settings: list[str], why: str) -> None:
    with pytest.raises(BadInput, match=why):
        load("site1", settings)


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        (["pathways.sign_up_programme.active=true"], "no pathway that runs does, so it cannot happen"),
        (
            ["pathways.groups.active=false"],
            "duty group takes time but has no effect: no pathway that runs takes place",
        ),
        (
            [
                "team.duties.talks={weekdays: [monday], minutes: 30, by: paid, task: community}",
                "community.active=false",
            ],
            "norms do not move",
        ),
        (["pathways.call_48h.removes=[no_car, limited_english]"], "removes no_car, and none of its probabilities"),
        (["review.active=true", "run.window_days=60"], "longer than the window"),
    ],
)
def test_parts_that_bring_nothing_are_pointed_out(settings: list[str], why: str) -> None:
    assert any(why in caution for caution in cautions(load("site1", settings)))


def test_check_tells_it_on_stderr_and_goes_on() -> None:
    result = call("check", "site1", "site2", "--set", "review.every_days=30")
    assert result.exit_code == 0
    assert [line for line in result.stdout.splitlines() if ":" in line and "Mothers" not in line] == [
        "site1: ok",
        "site2: ok",
    ]
    assert result.stderr.count("note: --set review.every_days=30: review.every_days: nothing reads it") >= 1


@pytest.mark.parametrize(
    ("place", "setting", "why"),
    [
        ("Rochdale", "quintile_mix=[0.5, 0.2, 0.1, 0.1, 0.1]", ""),
        ("Rochdale", "births_per_year=900", ""),
        ("Rochdale", "languages={urdu: 1}", ""),
        ("Rochdale", "attributes.rural=0.2", ""),
        ("Rochdale", "neighbourhood_births=12", "the place has its own neighbourhoods and births"),
        ("Belfast", "neighbourhood_births=12", ""),
    ],
)
@pytest.mark.parametrize("active", ["true", "false"])
def test_beside_a_place_nothing_that_is_read_is_called_unread(place: str, setting: str, why: str, active: str) -> None:
    found = said(f"population.place={place}", f"population.{setting}", f"community.active={active}")
    about = "\n".join(line for line in found.splitlines() if "population." in line.partition("nothing reads")[0])
    assert about.endswith(why)
    assert bool(about) == bool(why)


def test_neighbourhoods_of_a_place_whose_births_are_given_need_no_births_of_their_own() -> None:
    given = ("population.place=Belfast", "population.births_per_year=4000", "population.neighbourhood_births=12")
    assert "population.births_per_year says its births" in said(*given)
