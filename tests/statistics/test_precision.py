"""Stopping rules for replicates, Monte Carlo error, and the split of variance between parameters and replicates."""

import math

import numpy as np
import pytest

from bpssim.statistics.intervals import over_replicates
from bpssim.statistics.monte_carlo import (
    decimals_supported,
    error_of_mean,
    error_of_share,
    error_of_spread,
    single_runs,
)
from bpssim.statistics.parameter_uncertainty import limits_of_share, over_draws, two_levels
from bpssim.statistics.precision import absolute_precision, planned_replicates, relative_precision

VALUES = np.array([0.412, 0.405, 0.431, 0.398, 0.420, 0.415, 0.409, 0.424])


def test_five_per_cent_is_met_at_five_replicates_and_two_more_would_confirm_it() -> None:
    found = relative_precision(VALUES)
    assert (found.enough, found.still_to_run, found.met) == (5, 2, False)
    assert found.half_width == pytest.approx(0.021460, abs=1e-6)
    confirmed = relative_precision(np.append(VALUES, [0.414, 0.415]))
    assert (confirmed.enough, confirmed.still_to_run, confirmed.met) == (5, 0, True)


@pytest.mark.parametrize(
    ("number", "width"), [(3, 0.080338), (4, 0.054913), (5, 0.038682), (6, 0.029280), (7, 0.023898), (8, 0.021460)]
)
def test_relative_half_widths_by_hand(number: int, width: float) -> None:
    assert relative_precision(VALUES[:number]).half_width == pytest.approx(width, abs=1e-6)
    assert relative_precision(-VALUES[:number]).half_width == pytest.approx(width, abs=1e-6)


def test_a_lucky_start_is_not_enough_if_the_target_is_lost_again() -> None:
    lucky = np.append([1.0, 1.0, 1.0, 3.0], np.tile([1.0, 1.1], 100))
    found = relative_precision(lucky)
    assert found.met
    assert found.enough is not None
    assert found.enough > 8
    widths = [relative_precision(lucky[:n]).half_width for n in range(found.enough - 1, found.enough + 6)]
    assert widths[0] > 0.05
    assert max(widths[1:]) <= 0.05


def test_two_replicates_that_happen_to_agree_are_not_enough() -> None:
    assert relative_precision(np.array([1.0, 1.001])).enough is None


@pytest.mark.parametrize("number", [2, 20, 1000])
def test_replicates_that_never_differ_say_nothing_about_those_that_do(number: int) -> None:
    for found in (absolute_precision(np.zeros(number), 0.1), relative_precision(np.full(number, 0.3))):
        assert (found.half_width, found.met, found.enough, found.flag) == (0.0, False, None, "never_varies")
    late = np.append(np.zeros(number), [0.01, -0.01] * 20)
    met = absolute_precision(late, 0.1)
    assert (met.enough, met.flag) == (max(3, number + 1), "")


@pytest.mark.parametrize(
    ("look_ahead", "fewest", "enough", "still_to_run"),
    [(0, 3, 5, 0), (5, 3, 5, 2), (20, 3, 5, 17), (0, 6, 6, 0), (3, 8, 8, 3)],
)
def test_look_ahead_and_fewest_replicates_can_be_chosen(
    look_ahead: int, fewest: int, enough: int, still_to_run: int
) -> None:
    found = relative_precision(VALUES, fewest=fewest, look_ahead=look_ahead)
    assert (found.enough, found.still_to_run) == (enough, still_to_run)


def test_the_look_ahead_grows_with_the_replicates() -> None:
    steady = np.tile([0.9, 1.1], 200)
    found = {n: absolute_precision(steady[:n], 10.0, fewest=n) for n in (3, 100, 119, 120, 200)}
    assert [found[n].still_to_run for n in found] == [5, 5, 5, 6, 10]


def test_more_confidence_needs_more_replicates() -> None:
    luck = np.random.default_rng(2).normal(0.0, 1.0, 2000)
    usual, sure = (absolute_precision(luck, 0.1, confidence=level).enough for level in (0.95, 0.99))
    assert usual is not None
    assert sure is not None
    assert sure / usual == pytest.approx((2.5758 / 1.96) ** 2, rel=0.1)


def test_an_absolute_target_serves_what_lies_near_zero() -> None:
    differences = np.tile([0.01, -0.01], 20)
    assert relative_precision(differences).enough is None
    found = absolute_precision(differences, 0.005)
    assert found.met
    assert absolute_precision(differences, 1e-6).enough is None
    before = over_replicates(differences[: found.enough - 1])
    assert before.upper - before.mean > 0.005


def test_running_out_of_budget_is_a_result() -> None:
    found = absolute_precision(VALUES[:2], 0.001)
    assert (found.enough, found.still_to_run, found.met) == (None, None, False)
    assert math.isnan(absolute_precision(VALUES[:1], 0.001).half_width)
    assert math.isnan(absolute_precision(VALUES[:0], 0.001).half_width)


def test_half_the_width_needs_four_times_the_replicates() -> None:
    pilot = np.random.default_rng(4).normal(0.4, 0.02, 10)
    wide, narrow = planned_replicates(pilot, 0.002), planned_replicates(pilot, 0.001)
    assert wide == math.ceil((2.2621571628 * pilot.std(ddof=1) / 0.002) ** 2)
    assert narrow == pytest.approx(4 * wide, abs=4)
    with pytest.raises(ValueError, match=r"the pilot has 0\.4 in all 10 replicates"):
        planned_replicates(np.full(10, 0.4), 0.001)


