"""How the program is cited: what CITATION.cff says, with the version and commit at hand."""

from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bpssim.studies.results_folder.version import commit

_PACKAGE = Path(__file__).parents[1]
_INSTALLED = _PACKAGE / "CITATION.cff"
_CHECKOUT = _PACKAGE.parent / "CITATION.cff"
_KEYS = {"journal": "journal", "volume": "volume", "start": "pages", "doi": "doi"}
"""Keys of an article that BibTeX has too, under its name for them."""


@cache
def citation() -> dict[str, Any]:
    """The file as it stands, in a checkout or where the package is installed."""
    file = _INSTALLED if _INSTALLED.is_file() else _CHECKOUT
    found: dict[str, Any] = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
    return found


def in_words() -> str:
    """References to the program and to what it rests on, as they stand in a list of references."""
    cited = citation()
    program = f"{_authors(cited, ', ')} ({_year(cited)}). {cited['title']} ({_which()}) [Computer software]."
    rests = [f"{_authors(each, ', ')} ({each['year']}). {each['title']}. {_where(each)}." for each in _references()]
    return "\n\n".join([program, "Its mechanisms come from:", *rests])


def as_bibtex() -> str:
    """The same as entries of BibTeX."""
    cited = citation()
    fields = {
        "author": _authors(cited, " and ", "{{{}}}"),
        "title": f"{{{cited['title']}}}",
        "year": _year(cited),
        "version": version("bpssim"),
        **({"note": f"Commit {commit()}"} if commit() else {}),
    }
    return "\n\n".join([_entry("software", f"bpssim_{_year(cited)}", fields), *map(_article, _references())])


def _article(cited: dict[str, Any]) -> str:
    fields = {"author": _authors(cited, " and "), "title": f"{{{cited['title']}}}", "year": cited["year"]}
    fields |= {name: cited[key] for key, name in _KEYS.items() if key in cited}
    return _entry("article", f"{cited['authors'][0]['family-names'].lower()}_{cited['year']}", fields)


def _entry(kind: str, name: str, fields: dict[str, Any]) -> str:
    lines = [f"  {key} = {{{value}}}," for key, value in fields.items()]
    return "\n".join([f"@{kind}{{{name},", *lines, "}"])


def _references() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = citation()["references"]
    return found


def _authors(cited: dict[str, Any], between: str, entity: str = "{}") -> str:
    return between.join(
        entity.format(each["name"]) if "name" in each else f"{each['family-names']}, {each['given-names']}"
        for each in cited["authors"]
    )


def _year(cited: dict[str, Any]) -> int:
    return int(str(cited["date-released"])[:4])


def _where(cited: dict[str, Any]) -> str:
    return f"{cited['journal']} {cited['volume']}:{cited['start']}"


def _which() -> str:
    return f"version {version('bpssim')}{f', commit {commit()}' if commit() else ''}"
