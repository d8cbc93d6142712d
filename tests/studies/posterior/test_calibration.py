"""Calibration without a likelihood: the posterior is the right one, and its points are used as draws."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

import bpssim as bps
from bpssim.scenario.reading.messages import BadInput
from bpssim.scenario.scenario import load
from bpssim.studies.plan.accepted import read_accepted
from bpssim.studies.plan.at_accepted import at_point
from bpssim.studies.plan.points import making_of, points_of
from bpssim.studies.plan.reading import read_study
from bpssim.studies.posterior.abc import Wanted, accepted_points
from bpssim.studies.posterior.results import calibrate_in
from bpssim.studies.results_folder.manifest import AboutCalibration
from bpssim.studies.sweep.folder import StudyFolder
from bpssim.studies.uncertainty.draws import draws
from tests.studies.plan.files import written

STUDY = """\
factors:
  answering: {evidence: P3}
  ward: {path: pathways.ward_visit.reached.by_quintile, range: [0, 1]}
  strength: {path: support.strength, range: [0, 1.6]}
replicates: 1
calibration:
  targets:
    reach_day7: {value: 0.6, error: 0.05}
    any_6w: {value: 0.4, error: 0.03, check: true}
  accepted: 30
"""


def line(quantiles: Mapping[str, float]) -> NDArray[np.float64]:
    """A model whose posterior is known: one figure, the quantile itself."""
    return np.array([quantiles["a"]])


@pytest.mark.parametrize("workers", [1, 2])
def test_the_posterior_is_that_of_a_normal_error(workers: int, tmp_path: Path) -> None:
    """With a uniform prior it is the normal density around the target, which the ends of the range do not touch."""
    wanted = Wanted([0.5], [0.05], accepted=120, most=50_000, seed=1)
    found = accepted_points(line, ["a"], wanted, tmp_path / "tried.db", workers)
    error = 0.05 / found.effective**0.5
    assert abs(found.quantiles.mean() - 0.5) < 4.0 * error
    assert found.quantiles.std() == pytest.approx(0.05, rel=4.0 / (2.0 * found.effective) ** 0.5)
    assert np.array_equal(found.figures, found.quantiles)


def test_the_same_points_come_back_and_nothing_is_run_again(tmp_path: Path) -> None:
    wanted = Wanted([0.5], [0.1], accepted=50, most=5_000, seed=1)
    first = accepted_points(line, ["a"], wanted, tmp_path / "one.db")
    again = accepted_points(line, ["a"], wanted, tmp_path / "two.db")
    assert np.array_equal(first.quantiles, again.quantiles)

    def run(_: Mapping[str, float]) -> NDArray[np.float64]:
        raise AssertionError("nothing should be run")

    assert np.array_equal(accepted_points(run, ["a"], wanted, tmp_path / "one.db").quantiles, first.quantiles)


def test_targets_that_no_point_gives_are_refused(tmp_path: Path) -> None:
    wanted = Wanted([9.0], [0.05], accepted=20, most=200, seed=1)
    with pytest.raises(BadInput, match="too few points agree with the targets after 200"):
        accepted_points(line, ["a"], wanted, tmp_path / "tried.db")


@pytest.fixture(scope="module")
def calibrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("calibrated")
    read = read_study(written(folder, STUDY))
    out = StudyFolder(folder / "out")
    with out.held("tried", AboutCalibration):
        calibrate_in(out, read, "a test")
    return folder / "out"


def test_accepted_points_agree_and_what_does_not_matter_stays_as_it_was(calibrated: Path) -> None:
    predictive = pd.read_csv(calibrated / "predictive.csv").set_index("target")
    assert abs(predictive.z["reach_day7"]) < 2.0
    assert predictive.use.to_dict() == {"reach_day7": "fitted", "any_6w": "checked"}
    learned = pd.read_csv(calibrated / "posterior.csv").set_index("factor").learned
    assert learned["ward"] > 0.25  # whom supporters meet on the ward decides who is reached
    assert learned["strength"] < learned["ward"] / 2.0  # how strong support is does not


def test_the_files_say_the_same(calibrated: Path) -> None:
    accepted = pd.read_csv(calibrated / "accepted.csv")
    assert len(accepted) == 30
    assert (accepted["quantile of strength"] * 1.6).to_list() == pytest.approx(accepted.strength.to_list())
    assert len(read_accepted(calibrated)) == 30


def test_draws_take_what_was_calibrated_from_one_point_together(calibrated: Path) -> None:
    points, site1 = read_accepted(calibrated), load("site1", ["population.births_per_year=200"])
    drawn = list(draws([site1], 30, 1, points))
    assert sorted(draw.point for draw in drawn) == list(range(30))  # each once
    for draw in drawn[:5]:
        at = at_point(points, site1, draw.point)
        assert draw.scenarios[0].support.strength == at.support.strength
        drawn_gate, own_gate = (each.pathways["call_48h"].connects for each in (draw.scenarios[0], at))
        assert drawn_gate.by_quintile == own_gate.by_quintile
        varies, own = (each.pathways["home_visit"].accepts for each in (draw.scenarios[0], at))
        assert varies != own  # nothing was learned of it, so it varies by itself
    assert "P3" not in drawn[0].quantiles
    assert "calibrated: answering" in drawn[0].quantiles


def test_a_comparison_draws_from_the_points(calibrated: Path) -> None:
    small = {"population.births_per_year": 200, "run.warm_up_days": 14}
    base, other = (load(name).with_(small) for name in ("site1", "site1_interpreters"))
    found = bps.compare(base, other, replicates=2, uncertainty=10, calibrated=calibrated)
    assert found.uncertainty is not None
    assert "calibrated: answering" in found.uncertainty.parameters


def test_a_budget_draws_from_the_points(calibrated: Path) -> None:
    site1 = load("site1").with_({"population.births_per_year": 200, "run.warm_up_days": 14})
    found = bps.budget(site1, 5000, replicates=2, uncertainty=10, calibrated=calibrated)
    assert found.comparison.uncertainty is not None
    assert "calibrated: answering" in found.comparison.uncertainty.parameters


def test_a_sweep_runs_every_point_and_its_folder_stands_alone(calibrated: Path, tmp_path: Path) -> None:
    read = read_study(written(tmp_path, f"factors: {{known: {{calibrated: {calibrated}}}}}"))
    points = points_of(read)
    assert len(points) == 30
    accepted = read_accepted(calibrated)
    made = making_of(read).scenario_of(points[7])
    assert made.support.strength == at_point(accepted, read.scenarios[0], 7).support.strength


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (STUDY.replace("reach_day7:", "reach_day8:"), "did you mean 'reach_day7'?"),
        (STUDY.replace("error: 0.05}", "error: 0}"), "calibration.targets.reach_day7.error: should be a number"),
        (STUDY.replace("value: 0.6, error: 0.05", "value: 0.6, error: 0.05, check: true"), "are all checks"),
        ("factors: {a: {calibrated: nowhere}}", "factors.a.calibrated: is not the folder of a calibration"),
        ("factors: {a: {calibrated: nowhere, levels: [1]}}", "does not go with points of a calibration"),
    ],
)  # fmt: skip
def test_mistakes_in_a_calibration_are_told_where_they_stand(text: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as refused:
        read_study(written(tmp_path, text))
    assert told in str(refused.value)
