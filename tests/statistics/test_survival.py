"""Durations of which some ends were not seen: a worked example, other programs, and what must always hold."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpssim.statistics.survival import (
    EIGHT_WEEKS,
    TWENTY_SIX_WEEKS,
    Curve,
    difference_of_means,
    quantile,
    restricted_mean,
    share_at,
    survival_curve,
)

DAYS = np.array([0, 0, 3, 10, 10, 21, 42, 60, 90, 182])
ENDED = np.array([1, 1, 1, 1, 0, 1, 1, 0, 1, 0])

durations = st.lists(st.integers(0, 200), min_size=1, max_size=30).map(np.array)


def all_seen(days: np.ndarray) -> Curve:
    return survival_curve(days, np.ones(len(days)))


def test_a_curve_by_hand() -> None:
    found = share_at(survival_curve(DAYS, ENDED), np.array([0, 3, 10, 21, 42, 56, 90]))
    expected = [
        [0.80, 0.70, 0.60, 0.48, 0.36, 0.36, 0.18],
        [0.126491, 0.144914, 0.154919, 0.163951, 0.160997, 0.160997, 0.150599],
        [0.408691, 0.328717, 0.252669, 0.160855, 0.089872, 0.089872, 0.011540],
        [0.945873, 0.891949, 0.827221, 0.744666, 0.648423, 0.648423, 0.517352],
    ]
    np.testing.assert_allclose(found[:4], expected, atol=1e-6)
    assert found.flags.tolist() == [""] * 7
    assert quantile(survival_curve(DAYS, ENDED)) == 21


def test_restricted_means_by_hand() -> None:
    curve = survival_curve(DAYS, ENDED)
    assert restricted_mean(curve)[:4] == pytest.approx((29.02, 7.647737, 14.030711, 44.009289), abs=1e-6)
    assert restricted_mean(curve, TWENTY_SIX_WEEKS)[:2] == pytest.approx((57.82, 22.982321), abs=1e-6)


def test_restricted_means_agree_with_pseudo_observations_of_all_mothers() -> None:
    luck = np.random.default_rng(7)
    days, lost = luck.geometric(0.03, 800), luck.geometric(0.01, 800)
    seen, ended = np.minimum(days, lost), days <= lost
    found = restricted_mean(survival_curve(seen, ended))
    without = [
        restricted_mean(survival_curve(np.delete(seen, mother), np.delete(ended, mother))).mean
        for mother in range(len(seen))
    ]
    assert found.error == pytest.approx(np.std(without, ddof=1) * 799 / math.sqrt(800), rel=0.01)  # jackknife


@given(durations, st.integers(1, 200))
def test_with_all_ends_seen_the_curve_is_the_share_that_goes_on(days: np.ndarray, horizon: int) -> None:
    curve = all_seen(days)
    at = np.arange(0, 210)
    np.testing.assert_allclose(share_at(curve, at).survival, [(days > day).mean() for day in at], atol=1e-12)
    assert np.all(np.diff(curve.survival) < 0.0)
    found = restricted_mean(curve, horizon)
    least = np.minimum(days, horizon)
    assert found.mean == pytest.approx(least.mean())
    assert found.error == pytest.approx(least.std() / math.sqrt(len(days)), abs=1e-6)
    assert found.mean - 1e-9 <= restricted_mean(curve, horizon + 1).mean <= horizon + 1


def test_mothers_stop_before_others_are_lost_on_the_same_day() -> None:
    curve = survival_curve(np.array([5, 5]), np.array([1, 0]))
    assert curve.survival.tolist() == [0.5]


def test_a_median_on_the_edge_is_not_missed_for_a_rounding_error() -> None:
    curve = all_seen(np.arange(1, 25))
    assert curve.survival[11] == 0.5
    for nearly in (np.nextafter(0.5, 0.0), np.nextafter(0.5, 1.0)):  # as a product of fractions may come out
        survival = np.where(np.arange(24) == 11, nearly, curve.survival)
        assert quantile(curve._replace(survival=survival)) == 12
    assert [quantile(all_seen(np.arange(1, 11)), share) for share in (0.1, 0.9, 1.0)] == [1, 9, 10]


def test_a_median_that_is_not_reached_is_undefined() -> None:
    assert math.isnan(quantile(survival_curve(np.array([3, 9, 9, 9]), np.array([1, 0, 0, 0]))))


def test_nothing_is_known_after_the_last_day_observed_unless_nobody_is_left() -> None:
    curve = survival_curve(np.array([3, 9]), np.array([1, 0]))
    assert share_at(curve, np.array([2, 9])).survival.tolist() == [1.0, 0.5]
    after = share_at(curve, np.array([10]))
    assert np.isnan(after[:4]).all()
    assert after.flags == ["not_followed"]
    unknown = restricted_mean(curve, 10)
    assert np.isnan(unknown[:4]).all()
    assert unknown.flag == "not_followed"
    assert difference_of_means(unknown, restricted_mean(curve, 9)).flag == "not_followed"
    assert restricted_mean(curve, 9).mean == pytest.approx(6.0)
    ended = all_seen(np.array([3, 9]))
    assert share_at(ended, np.array([10])).survival.tolist() == [0.0]
    assert restricted_mean(ended, 50).mean == pytest.approx(6.0)


def test_if_no_mother_starts_everything_is_zero() -> None:
    curve = all_seen(np.zeros(4))
    found = share_at(curve, np.array([0, 1]))
    assert found.survival.tolist() == [0.0, 0.0]
    assert np.isnan([found.lower, found.upper]).all()
    assert quantile(curve) == 0.0
    assert restricted_mean(curve) == (0.0, 0.0, 0.0, 0.0, "")


def test_one_mother_is_one_step_without_limits() -> None:
    curve = all_seen(np.array([12]))
    found = share_at(curve, np.array([11, 12]))
    assert found.survival.tolist() == [1.0, 0.0]
    assert np.isnan([found.lower, found.upper]).all()
    assert found.flags.tolist() == ["nobody_or_everybody"] * 2
    assert restricted_mean(curve)[:2] == (12.0, 0.0)


def test_no_mothers_have_no_curve() -> None:
    curve = all_seen(np.array([]))
    assert len(curve.days) == 0
    nothing = share_at(curve, np.array([0, 5]))
    assert np.isnan(nothing[:4]).all()
    assert nothing.flags.tolist() == ["nobody"] * 2
    assert math.isnan(quantile(curve))
    assert np.isnan(restricted_mean(curve)[:4]).all()
    assert restricted_mean(curve).flag == "nobody"


def test_nobody_stopped_while_observed() -> None:
    curve = survival_curve(np.full(4, 60), np.zeros(4))
    assert share_at(curve, np.array([60])).survival.tolist() == [1.0]
    assert restricted_mean(curve)[:2] == (EIGHT_WEEKS, 0.0)


def test_a_difference_of_groups_adds_their_variances() -> None:
    luck = np.random.default_rng(3)
    first, second = (restricted_mean(all_seen(luck.geometric(p, 300))) for p in (0.04, 0.02))
    found = difference_of_means(first, second)
    assert found.mean == pytest.approx(second.mean - first.mean)
    assert found.error**2 == pytest.approx(first.error**2 + second.error**2)
    assert found.lower == pytest.approx(found.mean - 1.959963985 * found.error)
    assert difference_of_means(second, first).mean == -found.mean


def test_durations_are_not_negative() -> None:
    with pytest.raises(ValueError, match="mother 2 has -1 as duration in days"):
        survival_curve([3, -1], [1, 1])


@pytest.mark.parametrize("mark", [2, 0.5, -1, None])
def test_event_observed_is_0_or_1(mark: object) -> None:
    with pytest.raises(ValueError, match=r"mother 2 has .* as event_observed; it should be"):
        survival_curve([3, 9], [1, mark])


@pytest.mark.parametrize("horizon", [0, -1, math.nan, math.inf])
def test_a_horizon_is_above_zero(horizon: float) -> None:
    with pytest.raises(ValueError, match="the horizon is"):
        restricted_mean(survival_curve(DAYS, ENDED), horizon)
