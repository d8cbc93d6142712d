"""Files that appear complete or not at all, and are never written through a link."""

import os
from collections.abc import Mapping
from contextlib import suppress
from glob import escape
from pathlib import Path
from uuid import uuid4

from bpssim.scenario.reading.messages import BadInput, Mistake, Origin
from bpssim.scenario.reading.plain_file import check_plain_file
from bpssim.studies.results_folder.sole_writer import PREFIX, sole_writer

UNFINISHED = ".unfinished"
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def check_file(path: Path, option: str = "--out") -> None:
    """Refuse a file that cannot be written, before the work begins.

    Parameters
    ----------
    path
        The file.
    option
        Where it was given.

    Raises
    ------
    BadInput
        If a folder is there, or its own folder cannot be written to.
    """
    if path.is_dir():
        raise BadInput(Mistake(Origin(f"{option} {path}"), "is a folder; give a file"))
    if not os.access(path.parent, os.W_OK):
        raise BadInput(Mistake(Origin(f"{option} {path}"), "is in a folder that does not exist or cannot be written"))


def write_file(path: Path, content: str | bytes) -> None:
    """Write or replace a file; a link is followed to the file that it names.

    Raises
    ------
    BadInput
        If it cannot be written.
    """
    try:
        place = path.resolve()
        with sole_writer(place):
            write_files(place.parent, {place.name: content.encode() if isinstance(content, str) else content})
    except OSError as error:
        raise BadInput(Mistake(Origin(str(path)), f"cannot be written ({error.strerror})")) from None
    except RuntimeError:  # before Python 3.13
        raise BadInput(Mistake(Origin(str(path)), "is a link that leads back to itself")) from None


def write_files(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write files of one folder: first all under temporary names, so that they then appear together.

    Parameters
    ----------
    folder
        An existing folder that no other process writes to.
    contents
        Content by path within the folder.

    Raises
    ------
    OSError
        If any of them cannot be written; then none is.
    BadInput
        If there is a link, or anything else but a file, in its place.
    """
    for name in contents:
        _check_place(folder, name)
        _remove_left_behind(folder, name)
    unfinished = {name: folder / f"{PREFIX}{Path(name).name}-{uuid4().hex[:8]}{UNFINISHED}" for name in contents}
    try:
        for name, path in unfinished.items():
            with os.fdopen(os.open(path, _NEW, 0o666), "wb") as file:
                file.write(contents[name])
        for name, path in unfinished.items():
            (folder / name).parent.mkdir(exist_ok=True)
            path.replace(folder / name)
    except BaseException:
        for path in unfinished.values():
            path.unlink(missing_ok=True)
        raise


def _remove_left_behind(folder: Path, name: str) -> None:
    """Remove temporary files of a process that was killed while writing the same file."""
    for path in folder.glob(f"{PREFIX}{escape(Path(name).name)}-*{UNFINISHED}"):
        with suppress(OSError):
            path.unlink()


def _check_place(folder: Path, name: str) -> None:
    path = folder / name
    if path.parent != folder and (path.parent.is_symlink() or (path.parent.exists() and not path.parent.is_dir())):
        raise BadInput(Mistake(Origin(str(path.parent)), "is a link, or no folder, and nothing is written into it"))
    with suppress(FileNotFoundError, NotADirectoryError):
        check_plain_file(path, follow=False)
