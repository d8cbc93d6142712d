"""A page as HTML."""

from collections.abc import Collection, Mapping
from functools import partial
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from bpssim.report.elements import Page
from bpssim.report.evidence import with_named_evidence
from bpssim.scenario.evidence import ROW
from bpssim.scenario.reading.messages import LAID_OUT, printable

if TYPE_CHECKING:
    from bpssim.report.barriers.sheets.elements import Sheet


def html(page: Page, figures: Mapping[str, str]) -> str:
    """Return a page as one self-contained HTML text, in which names of evidence rows lead to the rows.

    Parameters
    ----------
    page
        Its content.
    figures
        SVG elements of its drawings by name.
    """
    safe = {name: Markup(svg) for name, svg in figures.items()}
    whole = with_named_evidence(page)
    return _environment(whole.anchors).get_template("page.html").render(page=whole, figures=safe)


def sheet_html(sheet: "Sheet") -> str:
    """Return a sheet as one self-contained HTML text."""
    return _environment(()).get_template("sheet.html").render(sheet=sheet)


def _environment(anchors: Collection[str]) -> Environment:
    """Templates, with what they need to know of a page; `anchors` are those of its lines."""
    environment = Environment(
        loader=PackageLoader("bpssim.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_shown,
    )
    environment.filters["kind"] = lambda block: type(block).__name__.lower()
    environment.filters["linked"] = partial(_linked, anchors=anchors)
    return environment


def _shown(value: object) -> object:
    """A text with markup and control characters, including bidirectional marks, made visible."""
    return printable(value, keep=LAID_OUT) if isinstance(value, str) and not isinstance(value, Markup) else value


def _linked(text: str, anchors: Collection[str]) -> Markup:
    """A text with names of rows of the evidence linked to those rows."""
    safe = escape(printable(text, keep=LAID_OUT))
    return Markup(ROW.sub(lambda name: _link(name[0], anchors), safe))


def _link(name: str, anchors: Collection[str]) -> str:
    return f'<a href="#{name}">{name}</a>' if name in anchors else name
