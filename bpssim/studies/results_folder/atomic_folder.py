"""Results folders that appear complete or not at all; if their place fails, the results are kept elsewhere."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path

from bpssim.scenario.reading.messages import BadInput, Mistake, Origin
from bpssim.studies.results_folder.left_behind import building_of, old_of, tidy, tidy_beside
from bpssim.studies.results_folder.manifest import list_files
from bpssim.studies.results_folder.place import check_destination, next_free, resolved
from bpssim.studies.results_folder.sole_writer import Busy, sole_writer

REPORT = "report.html"


class Folder:
    """A folder of results under construction.

    Parameters
    ----------
    final
        Where the folder should appear.
    kind
        Kind of results.
    name
        Name before the number if it has to be numbered.
    held
        Locks of places that only this process writes to.

    Attributes
    ----------
    building : Path
        Hidden folder beside the final one, in which files are written.
    final : Path
        Where the folder will appear, or has appeared.
    refused : str
        Why it could not appear at its destination; empty if it could.
    rescued : list of Path
        Locations of finished results of killed processes that were found beside it.
    """

    def __init__(self, final: Path, kind: str, name: str, held: ExitStack) -> None:
        self.final, self.kind, self._name, self._held = final, kind, name, held
        self.building = building_of(resolved(final))
        self.refused = ""
        self.rescued: list[Path] = []

    def write(self, write: Callable[[Path], None]) -> None:
        """Write results and list them in the manifest; elsewhere if there is no room for them.

        Parameters
        ----------
        write
            Writes the results into a folder.

        Raises
        ------
        OSError
            If they cannot be written anywhere.
        """
        elsewhere = iter(_elsewhere())
        while True:
            try:
                write(self.building)
                list_files(self.building)  # from now on they survive if the process is killed
            except OSError as error:
                parent = next(elsewhere, None)
                if parent is None:
                    raise
                with suppress(OSError):
                    self._move_to(parent, f"{error.strerror or error}")
            else:
                return

    def appear(self, is_numbered: bool) -> None:
        """Move to the destination, or else to the next free name, there or elsewhere."""
        place = self.final
        try:
            place = resolved(place)
            if is_numbered or self.refused:
                while place.exists():  # another process was quicker
                    place = next_free(place.parent, self._name)
                    self.final = self.final.with_name(place.name)
            else:
                check_destination(place, self.kind)
            _replace(self.building, place)
        except (BadInput, OSError) as error:
            self._appear_elsewhere(place, _reason(error))

    def _appear_elsewhere(self, place: Path, reason: str) -> None:
        self.refused = self.refused or reason
        for parent in (place.parent, *_elsewhere()):
            free = next_free(parent, self._name, 2)
            try:
                _move(self.building, free)
            except OSError:
                continue
            self.final = free
            return
        if not self.building.exists():
            raise OSError(f"the results are lost: their folder was removed ({self.refused})")
        self.final = self.building

    def _move_to(self, parent: Path, reason: str) -> None:
        final = next_free(parent, self._name, 2)
        self._held.enter_context(sole_writer(final))
        building = building_of(final)
        try:
            if self.building.exists():
                shutil.copytree(self.building, building)
            else:  # its drive, or the folder alone, was removed
                building.mkdir()
                reason = "it was removed meanwhile; files written before that are lost"
        except OSError:
            shutil.rmtree(building, ignore_errors=True)
            raise
        shutil.rmtree(self.building, ignore_errors=True)
        self.building, self.final = building, final
        self.refused = self.refused or reason


@contextmanager
def atomic_folder(destination: Path | None, name: str, kind: str) -> Iterator[Folder]:
    """Give a folder to write in, which appears at its destination if the block succeeds, and otherwise leaves no trace.

    Its manifest lists all files, so that a later run does not replace anything else with them. If it cannot appear at
    its destination it is kept elsewhere, as `Folder.final` and `Folder.refused` then say.

    Parameters
    ----------
    destination
        Where the folder should appear, replacing earlier results; by default the next free ``results/<name>-<n>`` under
        the current directory.
    name
        For the default destination.
    kind
        Kind of results: ``run``, ``comparison``, ``budget``, ``story`` or ``set of documents``.

    Raises
    ------
    BadInput
        If the destination holds anything but results, cannot be written, or another process is writing there.
    """
    wanted = destination or next_free(Path("results"), name)
    with ExitStack() as held:
        with _refused(wanted):
            if destination is not None:
                check_destination(wanted, kind)
            made = [parent for parent in resolved(wanted).parents if not parent.exists()]
        try:
            with _refused(wanted):
                resolved(wanted).parent.mkdir(parents=True, exist_ok=True)
                hold = _hold if destination is not None else partial(_hold_numbered, name)
                final, held_for_sure = hold(wanted, held)
                place = resolved(final)
                folder = Folder(final, kind, name if destination is None else place.name, held)
                if held_for_sure:
                    folder.rescued = [*tidy(place), *tidy_beside(place)]
                if destination is not None:
                    check_destination(final, kind)
                folder.building.mkdir()
            try:
                yield folder
                folder.write(lambda _: None)  # lists files added since
            except BaseException:
                shutil.rmtree(folder.building, ignore_errors=True)
                raise
            folder.appear(is_numbered=destination is None)
        finally:
            held.close()
            for parent in made:
                with suppress(OSError):
                    parent.rmdir()  # if it is empty


@contextmanager
def _refused(final: Path) -> Iterator[None]:
    """Turn errors of the file system into a refusal in one line."""
    try:
        yield
    except OSError as error:
        raise BadInput(Mistake(Origin(str(final)), f"cannot be written ({error.strerror})")) from None


def _hold(final: Path, held: ExitStack) -> tuple[Path, bool]:
    return final, held.enter_context(sole_writer(resolved(final)))


def _hold_numbered(name: str, final: Path, held: ExitStack) -> tuple[Path, bool]:
    """Hold this number, or the next that no other run has taken."""
    while True:
        with suppress(Busy):
            return _hold(final, held)
        number = int(final.name.rpartition("-")[2])
        final = final.with_name(f"{name}-{number + 1}")


def _elsewhere() -> list[Path]:
    """Folders that may have room if the destination has none."""
    folders = []
    for current in (Path.cwd, tempfile.gettempdir):
        with suppress(OSError):  # it does not exist
            folders.append(Path(current()))
    return folders


def _reason(error: BadInput | OSError) -> str:
    if isinstance(error, OSError):
        return error.strerror or str(error)
    return str(error).partition(": ")[2]


def _replace(building: Path, place: Path) -> None:
    old = old_of(place)
    try:
        if place.exists():
            place.rename(old)
        building.rename(place)
    except BaseException:
        if old.exists() and not place.exists():
            old.rename(place)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _move(building: Path, free: Path) -> None:
    """Move a folder, also to another drive, so that it appears complete."""
    try:
        building.rename(free)
    except OSError:
        copy = building_of(free)
        try:
            shutil.copytree(building, copy)
            copy.rename(free)
        except OSError as error:
            shutil.rmtree(copy, ignore_errors=True)
            raise OSError(str(error)) from None
        shutil.rmtree(building, ignore_errors=True)
