"""Figures of sensitivity analyses and of the value of information."""

import math

import pytest

from bpssim.report.figures.drawing import Drawing
from bpssim.report.figures.heading import Heading
from bpssim.report.figures.information import information_drawing
from bpssim.report.figures.tornado import tornado_drawing
from bpssim.report.formatting import POINTS, Amount
from tests.report.test_figures_fit import check

LONG = "access.circumstances.confidence_answering"
HEADING = Heading("figure", f"{LONG} and what else there may be matter most for all mothers", "Change")


def tornado() -> Drawing:
    change, none = Amount(0.012, 0.004, 0.02, POINTS), Amount(0.0, math.nan, math.nan, POINTS)
    return tornado_drawing(
        HEADING, {LONG: [("as it is, or nearly so", none), ("1.5", change)], "hours": [("0.5", change), ("1", none)]}
    )


def information() -> Drawing:
    values = {"everything drawn": Amount(12000.0, 9000.0, 15000.0, "GBP"), LONG: Amount(3.0, 0.0, 6.0, "GBP")}
    return information_drawing(HEADING, values)


@pytest.mark.parametrize("drawing", [tornado(), information()], ids=["tornado", "information"])
def test_no_words_are_cut(drawing: Drawing) -> None:
    check(drawing)


def test_numbers_are_in_the_description() -> None:
    assert "at 1.5 1.2 percentage points (0.4 to 2.0)" in tornado().description
    assert "everything drawn: £12,000 (£9,000 to £15,000)" in information().description


def test_bars_reach_from_the_least_to_the_most() -> None:
    bars = [patch for patch in tornado().figure.axes[0].patches if patch.get_width() > 0.0]
    assert [bar.get_width() for bar in bars] == pytest.approx([1.2, 1.2])
