"""`bpssim sweep`."""

import shlex
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bpssim.commands import options
from bpssim.commands.messages import is_watched, say, say_fit_ahead
from bpssim.studies.threads import aside, load_rules

if TYPE_CHECKING:
    from bpssim.studies.sweep.sweep import Sweep


@click.command()
@click.argument("study")
@options.workers
@click.option("--cluster", metavar="ADDRESS", help="Run on a Dask cluster, such as tcp://127.0.0.1:8786.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder of the results  [default: results/<study>]")
@options.overrides
@click.option(
    "--dry-run", is_flag=True, help="Say what there is to run, how long it would take and how much it would write."
)
def sweep(
    study: str, workers: int, cluster: str | None, out: Path | None, overrides: tuple[str, ...], dry_run: bool
) -> None:
    """Run every point of a STUDY with the same seeds, and keep the results in one folder.

    STUDY is the path of a study file, or the name of a ready one. The same command goes on where it stopped; after a
    change such as --set replicates=50 only what is new is run.
    """
    from bpssim.studies.plan.reading import read_study

    read = read_study(study, overrides)

    load_rules()

    from bpssim.report.report_writing import page_failure
    from bpssim.report.study.plan import plan_in_words
    from bpssim.report.study.terminal import print_study
    from bpssim.studies.results_folder.reading import read_study_results
    from bpssim.studies.sweep.folder import StudyFolder
    from bpssim.studies.sweep.run import at_local_rates, default_folder, workers_of
    from bpssim.studies.sweep.sweep import Sweep

    say_fit_ahead(read.scenarios[0])
    read = at_local_rates(read, workers)
    typed = shlex.join(["bpssim", *sys.argv[1:]])
    made = Sweep(read, StudyFolder(out or default_folder(read.study.name)), typed)
    if dry_run:
        missing = made.missing()
        sample = aside(lambda: made.sample(missing))
        say(plan_in_words(made, missing, sample, workers))
        return
    with made.folder.held(read.study.name), workers_of(workers, cluster) as hands:
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
        no_page = page_failure(made.folder.place)
    print_study(read_study_results(made.folder.place), made.folder.place)
    if no_page:
        say(f"no page: {no_page}", err=True)


def _stopped(sweep: "Sweep") -> str:
    left = sum(piece.runs for piece in sweep.missing())
    done = len(sweep.points) * sweep.read.study.replicates - left
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
