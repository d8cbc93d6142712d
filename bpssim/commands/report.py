"""`bpssim report`."""

from pathlib import Path

import click

from bpssim.commands.messages import say


@click.command()
@click.argument("results", type=click.Path(path_type=Path))
def report(results: Path) -> None:
    """Write the report of a RESULTS folder again: report.html and its figures."""
    from bpssim.report.page import write_report_again
    from bpssim.studies.results_folder.atomic_folder import REPORT

    write_report_again(results)
    say(results / REPORT)
