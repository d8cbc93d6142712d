"""What an area adds to the early gradient in stopping can be varied."""

import numpy as np
import pytest

from bpssim.model.parameters.derived import _feeding
from bpssim.scenario.baseline import load
from bpssim.scenario.feeding import FeedingInputs

FIRST_FORTNIGHT = slice(0, 14)


def hazards(times: float) -> np.ndarray:
    """Hazard of stopping by quintile and age."""
    return np.asarray(_feeding(FeedingInputs(early_residual=times), load("national_2010"))["stop_hazard"]).T


def test_one_leaves_the_baseline_as_fitted() -> None:
    baseline = load("national_2010")
    assert (hazards(1.0)[:, 0] == np.array(baseline.residual)[:, 0] * baseline.stopping_hazard[0]).all()


def test_with_none_areas_do_not_differ_in_the_first_fortnight_and_do_later() -> None:
    found = hazards(0.0)
    assert np.ptp(found[:, FIRST_FORTNIGHT], axis=0).max() == pytest.approx(0.0, abs=1e-12)
    np.testing.assert_array_equal(found[:, 20:], hazards(1.0)[:, 20:])


def test_twice_as_much_doubles_the_logarithm() -> None:
    def spread(times: float) -> float:
        found = hazards(times)
        return float(np.log(found[0, 3] / found[4, 3]))

    assert spread(2.0) == pytest.approx(2.0 * spread(1.0))
    assert spread(1.0) > 0.1
