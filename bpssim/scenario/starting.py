"""A first file for a new scenario."""

import re
from pathlib import Path

from bpssim.scenario.loader import locate
from bpssim.scenario.messages import BadInput, Mistake, Origin
from bpssim.scenario.writing import dump

_QUESTION = "What changes, and for whom, if ...?"
_SCHEMA = "scenario.schema.json"


def new_scenario(name: str, parent: str, folder: Path, search: Path | None = None) -> Path:
    """Write a short scenario file that changes nothing yet, and return its path.

    Parameters
    ----------
    name
        Name of the scenario and of its file: small letters, digits and underscores.
    parent
        The scenario to build on: a ready name, or a path relative to `folder`.
    folder
        Where to write; made if it does not exist.
    search
        Folder of the ready scenarios, by default that of the package.

    Raises
    ------
    BadInput
        If the name will not do, the parent does not exist, or the file cannot be written or is there already.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,59}", name):
        text = "a name starts with a small letter and goes on with small letters, digits or _"
        raise BadInput(Mistake(Origin(repr(name)), text))
    locate(parent, folder, search, Origin(parent))
    path = folder / f"{name}.yaml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(_starter(name, parent, with_schema=(folder / _SCHEMA).exists()))
    except OSError as error:
        raise BadInput(Mistake(Origin(str(path)), f"cannot be written ({error.strerror})")) from None
    return path


def _starter(name: str, parent: str, with_schema: bool) -> str:
    schema = f"# yaml-language-server: $schema=./{_SCHEMA}\n" if with_schema else ""
    return f"{schema}# {_QUESTION}\n" + dump({"extends": parent, "name": name, "question": _QUESTION})
