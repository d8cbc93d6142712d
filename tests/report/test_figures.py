"""Figures: everybody can tell their parts apart."""

import re
from pathlib import Path

from bpssim.report.figures.style import BLUE, GREY, INK, LOOKS, ORANGE


def luminance(colour: str) -> float:
    """Relative luminance as the Web Content Accessibility Guidelines define it."""
    parts = [int(colour[n : n + 2], 16) / 255.0 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_what_is_drawn_stands_out_from_the_page_and_what_is_written_can_be_read() -> None:
    for drawn in (BLUE, ORANGE, GREY, INK):
        assert contrast(drawn, "#FFFFFF") >= 3.0
    style = (Path(__file__).parents[2] / "bpssim/report/templates/page.css").read_text(encoding="utf-8")
    named = dict(re.findall(r"--(\w+): (#\w{6})", style))
    for written in (*(named[name] for name in ("ink", "soft", "blue")), INK):
        assert min(contrast(written, "#FFFFFF"), contrast(written, named["wash"])) >= 4.5


def test_series_differ_by_more_than_colour() -> None:
    shapes = [(look["marker"], look["linestyle"]) for look in LOOKS]
    assert len(set(shapes)) == len({marker for marker, _ in shapes}) == len(LOOKS)
