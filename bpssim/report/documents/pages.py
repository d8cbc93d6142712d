"""Documents as pages of one folder, which link to each other, and to their figures and tables."""

from collections.abc import Iterable, Iterator
from functools import cache
from html import escape
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markdown_it.token import Token
from markupsafe import Markup

from bpssim.report.documents.catalogue import CONTENTS, FOLDER, Document, documents, groups
from bpssim.report.documents.links import INDEX, page_of, up_from
from bpssim.report.documents.parsing import parsed, parser
from bpssim.report.documents.search_index import index_script
from bpssim.studies.results_folder.manifest import AboutDocuments, write_manifest

KINDS = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".csv": "text/csv",
}
"""Kinds of files for a server, by the end of their name."""
STYLE, SEARCH, PLACES = "documents.css", "search.js", "search_index.js"


@cache
def document_files() -> dict[str, bytes]:
    """Every file of the folder of pages, by its path there."""
    made = {str(page_of(each)): _document(each) for each in documents().values()}
    made |= {f"{folder}/{INDEX}": _folder(folder) for folder in _folders()}
    made[INDEX] = _list_of_documents()
    made[STYLE] = _template("page.css") + _template("document.css")
    made[SEARCH], made[PLACES] = _template("search.js"), index_script(documents().values())
    figures_and_tables = {str(_place(path)): path.read_bytes() for path in _others()}
    return {name: text.encode() for name, text in made.items()} | figures_and_tables


def write_pages(folder: Path, command: str) -> None:
    """Write every page with its figures and tables into a folder, and the command that was typed.

    Raises
    ------
    OSError
        If they cannot be written.
    """
    for name, content in document_files().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    write_manifest(folder, AboutDocuments(command=command))


def _document(document: Document) -> str:
    found = parsed(document)
    body = parser().renderer.render(list(_boxed(found.tokens, document.title)), parser().options, {})
    return _page(document.path, document.title, body, headings=found.headings)


def _boxed(tokens: Iterable[Token], title: str) -> Iterator[Token]:
    """Each table in a box of its own, in which it scrolls where the page is narrow, named after its heading."""
    heading = title
    last: Token | None = None
    for token in tokens:
        if token.type == "inline" and last and last.type == "heading_open":
            heading = token.content
        if token.type == "table_open":
            label = escape(f"Table: {heading}")
            yield _html(f'<div class="scroll" tabindex="0" role="region" aria-label="{label}">\n')
        yield token
        if token.type == "table_close":
            yield _html("</div>\n")
        last = token


def _html(text: str) -> Token:
    return Token("html_block", "", 0, content=text)


def _list_of_documents() -> str:
    """The page on which the documents are listed with what each is for."""
    lines = [
        line
        for heading, group in groups().items()
        for line in (f"\n## {heading}\n", *(f"- [{each.title}]({page_of(each)}): {each.about}" for each in group))
    ]
    return _page(PurePosixPath(INDEX), "Documents of bpssim", parser().render("\n".join(lines)), listed={})


def _folder(folder: PurePosixPath) -> str:
    """The page on which the tables of a folder are listed."""
    names = sorted(path.name for path in (FOLDER / folder).iterdir() if path.is_file())
    return _page(
        folder / INDEX, f"Tables of {folder}", parser().render("\n".join(f"- [{name}]({name})" for name in names))
    )


def _folders() -> list[PurePosixPath]:
    """Folders of tables."""
    return sorted({_place(path).parent for path in _others() if path.suffix == ".csv"} - {PurePosixPath()})


def _others() -> list[Path]:
    """Files that documents show or lead to."""
    return sorted(path for path in FOLDER.rglob("*") if path.is_file() and path.suffix != ".md" and path != CONTENTS)


def _place(path: Path) -> PurePosixPath:
    return PurePosixPath(path.relative_to(FOLDER).as_posix())


def _page(own: PurePosixPath, title: str, body: str, **given: Any) -> str:
    filled = {"headings": [], "listed": groups(), **given}
    footer = f"Documents of bpssim {version('bpssim')}."
    template = _environment().get_template("document.html")
    return template.render(own=own, up=up_from(own), title=title, body=Markup(body), footer=footer, **filled)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("bpssim.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _template(name: str) -> str:
    return (Path(__file__).parents[1] / "templates" / name).read_text(encoding="utf-8")
