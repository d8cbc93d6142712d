"""A story in the terminal: who she is, her days in one service or side by side in two, and how they ended."""

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bpssim.report.console import open_console, words
from bpssim.report.story.lines import Line, rows
from bpssim.report.story.phrases import when
from bpssim.report.story.who import ending, who
from bpssim.studies.story.story import Story

SAME = "the same"
"""Stands for a day that is the same in both services."""
NOTE = (
    "She is simulated, and one mother illustrates: what a service does for all is in the tables of a run. Barriers lie "
    "in services and circumstances; how she feeds is her decision."
)
_STYLES = {"her": "bold", "known": "dim", "service": ""}
_WHEN_WIDTH = {True: 18, False: 9}
_ROOMY = 80


def print_story(stories: Sequence[Story], found: Sequence[str] = ()) -> None:
    """Print how a mother was found, and her story in one service or two."""
    console = open_console()
    for text in found:
        console.print(words(text))
    console.print(words(f"Mother {stories[0].mother['id']}", "bold"))
    console.print(words(who(stories[0].mother)))
    console.print()
    console.print(_days(stories, console))
    for story in stories:
        console.print(Text.assemble(words(f"{story.scenario.name}: ", "bold"), words(" ".join(ending(story)))))
    console.print(words(NOTE, "dim"))


def _days(stories: Sequence[Story], console: Console) -> Table:
    after_each_day = "\n" if len(stories) > 1 else ""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("baby's age", max_width=_WHEN_WIDTH[console.width >= _ROOMY])
    for story in stories:
        table.add_column(story.scenario.name, ratio=1, overflow="fold")
    for row in rows(stories):
        first, *others = map(_cell, row.cells)
        cells = [first, words(SAME, "dim")] if row.same else [first, *others]
        table.add_row(when(row.age), *(cell.append(after_each_day) for cell in cells))
    return table


def _cell(lines: Sequence[Line]) -> Text:
    return words("\n").join(words(line.text, _STYLES[line.about]) for line in lines)
