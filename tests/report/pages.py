"""A page as a browser and a screen reader take it."""

import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

from bpssim.scenario.evidence import ROW, evidence

_WITHOUT_LINKS = {"title", "code", "pre", "summary"}
"""Parts in which names of rows are not linked."""
_EMPTY = {"meta", "br", "link", "img", "input", "hr"}
_SHAPES = {"path", "use", "rect", "circle", "line", "polyline", "polygon"}


class Page(HTMLParser):
    """What is asked of a page: its parts by kind, and what can be wrong with them."""

    def __init__(self, path: Path) -> None:
        super().__init__(convert_charrefs=True)
        self.source = path.read_text(encoding="utf-8")
        self.ids: list[str] = []
        self.links: list[str] = []
        self.headings: list[tuple[int, str]] = []
        self.headings_without_scope = 0
        self.tables = self.captions = self.figures = 0
        self.pictures: list[dict[str, str | None]] = []
        self.described: dict[str, str] = {}
        self.language: str | None = None
        self._open: list[tuple[str, str | None]] = []
        self._words: list[str] = []
        self.rows_without_link: list[str] = []
        self.feed(self.source)
        assert self._open == [], "every element is closed"

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self._words))

    @property
    def board(self) -> str:
        """Words before the annex."""
        return self.text.partition(" Annex ")[0]

    @property
    def findings(self) -> str:
        """Words before the inputs and their evidence."""
        return self.text.rpartition("Inputs by grade of evidence")[0]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if "id" in given:
            self.ids.append(str(given["id"]))
        self.links += [str(given[name]) for name in ("href", "src", "xlink:href") if name in given]
        self.headings_without_scope += tag == "th" and "scope" not in given
        self.tables += tag == "table"
        self.captions += tag == "caption"
        if tag == "html":
            self.language = given.get("lang")
        if tag in ("svg", "img"):
            self.pictures.append(given)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append((int(tag[1]), ""))
        if tag not in _EMPTY:
            self._open.append((tag, given.get("id")))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _EMPTY:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag, tag

    def handle_data(self, data: str) -> None:
        tag, identifier = self._open[-1] if self._open else ("", None)
        if tag in ("title", "desc") and identifier:
            self.described[identifier] = data
        if tag not in ("style", "script"):
            self._words.append(data)
            self._note_rows(data)
        if self.headings and re.fullmatch(r"h[1-6]", tag):
            level, words = self.headings[-1]
            self.headings[-1] = (level, words + data)

    def _note_rows(self, text: str) -> None:
        """Note names of rows outside links, but for the name of a line itself."""
        if not {"a", *_WITHOUT_LINKS}.isdisjoint(tag for tag, _ in self._open):
            return
        own = {identifier for _, identifier in self._open}
        self.rows_without_link += [row for row in ROW.findall(text) if row in evidence() and row not in own]


def check_rows(page: Page) -> None:
    """Assert that every name of a row of the evidence leads to that row, in this page or on that of the evidence."""
    assert page.rows_without_link == []
    leading = (link.rpartition("#") for link in page.links)
    assert {row for way, _, row in leading if not way and row in evidence()} <= set(page.ids)


def check_page(path: Path) -> Page:
    """Read a page, and assert what holds of every one."""
    page = Page(path)
    assert page.language == "en-GB"
    assert len(page.ids) == len(set(page.ids))
    levels = [level for level, _ in page.headings]
    assert levels[0] == 1
    assert all(2 <= level <= 1 + before for before, level in pairwise(levels))
    assert page.headings_without_scope == 0
    assert page.tables == page.captions
    assert all(link.startswith("#") and link[1:] in page.ids for link in page.links)
    check_rows(page)
    assert "<script" not in page.source
    assert not re.search(r"url\((?!#)|@import", page.source)
    for picture in page.pictures:
        assert picture["role"] == "img"
        title, description = (page.described[str(picture[f"aria-{name}by"])] for name in ("labelled", "described"))
        assert title
        assert re.search(r"\d", description)
    assert not re.search(r"\b(nan|NaN|inf|None|null|True|False)\b|\[\]|\{\}", page.text)
    return page
