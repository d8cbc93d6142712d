"""What can be switched off in a scenario."""

from pathlib import Path

import pytest

from bpssim.scenario.reading.messages import BadInput
from bpssim.scenario.reading.ready import names
from bpssim.scenario.reading.tree import dotted
from bpssim.scenario.scenario import load
from bpssim.scenario.with_values import with_values
from bpssim.studies.plan.nulls import AT_NULL_ALREADY, Nulls
from bpssim.studies.plan.nulls_study import study_of_nulls
from bpssim.studies.plan.points import making_of, points_of
from tests.small import small


def test_switches_and_constants_are_set_to_what_does_nothing() -> None:
    nulls = Nulls(small("learning.active=true"))
    assert nulls.in_use["learning"].values == {("learning", "active"): False}
    assert nulls.in_use["team.unlimited"].values == {("team", "unlimited"): True}
    assert nulls.in_use["support.network_hazard"].values == {("support", "network_hazard"): 1.0}
    assert set(nulls.in_use["support.resolves"].values[("support", "resolves")].values()) == {0.0}  # type: ignore[attr-defined]
    ethos = nulls.in_use["team.supporters.*.ethos"]
    assert {dotted(path) for path in ethos.values} == {"team.supporters.paid.ethos", "team.supporters.volunteer.ethos"}


def test_gates_of_a_row_become_the_same_in_all_quintiles() -> None:
    null = Nulls(small()).in_use["P3"]
    assert len(null.values) > 1
    for gate in null.values.values():
        assert len({round(share, 12) for share in gate.by_quintile}) == 1  # type: ignore[attr-defined]
    assert "48-hour call" in null.words


def test_what_does_nothing_is_left_out_and_said() -> None:
    nulls = Nulls(small("support.network_hazard=1", "community.active=false"))
    assert nulls.left_out["community"] == AT_NULL_ALREADY
    assert "community.tells" not in nulls.in_use
    assert nulls.left_out["access.discovery_per_year"] == AT_NULL_ALREADY
    assert nulls.left_out["data_sharing.opt_in_share"].startswith("nothing reads it: ")
    assert nulls.left_out["support.half_life_weeks"].startswith("has no null: ")


@pytest.mark.parametrize("name", names())
def test_every_null_is_a_value_that_the_input_may_have(name: str) -> None:
    scenario = load(name)
    for null in Nulls(scenario).in_use.values():
        switched = with_values(scenario, null.values)
        dumped = switched.model_dump(mode="json")
        assert type(scenario).model_validate(dumped).model_dump(mode="json") == dumped


def test_a_null_applies_to_the_scenarios_that_rest_on_it(tmp_path: Path) -> None:
    read = study_of_nulls("site1", "site1_no_service", replicates=3)
    assert read.study.name == "site1_against_site1_no_service"
    assert read.study.replicates == 3
    making, points = making_of(read), points_of(read)
    # The scenarios as they are, and a point of each for everything that is switched off.
    assert len(points) == 2 * (1 + len(read.study.factors))
    p3 = next(point for point in points if "P3" in point.places and point.scenario == 1)
    gate = making.scenario_of(p3).pathways["call_48h"].connects
    assert len({round(share, 12) for share in gate.by_quintile}) == 1
    without = next(point for point in points if "P3" in point.places and point.scenario == 0)
    assert making.scenario_of(without) == read.scenarios[0]


def test_names_that_cannot_be_switched_off_are_answered(tmp_path: Path) -> None:
    from bpssim.studies.plan.reading import read_study

    path = tmp_path / "mine.yaml"
    path.write_text(
        "{name: mine, scenarios: [site1], factors: {x: {null: support.resolve}}, design: {kind: one_at_a_time}}",
        encoding="utf-8",
    )
    with pytest.raises(BadInput, match=r"factors\.x\.null.*support\.resolves"):
        read_study(path)
    path.write_text(
        "{name: mine, scenarios: [site1], factors: {x: {null: support.resolves, levels: [1]}}}", encoding="utf-8"
    )
    with pytest.raises(BadInput, match="says itself at what value"):
        read_study(path)
