"""The folder of a study: results as they come, what they are of, and where they come from."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from bpssim.outcomes.metrics import MetricRow, metric_rows
from bpssim.scenario.places.whose_births import whose_births
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin
from bpssim.scenario.reading.writing import to_yaml
from bpssim.studies.plan.own_functions import source_of
from bpssim.studies.plan.points import Making, Point
from bpssim.studies.plan.reading import ReadStudy
from bpssim.studies.results_folder.csv_files import write_csv
from bpssim.studies.results_folder.inputs import INPUTS, keep_inputs
from bpssim.studies.results_folder.manifest import (
    AboutStudy,
    counted_grades,
    is_clutter,
    list_files,
    manifest_of,
    write_manifest,
)
from bpssim.studies.results_folder.place import resolved
from bpssim.studies.results_folder.sole_writer import PREFIX, sole_writer
from bpssim.studies.sweep.estimates import EffectRow, PointRow, StudyEstimates
from bpssim.studies.sweep.store import Store

STUDY, POINTS, FAILURES, METRICS = "study.yaml", "points.csv", "failures.csv", "metrics.csv"
SUMMARY, EFFECTS = "summary.csv", "effects.csv"
OF_POINTS = ("point", "number", "row", "scenario")
"""Columns of `points.csv` before those of the factors."""


class FailureRow(NamedTuple):
    """A point that could not be run, one row of `failures.csv`."""

    point: str  # key of the point
    number: int  # number of the point in the study, from 0
    scenario: str  # name of the scenario
    seeds: str  # first and last seed
    reason: str  # what was wrong


class StudyFolder:
    """Folder of a study.

    Parameters
    ----------
    place
        Where it is, or will be.
    """

    def __init__(self, place: Path) -> None:
        self.place = place
        self.store = Store(place)

    @contextmanager
    def held(self, name: str) -> Iterator[None]:
        """Be the only one who writes there, within the block.

        Parameters
        ----------
        name
            Of the study.

        Raises
        ------
        bpssim.scenario.reading.messages.BadInput
            If something else is there, it cannot be written to, or another process is writing there.
        """
        origin = Origin(str(self.place))
        try:
            place = resolved(self.place)
            _check(place, name, Origin(f"--out {self.place}"))
            place.parent.mkdir(parents=True, exist_ok=True)
            with sole_writer(place):
                self.store.prepare()
                yield
        except OSError as error:
            raise BadInput(Mistake(origin, f"cannot be written ({error.strerror or error})")) from None

    def begin(self, read: ReadStudy, making: Making, points: Sequence[Point], command: str) -> None:
        """Write what is run, before anything is."""
        inputs = keep_inputs(self.place, read.scenarios)
        (self.place / "scenarios").mkdir(exist_ok=True)
        own = [f"scenarios/{scenario.name}.yaml" for scenario in read.scenarios]
        metrics = read.study.metrics
        if metrics:
            (self.place / INPUTS).mkdir(exist_ok=True)
            copy = f"{INPUTS}/{Path(metrics.file).name}"
            self._write(copy, partial(_write_text, source_of(metrics)))
            metrics = metrics.model_copy(update={"file": copy})
        here = read.study.model_copy(update={"scenarios": own, "changes": {}, "metrics": metrics})
        self._write(STUDY, partial(_write_text, to_yaml(here)))
        for scenario in read.scenarios:
            text = inputs.resolved(scenario, "../")
            self._write(f"scenarios/{scenario.name}.yaml", partial(_write_text, text))
        names = [scenario.name for scenario in read.scenarios]
        rows = (
            (point.key, point.number, point.row, names[point.scenario], *making.shown(point).values())
            for point in points
        )
        self._write(POINTS, lambda path: write_csv(path, (*OF_POINTS, *making.factors), rows))
        self._write(METRICS, lambda path: write_csv(path, MetricRow._fields, metric_rows()))
        (self.place / FAILURES).unlink(missing_ok=True)
        self._write_manifest(read, points, command, is_complete=False, failed=0)

    def end(
        self,
        read: ReadStudy,
        points: Sequence[Point],
        command: str,
        failures: Sequence[FailureRow],
        estimates: StudyEstimates,
    ) -> None:
        """Write the tables, and say that the results are complete."""
        self._write(SUMMARY, lambda path: write_csv(path, PointRow._fields, estimates.point_rows()))
        self._write(EFFECTS, lambda path: write_csv(path, EffectRow._fields, estimates.effect_rows()))
        in_order = sorted(failures, key=lambda failure: failure.number)
        self._write(FAILURES, lambda path: write_csv(path, FailureRow._fields, in_order))
        self._write_manifest(
            read, points, command, is_complete=not failures, failed=len({each.point for each in failures})
        )
        list_files(self.place)

    def _write_manifest(
        self, read: ReadStudy, points: Sequence[Point], command: str, is_complete: bool, failed: int
    ) -> None:
        study = read.study
        about = AboutStudy(
            command=command,
            study=study.name,
            question=study.question,
            scenarios=[scenario.name for scenario in read.scenarios],
            factors=list(study.factors),
            points=len(points),
            seed=study.seed,
            replicates=study.replicates,
            mothers=whose_births(read.scenarios[0]),
            complete=is_complete,
            failed=failed,
            input_grades={scenario.name: counted_grades(scenario) for scenario in read.scenarios},
        )
        write_manifest(self.place, about)

    def _write(self, name: str, write: Callable[[Path], object]) -> None:
        """Write a file that appears whole or not at all."""
        unfinished = self.place / f"{PREFIX}{uuid4().hex[:8]}"
        try:
            write(unfinished)
            unfinished.replace(self.place / name)
        finally:
            unfinished.unlink(missing_ok=True)


def _write_text(text: str, path: Path) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _check(place: Path, name: str, origin: Origin) -> None:
    """Refuse a place that holds anything but this study."""
    if not place.exists():
        return
    if not place.is_dir():
        raise BadInput(Mistake(origin, "is a file; give a folder"))
    manifest = manifest_of(place)
    if manifest is None:
        if other := next((path.name for path in place.iterdir() if not is_clutter(path.name)), ""):
            raise BadInput(Mistake(origin, "holds other files; give a new folder", found=other))
    elif not isinstance(manifest, AboutStudy) or manifest.study != name:
        holds = f"the study {manifest.study}" if isinstance(manifest, AboutStudy) else f"a {manifest.kind}"
        raise BadInput(Mistake(origin, "holds other results; give a new folder", found=holds))
