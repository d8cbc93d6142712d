"""Fair shares: what they add up to, and what they are in games that are known."""

from itertools import permutations
from math import factorial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpssim.statistics.shapley import contributions, interaction, orders

SIZES = st.integers(1, 5)


def game(causes: int, seed: int) -> dict[frozenset[int], float]:
    """An outcome for every set of causes."""
    generator = np.random.default_rng(seed)
    return {frozenset(i for i in range(causes) if which >> i & 1): generator.normal() for which in range(1 << causes)}


def along(order: np.ndarray, outcome: dict[frozenset[int], float]) -> list[float]:
    return [outcome[frozenset(order[:k].tolist())] for k in range(len(order) + 1)]


@given(SIZES, st.integers(0, 1000))
def test_contributions_add_up_and_their_mean_over_all_orders_is_the_formula(causes: int, seed: int) -> None:
    outcome = game(causes, seed)
    everything = frozenset(range(causes))
    found = [contributions(np.array(order), along(np.array(order), outcome)) for order in permutations(range(causes))]
    total = outcome[everything] - outcome[frozenset()]
    assert np.sum(found, axis=1) == pytest.approx(np.full(len(found), total))
    for cause in range(causes):
        formula = sum(
            factorial(len(some)) * factorial(causes - len(some) - 1) / factorial(causes)
            * (outcome[some | {cause}] - outcome[some])
            for some in outcome
            if cause not in some
        )  # fmt: skip
        assert np.mean(found, axis=0)[cause] == pytest.approx(formula)


@given(SIZES, st.integers(1, 4), st.integers(0, 1000))
def test_every_order_has_every_cause_once_and_is_followed_by_its_reverse(causes: int, pairs: int, seed: int) -> None:
    drawn = orders(causes, pairs, seed)
    assert drawn.shape == (2 * pairs, causes)
    assert (np.sort(drawn, axis=1) == np.arange(causes)).all()
    assert (drawn[1::2] == drawn[::2, ::-1]).all()


def test_every_cause_comes_first_equally_often() -> None:
    first = orders(4, 2000, 1)[:, 0]
    # 4,000 firsts: four standard errors of a share of a quarter
    assert np.bincount(first) / len(first) == pytest.approx(np.full(4, 0.25), abs=4.0 * (0.25 * 0.75 / 2000) ** 0.5)


def test_two_that_act_only_together_have_half_each_and_one_that_does_nothing_has_none() -> None:
    shares = [
        contributions(order, [float({0, 1} <= set(order[:k].tolist())) * 10.0 for k in range(4)])
        for order in orders(3, 1, 3)
    ]
    assert np.mean(shares, axis=0).tolist() == [5.0, 5.0, 0.0]


def test_outcomes_may_have_further_axes_and_must_fit_the_order() -> None:
    added = contributions(np.array([1, 0]), [[0.0, 1.0], [2.0, 1.0], [2.0, 5.0]])
    assert added.tolist() == [[0.0, 4.0], [2.0, 0.0]]
    with pytest.raises(ValueError, match="2 causes have 3 outcomes along an order, not 2"):
        contributions(np.array([1, 0]), [0.0, 1.0])


def test_interaction_is_what_comes_beyond_the_sum() -> None:
    assert interaction([10.0, 5.0], [0.0, 5.0], [0.0, 5.0]).tolist() == [10.0, -5.0]
