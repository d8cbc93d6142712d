"""A search in the terminal: its sentences, and a table of the best options."""

from pathlib import Path

from bpssim.report.console import open_console, print_place, words
from bpssim.report.formatting import change_cell, unit_in_words
from bpssim.report.frontier.sentences import findings
from bpssim.report.frontier.view import FrontierView, aim_in_words
from bpssim.report.tables import table_of
from bpssim.studies.results_folder.reading import FrontierResults


def print_frontier(results: FrontierResults, folder: Path) -> None:
    """Print what a search found, and the folder that holds the results."""
    console, view = open_console(), FrontierView(results)
    if results.manifest.question:
        console.print(words(results.manifest.question, "bold"))
    for sentence in findings(view):
        console.print(words(f"- {sentence}"))
    console.print()
    table = table_of(f"Difference from {view.base} at the same cost", "", ())
    for aim in view.aims:
        unit = unit_in_words(view.change(view.base, aim).unit)
        table.add_column(f"{aim_in_words(aim)}, {unit}", justify="right")
    table.add_column("cost of a year", justify="right")
    for option in dict.fromkeys([view.base, *view.best, *view.ready]):
        changes = [change_cell(view.change(option, aim)) for aim in view.aims]
        table.add_row(option.replace("mix_", "mix "), *changes, f"\N{POUND SIGN}{view.cost(option):,.0f}")
    console.print(table)
    console.print()
    print_place(console, folder)
