"""The page as it is sent: its text, its style, and its scripts, each joined from the modules that it imports."""

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Template
from markupsafe import Markup

from bpssim.app.words import words_for_page
from bpssim.scenario.evidence import evidence

MODULE = "module.wasm"
ASSETS = {
    "page.css": "text/css",
    "page.js": "text/javascript",
    "worker.js": "text/javascript",
    MODULE: "application/wasm",
}
"""Kinds of what the page asks for beside its text, by name."""
_SCRIPTS = {"page.js": "served.js", "worker.js": "worker.js"}
"""The module with which each script begins."""
_IMPORT = re.compile(r'^import \{[^}]*\} from "\./([\w.]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function|class|const)", re.MULTILINE)
_FOR_READERS = re.compile(r"^[ ]*//.*\n|^[ ]*/\*\*(?s:.*?)\*/\n|^\n|[ ]+// .*$", re.MULTILINE)
"""Comments and empty lines, which need not travel; no text of the page has several lines."""


def page() -> str:
    """The page, which asks its server for style, scripts and module."""
    head = Markup('<link rel="stylesheet" href="page.css">')
    words = {**words_for_page(), "rows": list(evidence())}  # which lead to the documents that the server has
    return page_of(head, Markup('<script type="module" src="page.js"></script>'), words)


def page_of(head: Markup, scripts: Markup, words: dict[str, Any]) -> str:
    """The page with what its head holds, its scripts, and what it knows before it asks."""
    data = Markup(f'<script type="application/json" id="words">{as_data(words)}</script>\n')
    return str(Template(text_of("page.html"), autoescape=True).render(head=head, scripts=data + scripts))


def asset(name: str) -> str:
    """Something that the page asks for, but for the module."""
    return joined(_SCRIPTS[name]) if name in _SCRIPTS else text_of(name)


def as_data(value: object) -> Markup:
    """A value as JSON within a page, in which no text can end an element."""
    return Markup(json.dumps(value, separators=(",", ":"), ensure_ascii=False).replace("<", "\\u003c"))


@cache
def joined(first: str) -> str:
    """A module with all that it imports, directly or not, as one script: those that are imported come first."""
    whole = "".join(_IMPORT.sub("", text_of(name)) for name in dict.fromkeys(_in_order(first)))
    return _FOR_READERS.sub("", _EXPORT.sub("", whole))


def _in_order(name: str) -> Iterator[str]:
    for imported in _IMPORT.findall(text_of(name)):
        yield from _in_order(imported)
    yield name


@cache
def text_of(name: str) -> str:
    """A file of the page."""
    return files("bpssim.app").joinpath("static", name).read_text(encoding="utf-8")
