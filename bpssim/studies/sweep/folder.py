"""The folder of a study: results as they come, what they are of, and where they come from."""

from pathlib import Path
from typing import Any, NamedTuple

from bpssim.outcomes.metrics import MetricRow, metric_rows
from bpssim.scenario.places.whose_births import whose_births
from bpssim.scenario.reading.writing import to_yaml
from bpssim.studies.plan.own_functions import source_of
from bpssim.studies.plan.reading import ReadStudy
from bpssim.studies.plan.study import Study
from bpssim.studies.results_folder.growing_folder import SCENARIOS, GrowingFolder
from bpssim.studies.results_folder.inputs import INPUTS
from bpssim.studies.results_folder.manifest import AboutStudy, counted_grades, write_manifest
from bpssim.studies.sweep.store import Store

STUDY, POINTS, FAILURES, METRICS = "study.yaml", "points.csv", "failures.csv", "metrics.csv"
OF_POINTS = ("point", "number", "row", "scenario")
"""Columns of `points.csv` before those of the factors."""


class FailureRow(NamedTuple):
    """A point that could not be run, one row of `failures.csv`."""

    point: str  # key of the point
    number: int  # number of the point in the study, from 0
    scenario: str  # name of the scenario
    seeds: str  # first and last seed
    reason: str  # what was wrong


class StudyFolder(GrowingFolder):
    """Folder of a study.

    Parameters
    ----------
    place
        Where it is, or will be.
    """

    def __init__(self, place: Path) -> None:
        super().__init__(place)
        self.store = Store(place)

    def prepare(self) -> None:
        """Make the folder of runs, and tidy up after a process that was killed."""
        self.store.prepare()

    def begin(self, read: ReadStudy, about: AboutStudy) -> None:
        """Write what is run, before anything is; the folder alone then repeats the study."""
        self.add_scenarios(read.scenarios)
        self.text(STUDY, to_yaml(self._study_here(read)))
        self.table(METRICS, MetricRow._fields, metric_rows())
        (self.place / FAILURES).unlink(missing_ok=True)
        write_manifest(self.place, about)

    def _study_here(self, read: ReadStudy) -> Study:
        """The study with this folder's scenarios and functions."""
        scenarios = [f"{SCENARIOS}/{scenario.name}.yaml" for scenario in read.scenarios]
        metrics = read.study.metrics
        if metrics:
            (self.place / INPUTS).mkdir(exist_ok=True)
            copy = f"{INPUTS}/{Path(metrics.file).name}"
            self.text(copy, source_of(metrics))
            metrics = metrics.model_copy(update={"file": copy})
        return read.study.model_copy(update={"scenarios": scenarios, "changes": {}, "metrics": metrics})


def about_study(read: ReadStudy, command: str, points: int) -> dict[str, Any]:
    """What a manifest says of a study, whatever was made of it.

    Parameters
    ----------
    read
        The study.
    command
        The command line, or what else it is made by.
    points
        Points of the study.
    """
    study = read.study
    return {
        "command": command,
        "study": study.name,
        "question": study.question,
        "scenarios": [scenario.name for scenario in read.scenarios],
        "factors": list(study.factors),
        "points": points,
        "seed": study.seed,
        "replicates": study.replicates,
        "mothers": whose_births(read.scenarios[0]),
        "input_grades": {scenario.name: counted_grades(scenario) for scenario in read.scenarios},
    }
