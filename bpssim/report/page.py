"""The report of a results folder: one self-contained page, and its figures as files."""

import hashlib
from collections.abc import Collection, Mapping
from pathlib import Path

from bpssim.report.barriers.page import barriers_page
from bpssim.report.barriers.sheets import SHEETS
from bpssim.report.barriers.view import BarriersView
from bpssim.report.budget.page import budget_page
from bpssim.report.comparison.page import comparison_page
from bpssim.report.elements import Page
from bpssim.report.figures.saving import saved
from bpssim.report.frontier.page import frontier_page
from bpssim.report.posterior.page import calibration_page
from bpssim.report.rendering import html, sheet_html
from bpssim.report.run.page import run_page
from bpssim.report.study.page import study_page
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin, cut
from bpssim.studies.results_folder.atomic_file import write_files
from bpssim.studies.results_folder.atomic_folder import REPORT
from bpssim.studies.results_folder.left_behind import tidy
from bpssim.studies.results_folder.manifest import is_as_written, write_manifest
from bpssim.studies.results_folder.place import resolved
from bpssim.studies.results_folder.reading import (
    BarriersResults,
    BudgetResults,
    CalibrationResults,
    ComparisonResults,
    FrontierResults,
    Results,
    RunResults,
    StudyResults,
    read_results,
)
from bpssim.studies.results_folder.sole_writer import sole_writer

FIGURES = "figures"


def write_report(folder: Path, png: bool = False) -> None:
    """Write `report.html`, `figures/` and sheets to print into a results folder, from its contents alone.

    Parameters
    ----------
    folder
        The results folder.
    png
        Write each figure as PNG too, beside its SVG.

    Raises
    ------
    OSError
        If they cannot be written.
    BadInput
        If the folder does not hold results, a file is missing, damaged or changed, or a link is where a file should be
        written.
    """
    results = read_results(folder)
    page = _page(results)
    figures = {drawing.name: saved(drawing, png) for drawing in page.drawings}
    files = {f"{FIGURES}/{name}": content for each in figures.values() for name, content in each.files.items()}
    files[REPORT] = html(page, {name: each.part for name, each in figures.items()}).encode()
    files |= _sheets(results)
    write_files(folder, files)
    manifest = results.manifest
    others = _without_former_figures(folder, manifest.files, files)
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    write_manifest(folder, manifest.model_copy(update={"files": {**others, **digests}}))


def _page(results: Results) -> Page:
    """The page of any kind of results."""
    match results:
        case RunResults():
            return run_page(results)
        case ComparisonResults():
            return comparison_page(results)
        case BudgetResults():
            return budget_page(results)
        case BarriersResults():
            return barriers_page(results)
        case StudyResults():
            return study_page(results)
        case FrontierResults():
            return frontier_page(results)
        case CalibrationResults():
            return calibration_page(results)


def _sheets(results: Results) -> dict[str, bytes]:
    """Sheets to print, by name of their file; only a study of barriers has any."""
    if not isinstance(results, BarriersResults):
        return {}
    view = BarriersView(results)
    return {name: sheet_html(kind.make(view)).encode() for name, kind in SHEETS.items()}


def _without_former_figures(folder: Path, written: Mapping[str, str], now: Collection[str]) -> dict[str, str]:
    """Remove figures that the page no longer has; return the other files written."""
    former = [name for name in written if name.startswith(f"{FIGURES}/") and name not in now]
    for name in former:
        if is_as_written(folder, name, written):
            (folder / name).unlink()
    return {name: digest for name, digest in written.items() if name not in former}


def write_report_again(folder: Path, png: bool = False) -> None:
    """Write the report of any folder; parameters and errors as for `write_report`.

    Raises
    ------
    BadInput
        Also if it cannot be written, another process is writing there, or its contents cannot be shown.
    """
    place = resolved(folder)
    try:
        with sole_writer(place):
            tidy(place)
            write_report(folder, png)
    except BadInput:
        raise
    except OSError as error:
        raise BadInput(Mistake(Origin(str(folder)), f"cannot be written ({error.strerror})")) from None
    except Exception as error:  # tables may hold values that no run writes
        text = f"holds tables of which no page can be made ({type(error).__name__}: {cut(str(error))})"
        raise BadInput(Mistake(Origin(str(folder)), text, advice="run the scenario again")) from error
