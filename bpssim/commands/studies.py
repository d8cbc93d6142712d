"""Running what is missing of a study, for every command that needs a study's results."""

import shlex
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bpssim.commands.group import FAILED, INTERRUPTED
from bpssim.commands.messages import is_watched, say, say_fit_ahead
from bpssim.studies.threads import aside

if TYPE_CHECKING:
    from bpssim.studies.plan.reading import ReadStudy
    from bpssim.studies.sweep.sweep import Sweep

cluster = click.option("--cluster", metavar="ADDRESS", help="Run on a Dask cluster, such as tcp://127.0.0.1:8786.")
out = click.option("--out", type=click.Path(path_type=Path), help="Folder of the results  [default: results/<study>]")


def sweep_of(read: "ReadStudy", folder: Path | None, workers: int) -> "Sweep":
    """A study with its folder, moved to a local rate if its base has one."""
    from bpssim.studies.sweep.folder import StudyFolder
    from bpssim.studies.sweep.run import at_local_rates, default_folder
    from bpssim.studies.sweep.sweep import Sweep

    say_fit_ahead(read.scenarios[0])
    read = at_local_rates(read, workers)
    return Sweep(read, StudyFolder(folder or default_folder(read.study.name)), typed())


def typed() -> str:
    """The command line."""
    return shlex.join(["bpssim", *sys.argv[1:]])


def report_no_page(place: Path, no_page: str, advice: str = "") -> None:
    """Say that there is no page, why, and how to make it again, if so, and exit as failed."""
    if no_page:
        advice = advice or f"`bpssim report {shlex.quote(str(place))}` makes it again"
        say(f"failed: the results are kept, without their page ({no_page}); {advice}", err=True)
        click.get_current_context().exit(INTERRUPTED if no_page == "interrupted" else FAILED)


def report_all_failed(made: "Sweep") -> None:
    """Exit as failed if no point at all could be run."""
    if len(made.missing()) == len(made.distinct):
        say(f"failed: no point could be run; {made.folder.place / 'failures.csv'} says why", err=True)
        click.get_current_context().exit(FAILED)


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
                for _ in with_progress_of_runs(made.run(hands, missing, sample), runs):
                    pass
            except BaseException:
                say(_stopped(made), err=True)
                raise
        yield


def _stopped(sweep: "Sweep") -> str:
    left = sum(piece.runs for piece in sweep.missing())
    done = sweep.runs - left
    return f"stopped: {done:,} runs are kept in {sweep.folder.place}, {left:,} are left; the same command goes on"


def with_progress_of_runs(work: Iterable[int], runs: int) -> Iterator[int]:
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
