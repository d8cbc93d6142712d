"""A budget in the terminal: the answer, the ranking, and what it rests on."""

from pathlib import Path

from rich.console import Console
from rich.table import Table

from bpssim.report.budget.sentences import (
    answer_in_words,
    assumed_in_words,
    not_priced_in_words,
    question_in_words,
)
from bpssim.report.budget.view import BudgetView, LeverView, pounds_cell
from bpssim.report.console import open_console, print_place, words
from bpssim.report.formatting import change_cell, percent, signed
from bpssim.report.tables import print_roomiest, table_of
from bpssim.scenario.describing import PERCENT
from bpssim.studies.results_folder.reading import BudgetResults

_FULL = ("rank", "mothers", "quintile 1", "gap", "reached", "data", "hours used", "£")
_SHORT = ("rank", "mothers", "quintile 1", "gap", "£")


def print_budget(results: BudgetResults, folder: Path) -> None:
    """Print the answer, and the folder that holds the results."""
    console, view = open_console(), BudgetView(results)
    console.print(words(f"Mothers: {results.manifest.mothers}"))
    console.print()
    console.print(words(question_in_words(view), "bold"))
    console.print(words(" ".join(answer_in_words(view))))
    console.print()
    title = f"Each lever against {view.base.name}, a year"
    print_roomiest(
        console,
        [_table(view, title, _FULL, True), _table(view, title, _FULL, False), _table(view, title, _SHORT, False)],
    )
    _print_lines(console, "How each was scaled", [f"{each.title}: {each.row.how}." for each in view.levers])
    _print_lines(console, "Not to be had", [f"{row.title}: {row.reason}." for row in view.unavailable])
    _print_lines(console, "Prices beside the team's time and travel", assumed_in_words(view))
    _print_lines(console, "Not priced", not_priced_in_words(view))
    for line in _reading_help(view):
        console.print(words(line, "dim"))
    print_place(console, folder)


def _table(view: BudgetView, title: str, columns: tuple[str, ...], limited: bool) -> Table:
    draws = [f"best of {view.draws} draws"] if view.draws else []
    table = table_of(title, "", [*columns, *draws])
    for each in view.levers:
        cells = _cells(each, limited)
        best = [percent(each.row.share_best)] if view.draws else []
        table.add_row(each.title, *(cells[column] for column in columns), *best)
    return table


def _cells(each: LeverView, limited: bool) -> dict[str, str]:
    return {
        "rank": str(each.row.rank),
        "mothers": change_cell(each.mothers),
        "quintile 1": change_cell(each.mothers_1, limited),
        "gap": change_cell(each.gap, limited),
        "reached": change_cell(each.reach, limited),
        "data": signed(each.row.data_items_change, 2),
        "hours used": percent(each.row.paid_hours_used),
        "£": pounds_cell(each),
    }


def _print_lines(console: Console, title: str, lines: list[str]) -> None:
    if lines:
        console.print(words(title, "bold"))
        for line in lines:
            console.print(words(f"  {line}"))
        console.print()


def _reading_help(view: BudgetView) -> list[str]:
    return [
        "mothers: more of them breastfeeding at six weeks; gap: between quintiles 5 and 1 at six weeks, and reached "
        "after the birth, in points of births; data: items of personal data a birth; hours used: of paid hours, with "
        f"the lever. ± and brackets are 95{PERCENT} intervals over {view.replicates} pairs of runs with the same "
        "mothers and the same luck: they say what more runs would change, and nothing about how sure the inputs are.",
        "Rank: 1 plus the number of levers that are better beyond chance (all pairs together, Bonferroni).",
    ]
