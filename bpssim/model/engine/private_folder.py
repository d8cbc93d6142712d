"""A folder that no other user can write, so that code in it is safe to run."""

import os
import stat
from pathlib import Path


def private_folder(path: Path) -> Path:
    """Make a folder if needed, and check that it is the user's own and that no other user can write or replace it.

    Parameters
    ----------
    path
        Path of the folder; links are resolved once, and the returned path has none.

    Raises
    ------
    OSError
        If it cannot be made, is not a folder, or somebody other than the administrator could write or replace it. The
        message says where and why.
    """
    try:
        place = path.resolve()
    except RuntimeError as error:  # links that go round in a circle, before Python 3.13
        raise OSError(str(error)) from None
    for folder in reversed([place, *place.parents]):
        if not folder.exists():
            folder.mkdir(0o700)
        _refuse_foreign(folder, is_parent=folder != place)
    return place


def _refuse_foreign(folder: Path, is_parent: bool) -> None:
    """Refuse a folder that others can write; in a shared temporary folder they cannot replace the user's own."""
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode):
        raise NotADirectoryError(f"{folder} is no folder")
    if not hasattr(os, "geteuid"):  # Windows, where a user's folders are nobody else's
        return
    if status.st_uid != os.geteuid() and not (is_parent and status.st_uid == 0):
        raise PermissionError(f"{folder} belongs to somebody else")
    is_shared = bool(status.st_mode & (stat.S_IWGRP | stat.S_IWOTH))
    if is_shared and not (is_parent and status.st_mode & stat.S_ISVTX):
        raise PermissionError(f"{folder} can be written by others")
