"""Studies small enough to run in a moment."""

from pathlib import Path

from bpssim.studies.plan.reading import ReadStudy, read_study

SMALL = "changes: {population.births_per_year: 200, run.warm_up_days: 14}"


def written(folder: Path, text: str, name: str = "tried") -> Path:
    """A file of a study of Site 1 with few births; the text adds to it."""
    path = folder / f"{name}.yaml"
    scenarios = "" if "scenarios:" in text else "scenarios: [site1]\n"
    path.write_text(f"name: {name}\n{scenarios}{SMALL}\n{text}\n")
    return path


def study(folder: Path, text: str) -> ReadStudy:
    """The study of such a file."""
    return read_study(written(folder, text))
