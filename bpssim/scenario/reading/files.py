"""The text of a file that may not exist, may not be text, and may never end."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bpssim.scenario.reading.messages import BadInput, Mistake, Origin, nearest
from bpssim.scenario.reading.plain_file import check_plain_file

MAX_BYTES = 250_000  # a scenario has a few kB

_TABLE_SUFFIXES = (".csv", ".csv.gz", ".txt")


def is_table_file(text: str) -> bool:
    """Whether a text that may be a name or a file of a table is a file, which its suffix says."""
    return text.lower().endswith(_TABLE_SUFFIXES)


@contextmanager
def refusing_unreadable(path: Path) -> Iterator[None]:
    """Context in which a file that cannot be read is refused in one line.

    Raises
    ------
    BadInput
        If there is no such file, or it cannot be opened or read.
    """
    try:
        yield
    except BadInput:
        raise
    except FileNotFoundError:
        raise BadInput(missing_file(path, Origin(str(path)))) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise BadInput(Mistake(Origin(str(path)), f"cannot be read ({reason})")) from None


def text_of(path: Path) -> str:
    """Return the text of one file.

    Raises
    ------
    BadInput
        If there is no such file, it is not a regular file of UTF-8 text, or it is too large.
    """
    with refusing_unreadable(path):
        info = check_plain_file(path)
        if info.st_size > MAX_BYTES:
            found = f"{info.st_size:,} bytes"
            text = f"too large for a scenario (over {MAX_BYTES:,} bytes)"
            raise BadInput(Mistake(Origin(str(path)), text, found=found))
        content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadInput(Mistake(Origin(str(path), line), "not UTF-8 text")) from None


def missing_file(path: Path, origin: Origin, key: str = "") -> Mistake:
    """Return what to say about a file that does not exist, with the nearest name in its folder."""
    found = f"'{path}'" if key else ""
    if path.is_symlink():
        return Mistake(origin, "is a link that leads nowhere", key, found=found)
    return Mistake(origin, "no such file", key, found=found, suggestion=nearest_file(path))


def nearest_file(path: Path) -> str:
    """Return the name most like that of a file that does not exist, in its folder, or an empty text."""
    try:
        return nearest(path.name, [entry.name for entry in path.parent.iterdir()])
    except (OSError, ValueError):  # no such folder either, or no possible name of one
        return ""
