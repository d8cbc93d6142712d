"""The folder of a calibration without a likelihood."""

from collections.abc import Callable
from pathlib import Path

from bpssim.studies.extras import check_installed
from bpssim.studies.plan.accepted import ACCEPTED, QUANTILE_OF
from bpssim.studies.plan.own_functions import added
from bpssim.studies.plan.points import Keys
from bpssim.studies.plan.reading import ReadStudy
from bpssim.studies.posterior.calibration import Calibrated, calibrate, calibration_of
from bpssim.studies.posterior.rows import POINT, ParameterSummaryRow, PredictiveRow
from bpssim.studies.results_folder.manifest import AboutCalibration
from bpssim.studies.sweep.folder import StudyFolder, about_study

PREDICTIVE, POSTERIOR = "predictive.csv", "posterior.csv"
_TRIED = "tried-{}.db"
"""Database of the points that were tried, by a digest of all that decides them: only the same study goes on with it."""


def default_folder(name: str) -> Path:
    """Folder of a calibration that names none: always the same, so that the same command goes on with it."""
    return Path("results", f"{name}-calibrated")


def calibrate_in(
    folder: StudyFolder, read: ReadStudy, command: str, workers: int = 1, progress: Callable[[int], None] | None = None
) -> Calibrated:
    """Calibrate, and write what came out; the caller holds the folder.

    Parameters
    ----------
    folder
        Where it goes on, or begins; another version of the study begins anew.
    read
        A study with targets.
    command
        The command line, or what else it is made by.
    workers, progress
        As for `bpssim.studies.posterior.calibration.calibrate`.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        As `bpssim.studies.posterior.calibration.calibrate`.
    """
    calibration_of(read)
    check_installed("bpssim calibrate", "pyABC", "calibration")
    with added(read.study.metrics):
        folder.begin(read, _about(read, command))
        file = folder.place / _TRIED.format(_digest(read))
        for other in set(folder.place.glob(_TRIED.format("*"))) - {file}:
            other.unlink()
        made = calibrate(read, file, workers, progress)
        names = list(read.study.factors)
        header = (POINT, *names, *(f"{QUANTILE_OF}{name}" for name in names))
        folder.table(ACCEPTED, header, made.point_rows())
        folder.table(PREDICTIVE, PredictiveRow._fields, made.predictive_rows())
        folder.table(POSTERIOR, ParameterSummaryRow._fields, made.parameter_rows())
        folder.end(_about(read, command, made))
    return made


def _digest(read: ReadStudy) -> str:
    study = read.study.model_dump_json(include={"factors", "calibration", "replicates"})
    return Keys(read, study).of(0, {})


def _about(read: ReadStudy, command: str, made: Calibrated | None = None) -> AboutCalibration:
    return AboutCalibration(
        **about_study(read, command, calibration_of(read).accepted),
        complete=made is not None,
        failed=0,
        tried=made.accepted.tried if made else 0,
        accepted=len(made.accepted.quantiles) if made else 0,
        effective=made.accepted.effective if made else 0.0,
    )
