"""A results folder appears whole or not at all."""

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import uuid4

from bpssim.scenario.messages import BadInput, Mistake, Origin

MANIFEST = "manifest.json"
REPORT = "report.html"
PROGRAM = "bpssim"
"""What the manifest of a results folder has under `program`; other software writes manifests too."""


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


def manifest_of(folder: Path) -> dict[str, Any]:
    """What a folder that this program wrote says of itself; empty if it did not write it."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return manifest if isinstance(manifest, dict) and manifest.get("program") == PROGRAM else {}


def lines_of(folder: Path) -> dict[str, int]:
    """Every file in a folder but its manifest, by its path within: the number of lines of a table, 0 for others."""
    files = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return {
        name: path.read_bytes().count(b"\n") if path.suffix == ".csv" else 0
        for name, path in files.items()
        if name != MANIFEST
    }


def check_destination(destination: Path, kind: str) -> None:
    """Refuse to replace anything but results of one kind and empty folders, and folders that stay where they are.

    Parameters
    ----------
    destination
        Where results are to appear.
    kind
        What they are: ``run``, ``comparison`` or ``story``.

    Raises
    ------
    BadInput
        If something else stands there, or the folder is in use as a whole.
    """
    origin = Origin(f"--out {destination}")
    place = destination.resolve()  # gone/.. does not exist as it is written, and yet means this folder
    if not place.exists():
        return
    if not place.is_dir():
        raise BadInput(Mistake(origin, "is a file; give a folder"))
    manifest = manifest_of(place)
    if manifest:  # only then, for a folder of others may be a whole disk
        others = lines_of(place).keys() - manifest.get("files", {}).keys()
    else:
        others = {path.name for path in islice(place.iterdir(), 1)}
    if others:
        text = "holds other files; give a new folder, or one with results that may be replaced"
        raise BadInput(Mistake(origin, text, found=min(others)))
    if manifest and manifest["kind"] != kind:
        text = f"holds results of another kind, which a {kind} does not replace; give a new folder"
        raise BadInput(Mistake(origin, text, found=f"a {manifest['kind']}"))
    if place.is_mount() or Path.cwd().is_relative_to(place):
        text = "is a drive, or the folder you are in, and cannot be replaced; give a folder inside it"
        raise BadInput(Mistake(origin, text))


@contextmanager
def whole_folder(destination: Path | None, name: str, kind: str) -> Iterator[Folder]:
    """Give a folder to write in; when the block ends well it takes its place, and otherwise leaves no trace.

    Its manifest is told of all files, so that a later run replaces nothing else with them.

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
        If something other than results stands at the destination, or nothing can be written there.
    """
    final = destination or _next_free(Path("results"), name)
    with _refused(final):
        check_destination(final, kind)
        place = final.resolve()
        made = [parent for parent in place.parents if not parent.exists()]
    folder = Folder(place.parent / f".{place.name}.{uuid4().hex[:8]}.part", final)
    try:
        with _refused(final):
            folder.building.mkdir(parents=True)
        yield folder
        _list_files(folder.building)
        if destination is None:
            _place_numbered(folder, name)
        else:
            check_destination(place, kind)
            _replace(folder.building, place)
    except BaseException:
        shutil.rmtree(folder.building, ignore_errors=True)
        for parent in made:
            _remove_if_empty(parent)
        raise


def _list_files(folder: Path) -> None:
    manifest = manifest_of(folder)
    if manifest:
        text = json.dumps({**manifest, "files": lines_of(folder)}, indent=2)
        (folder / MANIFEST).write_text(f"{text}\n", encoding="utf-8")


@contextmanager
def _refused(final: Path) -> Iterator[None]:
    """Say in one line why nothing can be written there."""
    try:
        yield
    except OSError as error:
        raise BadInput(Mistake(Origin(str(final)), f"cannot be written ({error.strerror})")) from None


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


def _replace(building: Path, place: Path) -> None:
    old = building.with_suffix(".old")
    try:
        if place.exists():
            place.rename(old)
        building.replace(place)
    except BaseException:
        if old.exists() and not place.exists():
            old.rename(place)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _remove_if_empty(folder: Path) -> None:
    try:
        folder.rmdir()
    except OSError:
        return
