"""Who breastfeeds at an age, and whom a contact reached in time; five mothers, worked by hand."""

import numpy as np

from bpssim.model.records import NEVER
from bpssim.outcomes.continuation import breastfeeding_at, exclusive_until, exclusively_at
from bpssim.outcomes.reach import reached_before_stop, reached_by

# never started; stopped on day 10; stopped on day 42, formula from day 5; went on, formula from day 50; went on
STARTED = np.array([False, True, True, True, True])
STOP_AGE = np.array([-1, 10, 42, -1, -1])
MIXED_AGE = np.array([-1, -1, 5, 50, -1])


def test_a_mother_breastfeeds_up_to_and_on_the_day_she_stops() -> None:
    assert breastfeeding_at(10, STARTED, STOP_AGE).tolist() == [False, True, True, True, True]
    assert breastfeeding_at(11, STARTED, STOP_AGE).tolist() == [False, False, True, True, True]
    assert breastfeeding_at(42, STARTED, STOP_AGE).tolist() == [False, False, True, True, True]
    assert breastfeeding_at(43, STARTED, STOP_AGE).tolist() == [False, False, False, True, True]


def test_exclusive_ends_with_the_first_formula() -> None:
    assert exclusively_at(5, STARTED, STOP_AGE, MIXED_AGE).tolist() == [False, True, True, True, True]
    assert exclusively_at(6, STARTED, STOP_AGE, MIXED_AGE).tolist() == [False, True, False, True, True]
    assert exclusively_at(42, STARTED, STOP_AGE, MIXED_AGE).tolist() == [False, False, False, True, True]
    assert exclusive_until(STARTED, STOP_AGE, MIXED_AGE).tolist() == [-1, 10, 5, 50, -1]


def test_a_contact_in_pregnancy_counts_if_she_then_starts() -> None:
    first = np.array([-30, -30, 42, NEVER, 8])
    assert reached_by(7, first).tolist() == [True, True, False, False, False]
    assert reached_before_stop(first < NEVER, STARTED, STOP_AGE, first).tolist() == [False, True, True, False, True]


def test_a_contact_after_stopping_is_too_late() -> None:
    first = np.array([3, 11, 43, 0, NEVER])
    assert reached_before_stop(first < NEVER, STARTED, STOP_AGE, first).tolist() == [False, False, False, True, False]
