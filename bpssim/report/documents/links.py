"""Where links in documents lead once documents are pages."""

from os.path import normpath
from pathlib import PurePosixPath

from bpssim.report.documents.catalogue import FOLDER, Document

EVIDENCE = "evidence"
"""The document with the rows of the evidence."""
INDEX = "index.html"
"""The page that lists what is in a folder."""


def page_of(document: Document) -> PurePosixPath:
    """Path of the page of a document within the folder of pages."""
    return document.path.with_suffix(".html")


def link_to(target: str, document: PurePosixPath) -> str:
    """Address of a link on the page of a document.

    Parameters
    ----------
    target
        As the document writes it.
    document
        Path of the document.

    Returns
    -------
    str
        Another document is its page, a folder the list of its files. Empty for files outside the folder of documents,
        which are not installed with the package, so that no page can lead there.
    """
    path, sign, anchor = target.partition("#")
    if not path or "://" in path:
        return target
    place = PurePosixPath(normpath(document.parent / path))
    if place.parts[0] == "..":
        return ""
    if (FOLDER / place).is_dir():
        return f"{path}/{INDEX}"
    return f"{path.removesuffix('.md')}.html{sign}{anchor}" if place.suffix == ".md" else target


def row_of_evidence(row: str, document: PurePosixPath) -> str:
    """Address of a row of the evidence on the page of a document."""
    return f"{up_from(document)}{EVIDENCE}.html#{row}"


def up_from(document: PurePosixPath) -> str:
    """Way from the page of a document to the folder of all pages."""
    return "../" * len(document.parent.parts)
