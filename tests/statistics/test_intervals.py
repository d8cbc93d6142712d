"""Means and t intervals over replicates."""

import numpy as np
import pytest
from scipy import stats

from bpssim.statistics.intervals import Running, over_replicates, shares_over_replicates, t_quantile

NAN = float("nan")


def test_the_interval_is_that_of_the_t_distribution() -> None:
    values = np.random.default_rng(1).normal(5.0, 2.0, (12, 3))
    interval = over_replicates(values)
    expected = stats.ttest_1samp(values, 0.0).confidence_interval(0.95)
    np.testing.assert_allclose(interval.mean, values.mean(axis=0))
    np.testing.assert_allclose(interval.lower, expected.low)
    np.testing.assert_allclose(interval.upper, expected.high)
    assert interval.replicates.tolist() == [12, 12, 12]


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
    assert interval.lower == interval.upper == 0.3
    assert interval.flags == ["never_varies"]


def test_what_cannot_be_limited_says_why() -> None:
    interval = over_replicates(np.array([[1.0, 1.0, NAN, NAN], [2.0, 1.0, 3.0, NAN]]))
    assert interval.flags.tolist() == ["", "never_varies", "one_replicate", "no_replicates"]


@pytest.mark.parametrize("replicates", [2, 3, 20])
def test_limits_of_shares_are_those_of_wilson_for_the_effective_number_of_mothers(replicates: int) -> None:
    from statsmodels.stats.proportion import proportion_confint

    shares = np.random.default_rng(replicates).beta(2.0, 20.0, replicates)
    found = shares_over_replicates(shares, np.full(replicates, 150))
    mean, error = shares.mean(), shares.std(ddof=1) / np.sqrt(replicates)
    worth = mean * (1.0 - mean) / error**2
    alpha = 2.0 * stats.norm.sf(t_quantile(replicates - 1))
    expected = proportion_confint(worth * mean, worth, alpha, method="wilson")
    assert (float(found.lower), float(found.upper)) == pytest.approx(expected)


def test_limits_of_shares_stay_within_0_and_1_and_near_the_t_interval_in_the_middle() -> None:
    luck = np.random.default_rng(1)
    shares = np.column_stack([luck.binomial(150, p, 5) / 150 for p in (0.002, 0.02, 0.5, 0.98, 0.998)])
    found, t = shares_over_replicates(shares, np.full((5, 5), 150)), over_replicates(shares)
    assert t.lower[0] < 0.0
    assert t.upper[-1] > 1.0
    assert (found.lower > 0.0).all()
    assert (found.upper < 1.0).all()
    assert (found.lower < found.mean).all()
    assert (found.mean < found.upper).all()
    assert (found.lower[2], found.upper[2]) == pytest.approx((t.lower[2], t.upper[2]), abs=2e-3)
    opposite = shares_over_replicates(1.0 - shares, np.full((5, 5), 150))
    np.testing.assert_allclose(1.0 - opposite.upper, found.lower, atol=1e-12)


def test_nobody_in_all_replicates_is_limited_by_how_many_there_were() -> None:
    shares, people = np.array([[0.0, 1.0, 0.25, 0.0]] * 4), np.array([[500, 500, 500, 0]] * 4)
    found = shares_over_replicates(np.where(people > 0, shares, NAN), people)
    t = 3.182446  # of 3 degrees
    assert found.upper[0] == pytest.approx(t**2 / (2000 + t**2), abs=1e-6)
    assert found.lower[0] == 0.0
    assert (found.lower[1], found.upper[1]) == pytest.approx((1.0 - found.upper[0], 1.0))
    assert found.lower[2] == found.upper[2] == 0.25
    assert found.flags.tolist() == ["", "", "never_varies", "no_replicates"]
    assert np.isnan([found.lower[3], found.upper[3]]).all()


def test_a_share_is_from_0_to_1_and_of_somebody() -> None:
    with pytest.raises(ValueError, match=r"replicate 2 has 1\.2 as share; it should be a number from 0 to 1"):
        shares_over_replicates([0.1, 1.2], [9, 9])
    with pytest.raises(ValueError, match="each share needs its people"):
        shares_over_replicates([0.1, 0.2], [9, 9, 9])
    one = shares_over_replicates([0.2], [9])
    assert np.isnan([one.lower, one.upper]).all()
    assert one.flags == "one_replicate"


def running(values: np.ndarray) -> Running:
    found = Running(values.shape[1:])
    for each in values:
        found.add(each)
    return found


def test_mean_and_limits_are_those_of_all_replicates_together() -> None:
    random = np.random.default_rng(5)
    values = 1e6 + random.normal(size=(40, 3, 4)) * [1e-3, 1.0, 10.0, 1e3]
    values[random.random(values.shape) < 0.3] = np.nan
    values[:, 0, 0] = np.nan  # never defined
    values[1:, 0, 1] = np.nan  # once
    for one, other in zip(running(values).interval(), over_replicates(values), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-12)


def test_what_never_varies_has_limits_of_exactly_no_width() -> None:
    found = running(np.full((7, 2), 0.1)).interval()
    assert found.mean.tolist() == found.lower.tolist() == found.upper.tolist() == [0.1, 0.1]
