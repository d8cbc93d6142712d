"""The folder of a study: results as they come, what they are of, and where they come from."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

from bpssim.outcomes.metrics import MetricRow, metric_rows
from bpssim.scenario.places.whose_births import whose_births
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin
from bpssim.scenario.reading.writing import to_yaml
from bpssim.scenario.scenario import Scenario
from bpssim.studies.plan.own_functions import source_of
from bpssim.studies.plan.reading import ReadStudy
from bpssim.studies.plan.study import Study
from bpssim.studies.results_folder.csv_files import write_csv
from bpssim.studies.results_folder.inputs import INPUTS, keep_inputs
from bpssim.studies.results_folder.manifest import (
    MANIFEST,
    AboutStudy,
    counted_grades,
    is_clutter,
    list_files,
    manifest_of,
    write_manifest,
)
from bpssim.studies.results_folder.place import resolved
from bpssim.studies.results_folder.sole_writer import PREFIX, sole_writer
from bpssim.studies.sweep.store import RUNS, Store

STUDY, POINTS, FAILURES, METRICS = "study.yaml", "points.csv", "failures.csv", "metrics.csv"
SCENARIOS = "scenarios"
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
    def held(self, name: str, kind: type[AboutStudy] = AboutStudy) -> Iterator[None]:
        """Be the only one who writes there, within the block.

        Parameters
        ----------
        name
            Of the study.
        kind
            Kind of results that may be there already.

        Raises
        ------
        bpssim.scenario.reading.messages.BadInput
            If something else is there, it cannot be written to, or another process is writing there.
        """
        origin = Origin(str(self.place))
        try:
            place = resolved(self.place)
            _check(place, name, kind, Origin(f"--out {self.place}"))
            made = [each for each in (place, *place.parents) if not each.exists()]
            place.parent.mkdir(parents=True, exist_ok=True)
            try:
                with sole_writer(place):
                    self.store.prepare()
                    yield
            finally:
                if not (place / MANIFEST).exists():  # nothing was begun
                    _remove_empty(place, made)
        except OSError as error:
            raise BadInput(Mistake(origin, f"cannot be written ({error.strerror or error})")) from None

    def begin(self, read: ReadStudy, about: AboutStudy) -> None:
        """Write what is run, before anything is; the folder alone then repeats the study."""
        self.add_scenarios(read.scenarios)
        self.write(STUDY, partial(_write_text, to_yaml(self._study_here(read))))
        self.table(METRICS, MetricRow._fields, metric_rows())
        (self.place / FAILURES).unlink(missing_ok=True)
        write_manifest(self.place, about)

    def end(self, about: AboutStudy) -> None:
        """Say what is there, last of all."""
        write_manifest(self.place, about)
        list_files(self.place)

    def add_scenarios(self, scenarios: Sequence[Scenario]) -> None:
        """Write scenarios, and the files that they name."""
        inputs = keep_inputs(self.place, scenarios)
        (self.place / SCENARIOS).mkdir(exist_ok=True)
        for scenario in scenarios:
            self.write(f"{SCENARIOS}/{scenario.name}.yaml", partial(_write_text, inputs.resolved(scenario, "../")))

    def table(self, name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Write a table."""
        self.write(name, lambda path: write_csv(path, header, rows))

    def write(self, name: str, write: Callable[[Path], object]) -> None:
        """Write a file that appears whole or not at all."""
        unfinished = self.place / f"{PREFIX}{uuid4().hex[:8]}"
        try:
            write(unfinished)
            unfinished.replace(self.place / name)
        finally:
            unfinished.unlink(missing_ok=True)

    def _study_here(self, read: ReadStudy) -> Study:
        """The study with this folder's scenarios and functions."""
        scenarios = [f"{SCENARIOS}/{scenario.name}.yaml" for scenario in read.scenarios]
        metrics = read.study.metrics
        if metrics:
            (self.place / INPUTS).mkdir(exist_ok=True)
            copy = f"{INPUTS}/{Path(metrics.file).name}"
            self.write(copy, partial(_write_text, source_of(metrics)))
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


def _remove_empty(place: Path, made: Sequence[Path]) -> None:
    """Remove folders that were made for nothing."""
    with suppress(OSError):
        (place / RUNS).rmdir()
    for folder in made:
        with suppress(OSError):
            folder.rmdir()


def _write_text(text: str, path: Path) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _check(place: Path, name: str, kind: type[AboutStudy], origin: Origin) -> None:
    """Refuse a place that holds anything but this study."""
    if not place.exists():
        return
    if not place.is_dir():
        raise BadInput(Mistake(origin, "is a file; give a folder"))
    manifest = manifest_of(place)
    if manifest is None:
        found = (path for path in place.iterdir() if not is_clutter(path.name))
        begun = (path for path in found if not (path.name == RUNS and path.is_dir() and not any(path.iterdir())))
        if other := next((path.name for path in begun), ""):
            raise BadInput(Mistake(origin, "holds other files; give a new folder", found=other))
    elif type(manifest) is not kind or manifest.study != name:
        holds = f"the {manifest.kind} {manifest.study}" if isinstance(manifest, AboutStudy) else f"a {manifest.kind}"
        raise BadInput(Mistake(origin, "holds other results; give a new folder", found=holds))
