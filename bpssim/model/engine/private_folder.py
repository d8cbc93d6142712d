"""A folder whose content nobody else can have written, so that what lies in it can be run."""

import os
import stat
from pathlib import Path


def private_folder(path: Path) -> Path:
    """Make a folder where there is none, and see that it is mine and that no other user can write or replace it.

    Parameters
    ----------
    path
        Where it is to be; links are followed once, and what is returned has none.

    Raises
    ------
    OSError
        If it cannot be made, is no folder, or others than the administrator could put something into it or in its
        place. The message says where and why.
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
    """Refuse what others can write; in a shared temporary folder they can at least not replace what is mine."""
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode):
        raise NotADirectoryError(f"{folder} is no folder")
    if not hasattr(os, "geteuid"):  # Windows, where a user's folders are nobody else's
        return
    if found.st_uid != os.geteuid() and not (is_parent and found.st_uid == 0):
        raise PermissionError(f"{folder} belongs to somebody else")
    is_shared = bool(found.st_mode & (stat.S_IWGRP | stat.S_IWOTH))
    if is_shared and not (is_parent and found.st_mode & stat.S_ISVTX):
        raise PermissionError(f"{folder} can be written by others")
