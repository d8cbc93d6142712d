"""What is told on stderr while a command works: cautions and progress."""

import sys
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bpssim.scenario.scenario import Scenario

T = TypeVar("T")


def caution(scenario: "Scenario") -> None:
    """Say what is allowed and yet hardly meant."""
    from bpssim.scenario.cautions import cautions

    for text in cautions(scenario):
        click.echo(f"note: {text}", err=True)


def is_watched() -> bool:
    """Whether progress would be seen; a stream that was closed is None."""
    return sys.stderr is not None and sys.stderr.isatty()


def with_progress(what: str, work: "Iterable[T]", total: int) -> "Iterable[T]":
    """Show progress on the terminal, if there is one and something to wait for."""
    return _tracked(what, work, total) if total > 1 and is_watched() else work


def _tracked(what: str, work: "Iterable[T]", total: int) -> "Iterator[T]":
    from rich.console import Console
    from rich.progress import track

    yield from track(work, what, total, console=Console(stderr=True), transient=True)
