"""Which uncertain parameters drive the spread of an outcome."""

import numpy as np
import pytest

from bpssim.studies.uncertainty.importance import has_enough_draws, importance

DRAWS, PARAMETERS = 120, 10


def quantiles(seed: int = 1) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return np.column_stack([(rng.permutation(DRAWS) + rng.random(DRAWS)) / DRAWS for _ in range(PARAMETERS)])


def test_a_one_way_effect_is_found_whatever_its_shape() -> None:
    table = quantiles()
    found = importance(table, np.exp(10 * table[:, 3]))
    assert found[3] == pytest.approx(1.0)
    np.testing.assert_allclose(np.delete(found, 3), 0.0, atol=1e-9)
    assert importance(table, -table[:, 3])[3] == pytest.approx(-1.0)


def test_squares_are_shares_of_the_variance() -> None:
    tables = [quantiles(seed) for seed in range(50)]
    found = np.array([importance(table, 2 * table[:, 0] - table[:, 1]) for table in tables])
    np.testing.assert_allclose((found**2).mean(axis=0)[:3], [0.8, 0.2, 0.0], atol=0.03)
    assert (found[:, 0] > 0).all()
    assert (found[:, 1] < 0).all()


def test_noise_is_rarely_taken_for_an_effect() -> None:
    rng = np.random.default_rng(2)
    wrong = sum(importance(quantiles(seed), rng.normal(size=DRAWS)).any() for seed in range(100))
    assert wrong <= 10


def test_an_outcome_that_never_changes_comes_from_nothing() -> None:
    assert not importance(quantiles(), np.full(DRAWS, 0.1)).any()


def test_undefined_outcomes_are_left_out() -> None:
    table = quantiles()
    outcome = table[:, 2].copy()
    outcome[::4] = np.nan
    assert importance(table, outcome)[2] == pytest.approx(1.0)


def test_too_few_draws_are_refused() -> None:
    assert has_enough_draws(20, 10)
    assert not has_enough_draws(19, 10)
    assert not has_enough_draws(2, 1)
    with pytest.raises(ValueError, match="20 are needed"):
        importance(quantiles()[:15], np.arange(15.0))
