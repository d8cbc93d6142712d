"""What an alternative changes, in words with values: the same on page, terminal and in the manifest."""

import pytest

from bpssim.scenario.describing import pathway_in_words
from bpssim.scenario.scenario import load
from bpssim.studies.comparison.changes import InputChange, changed_inputs
from bpssim.studies.comparison.order import orders_work_only

ARROW, PERCENT = "\N{RIGHTWARDS ARROW}", "\N{NO-BREAK SPACE}%"
FORUM = (
    "pathways.late_forum={opens: {on: own_initiative, from_age: 21}, initiative: mother, "
    "reached: {by_quintile: 0.3}, steps: [{channel: online, minutes: {contact: 4}}]}"
)


def changes(*overrides: str, base: str = "site1") -> list[InputChange]:
    return changed_inputs(load(base), load(base, overrides))


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("pathways.groups.reached.by_quintile.q2=0.9", f"Weekly group: quintile 2: 0.22 {ARROW} 0.9"),
        ("pathways.ward_visit.reached.by_quintile=0.8", f"Ward visit: 0.5 {ARROW} 0.8 in all quintiles"),
        ("pathways.call_48h.removes=[limited_english]", "48-hour call: gains limited english"),
        ("team.duties.group.weekdays=[friday, monday]", "gains monday; loses wednesday"),
        ("pathways.ward_request.active=false", "Request on the ward, switched off"),
        (
            "pathways.groups.audience.any_of=[[{item: age, at_most: 19}]]",
            f"Weekly group: everyone {ARROW} age at most 19",
        ),
        ("data_sharing.feeds={postcodes: {items: [postcode]}}", "new: items postcode"),
        ("feeding.difficulty_periods=[4, 8, 14, 42]", f"4, 7, 14, 42 {ARROW} 4, 8, 14, 42"),
        ("professionals.half_life_days=null", f"182 {ARROW} none"),
        (
            FORUM,
            f"new pathway: from day 21, 30{PERCENT} of mothers join, one online contact of 4 minutes",
        ),
    ],
)
def test_a_change_has_its_values_in_words(setting: str, words: str) -> None:
    (change,) = changes(setting)
    assert change.words == words
    assert str(change) == f"{change.path}: {words}"


def test_steps_are_listed_one_by_one_and_defaults_of_a_new_part_left_out() -> None:
    removed = changes("pathways.groups.steps=[{channel: group, minutes: {contact: 22}}]")
    assert [change.words for change in removed] == [
        f"Weekly group: removed: group session of 22 minutes on day {day}" for day in (7, 14, 21)
    ]
    (forum,) = changes(FORUM)
    assert forum.base is None
    assert set(forum.alternative) == {"opens", "initiative", "reached", "steps"}


def test_a_pathway_that_is_switched_on_is_described_as_a_whole() -> None:
    (change,) = changed_inputs(load("site2"), load("site2_midwife_sign_up"))
    assert change.path == "pathways.midwife_sign_up"
    assert change.words == (
        "Sign-up by midwives, switched on: when midwifery sees her on day 1, for quintile at most 3, "
        f"55 to 60{PERCENT} of mothers are referred, 68 to 73{PERCENT} of attempts get through, one call of 12 minutes"
    )


def test_every_ready_pathway_can_be_described() -> None:
    for name, pathway in load("base").pathways.items():
        assert len(pathway_in_words(pathway)) > 20, name


def test_evidence_and_grade_are_no_changes() -> None:
    base = load("site1")
    assert changed_inputs(base, base.with_("access.aware.evidence", "another")) == []


def test_what_nothing_reads_in_either_scenario_is_marked() -> None:
    (inert,) = changes("pathways.ward_visit.connects.by_quintile=0.5")
    assert inert.unread == "at a session she is there"
    assert [change.unread for change in changes("review.active=true", "review.every_days=30")] == ["", ""]
    assert [change.unread for change in changes("community.ties=2")] == [""]
    off = changed_inputs(load("site1", ["community.active=false"]), load("site1", ["community.active=false", FORUM]))
    assert [change.unread for change in off] == [""]
    assert changes("pathways.text_day_4.priority=4")[0].unread.startswith("the pathway is off")


@pytest.mark.parametrize(
    ("settings", "only_order"),
    [
        (["objectives.target_weight=5"], True),
        (["pathways.call_48h.priority=2", "team.responder_weight=1"], True),
        (["data_sharing.preset=quintile_flag"], False),  # visits are offered by it
        (["data_sharing.preset=full"], False),
        (["objectives.target_weight=5", "pathways.call_48h.attempts.extra=2"], False),
        (["team.supporters.paid.count=4"], False),
        (["pathways.ward_visit.connects.by_quintile=0.5"], False),
    ],
)
def test_a_change_of_the_order_of_work_alone_is_known(settings: list[str], only_order: bool) -> None:
    base, alternative = load("site1"), load("site1", settings)
    assert orders_work_only(base, alternative, changed_inputs(base, alternative)) is only_order


def test_a_flag_orders_work_no_more_where_something_is_kept_for_the_target_group() -> None:
    kept = "pathways.call_48h.attempts.extra=2"
    base, alternative = load("site1", [kept]), load("site1", [kept, "data_sharing.preset=quintile_flag"])
    assert not orders_work_only(base, alternative, changed_inputs(base, alternative))
