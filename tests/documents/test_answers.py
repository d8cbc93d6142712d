"""The answers that the guide for teachers gives to a class hold in runs, as many as there."""

from functools import cache

import pandas as pd

import bpssim as bps

REPLICATES = 5


@cache
def compared() -> pd.DataFrame:
    """Two changes at Site 1, by scenario, metric and quintile."""
    change = bps.compare("site1", "site1_quintile_flag", "site1_flag_with_plan", replicates=REPLICATES)
    return change.comparison.set_index(["scenario", "metric", "quintile"]).sort_index()


def test_most_of_the_gradient_at_site_1_is_who_starts_to_breastfeed() -> None:
    site1 = compared().loc["site1_quintile_flag", "base"]
    of_starters = site1["reach_day7_of_starters", "5"] / site1["reach_day7_of_starters", "1"]
    assert site1["reach_day7", "5"] / site1["reach_day7", "1"] > 1.3
    assert 1.0 < of_starters < 1.15


def test_a_flag_alone_moves_hardly_anything() -> None:
    difference = compared().loc["site1_quintile_flag", "difference"]
    assert abs(difference["reach_day7", "1"]) < 0.005
    assert abs(difference["minutes_per_birth", "1"]) < 1.0


def test_a_flag_with_a_plan_moves_minutes_from_others_to_the_target_group() -> None:
    difference = compared().loc["site1_flag_with_plan", "difference"]
    assert difference["minutes_per_birth", "1"] > 1.0
    assert all(difference["minutes_per_birth", quintile] < 0.0 for quintile in "2345")
    assert 0.0 < difference["reach_day7", "1"] < 0.02


def test_these_pairs_cannot_tell_whether_the_plan_changes_breastfeeding() -> None:
    feeding = compared().loc[("site1_flag_with_plan", "any_6w", "all")]
    assert feeding["lower"] < 0.0 < feeding["upper"]


def test_site_2_reaches_more_than_twice_as_many_in_the_least_deprived_quintile() -> None:
    reached = bps.run("site2", replicates=REPLICATES).summary.query("metric == 'reach_ever'").set_index("quintile")
    assert reached.value["5"] > 2.0 * reached.value["1"]
