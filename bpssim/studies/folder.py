"""A results folder appears whole or not at all."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bpssim.scenario.messages import BadInput, Mistake, Origin

MANIFEST = "manifest.json"
"""A folder with this file is a results folder."""


@dataclass
class Folder:
    """A folder of results under construction.

    Parameters
    ----------
    building
        Where files are written; a hidden folder beside the final one.
    final
        Where the folder will appear, or has appeared.
    """

    building: Path
    final: Path


def check_destination(destination: Path) -> None:
    """Refuse to overwrite anything but results and empty folders.

    Raises
    ------
    BadInput
        If something else stands there.
    """
    if not destination.exists() or (destination / MANIFEST).is_file():
        return
    if not destination.is_dir():
        raise BadInput(Mistake(Origin(f"--out {destination}"), "is a file; give a folder"))
    if any(destination.iterdir()):
        text = "holds other files; give a new folder, or one with results that may be replaced"
        raise BadInput(Mistake(Origin(f"--out {destination}"), text))


@contextmanager
def whole_folder(destination: Path | None, name: str) -> Iterator[Folder]:
    """Give a folder to write in; when the block ends well it takes its place, and otherwise leaves no trace.

    Parameters
    ----------
    destination
        Where the folder is to appear; results that stand there are replaced. Without one it is the next free
        ``results/<name>-<n>`` under the current directory.
    name
        For the default destination.

    Raises
    ------
    BadInput
        If something other than results stands at the destination, or nothing can be written there.
    """
    final = destination or _next_free(Path("results"), name)
    check_destination(final)
    folder = Folder(final.parent / f".{final.name}.{os.getpid()}.part", final)
    made = [parent for parent in final.parents if not parent.exists()]
    try:
        folder.building.mkdir(parents=True)
    except OSError as error:
        raise BadInput(Mistake(Origin(str(final)), f"cannot be written ({error.strerror})")) from None
    try:
        yield folder
        if destination is None:
            _place_numbered(folder, name)
        else:
            check_destination(final)
            _replace(folder)
    except BaseException:
        shutil.rmtree(folder.building, ignore_errors=True)
        for parent in made:
            _remove_if_empty(parent)
        raise


def _next_free(parent: Path, name: str) -> Path:
    taken = parent.glob(f"{name}-*") if parent.is_dir() else iter(())
    matches = (re.fullmatch(rf"{re.escape(name)}-(\d+)", path.name) for path in taken)
    return parent / f"{name}-{1 + max((int(match[1]) for match in matches if match), default=0)}"


def _place_numbered(folder: Folder, name: str) -> None:
    """Take the number, or the next if another run took it in the meantime."""
    while True:
        try:
            folder.building.rename(folder.final)
            return
        except OSError:
            if not folder.final.exists():
                raise
            folder.final = _next_free(folder.final.parent, name)


def _replace(folder: Folder) -> None:
    old = folder.building.with_suffix(".old")
    if folder.final.exists():
        folder.final.rename(old)
    try:
        folder.building.replace(folder.final)
    except BaseException:
        if old.exists():
            old.rename(folder.final)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _remove_if_empty(folder: Path) -> None:
    try:
        folder.rmdir()
    except OSError:
        return
