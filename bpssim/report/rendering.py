"""A page as HTML."""

from collections.abc import Mapping

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from bpssim.report.elements import Page


def html(page: Page, figures: Mapping[str, str]) -> str:
    """Return a page as one self-contained text.

    Parameters
    ----------
    page
        What it says.
    figures
        SVG elements of its drawings, by their names.
    """
    environment = Environment(
        loader=PackageLoader("bpssim.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    safe = {name: Markup(svg) for name, svg in figures.items()}
    return environment.get_template("page.html").render(page=page, figures=safe)
