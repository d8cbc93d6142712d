"""A document in the terminal."""

import re
import sys

import click
from rich.markdown import Markdown

from bpssim.report.console import open_console
from bpssim.report.documents.catalogue import Document

_FIGURE = re.compile(r"!\[(.*?)\]\((.*?)\)")


def show(document: Document) -> None:
    """Show a document page by page on a terminal; its Markdown as it stands elsewhere."""
    if not sys.stdout.isatty():
        click.echo(document.text, nl=False)
        return
    console = open_console()
    with console.capture() as laid_out:
        console.print(Markdown(_FIGURE.sub(r"*Figure: \1 (\2)*", document.text), hyperlinks=False))
    click.echo_via_pager(laid_out.get())
