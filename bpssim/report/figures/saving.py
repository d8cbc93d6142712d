"""A figure as files, and as a part of a page."""

import re
from html import escape
from io import BytesIO, StringIO
from pathlib import Path

from matplotlib.figure import Figure

from bpssim.report.figures.drawing import Drawing
from bpssim.report.figures.style import house_style
from bpssim.studies.results_folder.whole_file import write_file

_DPI = 150
_NOBODY = dict.fromkeys(("Creator", "Date", "Format", "Type"))
"""Metadata left out: with it the same figure would not be the same bytes, or lead to other people's pages."""


def save_both(drawing: Drawing, folder: Path) -> str:
    """Write a figure as SVG and PNG into a folder, and return the SVG as a part of a page."""
    text = _svg(drawing.figure)
    write_file(folder / f"{drawing.name}.svg", text)
    write_file(folder / f"{drawing.name}.png", _png(drawing.figure))
    return inline(text, drawing)


def inline(svg: str, drawing: Drawing) -> str:
    """Return an SVG file as an element of a page, named and described, with identifiers that no other figure has."""
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
