"""Saves a run, comparison or budget made in Python as a results folder with its report."""

import warnings
from pathlib import Path

from bpssim.report.report_writing import page_failure
from bpssim.studies.budget.budget import Budget
from bpssim.studies.budget.results import write_budget
from bpssim.studies.comparison.comparison import Comparison
from bpssim.studies.comparison.results import write_comparison
from bpssim.studies.results_folder.atomic_folder import atomic_folder
from bpssim.studies.results_folder.manifest import IN_PYTHON
from bpssim.studies.results_folder.results import write_details, write_tables
from bpssim.studies.run import Run


def save(made: Run | Comparison | Budget, folder: str | Path | None = None) -> Path:
    """Write everything that `bpssim run`, `compare` or `budget` writes, the report included.

    If the report fails, or the folder is refused at the end, the results are kept and a warning is given.

    Parameters
    ----------
    made
        What `bpssim.run`, `bpssim.compare` or `bpssim.budget` returned; a run with its details.
    folder
        Path of the folder; by default the next free number under ``results/``. Results of the same kind are
        replaced.

    Returns
    -------
    pathlib.Path
        The folder.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If something else is there, or nothing can be written there.
    ValueError
        If the run kept only its summary.
    """
    if isinstance(made, Run) and not made.details:
        raise ValueError("this run kept its summary only; run with details=True to save it")
    place = Path(folder) if folder is not None else None
    kind, name = _kind_and_name(made)
    with atomic_folder(place, name, kind) as under_construction:
        under_construction.write(lambda building: _write(building, made))
        no_page = page_failure(under_construction.building)
    final = under_construction.final
    if under_construction.refused:
        text = f"the folder cannot be used ({under_construction.refused}); the results are kept in {final}"
        warnings.warn(text, stacklevel=2)
    if no_page:
        text = f"the results are kept in {final}, without their page ({no_page}); `bpssim report` makes it again"
        warnings.warn(text, stacklevel=2)
    return final


def _kind_and_name(made: Run | Comparison | Budget) -> tuple[str, str]:
    """Kind of results, and the name of a folder for them."""
    if isinstance(made, Run):
        return "run", made.scenario.name
    if isinstance(made, Budget):
        return "budget", f"{made.base.name}-budget"
    return "comparison", f"{made.names[0]}-compared"


def _write(folder: Path, made: Run | Comparison | Budget) -> None:
    if isinstance(made, Run):
        events = made.details[0].events is not None
        write_details(folder, made.scenario, made.places, made.details, events)
        write_tables(folder, made, IN_PYTHON)
    elif isinstance(made, Budget):
        write_budget(folder, made, IN_PYTHON)
    else:
        write_comparison(folder, made, IN_PYTHON)
