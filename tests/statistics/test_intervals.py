"""Means and t intervals over replicates."""

import numpy as np
import pytest
from scipy import stats

from bpssim.statistics.intervals import over_replicates

NAN = float("nan")


def test_the_interval_is_that_of_the_t_distribution() -> None:
    values = np.random.default_rng(1).normal(5.0, 2.0, (12, 3))
    interval = over_replicates(values)
    expected = stats.ttest_1samp(values, 0.0).confidence_interval(0.95)
    np.testing.assert_allclose(interval.mean, values.mean(axis=0))
    np.testing.assert_allclose(interval.lower, expected.low)
    np.testing.assert_allclose(interval.upper, expected.high)
    assert interval.replicates.tolist() == [12, 12, 12]


def test_by_hand() -> None:
    interval = over_replicates(np.array([1.0, 2.0, 3.0]))
    half = 4.302652729749464 / np.sqrt(3.0)  # t of 2 degrees, s = 1
    assert interval.mean == pytest.approx(2.0)
    assert interval.upper - interval.mean == pytest.approx(half)


def test_two_replicates_have_an_interval_and_more_confidence_a_wider_one() -> None:
    values = np.array([1.0, 3.0])
    assert over_replicates(values).upper == pytest.approx(2.0 + 12.706204736)  # t of 1 degree
    assert over_replicates(values, 0.99).upper == pytest.approx(2.0 + 63.656741163)


def test_one_replicate_has_a_value_and_no_interval() -> None:
    interval = over_replicates(np.array([[0.25, 0.5]]))
    assert interval.mean.tolist() == [0.25, 0.5]
    np.testing.assert_array_equal(interval.lower, [NAN, NAN])
    np.testing.assert_array_equal(interval.upper, [NAN, NAN])


def test_replicates_without_the_quantity_are_left_out() -> None:
    interval = over_replicates(np.array([[1.0, NAN, NAN], [3.0, 7.0, NAN], [2.0, NAN, NAN]]))
    np.testing.assert_array_equal(interval.mean, [2.0, 7.0, NAN])
    assert interval.replicates.tolist() == [3, 1, 0]
    assert np.isnan(interval.lower).tolist() == [False, True, True]


def test_equal_values_have_an_interval_of_no_width() -> None:
    interval = over_replicates(np.full((4, 1), 0.3))
    assert interval.lower == pytest.approx(0.3)
    assert interval.upper == pytest.approx(0.3)
