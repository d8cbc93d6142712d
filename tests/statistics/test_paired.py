"""Differences of scenarios with common random numbers, by a worked example and by what must always hold."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from bpssim.statistics.paired import difference_by_bootstrap, paired_difference

NAN = math.nan
BASE = np.array([0.412, 0.405, 0.431, 0.398, 0.420, 0.415, 0.409, 0.424])
ALTERNATIVE = np.array([0.427, 0.416, 0.445, 0.415, 0.431, 0.430, 0.420, 0.441])

replicates = arrays(float, (6, 2), elements=st.floats(0.0, 1.0))


def test_a_difference_by_hand() -> None:
    found = paired_difference(BASE, ALTERNATIVE)
    assert found.mean == pytest.approx(0.013875)
    assert (found.lower, found.upper) == pytest.approx((0.011711590, 0.016038410), abs=1e-9)
    assert (found.unpaired_lower, found.unpaired_upper) == pytest.approx((0.002265554, 0.025484446), abs=1e-9)
    assert found.correlation == pytest.approx(0.972019, abs=1e-6)
    assert found.variance_removed == pytest.approx(1 - 0.002587746**2 / (BASE.var(ddof=1) + ALTERNATIVE.var(ddof=1)))
    assert found.pairs == 8


def test_more_contrasts_have_wider_limits() -> None:
    found = paired_difference(BASE, ALTERNATIVE, contrasts=3)
    assert (found.lower, found.upper) == pytest.approx((0.011013583, 0.016736417), abs=1e-9)


def test_the_intervals_are_those_of_the_t_tests() -> None:
    luck = np.random.default_rng(1)
    base, alternative = luck.normal(5.0, 2.0, (12, 3)), luck.normal(6.0, 1.0, (12, 3))
    found = paired_difference(base, alternative)
    paired = stats.ttest_rel(alternative, base).confidence_interval()
    unpaired = stats.ttest_ind(alternative, base, equal_var=False).confidence_interval()
    np.testing.assert_allclose((found.lower, found.upper), (paired.low, paired.high))
    np.testing.assert_allclose((found.unpaired_lower, found.unpaired_upper), (unpaired.low, unpaired.high))


@given(replicates)
def test_scenarios_that_do_the_same_do_not_differ_at_all(values: np.ndarray) -> None:
    found = paired_difference(values, values.copy())
    for part in (found.mean, found.lower, found.upper):
        np.testing.assert_array_equal(part, [0.0, 0.0])


@given(replicates, replicates)
def test_base_and_alternative_swapped_change_the_sign_and_not_the_width(a: np.ndarray, b: np.ndarray) -> None:
    forward, back = paired_difference(a, b), paired_difference(b, a)
    np.testing.assert_allclose(forward.mean, -back.mean, atol=1e-12)
    np.testing.assert_allclose(forward.upper - forward.lower, back.upper - back.lower, atol=1e-12)


def test_a_replicate_counts_where_both_have_a_value() -> None:
    base = np.column_stack([BASE, np.where(np.arange(8) == 2, NAN, BASE), np.full(8, NAN)])
    alternative = np.column_stack([ALTERNATIVE, np.where(np.arange(8) == 5, NAN, ALTERNATIVE), ALTERNATIVE])
    found = paired_difference(base, alternative)
    kept = np.delete(np.arange(8), [2, 5])
    assert found.pairs.tolist() == [8, 6, 0]
    assert found.lower[1] == pytest.approx(paired_difference(BASE[kept], ALTERNATIVE[kept]).lower)
    assert found.unpaired_lower[1] == pytest.approx(paired_difference(BASE[kept], ALTERNATIVE[kept]).unpaired_lower)
    assert np.isnan([found.mean[2], found.lower[2], found.correlation[2], found.unpaired_upper[2]]).all()


def test_one_pair_is_a_point() -> None:
    found = paired_difference(BASE[:1], ALTERNATIVE[:1])
    assert found.mean == pytest.approx(0.015)
    assert np.isnan([found.lower, found.upper, found.correlation, found.variance_removed, found.unpaired_lower]).all()


def test_no_replicates_have_no_difference() -> None:
    found = paired_difference(np.ones((0, 2)), np.ones((0, 2)))
    assert found.pairs.tolist() == [0, 0]
    assert np.isnan([found.mean, found.lower, found.correlation, found.unpaired_lower]).all()


def test_what_never_varies_has_no_correlation_and_limits_of_no_width() -> None:
    found = paired_difference(np.full(3, 0.5), np.full(3, 0.7))  # of which the mean is 0.7000000000000001
    assert np.isnan([found.correlation, found.variance_removed]).all()
    assert found.upper - found.lower == pytest.approx(0.0, abs=1e-12)
    assert found.unpaired_lower == found.unpaired_upper == found.mean


def test_nonsense_is_refused() -> None:
    with pytest.raises(ValueError, match=r"base has shape \(8,\)"):
        paired_difference(BASE, ALTERNATIVE[:7])
    with pytest.raises(ValueError, match="0 contrasts"):
        paired_difference(BASE, ALTERNATIVE, 0)


def test_bootstrap_limits_are_near_the_t_interval_and_lean_with_the_skew() -> None:
    base = np.zeros(40)
    skewed = np.random.default_rng(5).exponential(1.0, 40)
    t, drawn = paired_difference(base, skewed), difference_by_bootstrap(base, skewed)
    assert drawn.mean == pytest.approx(t.mean)
    assert (drawn.lower, drawn.upper) == pytest.approx((t.lower, t.upper), abs=0.2)
    assert drawn.upper - drawn.mean > drawn.mean - drawn.lower
    assert difference_by_bootstrap(base, skewed) == drawn
    assert difference_by_bootstrap(base, skewed, contrasts=5).lower < drawn.lower
    assert difference_by_bootstrap(skewed, skewed)[:3] == (0.0, 0.0, 0.0)


def test_few_replicates_are_for_the_t_interval() -> None:
    with pytest.raises(ValueError, match="8 replicates"):
        difference_by_bootstrap(BASE, ALTERNATIVE)
