"""`bpssim.sweep`: run a study, or go on with it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bpssim.studies.local_rate.fit import fit_together
from bpssim.studies.plan.reading import ReadStudy, read_study
from bpssim.studies.results_folder.manifest import IN_PYTHON
from bpssim.studies.sweep.folder import StudyFolder
from bpssim.studies.sweep.sweep import Sweep
from bpssim.studies.sweep.tidy import open_study
from bpssim.studies.sweep.workers import Threads, Workers, cluster_at

if TYPE_CHECKING:
    import pandas as pd


def sweep(
    study: str | Path,
    out: str | Path | None = None,
    workers: int = 1,
    cluster: str | None = None,
    progress: Callable[[int], None] | None = None,
) -> "pd.DataFrame":
    """Run what is missing of a study, and return all its results.

    Parameters
    ----------
    study
        Path of a study file, or the name of a ready study.
    out
        Folder of the results, by default ``results/<study>``; what is there is not run again.
    workers
        Number of threads; the results do not depend on it.
    cluster
        Address of a Dask scheduler, whose workers then run the study.
    progress
        Called with the number of runs that have been finished since the last call.

    Returns
    -------
    pandas.DataFrame
        As `bpssim.open_study` gives it.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If the study is invalid, the folder holds something else, or there is no such cluster.
    """
    read = at_local_rates(read_study(study), workers)
    folder = StudyFolder(Path(out) if out is not None else default_folder(read.study.name))
    made = Sweep(read, folder, IN_PYTHON)
    with folder.held(read.study.name):
        missing = made.missing()
        with workers_of(workers, cluster) as hands:
            for finished in made.run(hands, missing, made.sample(missing)):
                if progress:
                    progress(finished)
    return open_study(folder.place)


def at_local_rates(read: ReadStudy, workers: int) -> ReadStudy:
    """The study with its scenarios moved to the local rate of the base, if it has one."""
    return replace(read, scenarios=fit_together(read.scenarios, workers))


def default_folder(name: str) -> Path:
    """Folder of a study that names none: always the same, so that the same command goes on with it."""
    return Path("results", name)


@contextmanager
def workers_of(threads: int, cluster: str | None) -> Iterator[Workers]:
    """Threads of this process, or the cluster at an address.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        As `bpssim.studies.sweep.workers.cluster_at`.
    """
    if cluster is None:
        yield Threads(threads)
    else:
        with cluster_at(cluster) as there:
            yield there
