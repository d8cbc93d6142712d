"""A message names what was likely meant, and how that is written."""

from pathlib import Path

import pytest

from bpssim.scenario.cautions.cautions import cautions
from bpssim.scenario.reading.messages import BadInput
from bpssim.scenario.scenario import load


def complaint(*overrides: str, file: str | Path = "site1") -> str:
    with pytest.raises(BadInput) as caught:
        load(file, overrides)
    return str(caught.value)


@pytest.mark.parametrize(
    ("override", "advice"),
    [
        ("population.attributes.degree=45", "a share is written from 0 to 1: 45 % is 0.45"),
        ("population.attributes.degree=45 %", "45 % is written 0.45"),
        ("population.attributes.degree=12.5%", "12.5% is written 0.125"),
        ("population.attributes.degree=[22, 0.3, 0.4, 0.5, 0.6]", "22 % is 0.22"),
        ("pathways.call_48h.accepts.by_quintile=95 per cent", "95 per cent is written 0.95"),
        ("population.births_per_year='1,200'", "write 1200 without the separator"),
        ("population.births_per_year=1 200", "write 1200 without the separator"),
        ("run.seed='3'", "a number stands without quotes: 3"),
        ("costs.paid_hour=£34", "write 34 without the sign"),
        ("costs.other_per_year='GBP 12,000'", "write 12000 without the sign"),
        ("pathways.call_48h.opens.to_age=2 weeks", "2 weeks is 14"),
        ("pathways.follow_up.until_age=6 wk", "6 wk is 42"),
        ("run.window_days=1 year", "1 year is 365"),
        ("team.supporters.paid.hours.monday=3 h", "write the number without its unit: 3"),
        ("team.supporters.paid.hours.monday=90 min", "hours are wanted here: 90 min is 1.5"),
        ("team.duties.ward.minutes=3h", "minutes are wanted here: 3 h is 180"),
        ("run.window_days=1y", "days are wanted here: 1 y is 365"),
        ("run.window_days=6 months", "days are wanted here: 6 months is 182"),
        ("team.duties.ward.every_weeks=14 days", "weeks are wanted here: 14 days is 2"),
        ("objectives.target={any_of: [[{item: quintile, at_most: Q1}]]}", "quintile 1 is written 1, and 1 is the most"),
        ("objectives.target={any_of: [[{item: quintile, at_most: quintile 2}]]}", "quintile 2 is written 2"),
    ],
)
def test_a_number_that_is_written_otherwise_is_recognised(override: str, advice: str) -> None:
    told = complaint(override)
    assert told.count("\n") == 0
    assert advice in told


@pytest.mark.parametrize(
    ("override", "advice"),
    [
        ("run.window_days=36 h", "; write a number alone; its unit here is days"),
        ("run.window_days=1m", "; write a number alone; its unit here is days"),
        ("costs.paid_hour=3 h", "; write a number alone; its unit here is GBP per hour"),
        ("team.responder_weight=50 %", "; write a number alone; its unit here is ratio"),
        ("population.attributes.degree=6 weeks", "; write a number without a unit"),
    ],
)
def test_no_number_is_proposed_that_would_mean_something_else(override: str, advice: str) -> None:
    assert complaint(override).endswith(advice)


@pytest.mark.parametrize("override", ["population.attributes.degree=-1", "population.attributes.degree=many"])
def test_where_there_is_no_telling_nothing_is_guessed(override: str) -> None:
    assert complaint(override).endswith(")")


@pytest.mark.parametrize(
    ("override", "meant"),
    [
        ("strength=1.2", "'support.strength'"),
        ("feeding.strength=1.2", "'support.strength'"),
        ("feeding.strenght=1.2", "'support.strength'"),
        ("data_sharing.feed={}", "'feeds'"),  # and not review.agreement.feed, as feeds is here
        (
            "pathways.call_48h.demands=[asking]",
            "'pathways.call_48h.reached.demands' or 'pathways.call_48h.connects.demands' or "
            "'pathways.call_48h.accepts.demands'",
        ),
        ("pathways.call_48h.steps=[{channel: call, band: evening}]", "'pathways.call_48h.band'"),
        ("pathways.call_48h.channel=text", "'pathways.call_48h.steps.0.channel'"),
        ("team.band=evening", "'team.duties.NAME.band'"),
        ("call_48h.active=false", "'pathways.call_48h'"),
    ],
)
def test_a_setting_that_belongs_elsewhere_is_named_with_its_place(override: str, meant: str) -> None:
    assert complaint(override).endswith(f": unknown setting; did you mean {meant}?")


@pytest.mark.parametrize(
    ("override", "advice"),
    [
        ("pathways.call_48h.offers=[home_vist]", "; write {pathway: home_visit}"),
        ("pathways.call_48h.steps=[cal]", "; write {channel: call}"),
        ("pathways.call_48h.opens=discharged", '; write {"on": discharge}'),
        ("pathways.call_48h.connects=high", "(found 'high')"),  # no word is allowed there
        ("pathways.call_48h.steps=[]", "should be a list, with 1 to 40 items (found an empty list)"),
        ("pathways.call_48h.asks=phon", "should be a list, with at most 15 items (found 'phon'); write [phone]"),
        ("pathways.call_48h.offers=home_visit", "; write [{pathway: home_visit}]"),
    ],
)
def test_a_name_that_needs_a_list_or_a_group_is_shown_in_it(override: str, advice: str) -> None:
    assert complaint(override).endswith(advice)


def test_a_forgotten_parent_is_named_as_the_cause(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("name: mine\npathways: {home_visit: {active: true}}\n", encoding="utf-8")
    first, *others = complaint(file=file).splitlines()
    assert first == (
        f"{file}: extends no other scenario, so it must say everything; to change a ready one, begin with a line such "
        "as `extends: site1`"
    )
    assert len(others) == 2
    file.write_text("name: mine\npathways: {x: {}}\nextends: site1\n", encoding="utf-8")
    assert "extends no other" not in complaint(file=file)


def test_what_took_away_the_settings_that_others_refer_to_is_named(tmp_path: Path) -> None:
    first = complaint("team={}").splitlines()[0]
    assert first.endswith("team.duties (found 'ward'); --set team={} has taken them away")
    file = tmp_path / "mine.yaml"
    file.write_text("extends: site1\nname: mine\nteam: {duties: {}}\n", encoding="utf-8")
    assert f"; {file}:3:8 has taken them away" in complaint(file=file)
    assert "taken" not in complaint("pathways.groups.session=grup")


def test_a_file_with_no_way_in_is_pointed_out(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("name: mine\ndata_sharing: {preset: full}\n", encoding="utf-8")
    [caution] = cautions(load(file))
    assert "there are no pathways, so nobody is reached" in caution
    assert "`extends: site1`" in caution


def test_an_age_in_weeks_is_pointed_out_where_steps_come_after_it() -> None:
    [caution] = cautions(load("site1", ["pathways.follow_up.until_age=6"]))
    assert "its step on day 8 never comes; 6 weeks would be 42 days" in caution
    assert cautions(load("site1", ["pathways.follow_up.until_age=38"])) == []
