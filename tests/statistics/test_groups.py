"""Totals, shares and means by quintile."""

import numpy as np
import pytest

from bpssim.statistics.groups import GROUPS, mean, ratio, totals

QUINTILE = np.array([1, 1, 1, 2, 5], np.int8)
NAN = float("nan")


def test_totals_count_mothers_and_add_up_values() -> None:
    assert GROUPS == ("1", "2", "3", "4", "5", "all")
    np.testing.assert_array_equal(totals(QUINTILE), [3, 1, 0, 0, 1, 5])
    np.testing.assert_array_equal(totals(QUINTILE, np.array([1.5, 1, 0, 4, 2])), [2.5, 4, 0, 0, 2, 8.5])


def test_a_share_among_no_mothers_is_undefined_and_not_zero() -> None:
    flags = np.array([True, False, False, False, True])
    np.testing.assert_allclose(mean(QUINTILE, flags), [1 / 3, 0, NAN, NAN, 1, 2 / 5])


def test_a_mean_can_be_among_some_mothers_only() -> None:
    ages = np.array([2, 1_000_000, 6, 1_000_000, 3])
    np.testing.assert_allclose(mean(QUINTILE, ages, among=ages < 100), [4, NAN, NAN, NAN, 3, 11 / 3])


def test_no_mothers_at_all_have_totals_of_zero_and_no_means() -> None:
    nobody = np.array([], np.int8)
    np.testing.assert_array_equal(totals(nobody), np.zeros(6))
    np.testing.assert_array_equal(mean(nobody, np.array([], bool)), np.full(6, NAN))
    np.testing.assert_array_equal(ratio(np.zeros(6), np.zeros(6)), np.full(6, NAN))


@pytest.mark.parametrize("wrong", [0, 6])
def test_a_quintile_outside_one_to_five_is_an_error(wrong: int) -> None:
    with pytest.raises(ValueError, match=f"mother 2 has {wrong} as group; it should be a number from 1 to 5"):
        totals(np.array([3, wrong]))
