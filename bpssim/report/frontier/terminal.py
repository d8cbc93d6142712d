"""A search in the terminal: its sentences, and the best options in as many aims as there is room for."""

from collections.abc import Sequence
from pathlib import Path
from textwrap import fill

from rich.table import Table

from bpssim.report.console import open_console, print_findings, print_place
from bpssim.report.formatting import change_cell, unit_in_words
from bpssim.report.frontier.sentences import findings
from bpssim.report.frontier.view import FrontierView, aim_in_words
from bpssim.report.tables import print_roomiest, table_of
from bpssim.studies.results_folder.reading import FrontierResults

_HEADING = 14
"""Letters of a line of a heading."""


def print_frontier(results: FrontierResults, folder: Path) -> None:
    """Print what a search found, and the folder that holds the results."""
    console, view = open_console(), FrontierView(results)
    print_findings(console, results.manifest.question, findings(view))
    print_roomiest(console, [_table(view, view.aims[:number]) for number in range(len(view.aims), 0, -1)])
    print_place(console, folder)


def _table(view: FrontierView, aims: Sequence[str]) -> Table:
    """Options beside the base in some aims."""
    units = {aim: unit_in_words(view.change(view.base, aim).unit) for aim in aims}
    headings = [fill(f"{aim_in_words(aim)}, {unit}", _HEADING) for aim, unit in units.items()]
    table = table_of(f"Difference from {view.base} at the same cost", "", [*headings, "cost of\na year"])
    for option in dict.fromkeys([view.base, *view.best, *view.ready]):
        changes = [change_cell(view.change(option, aim)) for aim in aims]
        table.add_row(option.replace("mix_", "mix "), *changes, f"\N{POUND SIGN}{view.cost(option):,.0f}")
    return table
