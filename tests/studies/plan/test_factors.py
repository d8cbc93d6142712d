"""What factors do to a scenario."""

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpssim.scenario.scenario import Scenario
from bpssim.studies.plan.factors import Base, step_of, with_steps
from bpssim.studies.plan.points import making_of, points_of
from bpssim.studies.plan.study import Factor
from tests.small import small
from tests.studies.plan.files import study

SITE1 = Base(small())


def at(place: float | int, base: Base = SITE1, **factor: object) -> Scenario:
    """Site 1 with one factor at a place."""
    return with_steps(base, [step_of(Factor(**factor), base, place)])


def shown(place: float | int, **factor: object) -> object:
    return step_of(Factor(**factor), SITE1, place).shown


def test_levels_are_values_of_an_input() -> None:
    assert at(1, path="support.strength", levels=[0.0, 0.5]).support.strength == 0.5
    assert shown(1, path="support.strength", levels=[0.0, 0.5]) == 0.5
    assert shown(0, path="data_sharing.preset", levels=["full"]) == "full"
    assert shown(0, path="pathways.groups.active", levels=[True]) == "true"


def test_levels_may_have_labels_and_change_several_inputs() -> None:
    changes = {"early": {"pathways.groups.opens.from_age": 7, "pathways.groups.opens.to_age": 30}, "as it is": {}}
    early = at(0, levels=changes)
    assert (early.pathways["groups"].opens.from_age, early.pathways["groups"].opens.to_age) == (7, 30)
    assert at(1, levels=changes) == SITE1.scenario
    assert shown(1, levels=changes) == "as it is"


def test_a_star_stands_for_every_running_pathway_and_every_kind_of_supporter() -> None:
    scenario = at(0, path="team.supporters.*.ethos", levels=[0.25])
    assert {kind.ethos for kind in scenario.team.supporters.values()} == {0.25}
    visits = at(0, path="pathways.*.steps.*.minutes.travel", times=True, levels=[1.5])
    for name, pathway in visits.pathways.items():
        for step, own in zip(pathway.steps, SITE1.scenario.pathways[name].steps, strict=True):
            assert step.minutes.travel == own.minutes.travel * (1.5 if pathway.active else 1.0)


def test_multiples_are_of_what_the_scenario_says() -> None:
    twice = at(0, path="support.resolves", times=True, levels=[0.5])
    for channel, value in SITE1.scenario.support.resolves.items():
        assert twice.support.resolves[channel] == pytest.approx(0.5 * value)
    assert at(0, path="pathways.call_48h.attempts.most", times=True, levels=[2]).pathways["call_48h"].attempts.most == 6


def test_a_gradient_can_be_made_flat_or_steeper() -> None:
    def log_odds(scenario: Scenario) -> list[float]:
        shares = scenario.pathways["call_48h"].connects.by_quintile
        return [math.log(share / (1.0 - share)) for share in shares]

    own = log_odds(SITE1.scenario)
    flat, steep = (log_odds(at(0, slope="P3", levels=[times])) for times in (0.0, 2.0))
    assert flat == pytest.approx([sum(own) / 5.0] * 5)
    assert [b - a for a, b in zip(flat, steep, strict=True)] == pytest.approx([2.0 * (x - flat[0]) for x in own])
    assert at(0, slope="P3", levels=[1.0]).pathways["call_48h"].connects.by_quintile == pytest.approx(
        SITE1.scenario.pathways["call_48h"].connects.by_quintile
    )


def test_evidence_varies_every_input_that_rests_on_it() -> None:
    low, high = (at(quantile, evidence="P3") for quantile in (0.0, 1.0))
    for name in ("call_48h", "follow_up", "professional_referral"):
        own = SITE1.scenario.pathways[name].connects.by_quintile[0]
        assert low.pathways[name].connects.by_quintile[0] < own < high.pathways[name].connects.by_quintile[0]
    assert low.pathways["groups"] == SITE1.scenario.pathways["groups"]


def test_a_row_stands_for_the_inputs_that_name_it() -> None:
    assert at(1.0, evidence="E41").support.resolves != SITE1.scenario.support.resolves
    assert at(1.0, evidence="E41") == at(1.0, evidence="support.resolves")


def test_evidence_that_a_scenario_does_not_rest_on_leaves_it_alone() -> None:
    assert at(0.0, evidence="P8") == SITE1.scenario  # no text in Site 1


def test_hours_and_money_come_after_what_other_factors_change() -> None:
    hours = Factor(path="hours", levels=[2.0])
    fewer = Factor(path="team.supporters.paid.count", levels=[1])
    together = with_steps(SITE1, [step_of(hours, SITE1, 0), step_of(fewer, SITE1, 0)])
    alone = at(0, path="team.supporters.paid.count", levels=[1])
    assert _hours(together) == pytest.approx(2.0 * _hours(alone), rel=0.02)
    assert _hours(at(0, path="budget", levels=[10_000])) > _hours(SITE1.scenario)


def _hours(scenario: Scenario) -> float:
    return sum(kind.count * kind.weekly_hours for kind in scenario.team.supporters.values() if kind.paid)


@given(st.floats(0.0, 1.0), st.sampled_from(["uniform", "log_uniform", "triangular", "normal"]))
def test_values_stay_in_their_range_and_rise_with_the_quantile(quantile: float, shape: str) -> None:
    mode = {"mode": 0.4} if shape == "triangular" else {}
    factor = {"path": "support.strength", "range": (0.2, 1.2), "shape": shape, **mode}
    value = shown(quantile, **factor)
    assert isinstance(value, float)
    assert 0.2 <= value <= 1.2
    assert shown(min(quantile + 0.1, 1.0), **factor) >= value  # type: ignore[operator]


@pytest.mark.parametrize(
    ("shape", "median"), [("uniform", 0.7), ("log_uniform", math.sqrt(0.24)), ("normal", 0.7), ("triangular", 0.8)]
)
def test_medians_of_distributions(shape: str, median: float) -> None:
    mode = {"mode": 1.2} if shape == "triangular" else {}
    expected = 0.2 + math.sqrt(0.5) if shape == "triangular" else median  # rises in a straight line to its end
    assert shown(0.5, path="support.strength", range=(0.2, 1.2), shape=shape, **mode) == pytest.approx(expected)


def test_points_of_one_combination_share_it(tmp_path: Path) -> None:
    read = study(
        tmp_path,
        "scenarios: [site1, site1_interpreters]\n"
        "factors: {a: {path: support.strength, levels: [0, 1]}, b: {path: support.wider_help, levels: [0, 0.2]}}",
    )
    points = points_of(read)
    assert [(point.row, point.scenario) for point in points] == [(row, n) for row in range(4) for n in (0, 1)]
    making = making_of(read)
    for point in points:
        made, said = making.scenario_of(point), making.shown(point)
        assert (made.support.strength, made.support.wider_help) == (said["a"], said["b"])


def test_keys_tell_what_decides_results_and_nothing_else(tmp_path: Path) -> None:
    factor = "factors: {a: {path: support.strength, levels: [%s]}}"

    def keys(text: str) -> list[str]:
        return [point.key for point in points_of(study(tmp_path, text))]

    before = keys(factor % "0, 1")
    assert keys(factor % "0, 1" + "\nreplicates: 3\nseed: 9\nquestion: Another?") == before
    assert keys(factor % "0, 0.5, 1")[::2] == before  # levels may be added
    assert not set(keys(factor % "0, 1" + "\noutcomes: [any_6w]")) & set(before)
    assert not set(keys("scenarios: [site1_interpreters]\n" + factor % "0, 1")) & set(before)
