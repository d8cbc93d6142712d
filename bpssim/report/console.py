"""The console that tables are printed on."""

import os
from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.text import Text

from bpssim.scenario.reading.messages import LAID_OUT, printable
from bpssim.studies.results_folder.atomic_folder import REPORT

WIDTH = 100
"""Columns of text, where neither a terminal nor ``COLUMNS`` says."""
NARROWEST = 60
"""Columns of text at least; a narrower terminal breaks the lines by itself."""


def words(text: str, style: str = "") -> Text:
    """Text for the terminal with markup and control characters made visible; everything printed passes through here."""
    return Text(printable(text, keep=LAID_OUT), style)


def open_console() -> Console:
    """Console on standard output, as wide as its terminal."""
    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = WIDTH
    console.width = max(console.width, NARROWEST)
    return console


def print_findings(console: Console, question: str, findings: Iterable[str]) -> None:
    """Print what was asked, if it is known, and what was found, in sentences."""
    if question:
        console.print(words(question, "bold"))
    for sentence in findings:
        console.print(words(f"- {sentence}"))
    console.print()


def print_place(console: Console, folder: Path) -> None:
    """Print where results are, and their report if they have one."""
    console.print(words(f"Results: {folder}"), soft_wrap=True)
    if (folder / REPORT).is_file():
        console.print(words(f"Report:  {folder / REPORT}"), soft_wrap=True)
