"""What commands tell, with progress and cautions on stderr while they work."""

import sys
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bpssim.scenario.scenario import Scenario

T = TypeVar("T")


def say(text: object, err: bool = False) -> None:
    """Print a line or more, in which nothing that a stranger wrote acts; all texts of commands go out here."""
    from bpssim.scenario.reading.messages import LAID_OUT, printable

    click.echo(printable(str(text), keep=LAID_OUT), err=err)


def caution(scenarios: "Mapping[str, Scenario]", overrides: "Sequence[str]") -> None:
    """Say once what is allowed and yet hardly meant, or read by nothing.

    Parameters
    ----------
    scenarios
        What was loaded, by its source.
    overrides
        What was laid over all of them.
    """
    from bpssim.scenario.cautions.cautions import cautions
    from bpssim.scenario.cautions.unread.written import written_in_vain

    found = [
        str(text)
        for source, scenario in scenarios.items()
        for text in (*cautions(scenario), *written_in_vain(source, overrides, scenario))
    ]
    for text in dict.fromkeys(found):
        say(f"note: {text}", err=True)


def warn_of_copies(scenarios: "Sequence[Scenario]") -> None:
    """Say which tables of mothers the results will hold, for whoever shares the results shares them too."""
    for path in dict.fromkeys(scenario.population.mothers for scenario in scenarios):
        if path:
            text = f"the results hold a copy of {path}; if its mothers are real, share them as you would share it"
            say(f"note: {text}", err=True)


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
