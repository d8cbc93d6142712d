"""The page on the minimum set of unknowns is of this version of the model."""

import re

from bpssim.studies.plan.reading import read_study
from tests.scripts import script


def test_the_first_points_come_out_as_on_the_page() -> None:
    made = script("minimum_sensitivity_set")
    text = made.PAGE.read_text(encoding="utf-8")
    lines = made.spot_lines(read_study(made.NAME))
    assert len(lines) == 4
    assert all(line in text.splitlines() for line in lines)


def test_every_figure_of_the_page_is_there() -> None:
    made = script("minimum_sensitivity_set")
    figures = re.findall(r"\]\((figures/[^)]+)\)", made.PAGE.read_text(encoding="utf-8"))
    assert len(figures) >= 3
    assert all((made.PAGE.parent / name).is_file() for name in figures)
