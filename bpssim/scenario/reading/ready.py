"""Ready scenarios, found by name wherever the package is installed."""

from itertools import takewhile
from pathlib import Path

from bpssim.scenario.reading.files import text_of
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin, nearest
from bpssim.scenario.reading.parsing import parse_text
from bpssim.scenario.reading.tree import Node

_PACKAGE = Path(__file__).parents[2]
_INSTALLED = _PACKAGE / "ready_scenarios"
_CHECKOUT = _PACKAGE.parent / "scenarios"


def folder() -> Path:
    """Return the folder of the ready scenarios."""
    return _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT


def names(where: Path | None = None) -> list[str]:
    """Return the names of the ready scenarios, sorted; files starting with ``_`` are left out."""
    files = (where or folder()).glob("*.yaml")
    return sorted(file.stem for file in files if not file.name.startswith("_"))


def find(name: str, where: Path | None = None, origin: Origin | None = None, key: str = "") -> Path:
    """Return the file of a ready scenario.

    Parameters
    ----------
    name
        Its name, without ``.yaml``.
    where
        Folder to look in, by default that of the ready scenarios.
    origin, key
        Where the name was written, for the message; by default the name stands for itself.

    Raises
    ------
    BadInput
        If there is no ready scenario with this name.
    """
    known = names(where)
    if name in known:
        return (where or folder()) / f"{name}.yaml"
    text = "no ready scenario has this name (run `bpssim list` to see them; a file is written with its .yaml)"
    found = repr(name) if key else ""
    raise BadInput(Mistake(origin or Origin(name), text, key, found=found, suggestion=nearest(name, known)))


def question(path: Path) -> str:
    """Return the question a scenario file answers: its first comment, or else its `question` key.

    The parents of the file are not read.

    Raises
    ------
    BadInput
        If the file cannot be read.
    """
    text = text_of(path)
    comments = takewhile(lambda line: line.startswith("#"), text.splitlines())
    words = (comment.lstrip("#").strip() for comment in comments)
    plain = (comment for comment in words if comment and not comment.startswith("yaml-language-server"))
    return next(plain, "") or _setting(parse_text(text, str(path)))


def _setting(tree: Node) -> str:
    node = tree.child("question")
    return str(node.value).strip() if node else ""
