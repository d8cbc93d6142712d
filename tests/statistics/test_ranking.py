"""Ranks of options: clear differences are ranked, chance is not, also where the best of many is picked."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from bpssim.statistics.paired import paired_difference
from bpssim.statistics.ranking import ranking

values = arrays(float, (5, 3), elements=st.floats(-10.0, 10.0))


def test_clear_differences_are_ranked_although_runs_vary() -> None:
    rng = np.random.default_rng(1)
    luck = rng.normal(0.0, 5.0, (20, 1))
    found = ranking(luck + np.array([1.0, 3.0, 2.0]) + rng.normal(0.0, 0.1, (20, 3)))
    assert found.rank.tolist() == [3, 1, 2]


def test_options_that_are_not_told_apart_share_a_rank() -> None:
    rng = np.random.default_rng(2)
    found = ranking(np.array([0.0, 0.1, 9.0, 0.2]) + rng.normal(0.0, 1.0, (20, 4)))
    assert found.rank.tolist() == [2, 2, 1, 2]


def test_limits_are_those_of_pairs_at_a_level_for_all_of_them() -> None:
    given_values = np.random.default_rng(3).normal(size=(12, 4))
    found = ranking(given_values)
    pair = paired_difference(given_values[:, 2], given_values[:, 0], contrasts=6)
    assert (found.difference[0, 2], found.lower[0, 2], found.upper[0, 2]) == pytest.approx(
        (float(pair.mean), float(pair.lower), float(pair.upper))
    )
    assert found.confidence == pytest.approx(1 - 0.05 / 6)


@given(values)
def test_a_difference_has_the_opposite_sign_the_other_way_round(given_values: NDArray[np.float64]) -> None:
    found = ranking(given_values)
    assert found.difference == pytest.approx(-found.difference.T, abs=1e-9)
    assert found.lower == pytest.approx(-found.upper.T, abs=1e-9)


def test_the_best_of_many_equal_options_seldom_looks_better() -> None:
    rng = np.random.default_rng(4)
    studies = [ranking(rng.normal(size=(15, 8))).rank.max() > 1 for _ in range(300)]
    assert np.mean(studies) < 0.05 + 2.6 * (0.05 * 0.95 / 300) ** 0.5  # 99 % limit of a share of 5 %


def test_one_replicate_ranks_nothing() -> None:
    found = ranking(np.array([[1.0, 2.0, 3.0]]))
    assert found.rank.tolist() == [1, 1, 1]
    assert np.isnan(found.lower[0, 1])


def test_a_single_option_is_the_first() -> None:
    assert ranking(np.array([[1.0], [2.0]])).rank.tolist() == [1]


def test_a_missing_value_is_refused() -> None:
    with pytest.raises(ValueError, match="replicate 2"):
        ranking(np.array([[1.0, 2.0], [np.nan, 1.0]]))
