"""Time, money, and the gap."""

import math

import numpy as np
import pytest

from bpssim.model.rules.tally import TEAM_TALLY
from bpssim.model.state import empty
from bpssim.outcomes.resources import cost, utilisation
from bpssim.scenario.service import Costs
from bpssim.statistics.inequality import gap


def test_utilisation_and_cost_by_hand() -> None:
    team = empty(TEAM_TALLY, 1)
    # available, of volunteers, duty, queue, paid, worked by volunteers, travel, expired
    team[0] = (600.0, 120.0, 120.0, 240.0, 480.0, 30.0, 20.0, 2)
    assert utilisation(team[0]) == pytest.approx((360 / 600, 330 / 480, 30 / 120))
    costs = Costs(paid_hour=34.0, overhead_share=0.25, volunteer_hour=6.0, travel_hour=9.0, other_per_year=50.0)
    spent = cost(team[0], costs, years=2.0)
    assert spent == pytest.approx((8 * 25.5, 8 * 8.5, 3.0, 3.0, 100.0))
    assert spent.total == pytest.approx(8 * 34 + 3 + 3 + 100)


def test_nobody_is_not_used_at_all() -> None:
    nobody = empty(TEAM_TALLY, 1)[0]
    assert all(map(math.isnan, utilisation(nobody)))
    assert cost(nobody, Costs(), 1.0).total == 0.0


def test_the_gap_is_least_minus_most_deprived() -> None:
    assert gap(np.array([0.3, 0.4, 0.5, 0.5, 0.6])) == pytest.approx(0.3)


@pytest.mark.parametrize("missing", [0, 4])
def test_the_gap_is_undefined_without_either_end(missing: int) -> None:
    values = np.array([0.3, 0.4, 0.5, 0.5, 0.6, 0.4])
    values[missing] = np.nan
    assert np.isnan(gap(values[:5]))
