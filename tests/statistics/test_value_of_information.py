"""Value of information, against a choice between two options in which it is known."""

import math
from typing import NamedTuple

import numpy as np
import pytest
from scipy.special import ndtri

from bpssim.statistics.value_of_information import (
    FEWEST,
    value_of_all_information,
    value_of_partial_information,
)
from bpssim.studies.uncertainty.draws import stratified

STRONG, WEAK = 3.0, 1.0
NOISE, REPLICATES = 2.0, 4
PARAMETERS = ("strong", "weak", "none")


def known(deviation: float, mean: float = 0.0) -> float:
    """Value of knowing a gain that is normally distributed, over an option that gains 0 (unit normal loss)."""
    ratio = abs(mean) / deviation
    tail = 0.5 * math.erfc(ratio / math.sqrt(2.0))
    return deviation * (math.exp(-(ratio**2) / 2.0) / math.sqrt(2.0 * math.pi) - ratio * tail)


class Linear(NamedTuple):
    """Two options: the second gains a sum of normal parameters over the first."""

    quantiles: dict[str, np.ndarray]
    benefits: np.ndarray  # draws, replicates, options


def linear(draws: int, seed: int, mean: float = 0.0) -> Linear:
    rng = np.random.default_rng(seed)
    quantiles = {name: stratified(draws, seed, name) for name in PARAMETERS}
    gain = mean + STRONG * ndtri(quantiles["strong"]) + WEAK * ndtri(quantiles["weak"])
    common = 50.0 * rng.normal(size=(draws, REPLICATES))  # luck that both options share
    other = common + gain[:, np.newaxis] + NOISE * rng.normal(size=common.shape)
    return Linear(quantiles, np.stack([common, other], axis=2))


def partial(made: Linear, name: str) -> float:
    return value_of_partial_information(made.benefits.mean(axis=1), made.quantiles[name]).value


@pytest.mark.parametrize("mean", [0.0, 2.0, -2.0])
def test_a_linear_choice_between_two_options_has_the_known_values(mean: float) -> None:
    made = [linear(1000, seed, mean) for seed in range(6)]
    whole = np.mean([value_of_all_information(each.benefits).value for each in made])
    assert whole == pytest.approx(known(math.hypot(STRONG, WEAK), mean), rel=0.05)
    assert np.mean([partial(each, "strong") for each in made]) == pytest.approx(known(STRONG, mean), rel=0.05)
    assert np.mean([partial(each, "weak") for each in made]) == pytest.approx(known(WEAK, mean), abs=0.04)


def test_errors_hold_what_they_say() -> None:
    for name, truth in (("strong", known(STRONG)), ("weak", known(WEAK))):
        found = [
            value_of_partial_information(made.benefits.mean(axis=1), made.quantiles[name])
            for made in (linear(200, seed) for seed in range(20, 50))
        ]
        within = [abs(each.value - truth) < 2.0 * each.error for each in found]
        assert np.mean(within) > 0.85, name


def test_a_parameter_without_influence_is_worth_nothing_within_its_error() -> None:
    found = [
        value_of_partial_information(made.benefits.mean(axis=1), made.quantiles["none"])
        for made in (linear(200, seed) for seed in range(60, 100))
    ]
    assert np.mean([each.value < 2.0 * each.error for each in found]) >= 0.9
    assert np.mean([each.value for each in found]) < 0.02 * known(math.hypot(STRONG, WEAK)) + 0.02
    assert np.mean([each.value == 0.0 for each in found]) > 0.7
    assert np.mean([each.p_value < 0.05 for each in found]) <= 0.15


def test_luck_of_few_replicates_adds_nothing() -> None:
    """Without the correction the best of noisy means is too good, however little the parameters matter."""
    rng = np.random.default_rng(1)
    noise = np.stack([np.zeros((400, 4)), rng.normal(size=(400, 4))], axis=2)
    naive = np.maximum(noise.mean(axis=1)[:, 1], 0.0).mean()
    assert naive > 0.15
    assert value_of_all_information(noise).value < 0.3 * naive


def test_a_clear_choice_leaves_nothing_to_find_out() -> None:
    made = linear(200, 1, mean=100.0)
    assert value_of_all_information(made.benefits) == (0.0, 0.0, pytest.approx(math.nan, nan_ok=True))
    assert partial(made, "strong") == 0.0


def test_bends_are_followed() -> None:
    """A gain that is highest in the middle has no straight line, and its sign changes twice."""
    draws = 400
    quantiles = stratified(draws, 1, "bent")
    gain = 1.0 - ndtri(quantiles) ** 2 + np.random.default_rng(2).normal(size=draws)
    found = value_of_partial_information(np.column_stack([np.zeros(draws), gain]), quantiles)
    # The mean of max(1 - z^2, 0) is 2 phi(1), and without knowledge the options are equal.
    assert found.value == pytest.approx(2.0 * math.exp(-0.5) / math.sqrt(2.0 * math.pi), abs=3.0 * found.error)
    assert found.value > 0.35


def test_three_options() -> None:
    """Two parameters that each decide one option: each is worth something, and all is worth more."""
    draws = 1000
    first, second = (ndtri(stratified(draws, 1, name)) for name in ("first", "second"))
    rng = np.random.default_rng(3)
    gains = np.stack([np.zeros(draws), first, second], axis=1)
    benefits = gains[:, np.newaxis, :] + 0.5 * rng.normal(size=(draws, 4, 3))
    whole = value_of_all_information(benefits).value
    one = value_of_partial_information(benefits.mean(axis=1), stratified(draws, 1, "first")).value
    assert one == pytest.approx(1.0 / math.sqrt(2.0 * math.pi), abs=0.05)
    assert whole == pytest.approx(np.maximum(gains.max(axis=1), 0.0).mean(), rel=0.06)


def test_few_draws_are_refused() -> None:
    made = linear(FEWEST - 1, 1)
    with pytest.raises(ValueError, match="40 are needed"):
        value_of_all_information(made.benefits)
    with pytest.raises(ValueError, match="40 are needed"):
        partial(made, "strong")
