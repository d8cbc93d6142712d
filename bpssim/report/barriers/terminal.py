"""A study of barriers in the terminal: the finding, the largest influences by level, and what remains."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bpssim.report.barriers.sentences import KINDS, above_chance, findings, headline, question, reason_in_words
from bpssim.report.barriers.sheets import SHEETS
from bpssim.report.barriers.view import ALL, FIRST, MAIN, SIX_WEEKS, BarriersView, InfluenceView, of_level
from bpssim.report.console import open_console, print_findings, print_place, words
from bpssim.report.formatting import change_cell, count, signed
from bpssim.report.tables import print_roomiest, table_of
from bpssim.scenario.describing import PERCENT, capital
from bpssim.scenario.wording import LEVELS
from bpssim.scenario.words import Level
from bpssim.studies.results_folder.reading import BarriersResults

_OF_LEVEL = 5
"""Influences shown of each level."""
_PAIRS = 5
_REASONS = 4
_COLUMNS = ("fair share", "alone", "last", "fair share", "feeding at")
_OF_WHOM = ("all", "all", "all", "q1", "6 weeks")


def print_barriers(results: BarriersResults, folder: Path) -> None:
    """Print what a study of barriers found, and the folder that holds the results."""
    console, view = open_console(), BarriersView(results)
    console.print(words(f"Mothers: {results.manifest.mothers}"))
    console.print()
    print_findings(console, question(view), [headline(view), *findings(view)])
    if view.active and view.missed():
        print_roomiest(console, [_table(view, True), _table(view, False)])
        _print_lines(console, "Two taken away together, beyond the sum of each", _pairs(view))
        _print_lines(console, "What remains, mothers a year (now, and without any influence)", _remaining(view))
        console.print(words(_help(view), "dim"))
    print_place(console, folder)
    for name, sheet in SHEETS.items():
        if (folder / name).is_file():
            console.print(words(f"Sheet:   {folder / name} ({sheet.what})"), soft_wrap=True)


def _table(view: BarriersView, limited: bool) -> Table:
    table = table_of("More mothers supported in time, a year: all, and in quintile 1", "", _headings())
    for level in Level:
        found = above_chance(of_level(view.by_share(), level))
        if found:
            table.add_row(words(capital(f"{level.word}: {_short(level)}"), "bold"), *[""] * len(_COLUMNS))
            for each in found[:_OF_LEVEL]:
                table.add_row(f"  {each.title}", *_cells(view, each, limited))
    return table


def _short(level: Level) -> str:
    """What lies at a level, as far as there is room for it in the first column."""
    return LEVELS[level].what.partition(",")[0] if level is not Level.MACRO else LEVELS[level].what


def _headings() -> list[str]:
    return [f"{column.replace(' ', chr(10))}\n{who}" for who, column in zip(_OF_WHOM, _COLUMNS, strict=True)]


def _cells(view: BarriersView, each: InfluenceView, limited: bool) -> list[str]:
    first, feeding = view.influence(each.row.influence, MAIN, FIRST), view.influence(each.row.influence, SIX_WEEKS)
    shown = (each.share, each.alone, each.last, first.share, feeding.share)
    return [change_cell(amount, limited) for amount in shown]


def _pairs(view: BarriersView) -> Iterator[str]:
    for row in [row for row in view.pairs() if row.kind != "not_told_apart"][:_PAIRS]:
        both = f"{view.title_of(row.first)} + {view.title_of(row.second)}"
        yield f"{both}: {signed(row.beyond, 0)} ({KINDS[row.kind].partition(':')[0].lower()})"


def _remaining(view: BarriersView) -> Iterator[str]:
    for row in view.reasons(ALL)[:_REASONS]:
        yield f"{capital(reason_in_words(row.reason))}: {count(row.now)}, {count(row.without_any)}"


def _print_lines(console: Console, title: str, lines: Iterator[str] | Sequence[str]) -> None:
    lines = list(lines)
    if lines:
        console.print(words(title, "bold"))
        for line in lines:
            console.print(words(f"  {line}"))
        console.print()


def _help(view: BarriersView) -> str:
    limits = (
        f" ±, where there is room, is half of a 95{PERCENT} interval over {view.replicates} replicates."
        if view.replicates > 1
        else ""
    )
    return (
        "Fair share: the mean over orders in which all influences are taken away; alone: it alone is taken away; last: "
        "after all others; q1: fair share in quintile 1; feeding at 6 weeks: fair share of mothers who still "
        f"breastfeed then. Influences that show no difference beyond chance are left out.{limits} "
        "Without an influence means an extreme that nobody could buy; a share is not a share of blame."
    )