def test_intervals_narrow_as_one_over_the_root_of_the_replicates() -> None:
    values = np.random.default_rng(6).normal(0.0, 1.0, 1600)
    widths = [absolute_precision(values[:number], 1.0).half_width for number in (100, 400, 1600)]
    assert widths[0] / widths[1] == pytest.approx(2.0, rel=0.1)
    assert widths[1] / widths[2] == pytest.approx(2.0, rel=0.1)


def test_nonsense_is_refused() -> None:
    with pytest.raises(ValueError, match="target is 0"):
        absolute_precision(VALUES, 0.0)
    with pytest.raises(ValueError, match="fewest is 1 and look_ahead 5"):
        absolute_precision(VALUES, 0.1, fewest=1)
    with pytest.raises(ValueError, match="pilot has 1"):
        planned_replicates(VALUES[:1], 0.1)


def test_monte_carlo_errors_by_hand() -> None:
    assert error_of_mean(VALUES) == pytest.approx(0.003759512, abs=1e-9)
    assert error_of_spread(np.array([[1.0, 0.0], [2.0, 0.0], [3.0, 0.0]])) == pytest.approx([0.5, 0.0])
    assert error_of_share(np.array([True, True, True, False])) == pytest.approx(math.sqrt(0.75 * 0.25 / 4))
    assert np.isnan(error_of_mean(np.array([[0.1, 0.2]]))).all()


def test_single_runs_spread_more_than_their_mean() -> None:
    low, middle, high = single_runs(np.arange(101.0))
    assert (low, middle, high) == (5.0, 50.0, 95.0)
    assert single_runs(np.zeros((4, 6))).shape == (3, 6)


@pytest.mark.parametrize(("error", "decimals"), [(0.00376, 2), (0.005, 2), (0.0051, 1), (0.3, 0), (3.0, -1)])
def test_no_more_decimals_than_the_error_supports(error: float, decimals: int) -> None:
    assert decimals_supported(error) == decimals


def test_two_levels_by_hand() -> None:
    rows = np.array([[0.41, 0.43, 0.42], [0.45, 0.44, 0.46], [0.39, 0.41, 0.40], [0.47, 0.45, 0.46]])
    assert two_levels(rows) == pytest.approx((0.432500, 0.002275, 0.000100, 0.000725, 0.013769), abs=1e-6)


def test_parameters_that_do_not_matter_have_no_variance() -> None:
    rows = np.random.default_rng(8).normal(0.4, 0.1, (50, 4))
    same_means = rows - rows.mean(axis=1, keepdims=True)
    assert two_levels(same_means).parameter_variance == 0.0


def test_both_variances_are_found() -> None:
    luck = np.random.default_rng(9)
    found = two_levels(luck.normal(0.0, 2.0, (4000, 1)) + luck.normal(0.0, 1.0, (4000, 3)))
    assert found.parameter_variance == pytest.approx(4.0, rel=0.1)
    assert found.within == pytest.approx(1.0, rel=0.1)


@pytest.mark.parametrize("rows", [np.ones(4), np.ones((1, 4)), np.ones((4, 1))])
def test_two_levels_need_two_of_each(rows: np.ndarray) -> None:
    with pytest.raises(ValueError, match="need 2 draws"):
        two_levels(rows)


def test_the_share_of_the_parameters_is_what_luck_leaves() -> None:
    rows = np.array([[0.41, 0.43, 0.42], [0.45, 0.44, 0.46], [0.39, 0.41, 0.40], [0.47, 0.45, 0.46]])
    assert two_levels(rows).share_of_parameters == pytest.approx(0.002175 / 0.002275)
    assert math.isnan(two_levels(np.full((3, 2), 0.5)).share_of_parameters)


def test_the_limits_of_that_share_hold_it_as_often_as_they_say() -> None:
    luck, held = np.random.default_rng(11), 0
    for _ in range(400):
        rows = luck.normal(0.0, 0.5, (20, 1)) + luck.normal(0.0, 1.0, (20, 4))
        low, high = limits_of_share(two_levels(rows).share_of_parameters, *rows.shape)
        held += low <= 0.5 <= high  # a variance of 0.25 is half of that of means of four
    assert held / 400 == pytest.approx(0.95, abs=3.0 * (0.95 * 0.05 / 400) ** 0.5)
    assert limits_of_share(0.0, 20, 4) == pytest.approx((0.0, 0.559), abs=1e-3)


def test_fewer_than_forty_draws_have_a_range_and_no_percentiles() -> None:
    drawn = np.random.default_rng(1).permutation(np.arange(1.0, 40.0))
    assert over_draws(drawn) == (1.0, 39.0, "range of all draws")
    forty = over_draws(np.append(drawn, 40.0))
    assert forty == (pytest.approx(1.025), pytest.approx(39.975), "95 % of draws")  # places 41 p, as R's type 6
    assert over_draws(drawn, confidence=0.9) == (pytest.approx(2.0), pytest.approx(38.0), "90 % of draws")
    with pytest.raises(ValueError, match="no draws"):
        over_draws([])
