"""Who breastfeeds at an age, and whom a contact reached in time; five mothers, worked by hand."""

import numpy as np

import bpssim as bps
from bpssim.model.state import NEVER
from bpssim.outcomes.continuation import breastfeeding_at, exclusive_until, exclusively_at
from bpssim.outcomes.reach import believed_reach, reached_before_stop, reached_by
from tests.model.services import PATHWAYS, small

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


def test_a_service_believes_what_its_own_list_says() -> None:
    on_list = np.array([True, True, True, True, False, True])
    known = np.array([1, 1, 5, -1, 1, 5])
    reached = np.array([True, False, True, True, True, True])
    assert believed_reach(on_list, known, reached)[[0, 4, 5]].tolist() == [0.5, 1.0, 0.8]
    nobody = believed_reach(np.zeros(6, bool), known, reached)
    assert np.isnan(nobody).all()


def test_a_service_that_never_learns_a_quintile_believes_nothing_by_quintile() -> None:
    silent = {name: {**pathway, "asks": []} for name, pathway in PATHWAYS.items()}
    run = bps.run(small(300, pathways=silent, run__replicates=2))
    listed = run.mothers[run.mothers.on_list]
    believed = run.summary[run.summary.metric == "believed_reach"].set_index("quintile").value
    assert believed.drop("all").isna().all()
    by_replicate = listed.first_contact_age.notna().groupby(listed.replicate).mean()
    assert np.isclose(believed["all"], by_replicate.mean())
    assert 0 < len(listed) < len(run.mothers)
