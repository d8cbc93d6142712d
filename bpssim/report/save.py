"""A run or comparison that was made in Python, kept as a results folder with its page."""

from pathlib import Path

from bpssim.report.page import write_report
from bpssim.studies.comparison.comparison import Comparison
from bpssim.studies.comparison.results import write_comparison
from bpssim.studies.results_folder.results import write_details, write_tables
from bpssim.studies.results_folder.whole_folder import whole_folder
from bpssim.studies.run import Run

_COMMAND = "(made in Python)"


def save(made: Run | Comparison, folder: str | Path | None = None) -> Path:
    """Write everything that `bpssim run` or `bpssim compare` writes, the page included.

    Parameters
    ----------
    made
        What `bpssim.run` or `bpssim.compare` returned; a run with its details.
    folder
        Where the folder is to appear; by default the next free number under ``results/``. Results of the same kind that
        stand there are replaced.

    Returns
    -------
    pathlib.Path
        The folder.

    Raises
    ------
    bpssim.scenario.messages.BadInput
        If something else stands there, or nothing can be written there.
    ValueError
        If the run kept its summary only.
    """
    place = Path(folder) if folder is not None else None
    kind = "run" if isinstance(made, Run) else "comparison"
    name = made.scenario.name if isinstance(made, Run) else f"{made.names[0]}-compared"
    with whole_folder(place, name, kind) as under_construction:
        building = under_construction.building
        if isinstance(made, Run):
            if not made.details:
                raise ValueError("this run kept its summary only; run with details=True to save it")
            write_details(building, made.scenario, made.places, made.details)
            write_tables(building, made, _COMMAND)
        else:
            write_comparison(building, made, _COMMAND)
        write_report(building)
    return under_construction.final
