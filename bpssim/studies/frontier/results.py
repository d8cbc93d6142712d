"""The folder of a search for the best mixes."""

from collections.abc import Iterator
from pathlib import Path

from bpssim.scenario.reading.messages import BadInput, Mistake, Origin
from bpssim.studies.extras import check_installed
from bpssim.studies.frontier.found import Found
from bpssim.studies.frontier.frontier import Frontier
from bpssim.studies.frontier.rows import OptionRow
from bpssim.studies.plan.own_functions import added
from bpssim.studies.plan.reading import ReadStudy
from bpssim.studies.results_folder.manifest import AboutFrontier
from bpssim.studies.sweep.folder import StudyFolder, about_study
from bpssim.studies.sweep.workers import Workers

OPTIONS, CANDIDATES = "frontier.csv", "candidates.csv"


def default_folder(name: str) -> Path:
    """Folder of a search that names none: always the same, so that the same command goes on with it."""
    return Path("results", f"{name}-frontier")


def search_in(folder: StudyFolder, read: ReadStudy, workers: Workers, command: str) -> Iterator[int]:
    """Search, and write what was found; the caller holds the folder.

    Parameters
    ----------
    folder
        Where it goes on, or begins.
    read
        A study with a search.
    workers
        Who makes the runs.
    command
        The command line, or what else it is made by.

    Yields
    ------
    int
        Runs that have been finished, or were there, since the last time.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If the study has no search, or the base cannot be brought to the cost.
    """
    frontier = Frontier(read, folder.store)
    check_installed("bpssim frontier", "Optuna", "search")
    with added(read.study.metrics):
        folder.begin(read, _about(frontier, command, is_complete=False))
        yield from frontier.run(workers)
        found = Found(frontier)
        options = list(found.option_rows())
        if not options:
            reason = frontier.reason(frontier.final_points[0])
            raise BadInput(Mistake(Origin(read.study.name), f"the base cannot be brought to the cost: {reason}"))
        folder.store.put_together(frontier.points)
        folder.table(OPTIONS, OptionRow._fields, options)
        folder.table(CANDIDATES, found.tried_header(), found.tried_rows())
        folder.add_scenarios(list(found.scenarios()))
        folder.end(_about(frontier, command, is_complete=True))


def _about(frontier: Frontier, command: str, is_complete: bool) -> AboutFrontier:
    search = frontier.search
    return AboutFrontier(
        **about_study(frontier.read, command, max(len(frontier.points), 1)),
        complete=is_complete,
        failed=sum(not each.values for each in frontier.tried),
        cost=frontier.cost,
        aims=dict(search.objectives),
        candidates=search.candidates,
        final_replicates=search.final_replicates,
    )
