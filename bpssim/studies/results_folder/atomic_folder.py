"""A results folder appears whole or not at all, and what was computed is kept: if not there, then elsewhere."""

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
        Where the folder will appear.
    kind
        What the results are.
    name
        What stands before the number where it has to be numbered.
    held
        Holds the places to which only this process writes.

    Attributes
    ----------
    building : Path
        Where files are written; a hidden folder beside the final one.
    final : Path
        Where the folder will appear, or has appeared.
    refused : str
        Why it is not where it was meant to appear; empty if it is.
    rescued : list of Path
        Where finished results of killed processes now are that were found beside it.
    """

    def __init__(self, final: Path, kind: str, name: str, held: ExitStack) -> None:
        self.final, self.kind, self._name, self._held = final, kind, name, held
        self.building = building_of(resolved(final))
        self.refused = ""
        self.rescued: list[Path] = []

    def write(self, write: Callable[[Path], None]) -> None:
        """Write what was computed, and list it; where there is no room for it, in another place that has some.

        Parameters
        ----------
        write
            Writes it into a folder.

        Raises
        ------
        OSError
            If it cannot be written anywhere.
        """
        elsewhere = iter(_elsewhere())
        while True:
            try:
                write(self.building)
                list_files(self.building)  # from now on a process may be killed, and this is kept
            except OSError as error:
                parent = next(elsewhere, None)
                if parent is None:
                    raise
                with suppress(OSError):
                    self._move_to(parent, f"{error.strerror or error}")
            else:
                return

    def appear(self, is_numbered: bool) -> None:
        """Take the place that was meant, or else the next free name, there or elsewhere."""
        place = self.final
        try:
            place = resolved(place)
            if is_numbered or self.refused:
                while place.exists():  # somebody was quicker
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
            else:  # with the drive that it was on, or by somebody's hand
                building.mkdir()
                reason = "it was removed meanwhile; what was written there by then is lost"
        except OSError:
            shutil.rmtree(building, ignore_errors=True)
            raise
        shutil.rmtree(self.building, ignore_errors=True)
        self.building, self.final = building, final
        self.refused = self.refused or reason


@contextmanager
def atomic_folder(destination: Path | None, name: str, kind: str) -> Iterator[Folder]:
    """Give a folder to write in; when the block ends well it takes its place, and otherwise leaves no trace.

    Its manifest is told of all files, so that a later run replaces nothing else with them. If it cannot take its place
    at the end it is kept elsewhere, as `Folder.final` and `Folder.refused` then say.

    Parameters
    ----------
    destination
        Where the folder is to appear; results that stand there are replaced. Without one it is the next free
        ``results/<name>-<n>`` under the current directory.
    name
        For the default destination.
    kind
        What the results are: ``run``, ``comparison`` or ``story``.

    Raises
    ------
    BadInput
        If something other than results stands at the destination, nothing can be written there, or another process is
        writing there.
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
                folder.write(lambda _: None)  # lists what was put there since
            except BaseException:
                shutil.rmtree(folder.building, ignore_errors=True)
                raise
            folder.appear(is_numbered=destination is None)
        finally:
            held.close()
            for parent in made:
                with suppress(OSError):
                    parent.rmdir()  # if nothing is in it


@contextmanager
def _refused(final: Path) -> Iterator[None]:
    """Say in one line why nothing can be written there."""
    try:
        yield
    except OSError as error:
        raise BadInput(Mistake(Origin(str(final)), f"cannot be written ({error.strerror})")) from None


def _hold(final: Path, held: ExitStack) -> tuple[Path, bool]:
    return final, held.enter_context(sole_writer(resolved(final)))


def _hold_numbered(name: str, final: Path, held: ExitStack) -> tuple[Path, bool]:
    """Hold the number, or the next that no other run has taken."""
    while True:
        with suppress(Busy):
            return _hold(final, held)
        number = int(final.name.rpartition("-")[2])
        final = final.with_name(f"{name}-{number + 1}")


def _elsewhere() -> list[Path]:
    """Folders in which there may be room where there is none in the place that was meant."""
    found = []
    for folder in (Path.cwd, tempfile.gettempdir):
        with suppress(OSError):  # there is none
            found.append(Path(folder()))
    return found


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
    """Move a folder, also to another drive, so that it appears whole."""
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
