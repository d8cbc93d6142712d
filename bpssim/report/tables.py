"""Tables by quintile in the terminal, as wide as it allows."""

from collections.abc import Iterable, Sequence

from rich import box
from rich.console import Console
from rich.table import Table

HEADINGS = ("1 most dep.", "2", "3", "4", "5 least", "all")
"""Headings of the groups where there is room."""

_ANY_WIDTH = 1000


def print_roomiest(console: Console, tables: Sequence[Table]) -> None:
    """Print the first table that fits; if none does, the last, with its labels wrapped and its numbers whole."""
    free = console.options.update(max_width=_ANY_WIDTH)
    fitting = (table for table in tables if console.measure(table, options=free).maximum <= console.width)
    console.print(next(fitting, tables[-1]))
    console.print()


def table_of(title: str, corner: str, headings: Iterable[str], gap: int = 1) -> Table:
    """A table with extra space between its columns."""
    table = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        padding=(0, gap, 0, 0),
    )
    table.add_column(corner)
    for heading in headings:
        table.add_column(heading, justify="right", no_wrap=True)
    return table
