"""A results folder that is gone on with: what was run is kept as it comes, whatever happens next."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from uuid import uuid4

from bpssim.scenario.reading.messages import BadInput, Mistake, Origin
from bpssim.scenario.scenario import Scenario
from bpssim.studies.results_folder.csv_files import write_csv
from bpssim.studies.results_folder.inputs import keep_inputs
from bpssim.studies.results_folder.manifest import (
    MANIFEST,
    AboutBarriers,
    AboutGrowing,
    AboutStudy,
    is_clutter,
    list_files,
    manifest_of,
    write_manifest,
)
from bpssim.studies.results_folder.place import resolved
from bpssim.studies.results_folder.sole_writer import PREFIX, sole_writer

RUNS = "runs"
"""Folder of what was run."""
SCENARIOS = "scenarios"


class GrowingFolder:
    """A folder of results that come one by one.

    Parameters
    ----------
    place
        Where it is, or will be.
    """

    def __init__(self, place: Path) -> None:
        self.place = place

    def prepare(self) -> None:
        """Make the folder of runs, and remove what a killed process left unfinished."""
        runs = self.place / RUNS
        runs.mkdir(parents=True, exist_ok=True)
        for unfinished in runs.glob(f"{PREFIX}*"):
            unfinished.unlink()

    @contextmanager
    def held(self, name: str, kind: type[AboutGrowing] = AboutStudy) -> Iterator[None]:
        """Be the only one who writes there, within the block.

        Parameters
        ----------
        name
            Of what is studied.
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
                    self.prepare()
                    yield
            finally:
                if not (place / MANIFEST).exists():  # nothing was begun
                    _remove_empty(place, made)
        except OSError as error:
            raise BadInput(Mistake(origin, f"cannot be written ({error.strerror or error})")) from None

    def end(self, about: AboutStudy | AboutBarriers) -> None:
        """Say what is there, last of all."""
        write_manifest(self.place, about)
        list_files(self.place)

    def add_scenarios(self, scenarios: Sequence[Scenario]) -> None:
        """Write scenarios, and the files that they name."""
        inputs = keep_inputs(self.place, scenarios)
        (self.place / SCENARIOS).mkdir(exist_ok=True)
        for scenario in scenarios:
            self.text(f"{SCENARIOS}/{scenario.name}.yaml", inputs.resolved(scenario, "../"))

    def text(self, name: str, text: str) -> None:
        """Write a text."""
        self.write(name, partial(_write_text, text))

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


def _remove_empty(place: Path, made: Sequence[Path]) -> None:
    """Remove folders that were made for nothing."""
    with suppress(OSError):
        (place / RUNS).rmdir()
    for folder in made:
        with suppress(OSError):
            folder.rmdir()


def _write_text(text: str, path: Path) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _check(place: Path, name: str, kind: type[AboutGrowing], origin: Origin) -> None:
    """Refuse a place that holds anything but results of this kind and name."""
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
    elif type(manifest) is not kind or manifest.subject != name:
        holds = (
            f"the {manifest.kind} {manifest.subject}" if isinstance(manifest, AboutGrowing) else f"a {manifest.kind}"
        )
        raise BadInput(Mistake(origin, "holds other results; give a new folder", found=holds))
