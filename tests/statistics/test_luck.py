"""Share of the variance between points that is luck."""

import numpy as np
import pytest

from bpssim.statistics.luck import share_of_luck


def noise(points: int, seeds: int, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(points, seeds))


def test_noise_alone_is_luck_alone() -> None:
    shares = [share_of_luck(noise(60, 5, seed)) for seed in range(40)]
    assert np.mean(shares) == pytest.approx(1.0, abs=0.12)  # cut off at 1


def test_points_that_differ_for_good_are_not_luck() -> None:
    assert share_of_luck(np.linspace(0, 9, 50)[:, np.newaxis] + np.zeros((50, 4))) == 0.0


def test_what_all_points_have_in_common_does_not_count() -> None:
    common = 100 * noise(1, 6, 2)
    points = np.linspace(0, 9, 50)[:, np.newaxis]
    assert share_of_luck(points + common) == pytest.approx(0.0, abs=1e-12)


def test_the_share_is_that_of_means_and_falls_with_more_seeds() -> None:
    signal = np.random.default_rng(4).normal(size=(2000, 1))
    for seeds in (2, 8):
        assert share_of_luck(signal + noise(2000, seeds)) == pytest.approx(1 / (1 + seeds), rel=0.1)


@pytest.mark.parametrize("shape", [(1, 5), (5, 1)])
def test_one_point_or_one_seed_does_not_tell(shape: tuple[int, int]) -> None:
    assert np.isnan(share_of_luck(noise(*shape)))


def test_points_that_never_differ_have_no_variance_to_share() -> None:
    assert np.isnan(share_of_luck(np.full((5, 3), 0.1) + np.arange(3)))
