"""`bpssim docs`."""

import shlex
import sys
from pathlib import Path

import click

from bpssim.commands.failures import report_failures
from bpssim.commands.messages import say

_FOLDER = Path("results", "documents")


@click.command()
@click.argument("name", required=False)
@click.option("--open", "opens", is_flag=True, help="Open the page of NAME, or the list of all, in the browser.")
@click.option("--out", type=click.Path(path_type=Path), help=f"Write all pages into a folder  [--open: {_FOLDER}]")
def docs(name: str | None, opens: bool, out: Path | None) -> None:
    """List the documents, or show one of them: guides, the model, reference, and what the runs showed.

    The pages link to each other and can be searched, without a network.
    """
    from bpssim.report.documents.catalogue import find

    document = find(name) if name is not None else None
    if opens or out is not None:
        if document and not opens:
            raise click.UsageError("--out writes all pages; leave out NAME, or give --open too")
        from bpssim.report.documents.links import INDEX, page_of

        written = _write(out or _FOLDER)
        if opens:
            import webbrowser

            webbrowser.open((written / (page_of(document) if document else INDEX)).resolve().as_uri())
        return
    if document:
        from bpssim.report.documents.terminal import show

        show(document)
    else:
        _list()


def _list() -> None:
    """Print which documents there are, and what each is for."""
    from bpssim.report.documents.catalogue import documents, groups

    width = max(map(len, documents()))
    for heading, group in groups().items():
        say(heading)
        for each in group:
            say(f"  {each.name:{width}}  {each.about}")
    say("\n`bpssim docs NAME` shows one; `bpssim docs --open` opens them in the browser.")


def _write(place: Path) -> Path:
    """Write the pages, and return where they are."""
    from bpssim.report.documents.links import INDEX
    from bpssim.report.documents.pages import write_pages
    from bpssim.studies.results_folder.atomic_folder import atomic_folder

    typed = shlex.join(["bpssim", *sys.argv[1:]])
    with atomic_folder(place, place.name, "set of documents") as folder:
        folder.write(lambda building: write_pages(building, typed))
    say(f"Pages: {folder.final / INDEX}")
    report_failures(folder, "")
    return folder.final
