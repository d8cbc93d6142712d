"""Metrics over replicates: means, and quotients of means."""

import math

import numpy as np
import pytest
from scipy import stats

from bpssim.outcomes.between_runs import between_runs_rows
from bpssim.outcomes.estimates import Estimates, estimated
from bpssim.outcomes.metrics import METRICS, Summary, completed
from bpssim.statistics.groups import ALL, GROUPS
from bpssim.statistics.inequality import slope_index

ORDER = list(METRICS)


def summary(generator: np.random.Generator) -> Summary:
    """Numbers as a replicate might have them."""
    averaged = {name: generator.uniform(0.2, 0.8, len(GROUPS)) for name in METRICS}
    averaged["births"] = np.append(generator.integers(50, 100, ALL), 400).astype(float)
    averaged["cost_total"] = generator.normal(1000.0, 10.0, len(GROUPS))
    return completed(averaged)


def some(number: int, seed: int = 1) -> list[Summary]:
    generator = np.random.default_rng(seed)
    return [summary(generator) for _ in range(number)]


def test_a_mean_is_the_mean_and_contributes_what_each_replicate_had() -> None:
    summaries = some(6)
    found = estimated(summaries)
    values = np.array([each["any_6w"] for each in summaries])
    place = ORDER.index("any_6w")
    np.testing.assert_allclose(found.value[place], values.mean(axis=0))
    np.testing.assert_array_equal(found.contributions[:, place], values)


def test_a_quotient_is_that_of_the_means_and_not_the_mean_of_quotients() -> None:
    summaries = some(6)
    cost, births = (np.array([each[name][ALL] for each in summaries]) for name in ("cost_total", "births"))
    found = estimated(summaries).value[ORDER.index("cost_per_birth"), ALL]
    assert found == pytest.approx(cost.mean() / births.mean(), rel=1e-12)


def test_the_error_of_a_quotient_is_that_of_the_delta_method() -> None:
    summaries = some(200)
    cost, births = (np.array([each[name][ALL] for each in summaries]) for name in ("cost_total", "births"))
    place = ORDER.index("cost_per_birth")
    interval = estimated(summaries).interval()
    half = (interval.upper - interval.mean)[place, ALL]
    residual = (cost - cost.mean() / births.mean() * births) / births.mean()
    delta = 1.971957 * residual.std(ddof=1) / math.sqrt(200)  # t with 199 degrees of freedom
    assert half == pytest.approx(delta, rel=0.02)  # they differ in terms of 1/replicates


def test_limits_of_the_relative_index_agree_with_those_of_the_bootstrap() -> None:
    summaries = some(60)
    for each in summaries:
        each["births"][:ALL] = 80.0  # then the slope of the means is the mean of the slopes
    ends = [slope_index(each["any_6w"][:ALL], each["births"][:ALL]) for each in summaries]
    low, high = np.array([[end.at_rank_0, end.at_rank_1] for end in ends]).T
    other = stats.bootstrap(
        (high, low),
        lambda top, bottom, axis=-1: top.mean(axis=axis) / bottom.mean(axis=axis),
        paired=True,
        method="percentile",
        rng=np.random.default_rng(1),
    ).confidence_interval
    place = ORDER.index("rii_any_6w")
    interval = estimated(summaries).interval()
    assert interval.mean[place, ALL] == pytest.approx(high.mean() / low.mean())
    width = float(other.high - other.low)
    # Percentiles and t limits differ in terms of 1/replicates, of which a tenth of the width leaves ample room.
    assert interval.lower[place, ALL] == pytest.approx(float(other.low), abs=0.1 * width)
    assert interval.upper[place, ALL] == pytest.approx(float(other.high), abs=0.1 * width)


def test_what_equals_itself_differs_by_nothing() -> None:
    found = estimated(some(5))
    nothing = found.minus(estimated(some(5)))
    assert (np.nan_to_num(nothing.value) == 0.0).all()
    assert (np.nan_to_num(np.array(nothing.interval_of_difference()[:3])) == 0.0).all()


