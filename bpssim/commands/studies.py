"""Running what is missing of a study, for every command that needs a study's results."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bpssim.commands.messages import is_watched, say
from bpssim.studies.threads import aside

if TYPE_CHECKING:
    from bpssim.studies.sweep.sweep import Sweep

cluster = click.option("--cluster", metavar="ADDRESS", help="Run on a Dask cluster, such as tcp://127.0.0.1:8786.")
out = click.option("--out", type=click.Path(path_type=Path), help="Folder of the results  [default: results/<study>]")


@contextmanager
def brought_up_to_date(made: "Sweep", workers: int, cluster_address: str | None) -> Iterator[None]:
    """Run what is missing, and hold the folder within the block.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If the folder holds something else, or there is no such cluster.
    """
    from bpssim.report.study.plan import plan_in_words
    from bpssim.studies.sweep.run import workers_of

    with made.folder.held(made.read.study.name):
        with workers_of(workers, cluster_address) as hands:
            missing = made.missing()
            sample = aside(lambda: made.sample(missing))
            say(plan_in_words(made, missing, sample, hands.number), err=True)
            runs = sum(piece.runs for piece in missing)
            try:
                for _ in _with_progress(made.run(hands, missing, sample), runs):
                    pass
            except BaseException:
                say(_stopped(made), err=True)
                raise
        yield


def _stopped(sweep: "Sweep") -> str:
    left = sum(piece.runs for piece in sweep.missing())
    done = sweep.runs - left
    return f"stopped: {done:,} runs are kept in {sweep.folder.place}, {left:,} are left; the same command goes on"


def _with_progress(work: Iterable[int], runs: int) -> Iterator[int]:
    """Show how many runs are done, and the time left, if stderr is a terminal."""
    if not is_watched():
        yield from work
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (TextColumn("runs"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("left"))
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("runs", total=runs)
        for finished in work:
            bar.advance(task, finished)
            yield finished
