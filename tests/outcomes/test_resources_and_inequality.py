"""Time, money, and the gap."""

import math

import numpy as np
import pytest

from bpssim.outcomes.resources import NO_TIME, TeamTime, cost, utilisation
from bpssim.scenario.service import Costs
from bpssim.statistics.inequality import gap


def test_utilisation_and_cost_by_hand() -> None:
    time = TeamTime(
        available=600.0, duty=120.0, queue=240.0, paid=480.0, volunteer_worked=30.0, travel=20.0, expired=2.0
    )
    assert utilisation(time) == pytest.approx(0.6)
    costs = Costs(paid_hour=34.0, overhead_share=0.25, volunteer_hour=6.0, travel_hour=9.0, other_per_year=50.0)
    spent = cost(time, costs, years=2.0)
    assert spent == pytest.approx((8 * 25.5, 8 * 8.5, 3.0, 3.0, 100.0))
    assert spent.total == pytest.approx(8 * 34 + 3 + 3 + 100)
    assert time.plus(time).expired == 4.0


def test_nobody_is_not_used_at_all() -> None:
    nobody = NO_TIME
    assert math.isnan(utilisation(nobody))
    assert cost(nobody, Costs(), 1.0).total == 0.0


def test_the_gap_is_least_minus_most_deprived() -> None:
    assert gap(np.array([0.3, 0.4, 0.5, 0.5, 0.6])) == pytest.approx(0.3)


@pytest.mark.parametrize("missing", [0, 4])
def test_the_gap_is_undefined_without_either_end(missing: int) -> None:
    values = np.array([0.3, 0.4, 0.5, 0.5, 0.6, 0.4])
    values[missing] = np.nan
    assert np.isnan(gap(values[:5]))
