"""Check that a path is an ordinary file: a pipe or device could block, or never end."""

import stat
from os import stat_result
from pathlib import Path

from bpssim.scenario.reading.messages import BadInput, Mistake, Origin

_OTHERS = (
    (stat.S_ISDIR, "is a folder, not a file"),
    (stat.S_ISFIFO, "is a pipe, not a file; save what comes out of it as a file"),
    (stat.S_ISSOCK, "is a socket, not a file"),
    (stat.S_ISLNK, "is a link, not a file of its own"),
)


def check_plain_file(path: Path, follow: bool = True) -> stat_result:
    """Return the status of a file before it is opened.

    Parameters
    ----------
    path
        The file.
    follow
        Whether it may be a link to one.

    Raises
    ------
    OSError, ValueError
        If there is no such file, or it cannot be looked at.
    BadInput
        If it is not an ordinary file.
    """
    info = path.stat(follow_symlinks=follow)
    if not stat.S_ISREG(info.st_mode):
        text = next((text for is_so, text in _OTHERS if is_so(info.st_mode)), "is a device, not a file")
        raise BadInput(Mistake(Origin(str(path)), text))
    return info
