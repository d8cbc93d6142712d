"""The analysis of a sweep, against what the same runs give by hand."""

from pathlib import Path

import numpy as np
import pytest

from bpssim.studies.plan.reading import read_study
from bpssim.studies.sensitivity.outcomes import Cell
from bpssim.studies.sensitivity.sensitivity import Contrast, Sensitivity
from bpssim.studies.sweep.folder import StudyFolder
from bpssim.studies.sweep.run import sweep
from bpssim.studies.sweep.sweep import Sweep
from bpssim.studies.sweep.tidy import open_study

STUDY = """
name: by_hand
scenarios: [site1, site1_evening_calls]
changes: {population.births_per_year: 150, run.warm_up_days: 14, run.window_days: 120}
factors:
  strength: {path: support.strength, levels: [0.0, 1.6]}
  hours: {path: hours, levels: [0.5, 1, 1.5]}
  place: {path: learning.shared_per_hour, range: [0.05, 0.5]}
  answered: {evidence: support.resolves}
design: {kind: DESIGN}
replicates: 3
outcomes: [any_6w, minutes_share]
"""


def analysed(place: Path, design: str) -> Sensitivity:
    path = place / "by_hand.yaml"
    path.write_text(STUDY.replace("DESIGN", design), encoding="utf-8")
    sweep(path, place / "results")
    return Sensitivity(Sweep(read_study(path), StudyFolder(place / "results"), "a test"), [Cell("any_6w", "all")])


def test_a_tornado_is_what_the_runs_say(tmp_path: Path) -> None:
    made = analysed(tmp_path, "one_at_a_time")
    runs = open_study(tmp_path / "results")
    runs = runs[(runs.metric == "any_6w") & (runs.quintile == "all")]
    level = runs[runs.scenario == "site1"].pivot_table(index="row", columns="seed", values="value")
    other = runs[runs.scenario == "site1_evening_calls"].pivot_table(index="row", columns="seed", values="value")
    strong = made.result(Contrast(0, False), Cell("any_6w", "all"))
    found = {(each.factor, each.at): each.value for each in strong.indices if each.measure == "at"}
    assert found["strength", "1.6"] == pytest.approx((level.loc[2] - level.loc[0]).mean())
    change = made.result(Contrast(1, True), Cell("any_6w", "all"))
    found = {(each.factor, each.at): each for each in change.indices if each.measure == "at"}["hours", "0.5"]
    by_seed = (other.loc[3] - level.loc[3]) - (other.loc[0] - level.loc[0])
    assert found.value == pytest.approx(by_seed.mean())
    assert (found.upper - found.lower) / 2 == pytest.approx(4.3027 * by_seed.std() / 3**0.5, rel=1e-4)  # 3 seeds


def test_quotients_are_those_of_means_over_seeds(tmp_path: Path) -> None:
    made = analysed(tmp_path, "one_at_a_time")
    runs = open_study(tmp_path / "results")
    minutes = runs[(runs.metric == "minutes") & (runs.scenario == "site1")].groupby(["row", "quintile"]).value.mean()
    shares = [minutes[row, "1"] / sum(minutes[row, str(quintile)] for quintile in range(1, 6)) for row in (0, 3)]
    swings = made.result(Contrast(0, False), Cell("minutes_share", "1"))
    change = next(each.value for each in swings.indices if (each.factor, each.at) == ("hours", "0.5"))
    assert change == pytest.approx(shares[1] - shares[0])
    assert change != 0.0


def test_what_nothing_reads_is_said_and_has_no_index(tmp_path: Path) -> None:
    made = analysed(tmp_path, "one_at_a_time")
    assert "place" in made.unread(Contrast(0, False))
    assert not made.varied["hours"].unread
    assert made.varied["hours"].grade == ""
    assert made.varied["answered"].evidence == "E41"
    assert all(each.factor != "place" for result in made.results for each in result.indices)


def test_rows_whose_levels_are_the_same_share_their_runs(tmp_path: Path) -> None:
    made = analysed(tmp_path, "sobol, size: 4")
    assert len(made.sweep.distinct) < len(made.sweep.points)
    assert made.sweep.missing() == []
    table = open_study(tmp_path / "results")
    assert len(table) == len(made.sweep.points) * 3 * len(made.sweep.work.kept.cells)
    assert table.number.is_monotonic_increasing
    assert made.result(Contrast(0, False), Cell("any_6w", "all")).left_out == 0


def test_stronger_support_only_ever_helps(tmp_path: Path) -> None:
    result = analysed(tmp_path, "morris, size: 3").result(Contrast(0, False), Cell("any_6w", "all"))
    effects = {(each.factor, each.measure): each.value for each in result.indices}
    assert effects["strength", "mu"] == pytest.approx(effects["strength", "mu_star"])
    assert effects["strength", "mu"] > 0.0


def test_a_point_that_is_not_there_leaves_its_rows_out(tmp_path: Path) -> None:
    made = analysed(tmp_path, "sobol, size: 4")
    store = made.sweep.folder.store
    lost = made.sweep.points[4].key
    kept = store.tables

    def without(keys: list[str]) -> object:
        return ((key, table) for key, table in kept(keys) if key != lost)

    store.tables = without  # type: ignore[assignment, method-assign]
    result = made.result(Contrast(0, False), Cell("any_6w", "all"))
    assert result.left_out >= 1
    assert not np.isnan([each.value for each in result.indices]).any()
