"""Indices of inequality, by examples worked by hand and by what must always hold."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpssim.statistics.concentration import concentration_curve, concentration_index, concentration_of_mothers
from bpssim.statistics.inequality import gap, ranks, ratio_of_ends, slope_index
from bpssim.statistics.need import hoover, kakwani, proportionality

BIRTHS = np.array([640, 520, 480, 430, 330])
PREVALENCE = np.array([186, 192, 210, 221, 196]) / BIRTHS
HOURS = np.array([980.0, 610.0, 402.0, 255.0, 121.0])
NEED = np.array([210, 160, 130, 105, 75])

populations = st.lists(st.integers(1, 1000), min_size=5, max_size=5).map(np.array)
values = st.lists(st.floats(0.01, 1.0), min_size=5, max_size=5).map(np.array)


def test_prevalence_by_hand() -> None:
    assert gap(PREVALENCE) == pytest.approx(0.303314, abs=1e-6)
    assert ratio_of_ends(PREVALENCE) == pytest.approx(2.043662, abs=1e-6)
    index = slope_index(PREVALENCE, BIRTHS)
    assert index == pytest.approx((0.367409633, 2.563144702, 0.235045183, 0.602454817), abs=1e-9)
    assert concentration_index(PREVALENCE, BIRTHS) == pytest.approx(0.139581260, abs=1e-9)


def test_a_quintile_without_births_is_left_out_and_the_rest_ranked() -> None:
    index = slope_index(np.array([0.33, np.nan, 0.41, 0.47, 0.52]), np.array([250, 0, 310, 280, 160]))
    assert (index.sii, index.at_rank_0, index.rii) == pytest.approx((0.235881000, 0.306459500, 1.769697137), abs=1e-9)


def test_a_line_that_leaves_the_possible_range_has_no_relative_index() -> None:
    index = slope_index(np.array([0.42, 0.18, 0.06, 0.03, 0.02]), np.array([400, 350, 300, 250, 200]))
    assert (index.sii, index.at_rank_0, index.at_rank_1) == pytest.approx((-0.531118881, 0.439226107, -0.091892774))
    assert math.isnan(index.rii)


def test_hours_and_need_by_hand() -> None:
    assert proportionality(HOURS, NEED) == pytest.approx([1.340090, 1.094806, 0.887994, 0.697394, 0.463288], abs=1e-6)
    assert concentration_index(HOURS / BIRTHS, BIRTHS) == pytest.approx(-0.236746903, abs=1e-9)
    assert hoover(HOURS, NEED) == pytest.approx(0.127335056, abs=1e-9)
    assert kakwani(HOURS, NEED, BIRTHS) == pytest.approx(-0.162727295, abs=1e-9)
    births, hours = concentration_curve(HOURS, BIRTHS)
    assert births == pytest.approx([0, 0.266667, 0.483333, 0.683333, 0.862500, 1], abs=1e-6)
    assert hours == pytest.approx([0, 0.413851, 0.671453, 0.841216, 0.948902, 1], abs=1e-6)
    assert 1.0 - 2.0 * np.trapezoid(hours, births) == pytest.approx(concentration_index(HOURS / BIRTHS, BIRTHS))


@given(values, populations)
def test_the_indices_agree_with_each_other(y: np.ndarray, n: np.ndarray) -> None:
    shares, ridits = ranks(n)
    assert shares @ ridits == pytest.approx(0.5)
    index = slope_index(y, n)
    relative = index.sii / (shares @ y)
    assert concentration_index(y, n) == pytest.approx((1.0 - (shares**3).sum()) / 6.0 * relative, abs=1e-12)
    if not math.isnan(index.rii):
        assert index.rii == pytest.approx((2.0 + relative) / (2.0 - relative))
    same = slope_index(np.full(5, y[0]), n)
    assert (same.sii, same.rii) == pytest.approx((0.0, 1.0), abs=1e-12)
    assert slope_index(y[::-1], n[::-1]).sii == pytest.approx(-index.sii)
    assert proportionality(n, n) == pytest.approx(np.ones(5))
    assert hoover(n, n) == pytest.approx(0.0)


@pytest.mark.parametrize("groups", [3, 4, 10, 20])
def test_any_number_of_groups_is_ranked(groups: int) -> None:
    import statsmodels.api as sm

    luck = np.random.default_rng(groups)
    values, births = luck.uniform(0.2, 0.6, groups), luck.integers(50, 500, groups)
    shares = births / births.sum()
    rank = np.cumsum(shares) - shares / 2.0
    intercept, slope = sm.WLS(values, sm.add_constant(rank), weights=births).fit().params
    found = slope_index(values, births)
    expected = (slope, (intercept + slope) / intercept, intercept, intercept + slope)
    assert found == pytest.approx(expected)
    assert gap(values) == pytest.approx(values[-1] - values[0])
    assert ratio_of_ends(values) == pytest.approx(values[-1] / values[0])
    covariance = np.cov(values, rank, aweights=births, ddof=0)[0, 1]  # the other formula of the concentration index
    assert concentration_index(values, births) == pytest.approx(2.0 * covariance / (shares @ values))
    one_a_mother = np.repeat(np.arange(groups) + 1, births)
    assert concentration_of_mothers(one_a_mother, values[one_a_mother - 1]) == pytest.approx(
        concentration_index(values, births)
    )


def test_there_is_no_gap_in_one_group() -> None:
    with pytest.raises(ValueError, match="the number of groups is 1"):
        gap([0.3])


def test_what_does_not_exist_is_undefined() -> None:
    none = np.zeros(5)
    assert math.isnan(concentration_index(none, BIRTHS))
    assert math.isnan(ratio_of_ends(none))
    assert np.isnan(proportionality(none, NEED)).all()
    assert math.isnan(slope_index(np.array([np.nan, 0.1, 0.1, 0.1, 0.1]), BIRTHS).sii)
    assert math.isnan(slope_index(PREVALENCE, np.array([1, 0, 0, 0, 1])).sii)
    assert math.isnan(slope_index(PREVALENCE, none).sii)
    assert math.isnan(concentration_index(PREVALENCE, none))
    assert slope_index(none, BIRTHS).sii == 0.0
    assert math.isnan(slope_index(none, BIRTHS).rii)
