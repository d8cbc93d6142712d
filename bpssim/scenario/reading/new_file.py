"""A first file for a new scenario."""

import re
from pathlib import Path

from pydantic import BaseModel

from bpssim.scenario.names import is_free
from bpssim.scenario.reading import ready
from bpssim.scenario.reading.form import form
from bpssim.scenario.reading.loader import NOTHING_OUTSIDE, Surroundings, locate, read
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin
from bpssim.scenario.reading.writing import dump

_QUESTION = "What changes, and for whom, if ...?"
_SCHEMA = "scenario.schema.json"
_HOW_TO_USE = """
## All settings of {parent} stand below with their values. To change one, remove the "# " before it and write another
## value; within braces leave out what stays as it is, and write a list as a whole. What stays a comment is as
## in {parent}, and a heading alone changes nothing. In brackets: the unit, and the evidence for the value (grade A:
## read in the source, B: well known, C: an assumption); bpssim evidence P3 prints a row of it. Then:
## bpssim check {name}.yaml, bpssim run {name}.yaml
"""


def new_scenario(
    name: str,
    parent: str,
    folder: Path,
    model: type[BaseModel],
    outside: Surroundings = NOTHING_OUTSIDE,
    search: Path | None = None,
) -> Path:
    """Write a scenario file that changes nothing yet, with every setting of its parent to choose from.

    Parameters
    ----------
    name
        Name of the scenario and of its file: small letters, digits and underscores.
    parent
        The scenario to build on: a ready name, or a path relative to `folder`.
    folder
        Where to write; made if it does not exist.
    model, outside, search
        As for `bpssim.scenario.reading.loader.read`.

    Returns
    -------
    pathlib.Path
        Of the file.

    Raises
    ------
    BadInput
        If the name will not do or is that of a ready scenario, the parent does not exist or cannot be used, or the
        file cannot be written or is there already.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,59}", name):
        text = "a name starts with a small letter and goes on with small letters, digits or _"
        raise BadInput(Mistake(Origin(repr(name)), text))
    try:
        is_free(name)
    except ValueError as error:
        raise BadInput(Mistake(Origin(repr(name)), str(error))) from None
    if name in ready.names(search):
        text = "is the name of a ready scenario, which `bpssim run` would take instead; choose another"
        raise BadInput(Mistake(Origin(repr(name)), text))
    found = read(locate(parent, folder, search, Origin(parent)), model, (), search, outside)
    path = folder / f"{name}.yaml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(_starter(name, parent, found, with_schema=(folder / _SCHEMA).exists()))
    except FileExistsError:
        advice = "choose another name, or delete the file first"
        raise BadInput(Mistake(Origin(str(path)), "is there already", advice=advice)) from None
    except OSError as error:
        raise BadInput(Mistake(Origin(str(path)), f"cannot be written ({error.strerror})")) from None
    return path


def _starter(name: str, parent: str, found: BaseModel, with_schema: bool) -> str:
    schema = f"# yaml-language-server: $schema=./{_SCHEMA}\n" if with_schema else ""
    own = {"extends": parent, "name": name, "question": _QUESTION}
    return (
        f"{schema}# {_QUESTION}\n{dump(own)}{_HOW_TO_USE.format(name=name, parent=parent)}{form(found, frozenset(own))}"
    )
