"""How one input varies: inside its range, in order, and most often near the scenario's own value."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import triang

from bpssim.model.gate_fit import fit, nation, odds_ratios_of
from bpssim.scenario.access import Circumstances, Effect, GateProbability
from bpssim.scenario.scenario import load
from bpssim.scenario.words import REFERENCE_AGE, Trait
from bpssim.studies.uncertainty.distributions import (
    VaryingNumber,
    VaryingRatio,
    VaryingSeveral,
    VaryingStrength,
    triangular,
)
from bpssim.studies.uncertainty.gates import mean_of, varying_gate

QUANTILES = st.floats(0, 1)
INSIDE = st.floats(0.001, 0.999)


@st.composite
def gates(draw: st.DrawFn) -> GateProbability:
    by_quintile = draw(st.tuples(*[INSIDE] * 5))
    ends = draw(st.none() | st.tuples(INSIDE, INSIDE).filter(lambda pair: pair[0] < pair[1]))
    effects = [Effect(when=[Trait.RURAL], odds=0.5)]
    return GateProbability(by_quintile=by_quintile, range=ends, effects=effects, grade=draw(st.sampled_from("BC")))


@pytest.mark.parametrize(("low", "mode", "high"), [(0, 1, 1.5), (2, 2, 3), (-1, 4, 4), (0.15, 0.35, 0.6)])
def test_it_is_the_triangular_distribution(low: float, mode: float, high: float) -> None:
    quantiles = np.linspace(0, 1, 41)
    expected = triang.ppf(quantiles, (mode - low) / (high - low), low, high - low)
    np.testing.assert_allclose([triangular(q, (low, high), mode) for q in quantiles.tolist()], expected, atol=1e-12)


@given(QUANTILES, st.floats(0, 10), st.floats(0, 10), st.floats(0.001, 10))
def test_a_number_stays_in_its_range(quantile: float, low: float, above: float, further: float) -> None:
    own = low + above
    value, reported = VaryingNumber(own, (low, own + further)).at(quantile)
    assert value == reported
    assert low <= reported <= own + further


@given(QUANTILES, st.floats(0.01, 1), st.floats(1, 20), st.floats(1.01, 20))
def test_a_ratio_stays_in_its_range_and_is_as_often_half_as_double(
    quantile: float, low: float, above: float, further: float
) -> None:
    own = low * above
    value, reported = VaryingRatio(own, (low, own * further)).at(quantile)
    assert value == reported
    assert low * (1 - 1e-9) <= reported <= own * further * (1 + 1e-9)
    even = VaryingRatio(own, (own / 2, own * 2))
    assert even.at(quantile).reported * even.at(1 - quantile).reported == pytest.approx(own * own)


@given(QUANTILES, st.lists(st.floats(0, 1), min_size=5, max_size=5))
def test_several_shares_move_together_and_never_cross(quantile: float, own: list[float]) -> None:
    drawn = VaryingSeveral(tuple(own), (0.7, 1.3), most=1.0).at(quantile)
    assert isinstance(drawn.value, tuple)
    assert 0.7 <= drawn.reported <= 1.3
    assert all(0 <= share <= 1 for share in drawn.value)
    assert drawn.value == tuple(min(1.0, share * drawn.reported) for share in own)
    by_channel = VaryingSeveral(dict(enumerate(own)), (0.7, 1.3), most=1.0).at(quantile)
    assert by_channel == (dict(enumerate(drawn.value)), drawn.reported)


@given(gates(), QUANTILES)
def test_a_gate_stays_a_gate_within_its_range(gate: GateProbability, quantile: float) -> None:
    varying = varying_gate(gate)
    drawn, reported = varying.at(quantile)
    assert isinstance(drawn, GateProbability)
    assert GateProbability.model_validate(drawn.model_dump()) == drawn
    assert reported == mean_of(drawn)
    low, high = gate.range or (0.0, 1.0)
    assert min(low, mean_of(gate)) - 1e-9 <= reported <= max(high, mean_of(gate)) + 1e-9
    assert varying.range[0] - 1e-9 <= reported <= varying.range[1] + 1e-9
    order = np.argsort(gate.by_quintile, kind="stable")
    assert (np.diff(np.array(drawn.by_quintile)[order]) >= 0).all()
    assert drawn.effects == gate.effects


@given(gates(), QUANTILES)
def test_odds_ratios_between_quintiles_stay(gate: GateProbability, quantile: float) -> None:
    drawn = varying_gate(gate).at(quantile).value
    assert isinstance(drawn, GateProbability)
    before, after = (np.array(each.by_quintile) for each in (gate, drawn))
    shifts = np.log(after / (1 - after)) - np.log(before / (1 - before))
    np.testing.assert_allclose(shifts, shifts[0], atol=1e-6)


@given(gates(), QUANTILES, QUANTILES)
def test_gates_rise_with_the_quantile(gate: GateProbability, one: float, other: float) -> None:
    varying = varying_gate(gate)
    assert varying.at(min(one, other)).reported <= varying.at(max(one, other)).reported + 1e-12


def test_answering_with_little_english_moves_over_about_its_own_range() -> None:
    gate = load("site1").pathways["call_48h"].connects
    mothers = nation(20_000)
    traits, away = mothers.mothers.traits, mothers.mothers.partner_leave <= REFERENCE_AGE
    limited = (traits >> Trait.LIMITED_ENGLISH) & 1 == 1

    def answers(quantile: float, among: Any) -> float:
        drawn = varying_gate(gate).at(quantile).value
        assert isinstance(drawn, GateProbability)
        level = np.array(fit(drawn, Circumstances(), mothers).level.log_odds(1.0))
        odds = level[mothers.mothers.quintile - 1] + np.log(odds_ratios_of(drawn, Circumstances(), mothers))
        return float(np.average(1 / (1 + np.exp(-odds[among])), weights=mothers.weights[among]))

    at_home, alone = ([answers(quantile, limited & who) for quantile in (0.0, 0.5, 1.0)] for who in (~away, away))
    assert at_home == pytest.approx([0.25, 0.45, 0.72], abs=0.05)  # P5
    assert alone == pytest.approx([0.07, 0.15, 0.36], abs=0.05)


@pytest.mark.parametrize(("grade", "expected"), [("B", (0.4, 0.6)), ("C", (1 / 3, 2 / 3))])
def test_without_a_range_the_odds_are_uncertain_by_grade(grade: str, expected: tuple[float, float]) -> None:
    gate = GateProbability.model_validate({"by_quintile": 0.5, "grade": grade})
    assert varying_gate(gate).range == pytest.approx(expected)


def test_one_service_in_six_has_no_effect_as_many_the_most_and_the_median_one_its_own() -> None:
    varying = VaryingStrength(0.8)
    drawn = [varying.at((number + 0.5) / 600).reported for number in range(600)]
    assert drawn == sorted(drawn)
    assert drawn.count(0.0) == 100
    assert sum(strength == pytest.approx(1.28) for strength in drawn) == 100
    assert varying.at(0.5).value == pytest.approx(0.8)
    assert varying.range == pytest.approx((0.0, 1.28))
