"""More mothers and a narrower gap: by a worked example, at the edges, and the judgements behind one number for both."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpssim.statistics.equity_impact import equity_impact, levelling_down
from bpssim.statistics.inequality import atkinson_equivalent, kolm_equivalent

BIRTHS = np.array([640, 520, 480, 430, 330])
BASE = np.array([186, 192, 210, 221, 196]) / BIRTHS
ALTERNATIVE = np.array([0.350, 0.410, 0.460, 0.530, 0.605])

shares = st.lists(st.floats(0.05, 0.95), min_size=5, max_size=5).map(np.array)


def test_an_impact_by_hand() -> None:
    found = equity_impact(BASE, ALTERNATIVE, BIRTHS)
    assert found.total_gain == pytest.approx(80.55)
    assert found.equity_gain == pytest.approx(0.064043776, abs=1e-9)
    assert found.sii_change == pytest.approx(0.303365857 - 0.367409633, abs=1e-9)
    assert found.impact == "more mothers, flatter gradient"


@pytest.mark.parametrize(
    ("change", "impact"),
    [
        ([0.1, 0, 0, 0, 0], "more mothers, flatter gradient"),
        ([0, 0, 0, 0, 0.1], "more mothers, steeper gradient"),
        ([0, 0, 0, 0, -0.1], "fewer mothers, flatter gradient"),
        ([-0.1, 0, 0, 0, 0], "fewer mothers, steeper gradient"),
        ([0, 0, 0, 0, 0], "no change of one"),
        ([math.nan, 0, 0, 0, 0], "undefined"),
    ],
)
def test_quadrants(change: list[float], impact: str) -> None:
    assert equity_impact(BASE, BASE + change, BIRTHS).impact == impact


def test_a_gradient_that_overshoots_has_no_gain_and_a_change_that_shows_it() -> None:
    found = equity_impact(BASE, 0.9 - BASE, BIRTHS)
    assert found.equity_gain == pytest.approx(0.0, abs=1e-12)
    assert found.sii_change == pytest.approx(-2 * 0.367409633, abs=1e-9)


def test_a_quintile_without_births_has_no_part_in_it() -> None:
    births, nobody = BIRTHS * [1, 0, 1, 1, 1], np.where(np.arange(5) == 1, math.nan, BASE)
    found = equity_impact(nobody, nobody + 0.1, births)
    assert found.total_gain == pytest.approx(0.1 * births.sum())


LUCK = np.random.default_rng(5).normal(0.0, 0.01, (12, 5))
NOISE = np.random.default_rng(6).normal(0.0, 0.002, (12, 5))


@pytest.mark.parametrize(
    ("change", "down"),
    [
        ([0, 0, 0, 0, -0.05], True),  # narrower, because the least deprived do worse
        ([0.05, 0, 0, 0, 0.0], False),  # narrower, and nobody does worse
        ([0.05, 0, 0, 0, -0.0005], False),  # narrower, and the loss is no more than Monte Carlo error
        ([-0.05, 0, 0, 0, 0], False),  # wider
    ],
)
def test_levelling_down_is_a_narrower_gap_at_the_cost_of_a_quintile(change: list[float], down: bool) -> None:
    base = BASE + LUCK
    assert levelling_down(base, base + change + NOISE, BIRTHS) is down


def test_levelling_down_cannot_be_seen_in_one_replicate() -> None:
    assert levelling_down(BASE[np.newaxis], BASE[np.newaxis] - [0, 0, 0, 0, 0.1], BIRTHS) is None


def test_levelling_down_looks_at_quintiles_with_births() -> None:
    births, nobody = BIRTHS * [1, 0, 1, 1, 1], np.where(np.arange(5) == 1, math.nan, BASE + LUCK)
    assert levelling_down(nobody, nobody - [0, 0, 0, 0, 0.1], births) is True


@given(shares, st.floats(0.1, 5.0))
def test_the_more_aversion_the_nearer_to_the_worst_off(values: np.ndarray, aversion: float) -> None:
    mean = BIRTHS @ values / BIRTHS.sum()
    for equivalent in (atkinson_equivalent, kolm_equivalent):
        found = equivalent(values, BIRTHS, aversion)
        assert values.min() - 1e-9 <= equivalent(values, BIRTHS, aversion + 1.0) <= found + 1e-9
        assert found <= mean + 1e-9
        assert equivalent(np.full(5, 0.4), BIRTHS, aversion) == pytest.approx(0.4)
    assert atkinson_equivalent(values, BIRTHS, 0.0) == pytest.approx(mean)
    assert kolm_equivalent(values + 1.0, BIRTHS, aversion) == pytest.approx(
        kolm_equivalent(values, BIRTHS, aversion) + 1.0
    )


def test_equivalents_by_hand() -> None:
    values, population = np.array([1.0, 4.0]), np.array([1, 1])
    assert atkinson_equivalent(values, population, 1.0) == pytest.approx(2.0)
    assert atkinson_equivalent(values, population, 2.0) == pytest.approx(1.6)
    assert kolm_equivalent(values, population, 1.0) == pytest.approx(-math.log((math.exp(-1) + math.exp(-4)) / 2))


def test_equivalents_of_nothing_and_of_nobody_are_undefined() -> None:
    assert math.isnan(atkinson_equivalent(np.array([0.0, 1.0]), np.array([1, 1]), 0.5))
    assert math.isnan(atkinson_equivalent(np.array([math.nan, 1.0]), np.array([1, 1]), 0.5))
    assert atkinson_equivalent(np.array([math.nan, 1.0]), np.array([0, 1]), 0.5) == pytest.approx(1.0)
    assert math.isnan(atkinson_equivalent(np.ones(2), np.zeros(2), 0.5))
    assert math.isnan(kolm_equivalent(np.array([math.nan, 1.0]), np.array([1, 1]), 0.5))
    assert math.isnan(kolm_equivalent(np.ones(2), np.zeros(2), 0.5))
