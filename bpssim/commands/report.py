"""`bpssim report`."""

from pathlib import Path

import click

from bpssim.commands import options
from bpssim.commands.messages import say


@click.command()
@click.argument("results", type=click.Path(path_type=Path))
@options.png
def report(results: Path, png: bool) -> None:
    """Write the report of a RESULTS folder again: report.html and its figures."""
    from bpssim.report.page import write_report_again
    from bpssim.studies.results_folder.atomic_folder import REPORT

    write_report_again(results, png)
    say(results / REPORT)
