"""Where results may go: to a free place, or in place of earlier results of the same kind."""

import re
from pathlib import Path

from bpssim.scenario.reading.messages import BadInput, Mistake, Origin
from bpssim.studies.results_folder.manifest import MANIFEST, files_in, is_as_written, is_clutter, manifest_of


def check_destination(destination: Path, kind: str) -> None:
    """Refuse any destination but a free place, an empty folder, or unchanged results of the same kind.

    Parameters
    ----------
    destination
        Where results should appear.
    kind
        Kind of results: ``run``, ``comparison``, ``budget``, ``story`` or ``set of documents``.

    Raises
    ------
    BadInput
        If something else is there, or the folder itself is in use.
    """
    origin = Origin(f"--out {destination}")
    place = resolved(destination)  # gone/.. does not exist as written, but means this folder
    if not place.exists():
        return
    if not place.is_dir():
        raise BadInput(Mistake(origin, "is a file; give a folder"))
    manifest = manifest_of(place)
    if manifest:  # only then, because a folder of other files may be a whole disk
        _refuse_changed(place, manifest.files, origin)
    elif other := next((path.name for path in place.iterdir() if not is_clutter(path.name)), ""):
        raise BadInput(_holds_others(origin, other))
    if manifest and manifest.kind != kind:
        text = f"holds results of another kind, which a {kind} does not replace; give a new folder"
        raise BadInput(Mistake(origin, text, found=f"a {manifest.kind}"))
    if place.is_mount() or Path.cwd().is_relative_to(place):
        text = "is a drive, or the folder you are in, and cannot be replaced; give a folder inside it"
        raise BadInput(Mistake(origin, text))


def _refuse_changed(place: Path, files: dict[str, str], origin: Origin) -> None:
    """Refuse to replace files that were added or changed since, because somebody may want to keep them."""
    names = [name for name in files_in(place) if name != MANIFEST and not is_clutter(name)]
    if others := [name for name in names if name not in files]:
        raise BadInput(_holds_others(origin, others[0]))
    if changed := [name for name in names if not is_as_written(place, name, files)]:
        text = "holds a file that was changed since it was written; give a new folder, or move the file away"
        raise BadInput(Mistake(origin, text, found=changed[0]))


def _holds_others(origin: Origin, name: str) -> Mistake:
    text = "holds other files; give a new folder, or one with results that may be replaced"
    return Mistake(origin, text, found=name)


def resolved(path: Path) -> Path:
    """A path without links.

    Raises
    ------
    BadInput
        If its links form a loop.
    """
    try:
        return path.resolve()
    except RuntimeError:  # before Python 3.13, which reports it only when the path is opened
        raise BadInput(Mistake(Origin(str(path)), "is a link that leads back to itself")) from None


def next_free(parent: Path, name: str, first: int = 1) -> Path:
    """Path of the next numbered folder.

    Parameters
    ----------
    parent
        Its parent folder.
    name
        Name before the number.
    first
        Number if there is no such folder yet.
    """
    taken = parent.glob("*") if parent.is_dir() else iter(())
    matches = (re.fullmatch(rf"{re.escape(name)}-(\d{{1,9}})", path.name) for path in taken)
    return parent / f"{name}-{max((1 + int(match[1]) for match in matches if match), default=first)}"
