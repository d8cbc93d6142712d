"""Options compared in several aims, with chance in mind."""

import numpy as np
import pytest

from bpssim.statistics.trade_offs import trade_offs

RNG = np.random.default_rng(1)
LUCK = RNG.normal(0.0, 1.0, (30, 1, 1))
"""Luck that all options share in a replicate, much larger than the differences between them."""


def replicates(*means: tuple[float, float], noise: float = 0.05) -> np.ndarray:
    """Replicates of options with these means in two aims."""
    return np.array([means]) + LUCK + RNG.normal(0.0, noise, (30, len(means), 2))


def test_what_is_worse_in_one_aim_and_better_in_none_is_dominated() -> None:
    found = trade_offs(replicates((0.0, 0.0), (1.0, 0.5), (0.5, 1.0)))
    assert list(found.dominated_by) == [2, 0, 0]
    assert list(found.stands_for) == [0, 1, 2]


def test_what_chance_may_have_set_apart_is_one_option() -> None:
    found = trade_offs(replicates((1.0, 0.0), (1.001, 0.0), (0.0, 1.0)))
    assert len({found.stands_for[0], found.stands_for[1]}) == 1
    assert found.stands_for[2] == 2
    assert not found.dominated_by.any()


def test_what_is_not_shown_to_be_worse_is_not_taken_to_be_as_good() -> None:
    """The second option is surely better in the second aim; in the first it looks worse, which chance may have done."""
    found = trade_offs(replicates((0.03, 0.0), (0.0, 1.0), noise=0.1))
    assert list(found.dominated_by) == [0, 0]


def test_the_first_option_stands_before_those_that_it_cannot_be_told_from() -> None:
    """None of many options takes the place of a base by luck."""
    found = trade_offs(replicates((0.0, 0.0), *((0.0, 0.0) for _ in range(12))))
    assert list(found.stands_for) == [0] * 13


def test_shared_luck_does_not_hide_a_difference() -> None:
    together = replicates((0.1, 0.05), (0.0, 0.0))
    assert trade_offs(together).dominated_by[1] == 1
    apart = together.copy()
    apart[:, 1] = apart[RNG.permutation(30), 1]  # other seeds for the second option
    assert trade_offs(apart).dominated_by[1] == 0


def test_equal_options_are_one() -> None:
    same = replicates((0.0, 0.0))
    found = trade_offs(np.concatenate([same, same], axis=1))
    assert list(found.stands_for) == [0, 0]
    assert not found.dominated_by.any()


def test_undefined_values_are_refused() -> None:
    values = replicates((0.0, 0.0), (1.0, 1.0))
    values[0, 0, 0] = np.nan
    with pytest.raises(ValueError, match="has no number"):
        trade_offs(values)
