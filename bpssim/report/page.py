"""The report of a results folder: one page that opens anywhere, and its figures as files."""

from pathlib import Path

from bpssim.report.figures.saving import save_both
from bpssim.report.rendering import html
from bpssim.report.run.page import run_page
from bpssim.studies.folder import REPORT
from bpssim.studies.reading import read_run
from bpssim.studies.whole_file import write_file


def write_report(folder: Path) -> None:
    """Write `report.html` and `figures/` into a results folder, from nothing but what stands in it.

    Raises
    ------
    BadInput
        If the folder does not hold results, a file of it is missing or damaged, or it cannot be written.
    """
    page = run_page(read_run(folder))
    figures = folder / "figures"
    figures.mkdir(exist_ok=True)
    drawn = {drawing.name: save_both(drawing, figures) for drawing in page.drawings}
    write_file(folder / REPORT, html(page, drawn))
