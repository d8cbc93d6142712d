"""A document as tokens of Markdown: headings with anchors, names of evidence rows as links, links between pages."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bpssim.report.documents.catalogue import Document
from bpssim.report.documents.links import EVIDENCE, link_to, row_of_evidence
from bpssim.scenario.evidence import ROW, evidence

_NUMBERS = re.compile(r"(?:[\s\d.,%£±+()\u2013\u2212-]|to|undefined)*")
"""A cell of numbers with their intervals, to be aligned."""
_WHITE = {"softbreak": " ", "hardbreak": " ", "html_inline": " "}
_ALIGNED = "style"
"""The attribute in which the parser says how a column is aligned; a policy of the server forbids such styles."""


class Heading(NamedTuple):
    """A heading.

    Parameters
    ----------
    level
        From 2; the title of the document has 1.
    text
        Its words.
    anchor
        Where links to it lead.
    """

    level: int
    text: str
    anchor: str


class Parsed(NamedTuple):
    """A document as a page needs it.

    Parameters
    ----------
    tokens
        Tokens of its Markdown below the title.
    headings
        Its headings but the title, in order.
    """

    tokens: list[Token]
    headings: list[Heading]


@cache
def parsed(document: Document) -> Parsed:
    """A document as tokens that are ready to be written as a page."""
    tokens = parser().parse(document.text)[3:]  # after the three tokens of the title
    headings = list(_with_anchors(tokens))
    _align_columns(tokens)
    for token in tokens:
        if token.children is not None:
            token.children = list(_linked(token.children, document))
    if document.name == EVIDENCE:
        _give_rows_anchors(tokens)
    return Parsed(tokens, headings)


@cache
def parser() -> MarkdownIt:
    """Markdown with tables; HTML within it, such as a comment, stays as it is."""
    return MarkdownIt("commonmark").enable("table")


def plain(token: Token) -> str:
    """Words of a token without marks and HTML."""
    return "".join(_WHITE.get(child.type, child.content) for child in token.children or ())


def _with_anchors(tokens: list[Token]) -> Iterator[Heading]:
    """Headings, which are given the anchors that other readers of Markdown give them."""
    seen: Counter[str] = Counter()
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            words = plain(inline)
            anchor = re.sub(r"[^\w -]", "", words.lower()).replace(" ", "-")
            seen[anchor] += 1
            anchor += f"-{seen[anchor] - 1}" if seen[anchor] > 1 else ""
            opening.attrSet("id", anchor)
            yield Heading(int(opening.tag[1]), words, anchor)


def _give_rows_anchors(tokens: list[Token]) -> None:
    """Name each line of the evidence after its row, which then needs no link to itself."""
    for line, _, inline in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if line.type == "tr_open" and inline.content in evidence():
            line.attrSet("id", inline.content)
            inline.children = [_text(inline.content)]


def _align_columns(tokens: list[Token]) -> None:
    """Say of each cell whether its column holds numbers."""
    for table in _tables(tokens):
        columns = _columns(table)
        for cells in columns:
            is_of_numbers = all(_NUMBERS.fullmatch(plain(inline)) for _, inline in cells[1:])
            for cell, _ in cells:
                cell.attrs.pop(_ALIGNED, None)
                if is_of_numbers:
                    cell.attrSet("class", "number")
            cells[0][0].attrSet("scope", "col")


def _tables(tokens: list[Token]) -> Iterator[list[Token]]:
    start = 0
    for place, token in enumerate(tokens):
        if token.type == "table_open":
            start = place
        elif token.type == "table_close":
            yield tokens[start:place]


def _columns(table: list[Token]) -> list[list[tuple[Token, Token]]]:
    """Cells of each column with their words, the heading first."""
    rows: list[list[tuple[Token, Token]]] = []
    for token, inline in pairwise(table):
        if token.type == "tr_open":
            rows.append([])
        elif token.type in ("th_open", "td_open"):
            rows[-1].append((token, inline))
    return [list(column) for column in zip(*rows, strict=True)]


def _linked(children: Iterable[Token], document: Document) -> Iterator[Token]:
    """Parts of a line, in which links lead to pages and names of rows to their evidence."""
    within, target = False, ""
    for child in children:
        if child.type == "link_open":
            target = link_to(str(child.attrs["href"]), document.path)
            child.attrSet("href", target)
        if child.type in ("link_open", "link_close"):
            within = child.type == "link_open"
            if target:
                yield child
        elif child.type == "text" and not within:
            yield from _with_rows(child.content, lambda row: row_of_evidence(row, document.path))
        else:
            yield child


def _with_rows(text: str, address: Callable[[str], str]) -> Iterator[Token]:
    """A text, and links for the names of rows in it."""
    end = 0
    for found in ROW.finditer(text):
        if found[0] in evidence():
            yield _text(text[end : found.start()])
            yield Token("link_open", "a", 1, attrs={"href": address(found[0])})
            yield _text(found[0])
            yield Token("link_close", "a", -1)
            end = found.end()
    yield _text(text[end:])


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
