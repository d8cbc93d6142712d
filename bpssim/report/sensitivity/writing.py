"""The files that a sensitivity analysis adds to the folder of its study."""

from bpssim.report.figures.saving import saved
from bpssim.report.rendering import html
from bpssim.report.sensitivity.carries_page import carries_page
from bpssim.report.sensitivity.page import sensitivity_page
from bpssim.studies.results_folder.atomic_file import write_files
from bpssim.studies.results_folder.manifest import AboutStudy, list_files, read_manifest
from bpssim.studies.sensitivity.carries import Carries, NullRow
from bpssim.studies.sensitivity.rows import SensitivityRow
from bpssim.studies.sensitivity.sensitivity import Sensitivity

TABLE, NULLS = "sensitivity.csv", "nulls.csv"
PAGE, FIGURES = "sensitivity.html", "sensitivity_figures"


def write_tables(made: Sensitivity, carries: Carries | None) -> None:
    """Write `sensitivity.csv`, and `nulls.csv` if assumptions are switched off; the caller holds the folder."""
    folder = made.sweep.folder
    folder.table(TABLE, SensitivityRow._fields, made.table())
    if carries:
        folder.table(NULLS, NullRow._fields, carries.rows)
    list_files(folder.place)


def write_page(made: Sensitivity, carries: Carries | None) -> None:
    """Write `sensitivity.html` and its figures, beside the page of the sweep; the caller holds the folder."""
    place = made.sweep.folder.place
    manifest = read_manifest(place)
    if not isinstance(manifest, AboutStudy):
        raise TypeError(f"{place} holds no study")
    page = carries_page(carries, manifest) if carries else sensitivity_page(made, manifest)
    figures = {drawing.name: saved(drawing) for drawing in page.drawings}
    files = {f"{FIGURES}/{name}": content for each in figures.values() for name, content in each.files.items()}
    files[PAGE] = html(page, {name: each.part for name, each in figures.items()}).encode()
    write_files(place, files)
    list_files(place)
