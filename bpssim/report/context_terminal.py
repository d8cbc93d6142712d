"""A check of contexts in the terminal: a table for each pathway."""

from rich.console import Console
from rich.table import Table

from bpssim.report.console import open_console, words
from bpssim.report.context_words import (
    SUPPORTED,
    TO_BEGIN,
    as_if_in_words,
    found_in_words,
    how_counted,
    in_short,
    of_hundred,
    owners_in_words,
)
from bpssim.statistics.groups import GROUPS
from bpssim.studies.context_check.result import ContextCheck, PathwayContext

_LABEL = 34
"""Columns of an assumption, which is wrapped; with numbers and influence the table fits into 80."""


def print_contexts(check: ContextCheck) -> None:
    """Print what each pathway assumes, and of 100 mothers of each quintile those who do not meet it."""
    console = open_console()
    if not check.pathways:
        console.print(words(f"{check.scenario} runs no pathway."))
        return
    for context in check.pathways:
        _print(console, context)
    for sentence in how_counted(check):
        console.print(words(sentence, "dim"))


def _print(console: Console, context: PathwayContext) -> None:
    console.print(words(f"{context.title} ({context.name}): whom it assumes", "bold"))
    for sentence in (as_if_in_words(context), found_in_words(context)):
        if sentence:
            console.print(words(sentence))
    console.print(_table(context))
    console.print()


def _table(context: PathwayContext) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), title_justify="left")
    table.add_column(words("Not met by, of 100 in quintile"), max_width=_LABEL)
    for quintile in GROUPS[:-1]:
        table.add_column(quintile, justify="right", no_wrap=True)
    table.add_column("Influence (level)", min_width=16)
    for each in context.assumptions:
        owners = words(owners_in_words(each))
        table.add_row(words(f"she {in_short(each.assumed)}"), *of_hundred(each.unmet), owners)
    table.add_section()
    for label, counted in ((TO_BEGIN, context.can_begin), (SUPPORTED, context.supported)):
        table.add_row(words(label), *of_hundred(counted))
    return table
