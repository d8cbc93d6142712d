"""One process at a time writes to a place: a lock file beside it, released when its process ends."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bpssim.scenario.reading.messages import BadInput, Mistake, Origin

PREFIX = ".bpssim-"
"""Prefix of all temporary files and folders beside or among results."""
LOCK = ".lock"


class Busy(BadInput):
    """Another process is writing there."""


@contextmanager
def sole_writer(place: Path) -> Iterator[bool]:
    """Hold the lock of a place while writing to it.

    If no lock can be made, work continues without one: either nothing can be created there, or the file system has no
    locks.

    Parameters
    ----------
    place
        Path of a file or folder, with all links resolved.

    Yields
    ------
    bool
        Whether there is a lock, so that no other process can be writing there.

    Raises
    ------
    Busy
        If another process is writing there.
    """
    path = place.parent / f"{PREFIX}{place.name}{LOCK}"
    descriptor = None
    with suppress(OSError):
        descriptor = _take(path)
    try:
        if descriptor == _HELD:
            raise Busy(Mistake(Origin(str(place)), "another run is writing there; wait for it, or write elsewhere"))
        yield descriptor is not None
    finally:
        if descriptor is not None and descriptor != _HELD:
            _give_back(path, descriptor)


_HELD = -1


def _take(path: Path) -> int:
    """Return the descriptor of the lock, or `_HELD` if another process has it.

    Raises
    ------
    OSError
        If no lock can be made.
    """
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
        try:
            is_mine = _lock(descriptor)
        except OSError:  # this file system has no locks
            _give_back(path, descriptor)
            raise
        if not is_mine:
            os.close(descriptor)
            return _HELD
        with suppress(OSError):
            if os.fstat(descriptor).st_ino == path.stat().st_ino:
                return descriptor
        os.close(descriptor)  # its former holder has removed the file meanwhile


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _give_back(path: Path, descriptor: int) -> None:
        os.close(descriptor)  # an open file cannot be removed here
        with suppress(OSError):
            path.unlink()

else:
    import fcntl

    def _lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _give_back(path: Path, descriptor: int) -> None:
        with suppress(OSError):
            path.unlink()
        os.close(descriptor)
