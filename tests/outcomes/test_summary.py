"""The headline numbers."""

import math

import numpy as np
import pytest

from bpssim.model.rules.tally import Tally
from bpssim.model.state import NEVER
from bpssim.outcomes.metrics import METRICS
from bpssim.outcomes.summary import summarise, summary_rows
from bpssim.scenario.service import Costs
from bpssim.scenario.words import Feeding, Gate, Item
from tests.model.few import TEXT, TO_THE_YOUNG, few
from tests.model.services import tally_of


def by_hand() -> Tally:
    """Four mothers: two of quintile 1, who are under 20, and two of quintile 5."""
    simulation = few(
        4,
        {"young": TO_THE_YOUNG, "all": TEXT},
        TO_THE_YOUNG["audience"],
        quintile=[1, 1, 5, 5],
        feeding=[Feeding.STOPPED, Feeding.NOT_STARTED, Feeding.MIXED, Feeding.STOPPED],
        stop_age=[14, -1, -1, 41],
        mixed_age=[-1, -1, 43, 3],
        wanted_longer=[1, 0, 0, 0],
        contact_in_pregnancy=[0, 0, 1, 0],
        reached_age=[15, NEVER, 9, 2],
        first_contact_age=[NEVER, NEVER, 9, 2],
        supporters=[0, 0, 2, 1],
        supports=[0, 0, 3, 1],
        supports_in_difficulty=[0, 0, 1, 1],
        problems=[2, 0, 1, 1],
        contacts=[1, 0, 4, 2],
        minutes=[10.0, 0.0, 60.0, 22.0],
        data_items=[3, 0, 4, 4],
    )
    state = simulation.state
    state.true_data.value[:, Item.AGE] = [18, 18, 30, 30]
    state.known_data.value[:, Item.NAME] = [1, 1, -1, 1]
    state.known_data.value[:, Item.QUINTILE] = [1, 1, 5, 5]
    state.progress.gate[:, 0] = [Gate.CONNECTED, Gate.BORN, Gate.SUPPORTED_IN_TIME, Gate.BORN]
    state.progress.gate[:, 1] = [Gate.BORN, Gate.BORN, Gate.BORN, Gate.SUPPORTED]
    tally = tally_of(simulation)
    tally.team[0] = (600.0, 120.0, 120.0, 240.0, 480.0, 30.0, 20.0, 2)
    return tally


BY_HAND = {
    "births": (2, 2, 4),
    "initiated": (0.5, 1.0, 0.75),
    "any_2w": (0.5, 1.0, 0.75),
    "any_6w": (0.0, 0.5, 0.25),
    "any_26w": (0.0, 0.5, 0.25),
    "exclusive_2w": (0.5, 0.5, 0.5),
    "exclusive_6w": (0.0, 0.5, 0.25),
    "exclusive_26w": (0.0, 0.0, 0.0),
    "mean_days_8w": (7.5, 49.0, 28.25),
    "mean_days_26w": (7.5, 112.0, 59.75),
    "supported": (0.0, 1.0, 0.5),
    "minutes": (10.0, 82.0, 92.0),
    "mothers_in_need": (1.0, 2.0, 3.0),
    "mothers_supported": (0.0, 2.0, 2.0),
    "need": (0.5, 1.0, 0.75),
    "extra_offered": (0.5, 0.5, 0.5),
    "stopped_before_wanted": (0.5, 0.0, 0.25),
    "reach_ever": (0.5, 1.0, 0.75),
    "contact_in_pregnancy": (0.0, 0.5, 0.25),
    "reach_day7": (0.0, 0.5, 0.25),
    "reach_ever_of_starters": (1.0, 1.0, 1.0),
    "reach_day7_of_starters": (0.0, 0.5, 1 / 3),
    "supported_by_day7": (0.0, 0.5, 0.25),
    "supporters_per_mother": (np.nan, 1.5, 1.5),
    "several_supporters": (np.nan, 0.5, 0.5),
    "contacts_with_difficulty": (np.nan, 0.5, 0.5),
    "reach_before_stop": (0.0, 1.0, 0.5),
    "contacts_per_birth": (0.5, 3.0, 1.75),
    "minutes_per_birth": (5.0, 41.0, 23.0),
    "first_contact_age": (np.nan, 5.5, 5.5),
    "data_items": (1.5, 4.0, 2.75),
    "minutes_share": (10 / 92, 82 / 92, 1.0),
    "need_share": (1 / 3, 2 / 3, 1.0),
    "proportionality": (30 / 92, 123 / 92, np.nan),
    "believed_reach": (0.5, 1.0, 2 / 3),
}
FOR_ALL = {
    "gap_any_6w": 0.5,
    "ratio_any_6w": math.nan,
    "sii_any_6w": math.nan,  # needs three quintiles
    "rii_any_6w": math.nan,
    "concentration_any_6w": 0.5,
    "concentration_minutes": 36 / 92,
    "horizontal_inequity": 36 / 92 - 0.5 / 3,
    "target_sensitivity": 0.5,
    "target_positive_predictive_value": 0.5,
    "target_leakage": 0.5,
    "reach_ratio": 2.0,
    "reach_ratio_of_starters": 1.0,
    "cost_total": 278.0,
    "cost_paid": 272.0 * 0.83,
    "cost_overhead": 272.0 * 0.17,
    "cost_volunteer": 3.0,
    "cost_travel": 3.0,
    "cost_other": 0.0,
    "cost_per_birth": 69.5,
    "cost_per_supported": 139.0,
    "utilisation": 0.6,
    "utilisation_paid": 330 / 480,
    "utilisation_volunteer": 0.25,
    "expired_requests": 2.0,
}


def test_every_metric_by_hand() -> None:
    summary = summarise(by_hand(), Costs(), 365, {})
    assert list(summary) == list(METRICS)
    assert set(BY_HAND) | set(FOR_ALL) == set(METRICS)
    for metric, expected in BY_HAND.items():
        np.testing.assert_allclose(summary[metric][[0, 4, 5]], expected, err_msg=metric)
    for metric, value in FOR_ALL.items():
        assert summary[metric][5] == pytest.approx(value, nan_ok=True), metric


def test_rows_come_by_metric_and_group() -> None:
    summary = summarise(by_hand(), Costs(), 365, {})
    rows = summary_rows("x", [summary, summary])
    assert [row.quintile for row in rows if row.metric == "any_6w"] == ["1", "2", "3", "4", "5", "all"]
    assert [row.quintile for row in rows if row.metric == "cost_total"] == ["all"]
    assert {row.replicates for row in rows} == {0, 2}


def test_a_quintile_without_births_has_no_shares() -> None:
    rows = {(row.metric, row.quintile): row for row in summary_rows("x", [summarise(by_hand(), Costs(), 365, {})])}
    assert rows["births", "3"].value == 0.0
    assert math.isnan(rows["any_6w", "3"].value)
    assert rows["any_6w", "3"].replicates == 0
