"""Targeting: whether what is meant for a group goes to it."""

import math

import numpy as np
import pytest

import bpssim as bps
from bpssim.outcomes.summary import summarise
from bpssim.scenario.service import Costs
from bpssim.scenario.words import Gate, Item
from tests.model.few import TO_THE_YOUNG, few
from tests.model.services import tally_of
from tests.small import small

GROUP = "objectives.target={any_of: [[{item: quintile, at_most: 1}]]}"


def targeting(ages: list[int], chosen: list[bool]) -> list[float]:
    """Sensitivity, predictive value and leakage of a text for the young, by their true ages and who was chosen."""
    simulation = few(len(ages), {"young": TO_THE_YOUNG}, TO_THE_YOUNG["audience"])
    simulation.state.true_data.value[:, Item.AGE] = ages
    simulation.state.progress.gate[:, 0] = np.where(chosen, Gate.CHOSEN, Gate.KNOWN)
    summary = summarise(tally_of(simulation), Costs(), 365, {})
    return [summary[f"target_{name}"][5] for name in ("sensitivity", "positive_predictive_value", "leakage")]


def test_by_hand() -> None:
    assert targeting([18, 18, 18, 30, 30], [True, True, False, True, False]) == pytest.approx([2 / 3, 2 / 3, 1 / 3])


def test_without_mothers_of_the_target_group_nothing_is_defined() -> None:
    assert all(math.isnan(value) for value in targeting([30, 30], [True, False]))


def test_who_offers_nothing_extra_has_no_predictive_value() -> None:
    sensitivity, predictive, leakage = targeting([18, 30], [False, False])
    assert sensitivity == 0.0
    assert math.isnan(predictive)
    assert math.isnan(leakage)


def found(metric: str, scenario: bps.Scenario) -> float:
    summary = bps.run(scenario).summary
    return float(summary[(summary.metric == metric) & (summary.quintile == "all")].value.iloc[0])


def test_a_service_that_learns_the_quintile_finds_more_of_its_target() -> None:
    minimal, flag = (small(GROUP, f"data_sharing.preset={preset}") for preset in ("minimal", "quintile_flag"))
    without_data = small(GROUP, "data_sharing.preset=none", "pathways.ward_visit.asks=[]", "pathways.call_48h.asks=[]")
    assert found("target_sensitivity", without_data) < 0.1  # who comes or is referred may still say where she lives
    assert found("target_sensitivity", minimal) < found("target_sensitivity", flag)
    followed = flag.with_({f"team.supporters.{kind}.ethos": 0.0 for kind in flag.team.supporters})
    assert found("target_leakage", followed) < 0.05 < found("target_leakage", flag)  # ethos offers extras to others


def test_truth_is_judged_on_where_she_lives_and_not_on_a_wrong_flag() -> None:
    wrong = small(GROUP, "data_sharing.preset=quintile_flag", "data_sharing.wrong_flag=0.5")
    mothers = bps.run(wrong).mothers
    assert (mothers.in_target == (mothers.quintile == 1)).all()
    assert found("target_leakage", wrong) > 0.05


def test_without_objectives_there_is_no_target() -> None:
    nobody = small("objectives.target={}")
    assert math.isnan(found("target_sensitivity", nobody))


def test_a_pathway_for_some_is_an_extra() -> None:
    young = bps.run(
        bps.load("site1_year2", ["run.replicates=1", "population.births_per_year=600", "run.window_days=365"])
    )
    mothers = young.mothers
    assert mothers.offered_extra.any()
    assert (mothers[mothers.offered_extra].in_target).mean() > mothers.in_target.mean()
