"""A file appears whole or not at all."""

import os
from pathlib import Path

from bpssim.scenario.messages import BadInput, Mistake, Origin


def check_file(path: Path) -> None:
    """Refuse, before work that takes its time, a file that cannot be written.

    Raises
    ------
    BadInput
        If a folder stands there, or nothing can be written beside it.
    """
    if path.is_dir():
        raise BadInput(Mistake(Origin(f"--out {path}"), "is a folder; give a file"))
    if not os.access(path.parent, os.W_OK):
        raise BadInput(Mistake(Origin(f"--out {path}"), "is in a folder that does not exist or cannot be written"))


def write_file(path: Path, content: str | bytes) -> None:
    """Write a text, or bytes, in place of what stood there.

    Raises
    ------
    BadInput
        If it cannot be written.
    """
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        unfinished.write_bytes(content.encode() if isinstance(content, str) else content)
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise BadInput(Mistake(Origin(str(path)), f"cannot be written ({error.strerror})")) from None
