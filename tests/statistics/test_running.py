"""Replicates that come one by one give what they give together."""

import numpy as np

from bpssim.statistics.intervals import over_replicates
from bpssim.statistics.running import Running


def running(values: np.ndarray) -> Running:
    found = Running(values.shape[1:])
    for each in values:
        found.add(each)
    return found


def test_mean_and_limits_are_those_of_all_replicates_together() -> None:
    random = np.random.default_rng(5)
    values = 1e6 + random.normal(size=(40, 3, 4)) * [1e-3, 1.0, 10.0, 1e3]
    values[random.random(values.shape) < 0.3] = np.nan
    values[:, 0, 0] = np.nan  # never defined
    values[1:, 0, 1] = np.nan  # once
    for one, other in zip(running(values).interval(), over_replicates(values), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-12)


def test_what_never_varies_has_limits_of_exactly_no_width() -> None:
    found = running(np.full((7, 2), 0.1)).interval()
    assert found.mean.tolist() == found.lower.tolist() == found.upper.tolist() == [0.1, 0.1]
