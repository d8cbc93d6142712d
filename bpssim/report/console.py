"""Where tables are printed, and how wide."""

import os

from rich.console import Console

WIDTH = 100
"""Columns of text, where neither a terminal nor ``COLUMNS`` says."""
NARROWEST = 60
"""Columns of text at least; a narrower terminal breaks the lines by itself."""


def open_console() -> Console:
    """Standard output, as wide as its terminal."""
    console = Console(highlight=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = WIDTH
    console.width = max(console.width, NARROWEST)
    return console
