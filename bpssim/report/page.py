"""The report of a results folder: one page that opens anywhere, and its figures as files."""

from pathlib import Path

from bpssim.report.comparison.page import comparison_page
from bpssim.report.figures.saving import save_both
from bpssim.report.rendering import html
from bpssim.report.run.page import run_page
from bpssim.studies.results_folder.reading import RunResults, read_results
from bpssim.studies.results_folder.whole_file import write_file
from bpssim.studies.results_folder.whole_folder import REPORT


def write_report(folder: Path) -> None:
    """Write `report.html` and `figures/` into a results folder, from nothing but what stands in it.

    Raises
    ------
    BadInput
        If the folder does not hold results, a file of it is missing or damaged, or it cannot be written.
    """
    results = read_results(folder)
    page = run_page(results) if isinstance(results, RunResults) else comparison_page(results)
    figures = folder / "figures"
    figures.mkdir(exist_ok=True)
    drawn = {drawing.name: save_both(drawing, figures) for drawing in page.drawings}
    write_file(folder / REPORT, html(page, drawn))
