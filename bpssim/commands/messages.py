"""Messages of commands, with progress and warnings on stderr."""

import sys
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bpssim.scenario.scenario import Scenario

T = TypeVar("T")


def say(text: object, err: bool = False) -> None:
    """Print text with control characters made visible; all output of commands goes through here."""
    from bpssim.scenario.reading.messages import LAID_OUT, printable

    click.echo(printable(str(text), keep=LAID_OUT), err=err)


def print_cautions(scenarios: "Mapping[str, Scenario]", overrides: "Sequence[str]") -> None:
    """Warn once of valid settings that are probably unintended, and of settings that nothing reads.

    Scenarios stand by the source that they were loaded from; the overrides were applied to all of them.
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
    """Warn that results hold a copy of a table of mothers, because sharing the results shares the table."""
    for path in dict.fromkeys(scenario.population.mothers for scenario in scenarios):
        if path:
            text = f"the results hold a copy of {path}; if its mothers are real, the results are personal data too"
            say(f"note: {text}", err=True)


def say_fit_ahead(scenario: "Scenario") -> None:
    """Say on a terminal why the first run takes longer to begin, if feeding is first moved to a local rate."""
    if scenario.feeding.is_to_be_moved and is_watched():
        say("Moving feeding to the local rate ...", err=True)


def is_watched() -> bool:
    """Whether stderr is a terminal; a closed stream is None."""
    return sys.stderr is not None and sys.stderr.isatty()


def with_progress(what: str, work: "Iterable[T]", total: int) -> "Iterable[T]":
    """Show a progress bar if stderr is a terminal and there is more than one piece of work."""
    return _tracked(what, work, total) if total > 1 and is_watched() else work


def _tracked(what: str, work: "Iterable[T]", total: int) -> "Iterator[T]":
    from rich.console import Console
    from rich.progress import track

    yield from track(work, what, total, console=Console(stderr=True), transient=True)
