"""What all pages on ready studies have in common."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from bpssim.report.figures.drawing import Drawing
from study_pages.tables import read_once

ASSUMED = (
    "Most inputs that decide this are assumptions of grade C: they have never been measured. The levels were chosen "
    "for this study, and intervals are of Monte Carlo error alone."
)


VALUES = "Intervals hold 95 % over seeds, which all points share."


class Page(NamedTuple):
    """A page, and the figures that it shows."""

    text: str
    drawings: list[Drawing]


def table_lines(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    return [f"| {' | '.join(line)} |" for line in (heads, ["---"] * len(heads), *rows)]


def laid_out(
    name: str, title: str, answer: str, drawings: Mapping[str, Drawing], table: Sequence[str], notes: Sequence[str]
) -> Page:
    """A page; figures by what they say beyond their titles, if anything."""
    read = read_once(name)
    command = "frontier" if read.study.search else "sweep"
    figures = [
        line
        for note, drawing in drawings.items()
        for line in (f"![{drawing.title}](figures/{drawing.name}.svg)", "", note, "")
    ]
    text = [
        f"# {title}",
        "",
        f"**Asked:** {read.study.question}",
        "",
        answer,
        "",
        *figures,
        *table,
        "",
        "## What to keep in mind",
        "",
        *(f"- {note}" for note in (*notes, ASSUMED)),
        "",
        "## To repeat it",
        "",
        f"`bpssim {command} {name}` runs `experiments/{name}.yaml`; the tables behind this page are in "
        f"[studies/{name}](studies/{name}). The page is written by `python experiments/studies.py {name}`.",
        "",
    ]
    return Page("\n".join(text).replace("\N{NO-BREAK SPACE}", " "), list(drawings.values()))
