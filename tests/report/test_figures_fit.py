"""Nothing that a figure says is cut off at its edges, even in the widest of the fonts that it may be drawn with."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from matplotlib import rc_context
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from bpssim.report.comparison.page import comparison_page
from bpssim.report.figures.drawing import Drawing
from bpssim.report.figures.style import house_style
from bpssim.report.run.page import run_page
from bpssim.studies.results_folder.reading import RunResults, read_results
from tests.command_line import SMALL, done

LONG = "what_might_be_in_the_most_distant_of_all_districts_one_day_0"
FOLDERS = (
    ("run", "site1"),
    ("run", "site1", "--replicates", "1", "--set", "population.quintile_mix=[1, 0, 1, 0, 1]"),
    ("run", "site1", "--replicates", "2", "--set", "population.place=Glasgow City"),
    ("compare", "site1", "site1_interpreters", "--uncertainty", "10", "--replicates", "2"),
    ("compare", "site1", "site1_half_budget", "site1_data_none", "site1_data_minimal_plus_age", "site1_ward_opt_out"),
    ("compare", "site1", "site1_half_budget", "--uncertainty", "10", "--set", f"name={LONG}"),
    ("compare", "site1", *["site1_half_budget"] * 5, "--set", f"name={LONG}", "--replicates", "2"),
)


@pytest.fixture(params=FOLDERS, ids=" ".join)
def drawings(request: pytest.FixtureRequest, tmp_path: Path, undrawn: None) -> list[Drawing]:
    command, *arguments = request.param
    done(command, *SMALL, *arguments, "--out", str(tmp_path / "out"))
    found = read_results(tmp_path / "out")
    return list((run_page(found) if isinstance(found, RunResults) else comparison_page(found)).drawings)


def words(figure: Figure) -> Iterator[Text]:
    """Texts that are drawn: those of ticks outside the axes exist and are not."""
    ticks = {id(label) for axis in figure.findobj(Axis) for label in axis.get_ticklabels(which="both")}
    seen = set()
    for axis in figure.findobj(Axis):
        low, high = sorted(axis.get_view_interval())
        for place, label in zip(axis.get_ticklocs(), axis.get_ticklabels(), strict=True):
            if low <= place <= high:
                seen.add(id(label))
    for text in figure.findobj(Text):
        if text.get_visible() and text.get_text().strip() and (id(text) not in ticks or id(text) in seen):
            yield text


def check(drawing: Drawing) -> None:
    """Every word lies within the figure."""
    with house_style(), rc_context({"font.sans-serif": ["DejaVu Sans"]}):
        canvas = FigureCanvasAgg(drawing.figure)
        canvas.draw()
        for text in words(drawing.figure):
            box, edge = text.get_window_extent(canvas.get_renderer()), drawing.figure.bbox
            beyond = max(-box.x0, -box.y0, box.x1 - edge.x1, box.y1 - edge.y1)
            assert beyond <= 1.0, (drawing.name, text.get_text(), beyond)


def test_no_words_are_cut(drawings: list[Drawing]) -> None:
    assert len(drawings) >= 8
    for drawing in drawings:
        check(drawing)
