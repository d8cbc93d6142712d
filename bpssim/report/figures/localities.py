"""Where mothers live whom the service does not reach: one row for each locality, dots by quintile, no geography."""

import math
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_hex
from matplotlib.figure import Figure

from bpssim.report.figures.drawing import Drawing, drawn
from bpssim.report.figures.heading import Heading
from bpssim.report.figures.style import BLUE, GREY, INK, PALE, canvas, in_lines
from bpssim.report.formatting import Amount, count, percent, plain, with_limits
from bpssim.report.summary_lookup import QUINTILES, SHORT_NAMES
from bpssim.statistics.intervals import normal_quantile

_SHADES = LinearSegmentedColormap.from_list("not reached", ["#FFFFFF", "#7FA3C7", BLUE, "#061A30"])
"""From 0 to all mothers not reached, always the same; its lightness falls evenly, so it reads in grey."""
_LABELS, _CELL, _GAP, _BARS, _NUMBER = 1.85, 0.92, 0.18, 1.45, 0.5
"""Widths of the labels, of the cell of a quintile, before the bars, of the bars and of their numbers [inches]."""
_HEAD, _KEY, _LINE, _BETWEEN = 0.66, 0.62, 0.165, 0.07
"""Heights of the headings, of the key, of a line of a label, and between rows [inches]."""
_LARGEST, _SMALLEST = 0.2, 0.06
"""Diameter of the largest dot, at most and at least [inches]."""
_TALLEST, _TALLEST_ROW = 7.6, 1.6
"""Heights of all rows and of one beyond which dots are made smaller, unless names need them [inches]."""
_CLASSES = 8
"""Diameters that differ, so that dots of one kind are one shape in the file."""
_SMALL = 8.5
WIDTH = _LABELS + 5 * _CELL + _GAP + _BARS + _NUMBER


class Dot(NamedTuple):
    """A small area, or all those of one quintile: births a year and the share of mothers not reached."""

    births: float
    missed: float


class Locality(NamedTuple):
    """A row: dots by quintile from 1 to 5, and mothers a year who are not reached."""

    dots: Sequence[Sequence[Dot]]
    missed: Amount


def localities_drawing(heading: Heading, rows: Mapping[str, Locality], missed: Sequence[Amount]) -> Drawing:
    """Draw dots in rows by locality and columns by quintile, and beside them the mothers who are not reached.

    Parameters
    ----------
    heading
        Of the figure.
    rows
        By name, at least one.
    missed
        Share of mothers not reached in quintiles 1 to 5 of all localities.
    """
    names = [in_lines(name) for name in rows]
    largest, heights = _sizes(names, list(rows.values()))
    height = _HEAD + sum(heights) + _KEY

    def draw() -> Figure:
        figure, axes = canvas(heading, height, width=WIDTH, left=0.0, right=0.0, bottom=0.02)
        axes.set_xlim(0.0, WIDTH)
        axes.set_ylim(height, 0.0)  # inches from the top
        axes.set_xticks([])
        axes.set_yticks([])
        axes.set_axis_off()
        most = max((dot.births for row in rows.values() for cell in row.dots for dot in cell), default=1.0)
        _write_head(axes, missed, _HEAD + sum(heights))
        tops = _HEAD + np.concatenate([[0.0], np.cumsum(heights)])
        dots: list[tuple[float, str, float, float]] = []
        for name, row, top, bottom in zip(names, rows.values(), tops, tops[1:], strict=False):
            middle = (top + bottom) / 2.0
            axes.plot([0.0, WIDTH], [top, top], color="#D5DBDF", linewidth=0.6, zorder=1)
            axes.text(_LABELS - 0.1, middle, name, ha="right", va="center", size=_SMALL + 0.5, linespacing=1.1)
            for n, cell in enumerate(row.dots):
                dots += _placed(cell, _LABELS + n * _CELL, middle, largest, most)
        _draw_dots(axes, dots)
        _draw_bars(axes, [row.missed for row in rows.values()], ((tops[:-1] + tops[1:]) / 2.0).tolist())
        _draw_key(axes, tops[-1] + 0.38, largest, most)
        return figure

    numbers = {name: [_in_words(row)] for name, row in rows.items()}
    shares = ", ".join(
        f"quintile {quintile} {with_limits(share)}" for quintile, share in zip(QUINTILES, missed, strict=True)
    )
    return drawn(heading, draw, f". Not reached by day 7: {shares}. By row:", numbers)


def _in_words(row: Locality) -> str:
    areas = sum(map(len, row.dots))
    return f"{with_limits(row.missed)} a year not reached, {areas} dot{'s' if areas != 1 else ''}"


def _sizes(names: Sequence[str], rows: Sequence[Locality]) -> tuple[float, list[float]]:
    """Diameter of the largest dot, and heights of the rows, so that all of them fit on a page of paper."""
    least = [_BETWEEN + _LINE * (1 + name.count("\n")) for name in names]
    diameter = _LARGEST
    while True:
        dots = [_BETWEEN + _slot(diameter) * _lines(max(map(len, row.dots)), diameter) for row in rows]
        heights = [max(pair) for pair in zip(least, dots, strict=True)]
        if diameter <= _SMALLEST or (sum(heights) <= max(_TALLEST, sum(least)) and max(dots) <= _TALLEST_ROW):
            return diameter, heights
        diameter -= 0.01


def _slot(diameter: float) -> float:
    return 1.08 * diameter + 0.01


def _per_line(diameter: float) -> int:
    return max(int((_CELL - 0.06) / _slot(diameter)), 1)


