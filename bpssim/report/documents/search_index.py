"""What a search looks through: the words below each heading, and each row of the evidence."""

import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from markdown_it.token import Token

from bpssim.report.documents.catalogue import Document
from bpssim.report.documents.links import page_of
from bpssim.report.documents.parsing import parsed, plain


class Entry(NamedTuple):
    """A place that a search can find.

    Parameters
    ----------
    address
        Its page and anchor.
    title
        Heading of the document.
    heading
        Heading of the place, or name of the row; empty for what stands before the first.
    text
        Its words.
    """

    address: str
    title: str
    heading: str
    text: str


def index_script(documents: Iterable[Document]) -> str:
    """A script with the places of all documents, which a page from a disk may load where it may load no data."""
    found = [entry for document in documents for entry in entries(document)]
    return f"const PLACES = {json.dumps(found, ensure_ascii=False, separators=(',', ':'))};\n"


def entries(document: Document) -> Iterator[Entry]:
    """Places of a document, in order."""
    page = str(page_of(document))
    address, heading, words = page, "", list[str]()
    names = {each.anchor: each.text for each in parsed(document).headings}
    for token in parsed(document).tokens:
        anchor = token.attrGet("id")
        if anchor:
            yield Entry(address, document.title, heading, " ".join(words))
            address, heading, words = f"{page}#{anchor}", names.get(str(anchor), str(anchor)), []
        words += _words(token)
    yield Entry(address, document.title, heading, " ".join(words))


def _words(token: Token) -> list[str]:
    if token.type == "fence":
        return token.content.split()
    return plain(token).split() if token.type == "inline" else []
