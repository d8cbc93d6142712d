"""Figures: everybody can tell their parts apart."""

import math
import re
from pathlib import Path

from matplotlib.colors import to_hex

from bpssim.report.figures.heading import Heading
from bpssim.report.figures.planes import Cloud, Corners, plane_drawing
from bpssim.report.figures.quintiles import Level, Series, quintile_drawing
from bpssim.report.figures.style import INK, LOOKS, looks
from bpssim.report.formatting import Amount


def luminance(colour: str) -> float:
    """Relative luminance as the Web Content Accessibility Guidelines define it."""
    parts = [int(colour[n : n + 2], 16) / 255.0 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_measure_is_that_of_the_guideline() -> None:
    assert contrast("#000000", "#ffffff") == 21.0
    assert 4.53 < contrast("#767676", "#ffffff") < 4.55


def test_what_is_drawn_stands_out_from_the_page_and_what_is_written_can_be_read() -> None:
    for drawn in (*(look["color"] for look in LOOKS), INK):
        assert contrast(drawn, "#FFFFFF") >= 3.0
    style = (Path(__file__).parents[2] / "bpssim/report/templates/page.css").read_text(encoding="utf-8")
    named = dict(re.findall(r"--(\w+): (#\w{6})", style))
    for written in (*(named[name] for name in ("ink", "soft", "blue")), INK):
        assert min(contrast(written, "#FFFFFF"), contrast(written, named["wash"])) >= 4.5


def test_series_differ_by_more_than_colour() -> None:
    shapes = [(look["marker"], look["linestyle"]) for look in LOOKS]
    assert len(set(shapes)) == len({marker for marker, _ in shapes}) == len(LOOKS)


def test_every_alternative_of_a_plane_is_seen_also_where_others_lie_at_the_same_place() -> None:
    clouds = {f"alternative {number}": Cloud([0.1, 0.2], [1.0, 2.0], (0.15, 1.5)) for number in range(7)}
    axes = plane_drawing(Heading("plane", "Title", "Up"), "Across", clouds, Corners("a", "b", "c", "d")).figure.axes[0]
    means = [line for line in axes.lines if len(line.get_xdata()) == 1]
    shown = {(line.get_marker(), to_hex(line.get_markeredgecolor())) for line in means}
    assert len(shown) == len(clouds)
    assert all(contrast(colour, "#FFFFFF") >= 3.0 for _, colour in shown)
    assert all(line.get_markerfacecolor() == "none" for line in means)


def test_every_label_at_the_end_of_a_line_has_a_sample_of_it() -> None:
    """Where lines end at the same height, only the sample says whose label it is."""
    series = [Series(f"series {n}", [Amount(0.1 * (n == 1), math.nan, math.nan, "share")] * 5) for n in range(3)]
    axes = quintile_drawing(Heading("ends", "Title", "Up"), series, Level(4.0, "whole")).figure.axes[0]
    samples = {line.get_ydata()[0]: line for line in axes.lines if min(line.get_xdata()) > axes.get_xlim()[1]}
    labels = {text.get_text(): samples[text.get_position()[1]] for text in axes.texts}
    assert set(labels) == {"series 0", "series 1", "series 2", "whole"}
    for number, each in enumerate(series):
        assert labels[each.label].get_color() == LOOKS[number]["color"]
        assert labels[each.label].get_marker() == LOOKS[number]["marker"]
    assert labels["whole"].get_marker() == "None"


def test_there_are_looks_for_any_number_of_series() -> None:
    assert len(looks(23)) == 23
    assert looks(10) == list(LOOKS)
