"""`bpssim report`."""

from pathlib import Path

import click

from bpssim.commands.messages import say


@click.command()
@click.argument("results", type=click.Path(path_type=Path))
def report(results: Path) -> None:
    """Write the page of a RESULTS folder anew, report.html and its figures, and say where it stands."""
    from bpssim.report.page import write_report_again
    from bpssim.studies.results_folder.atomic_folder import REPORT

    write_report_again(results)
    say(results / REPORT)
