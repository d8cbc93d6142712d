"""Patterns as a table in the terminal."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from rich.console import RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from bpssim.report.console import open_console, words
from bpssim.report.pattern_words import (
    caveat,
    counts,
    expectation,
    reading_help,
    with_half,
    without_it,
)
from bpssim.scenario.evidence import HOW_TO_READ_ROWS
from bpssim.validation.patterns.expected import Verdict
from bpssim.validation.patterns.result import Result

_ROW, _EFFECT, _VERDICT = 3, 22, 15
"""Widths of columns; what should be seen takes the rest."""
_STYLES = {
    Verdict.EMERGES: "green",
    Verdict.WEAK: "yellow",
    Verdict.DOES_NOT_EMERGE: "red",
    Verdict.EMERGES_WITHOUT_ITS_MECHANISM: "red",
}


def print_patterns(results: Sequence[Result], seeds: int) -> None:
    """Print what runs with so many seeds show for rows of the evidence."""
    console = open_console()
    console.print(_wide("row", "what should be seen", "mean ± interval", words("verdict")))
    console.print(Rule(style="dim"))
    for result in results:
        console.print(*_lines(result), sep="\n")
    console.print(f"\nOf {len(results)} rows: {counts(results)}.")
    for line in (*reading_help(seeds), HOW_TO_READ_ROWS):
        console.print(words(line, "dim"))


def _lines(result: Result) -> Iterator[RenderableType]:
    """The row with its title, its measurements, and the reason if it is known not to emerge."""
    pattern = result.pattern
    yield _line((_ROW, None, _VERDICT), pattern.row, pattern.title, _verdict(result.verdict))
    for finding, without in zip_longest(result.findings, result.without):
        verdict = _verdict(finding.verdict) if len(result.findings) > 1 else words("")
        yield _wide("", Padding(expectation(finding), (0, 0, 0, 2)), with_half(finding), verdict)
        if without:
            yield _wide("", Padding(words("without", "dim"), (0, 0, 0, 4)), words(with_half(without), "dim"), words(""))
    if pattern.checks:
        yield Padding(words(f"Without the mechanism: {without_it(pattern)}.", "dim"), (0, 0, 0, _ROW + 1))
    if said := caveat(pattern):
        lead = "Why: " if pattern.reason else "But it "
        yield Padding(words(f"{lead}{said}.", "dim"), (0, 0, 0, _ROW + 1))


def _wide(row: str, what: RenderableType, effect: RenderableType, verdict: Text) -> Table:
    return _line((_ROW, None, _EFFECT, _VERDICT), row, what, effect, verdict)


def _line(widths: Sequence[int | None], *cells: RenderableType) -> Table:
    """One line of the table; a title may span columns, which one table cannot do."""
    grid = Table.grid(padding=(0, 1, 0, 0), expand=True)
    for width in widths:
        grid.add_column(width=width, ratio=None if width else 1)
    grid.add_row(*cells)
    return grid


def _verdict(verdict: Verdict) -> Text:
    return words(verdict.words, _STYLES.get(verdict, "dim"))
