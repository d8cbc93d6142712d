"""Draws of scenarios: valid, paired, stratified, and the same again for the same seed."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpssim.scenario.population import PARTS_OF_WHOLES
from bpssim.scenario.reading import ready
from bpssim.scenario.reading.writing import to_yaml
from bpssim.scenario.scenario import Scenario, load
from bpssim.scenario.with_values import with_values
from bpssim.studies.replicate import run
from bpssim.studies.uncertainty.draws import draws, parameter_rows, quantile_table
from bpssim.studies.uncertainty.inputs import uncertain_inputs
from bpssim.studies.uncertainty.which_inputs_vary import varying_inputs
from tests.small import small

SEEDS = st.integers(0, 2**63 - 1)
BASE = small()
TEXT = small("pathways.text_day_4.active=true", "name=text")


def at(scenario: Scenario, quantile: float) -> Scenario:
    inputs = varying_inputs(scenario)
    copy: Scenario = with_values(scenario, {path: each.at(quantile).value for path, (_, each) in inputs.items()})
    return copy


@pytest.mark.parametrize("quantile", [0.0, 0.31, 1.0])
@pytest.mark.parametrize("name", ready.names())
def test_every_ready_scenario_is_valid_at_the_ends_of_all_ranges(name: str, quantile: float) -> None:
    drawn = at(load(name), quantile)
    assert Scenario.model_validate(drawn.model_dump(mode="json")) == drawn


@settings(max_examples=20)
@given(SEEDS)
def test_drawn_scenarios_are_valid_within_range_and_keep_what_does_not_vary(seed: int) -> None:
    (draw,) = draws([BASE, TEXT], 1, seed)
    limits = {each.path: each.range for each in uncertain_inputs([BASE, TEXT])}
    for given_one, drawn, reported in zip([BASE, TEXT], draw.scenarios, draw.reported, strict=True):
        assert Scenario.model_validate(drawn.model_dump(mode="json")) == drawn
        assert all(limits[path][0] - 1e-9 <= value <= limits[path][1] + 1e-9 for path, value in reported.items())
        assert drawn.name == given_one.name
        for unvaried in ("run", "review"):
            assert getattr(drawn, unvaried) == getattr(given_one, unvaried)
        assert drawn.team.duties == given_one.team.duties
        assert drawn.feeding.stopped_before_wanted == given_one.feeding.stopped_before_wanted
        assert drawn.population.attributes.intends == given_one.population.attributes.intends


@settings(max_examples=20)
@given(SEEDS, st.floats(0.0, 0.3))
def test_parts_stay_within_wholes(seed: int, share: float) -> None:
    attributes = "population.attributes"
    scenario = small(f"{attributes}.other_language={share}", f"{attributes}.limited_english={share}")
    (draw,) = draws([scenario], 1, seed)
    drawn = draw.scenarios[0].population.attributes
    for part, whole in PARTS_OF_WHOLES:
        assert all(inner <= outer for inner, outer in zip(getattr(drawn, part), getattr(drawn, whole), strict=True))


@given(SEEDS)
def test_equal_scenarios_stay_equal(seed: int) -> None:
    for draw in draws([BASE, BASE.model_copy(deep=True)], 2, seed):
        assert draw.scenarios[0] == draw.scenarios[1]
        assert draw.reported[0] == draw.reported[1]


def test_what_scenarios_share_is_the_same_in_both() -> None:
    for draw in draws([BASE, TEXT], 5, 1):
        one, other = draw.reported
        assert {path: other[path] for path in one} == one
        assert set(other) - set(one) == {"pathways.text_day_4.connects"}


def test_what_a_scenario_sets_otherwise_moves_along() -> None:
    higher = small("pathways.home_visit.accepts.by_quintile=0.6", "support.resolved_hazard=0.5")
    for draw in draws([BASE, higher], 20, 1):
        one, other = draw.reported
        assert one["pathways.home_visit.accepts"] < other["pathways.home_visit.accepts"]
        assert one["support.resolved_hazard"] < other["support.resolved_hazard"]


@given(st.integers(1, 40), SEEDS)
def test_each_parameter_falls_once_into_each_equal_part(number: int, seed: int) -> None:
    table = quantile_table(list(draws([BASE], number, seed)))
    assert table.shape == (number, len({each.uncertain_parameter for each in uncertain_inputs([BASE])}))
    np.testing.assert_array_equal(
        np.sort(np.floor(table * number), axis=0), np.tile(np.arange(number)[:, None], table.shape[1])
    )


def test_parameters_are_drawn_independently() -> None:
    correlation = np.corrcoef(quantile_table(list(draws([BASE], 1000, 3))).T)
    assert np.abs(correlation - np.eye(len(correlation))).max() < 0.15


def test_the_same_seed_gives_the_same_draws_and_another_seed_others() -> None:
    assert list(draws([BASE, TEXT], 3, 7)) == list(draws([BASE, TEXT], 3, 7))
    assert next(draws([BASE], 3, 7)).quantiles != next(draws([BASE], 3, 8)).quantiles


def test_a_scenario_meets_the_same_values_whatever_it_is_compared_with() -> None:
    alone, beside = (list(draws(each, 3, 7)) for each in ([BASE], [TEXT, BASE]))
    assert [draw.scenarios[0] for draw in alone] == [draw.scenarios[1] for draw in beside]


def test_drawing_leaves_the_scenarios_as_they_were() -> None:
    before = to_yaml(BASE)
    list(draws([BASE], 3, 1))
    assert to_yaml(BASE) == before


def test_a_scenario_without_anything_uncertain_is_drawn_as_it_is(monkeypatch: Any) -> None:
    monkeypatch.setattr("bpssim.studies.uncertainty.draws.varying_inputs", lambda _: {})
    (draw,) = draws([BASE], 1, 1)
    assert (draw.scenarios, draw.quantiles, draw.reported) == ((BASE,), {}, ({},))


def test_the_table_has_each_drawn_value_once() -> None:
    drawn = list(draws([BASE, TEXT], 2, 1))
    rows = list(parameter_rows([BASE, TEXT], drawn))
    assert len(rows) == 2 * (len(drawn[0].reported[0]) + len(drawn[0].reported[1]))
    row = next(row for row in rows if row.input == "costs.paid_hour" and row.scenario == "text" and row.draw == 1)
    assert row.value == drawn[1].scenarios[1].costs.paid_hour
    assert (row.reported_as, row.quantile) == ("value", drawn[1].quantiles["costs.paid_hour"])
    gate = next(row for row in rows if row.input == "pathways.call_48h.connects")
    assert (gate.reported_as, gate.uncertain_parameter) == ("mean probability", "P3")
    assert gate.value == pytest.approx(np.mean(drawn[0].scenarios[0].pathways["call_48h"].connects.by_quintile))


def test_a_drawn_scenario_runs_and_reads_back(tmp_path: Any) -> None:
    (draw,) = draws([BASE], 1, 4)
    file = tmp_path / "drawn.yaml"
    file.write_text(to_yaml(draw.scenarios[0]), encoding="utf-8")
    assert load(file) == draw.scenarios[0]
    changed, usual = (run(each, replicates=1, details=False).summary.value for each in (draw.scenarios[0], BASE))
    assert not changed.equals(usual)


def test_without_a_service_levels_rise_with_the_draw_of_feeding() -> None:
    nobody = small(*(f"pathways.{name}.active=false" for name in BASE.active_pathways()), "community.active=false",
                   "population.births_per_year=3000")  # fmt: skip
    values = [
        run(scenario, replicates=1, details=False).summary.query("metric == 'any_6w'").value.to_numpy()
        for scenario in (nobody, at(nobody, 0.0), at(nobody, 1.0))
    ]
    own, low, high = (float(value[-1]) for value in values)
    assert low + 0.03 < own < high - 0.03  # the level of site1_like may be off by up to 6 points
    again = run(at(nobody, 1.0), replicates=1, details=False).summary.query("metric == 'any_6w'").value.to_numpy()
    np.testing.assert_array_equal(again, values[2])