def test_limits_of_shares_stay_within_0_and_1_and_those_of_differences_do_not() -> None:
    summaries = some(3)
    rare = np.array([[0.0, 0.01, 0.0], [1.0, 0.99, 1.0]])
    for r, each in enumerate(summaries):
        each["any_6w"][:2], each["reach_ever"][:2], each["gap_any_6w"][ALL] = rare[:, r], (0.0, 1.0), rare[0, r]
        each["utilisation"][ALL] = 1.5 + 0.01 * r
    interval = estimated(summaries).interval()
    any_6w, reach, gap, used = (ORDER.index(name) for name in ("any_6w", "reach_ever", "gap_any_6w", "utilisation"))
    assert 0.0 < interval.lower[any_6w, 0] < 0.01 / 3 < interval.upper[any_6w, 0] < 1.0
    assert interval.upper[any_6w, 1] == pytest.approx(1.0 - interval.lower[any_6w, 0])
    births = sum(each["births"][0] for each in summaries)
    t = 4.302653  # of 2 degrees
    assert (interval.lower[reach, 0], interval.upper[reach, 0]) == (0.0, pytest.approx(t**2 / (births + t**2)))
    assert interval.lower[gap, ALL] < 0.0
    assert interval.mean[used, ALL] + interval.mean[used, ALL] == pytest.approx(
        interval.lower[used, ALL] + interval.upper[used, ALL]
    )
    difference = estimated(summaries).minus(estimated(some(3))).interval_of_difference()
    half = difference.upper - difference.mean
    np.testing.assert_allclose(difference.mean - difference.lower, half)


def test_one_replicate_has_values_and_no_limits() -> None:
    summaries = some(1)
    interval = estimated(summaries).interval()
    for name in ("any_6w", "cost_per_birth"):
        assert interval.mean[ORDER.index(name), ALL] == pytest.approx(summaries[0][name][ALL])
        assert np.isnan(interval.lower[ORDER.index(name), ALL])


def test_what_is_undefined_in_a_replicate_is_left_out_of_its_mean() -> None:
    summaries = some(3)
    summaries[0]["first_contact_age"][0] = np.nan
    interval = estimated(summaries).interval()
    place = ORDER.index("first_contact_age")
    expected = np.mean([each["first_contact_age"][0] for each in summaries[1:]])
    assert interval.mean[place, 0] == pytest.approx(expected)
    assert interval.replicates[place, 0] == 2


def test_limits_lie_around_the_value_and_not_around_the_contributions() -> None:
    """The mean of pseudo-values takes out bias to first order; the estimate is what is reported."""
    value = np.full((1, 1), 5.0)
    interval = Estimates(("births",), value, np.array([[[1.0]], [[3.0]]])).interval()
    assert interval.upper[0, 0] + interval.lower[0, 0] == pytest.approx(10.0)
    assert interval.upper[0, 0] - 5.0 == pytest.approx(12.706205 * 1.0)  # t with one degree of freedom


def test_the_spread_of_years() -> None:
    summaries = some(101)
    values = np.sort([each["any_6w"][0] for each in summaries])
    row = next(row for row in between_runs_rows("x", summaries) if (row.metric, row.quintile) == ("any_6w", "1"))
    assert (row.percentile_5, row.median, row.percentile_95) == pytest.approx((values[5], values[50], values[95]))
    assert row.standard_deviation == pytest.approx(values.std(ddof=1))
    assert row.monte_carlo_error == pytest.approx(values.std(ddof=1) / math.sqrt(101))
    assert row.replicates == 101


def test_a_year_that_never_was_has_no_spread() -> None:
    summaries = some(2)
    for each in summaries:
        each["first_contact_age"][:] = np.nan
    rows = [row for row in between_runs_rows("x", summaries) if row.metric == "first_contact_age"]
    assert all(math.isnan(row.median) and row.replicates == 0 for row in rows)
