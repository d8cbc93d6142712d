"""Small areas of real places: counts add up to the summary, and nothing is told of one that is not of its quintile."""

import numpy as np
import pandas as pd
import pytest

from bpssim.scenario.places.small_areas import shipped_table
from bpssim.scenario.scenario import load
from bpssim.statistics.intervals import over_replicates
from bpssim.studies.replicate import run
from bpssim.studies.run import Run
from tests.small import small

LIMITS = ("", "_lower", "_upper")


@pytest.fixture(scope="module")
def rochdale() -> Run:
    return run(small("population.place=Rochdale"), details=False)


def of_summary(made: Run, metric: str) -> pd.DataFrame:
    return made.summary[made.summary.metric == metric].set_index("quintile")


def by_seed(made: Run, metric: str) -> pd.DataFrame:
    rows = made.by_seed[made.by_seed.metric == metric]
    return rows.pivot_table(index="seed", columns="quintile", values="value")


def test_counts_add_up_to_the_summary(rochdale: Run) -> None:
    areas, births = rochdale.small_areas.groupby("quintile"), by_seed(rochdale, "births").sum()
    for metric, column in {"reach_day7": "simulated_reached_day7", "any_6w": "simulated_any_6w"}.items():
        counted = (by_seed(rochdale, metric) * by_seed(rochdale, "births")).sum()
        for quintile, its in areas:
            assert its.simulated_mothers.sum() == births[str(quintile)]
            assert its[column].sum() == pytest.approx(counted[str(quintile)])
        assert rochdale.small_areas[column].sum() == pytest.approx(counted["all"])
    assert rochdale.small_areas.simulated_mothers.sum() == births["all"]


def test_areas_without_births_have_no_mothers() -> None:
    areas = run(small("population.place=Clackmannanshire"), details=False).small_areas
    empty = areas.births == 0.0
    assert empty.sum() == 2
    assert (areas.simulated_mothers[empty] == 0).all()
    expected = areas.births * areas.simulated_mothers.sum() / areas.births.sum()
    squares = ((areas.simulated_mothers - expected) ** 2 / expected)[~empty]
    degrees = len(squares) - 1
    assert abs(squares.sum() - degrees) < 4.0 * np.sqrt(2.0 * degrees)  # as chance gives them


def test_an_area_has_the_shares_of_its_quintile_as_the_summary_gives_them(rochdale: Run) -> None:
    for metric in ("reach_day7", "any_6w"):
        summary = of_summary(rochdale, metric)
        for quintile, its in rochdale.small_areas.groupby("quintile"):
            expected = summary.loc[str(quintile), ["value", "lower", "upper"]].astype(float)
            for end, number in zip(LIMITS, expected, strict=True):
                assert np.allclose(its[f"{metric}{end}"], number, atol=1e-12), (metric, quintile, end)


def test_areas_are_those_of_the_table_with_their_names_and_births(rochdale: Run) -> None:
    table, areas = shipped_table(), rochdale.small_areas
    rows = table.rows_of(areas.area.tolist())
    assert set(rows.tolist()) == set(np.flatnonzero(np.array(table.district.listed()) == "Rochdale").tolist())
    assert areas.ward.tolist() == table.ward[rows].listed()
    assert (areas.quintile == table.quintile[rows]).all()
    assert np.allclose(areas.births, 300 * table.infants[rows] / table.infants[rows].sum())


def test_a_ward_weighs_quintiles_by_its_births(rochdale: Run) -> None:
    wards, areas = rochdale.localities[rochdale.localities.level == "ward"], rochdale.small_areas
    reach = by_seed(rochdale, "reach_day7")
    assert len(wards) == 20
    for row in wards.itertuples():
        its = areas[areas.ward == row.ward]
        births = its.groupby("quintile").births.sum()
        columns = [str(quintile) for quintile in births.index]
        interval = over_replicates(reach[columns].to_numpy() @ births.to_numpy() / births.sum())
        assert row.areas == len(its)
        assert row.births == pytest.approx(births.sum())
        assert row.reach_day7 == pytest.approx(interval.mean)
        assert row.reach_day7_upper == pytest.approx(interval.upper, abs=0.02)  # within 0 and 1 they are not symmetric
        assert row.not_reached == pytest.approx(its.not_reached.sum())
        assert row.not_reached_lower == pytest.approx(row.births * (1.0 - row.reach_day7_upper))
        mix = [getattr(row, f"quintile_{quintile}") for quintile in births.index]
        assert np.allclose(mix, births / births.sum())


def test_levels_add_up_and_the_most_mothers_not_reached_come_first(rochdale: Run) -> None:
    for level, rows in rochdale.localities.groupby("level"):
        assert rows.areas.sum() == len(rochdale.small_areas), level
        assert rows.births.sum() == pytest.approx(300.0), level
        assert rows.not_reached.sum() == pytest.approx(rochdale.small_areas.not_reached.sum()), level
        assert rows.not_reached.is_monotonic_decreasing, level


def test_each_place_with_its_own_service_has_its_own_shares() -> None:
    settings = ["run.replicates=2", "run.warm_up_days=14"]
    names = ("Rochdale", "Bury")
    each = load("site1", [*settings, f"population.places=[{', '.join(names)}]", "population.services=each"])
    together = run(each, details=False).small_areas
    alone = [run(load("site1", [*settings, f"population.place={name}"]), details=False).small_areas for name in names]
    pd.testing.assert_frame_equal(together, pd.concat(alone, ignore_index=True))
    assert together[together.quintile == 1].reach_day7.nunique() == 2


def test_areas_of_a_quintile_differ_by_chance_alone() -> None:
    """What a page says of them: the statistic of homogeneity is within 4 standard deviations of what chance gives."""
    settings = ["population.place=Rochdale", "run.replicates=20", "run.warm_up_days=14"]
    areas = run(load("site1", settings), details=False).small_areas
    most_deprived = areas[areas.quintile == 1]
    mothers = most_deprived.simulated_mothers
    for column in ("simulated_reached_day7", "simulated_any_6w"):
        share = most_deprived[column].sum() / mothers.sum()
        squares = (most_deprived[column] - mothers * share) ** 2 / (mothers * share * (1.0 - share))
        degrees = len(most_deprived) - 1
        assert abs(squares.sum() - degrees) < 4.0 * np.sqrt(2.0 * degrees), column


def test_imagined_areas_are_told_nothing_of() -> None:
    made = run(small("run.replicates=1"), details=False)
    assert made.small_areas.empty
    assert made.localities.empty
    assert list(made.localities.columns)[:4] == ["scenario", "level", "district", "ward"]


def test_one_run_has_no_limits() -> None:
    made = run(small("population.place=Rochdale", "run.replicates=1"), details=False)
    assert made.localities.reach_day7.notna().all()
    assert made.localities.reach_day7_lower.isna().all()
