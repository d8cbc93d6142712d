"""Published results beside simulated ones, as a table in the terminal."""

from collections.abc import Sequence

from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table

from bpssim.report.console import open_console, words
from bpssim.report.published_words import measured, reading_help, reason, summary, verdict, with_limits
from bpssim.scenario.evidence import HOW_TO_READ_ROWS
from bpssim.validation.published.compared import Finding

_INDENT = 4


def print_published(found: Sequence[Finding], number: int) -> None:
    """Print findings of so many draws."""
    console = open_console()
    console.print(_line("", "published", "model", "mean is"))
    console.print(Rule(style="dim"))
    for finding in found:
        console.print(words(f"{finding.study.evidence} {finding.study.title}: {measured(finding)}"))
        style = "green" if finding.inside else "red"
        table = _line("", with_limits(finding.published), with_limits(finding.simulated), verdict(finding), style)
        console.print(table, Padding(words(reason(finding), "dim"), (0, 0, 0, _INDENT)), sep="\n")
    console.print(f"\n{summary(found)}")
    for line in (*reading_help(number), HOW_TO_READ_ROWS):
        console.print(words(line, "dim"))


def _line(row: str, published: str, model: str, found: str, style: str = "") -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    for width in (_INDENT - 2, 22, 22, 8):
        grid.add_column(width=width)
    grid.add_row(row, published, model, words(found, style))
    return grid