def _lines(dots: int, diameter: float) -> int:
    return -(-dots // _per_line(diameter))


def _diameter(births: float, largest: float, most: float) -> float:
    """Area in proportion to births, in classes."""
    return largest * max(round(_CLASSES * math.sqrt(births / most)), 1) / _CLASSES


def _placed(
    cell: Sequence[Dot], left: float, middle: float, largest: float, most: float
) -> list[tuple[float, str, float, float]]:
    """Dots of a cell, the largest first, in lines: diameter, shade, and place."""
    slot, wide = _slot(largest), _per_line(largest)
    top = middle - slot * (_lines(len(cell), largest) - 1) / 2.0
    ordered = sorted((dot for dot in cell), key=lambda dot: (-dot.births, dot.missed))
    return [
        (_diameter(dot.births, largest, most), to_hex(_SHADES(dot.missed)),
         left + 0.03 + slot * (n % wide + 0.5), top + slot * (n // wide))
        for n, dot in enumerate(ordered)
    ]  # fmt: skip


def _draw_dots(axes: Axes, dots: Sequence[tuple[float, str, float, float]]) -> None:
    """Draw dots of one size and shade together, which keeps the file small."""
    for (diameter, shade), alike in groupby(sorted(dots), key=lambda dot: dot[:2]):
        places = [dot[2:] for dot in alike]
        axes.plot(*zip(*places, strict=True), **_dot(diameter, shade), clip_on=False)


def _round_below(births: float) -> float:
    """The largest of 1, 2, 5, 10, 20, 50 and so on that is not above it."""
    tens = 10.0 ** math.floor(math.log10(births))
    return tens * max(digit for digit in (1.0, 2.0, 5.0) if digit * tens <= births)


def _dot(diameter: float, shade: str) -> dict[str, Any]:
    look = {"markerfacecolor": shade, "markeredgecolor": INK, "markeredgewidth": 0.4}
    return {"marker": "o", "linestyle": "", "markersize": 72.0 * diameter, **look}


def _write_head(axes: Axes, missed: Sequence[Amount], bottom: float) -> None:
    axes.text(_LABELS - 0.1, _HEAD - 0.1, "not reached by day 7", ha="right", va="bottom", size=_SMALL)
    for n, (quintile, share) in enumerate(zip(QUINTILES, missed, strict=True)):
        left = _LABELS + n * _CELL
        if n % 2 == 0:
            axes.fill_between([left, left + _CELL], 0.0, bottom, color=PALE, linewidth=0.0, alpha=0.6, zorder=0)
        name = SHORT_NAMES[quintile].replace("most ", "most\n").replace("least ", "least\n")
        axes.text(left + _CELL / 2.0, 0.04, name, ha="center", va="top", size=_SMALL, linespacing=1.1)
        text = percent(share.value) if share.defined else ""
        axes.text(left + _CELL / 2.0, _HEAD - 0.1, text, ha="center", va="bottom", size=10.0, weight="bold")
    left = _LABELS + 5 * _CELL + _GAP
    axes.text(left, 0.04, "mothers a year\nnot reached by day 7", va="top", size=_SMALL, linespacing=1.1)


def one_year(expected: float) -> tuple[float, float]:
    """Limits of the number of a single year, 95 %; about Poisson, because single births and contacts are chance."""
    half = normal_quantile() * math.sqrt(expected)
    return max(expected - half, 0.0), expected + half


def _draw_bars(axes: Axes, missed: Sequence[Amount], middles: Sequence[float]) -> None:
    """Draw the mothers not reached on an axis from 0: as expected with the interval, and what one year may bring."""
    left = _LABELS + 5 * _CELL + _GAP
    year = [one_year(each.value) for each in missed]
    inches = _BARS / max(1.0, *(high for _, high in year))
    axes.plot([left, left], [_HEAD, middles[-1] + 0.1], color=GREY, linewidth=0.8, zorder=2)
    for each, (low, high), middle in zip(missed, year, middles, strict=True):
        axes.plot([left + inches * low, left + inches * high], [middle] * 2, color=GREY, linewidth=1.0, zorder=2)
        if each.has_limits:
            ends = [left + inches * each.lower, left + inches * each.upper]
            axes.plot(ends, [middle] * 2, color=BLUE, linewidth=4.0, alpha=0.5, solid_capstyle="butt", zorder=3)
        axes.plot(left + inches * each.value, middle, marker="D", color=BLUE, markersize=4.5, zorder=4)
        number = plain(each.value, 0 if each.value >= 10.0 else 1)
        axes.text(WIDTH, middle, number, ha="right", va="center", size=_SMALL + 0.5)


def _draw_key(axes: Axes, y: float, largest: float, most: float) -> None:
    """Draw what shades and sizes mean."""
    axes.text(_LABELS - 0.1, y, "shade: not reached", ha="right", va="center", size=_SMALL)
    for n, share in enumerate((0.0, 0.25, 0.5, 0.75, 1.0)):
        x = _LABELS + 0.15 + 0.52 * n
        axes.plot(x, y, **_dot(0.14, to_hex(_SHADES(share))))
        axes.text(x + 0.1, y, percent(share), va="center", size=_SMALL)
    x = _LABELS + 3.3
    axes.text(x, y, "area: births a year", va="center", size=_SMALL)
    for n, births in enumerate((_round_below(most / 4.0), _round_below(most))):
        axes.plot(x + 1.3 + 0.6 * n, y, **_dot(_diameter(births, largest, most), "#FFFFFF"))
        axes.text(x + 1.3 + 0.6 * n + largest / 2.0 + 0.03, y, count(births), va="center", size=_SMALL)
