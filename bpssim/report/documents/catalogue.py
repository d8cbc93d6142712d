"""Which documents there are, by group, as `contents.yaml` lists them."""

from functools import cache
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from ruamel.yaml import YAML

from bpssim.scenario.reading.messages import BadInput, Mistake, Origin, nearest

FOLDER = Path(__file__).parents[2] / "docs"
"""The documents with their figures and tables, in a checkout and where the package is installed."""
CONTENTS = FOLDER / "contents.yaml"


class Document(NamedTuple):
    """A document.

    Parameters
    ----------
    path
        Its file within the folder of documents.
    about
        What it is for, in a line.
    text
        Its words, in Markdown.
    """

    path: PurePosixPath
    about: str
    text: str

    @property
    def name(self) -> str:
        """Its short name."""
        return self.path.stem

    @property
    def title(self) -> str:
        """Its heading."""
        return self.text.partition("\n")[0].removeprefix("# ")


@cache
def groups() -> dict[str, list[Document]]:
    """Documents by the heading of their group, in order."""
    listed: dict[str, dict[str, str]] = YAML(typ="safe").load(CONTENTS.read_text(encoding="utf-8"))
    return {
        heading: [Document(PurePosixPath(path), about, _read(path)) for path, about in group.items()]
        for heading, group in listed.items()
    }


def documents() -> dict[str, Document]:
    """Every document by its name."""
    return {each.name: each for group in groups().values() for each in group}


def find(name: str) -> Document:
    """A document by its name.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If there is none.
    """
    known = documents()
    if name not in known:
        text = "no document has this name (run `bpssim docs` to see them)"
        raise BadInput(Mistake(Origin(name), text, suggestion=nearest(name, known)))
    return known[name]


def _read(path: str) -> str:
    return (FOLDER / path).read_text(encoding="utf-8")
