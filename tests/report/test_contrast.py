"""Words and signs stand out from what they stand on, as WCAG 2.2 AA asks: 4.5 to 1 for words, 3 to 1 for signs."""

import re
from importlib.resources import files

from bpssim.report.figures.style import INK, LOOKS


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


def test_the_measure_is_that_of_the_guideline() -> None:
    assert contrast("#000000", "#ffffff") == 21.0
    assert 4.53 < contrast("#767676", "#ffffff") < 4.55


def test_words_of_pages_stand_out() -> None:
    css = files("bpssim.report").joinpath("templates", "page.css").read_text(encoding="utf-8")
    colours = dict(re.findall(r"--(\w+): (#\w{6});", css))
    assert {"ink", "soft", "blue", "wash"} <= set(colours)
    for words in ("ink", "soft", "blue"):
        for ground in ("#ffffff", colours["wash"]):
            assert contrast(colours[words], ground) >= 4.5, (words, ground)


def test_signs_and_words_of_figures_stand_out() -> None:
    assert contrast(INK, "#ffffff") >= 4.5
    for look in LOOKS:
        assert contrast(look["color"], "#ffffff") >= 3.0, look


def test_series_are_told_apart_without_colour() -> None:
    assert len({(look["marker"], look["linestyle"]) for look in LOOKS}) == len(LOOKS)
