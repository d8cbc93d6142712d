"""A figure as files and as an element of a page."""

import re
from html import escape
from io import BytesIO, StringIO
from typing import NamedTuple

from matplotlib.figure import Figure

from bpssim.report.figures.drawing import Drawing
from bpssim.report.figures.style import house_style

_DPI = 150
_NOBODY = dict.fromkeys(("Creator", "Date", "Format", "Type"))
"""Metadata left out: with it the same figure would not be the same bytes, or lead to other people's pages."""


class Saved(NamedTuple):
    """Contents of the files of a figure by name, and its element of a page."""

    files: dict[str, bytes]
    part: str


def saved(drawing: Drawing, png: bool = False) -> Saved:
    """A figure as SVG, as PNG too if asked for, and its SVG as an element of a page."""
    text = _svg(drawing.figure)
    files = {f"{drawing.name}.svg": text.encode()}
    if png:
        files[f"{drawing.name}.png"] = _png(drawing.figure)
    return Saved(files, inline(text, drawing))


def inline(svg: str, drawing: Drawing) -> str:
    """Return an SVG file as an element of a page, with title, description and unique identifiers."""
    body = svg[svg.index(">", svg.index("<svg")) + 1 :]
    prefixed = re.sub(r'(\bid="|href="#|url\(#)', rf"\g<1>{drawing.name}-", body).replace("xlink:href", "href")
    box = re.search(r'viewBox="[^"]*"', svg)
    title, description = f"{drawing.name}-title", f"{drawing.name}-description"
    return (
        f'<svg role="img" aria-labelledby="{title}" aria-describedby="{description}" {box[0] if box else ""}>'
        f'<title id="{title}">{escape(drawing.title)}</title>'
        f'<desc id="{description}">{escape(drawing.description)}</desc>{prefixed}'
    )


def _svg(figure: Figure) -> str:
    text = StringIO()
    with house_style():
        figure.savefig(text, format="svg", metadata=_NOBODY)
    return text.getvalue()


def _png(figure: Figure) -> bytes:
    content = BytesIO()
    with house_style():
        figure.savefig(content, format="png", dpi=_DPI)
    return content.getvalue()
