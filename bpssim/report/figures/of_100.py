"""Of 100 mothers: stacked bars with their numbers, told apart by hatching as well as by colour."""

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from bpssim.report.figures.drawing import Drawing, drawn
from bpssim.report.figures.heading import Heading
from bpssim.report.figures.style import BLUE, GREY, INK, ORANGE, TURQUOISE, canvas, in_lines, room_for, write_key
from bpssim.report.formatting import Amount, with_limits
from bpssim.scenario.words import Level

LEVEL_LOOKS: Mapping[Level, dict[str, Any]] = {
    Level.MACRO: {"facecolor": BLUE, "edgecolor": BLUE},
    Level.MESO: {"facecolor": "white", "edgecolor": ORANGE, "hatch": "////"},
    Level.MICRO: {"facecolor": "white", "edgecolor": TURQUOISE, "hatch": "...."},
}
"""Levels differ in colour and in hatching."""
OTHER_LOOK: dict[str, Any] = {"facecolor": "white", "edgecolor": GREY}
_LINE = 0.42
"""Height of a bar with the room above it [inches]."""
_NARROW = 3.5
"""Mothers of 100 below whom a part of a bar has no room for its number."""


def of_100_drawing(
    heading: Heading, bars: Mapping[str, Sequence[Amount]], whole: Mapping[str, Sequence[int]], parts: Sequence[str]
) -> Drawing:
    """Draw one bar for each group of mothers.

    Parameters
    ----------
    heading
        Its axis says of whom there are 100.
    bars
        Parts of 100 by the label of the group: one for each level, and those who remain. Parts below 0 are drawn to
        the left of 0.
    whole
        The same in whole mothers that add up to 100.
    parts
        What the parts are.
    """

    def draw() -> Figure:
        figure, axes = canvas(heading, height=_LINE * len(bars) + 0.1, left=room_for(bars), bottom=1.2)
        for place, (label, amounts) in enumerate(bars.items()):
            _draw_bar(axes, place, amounts, whole[label])
        axes.axvline(0.0, color=INK, linewidth=0.9, zorder=4)
        axes.set_yticks(range(len(bars)), [in_lines(label) for label in bars])
        axes.set_ylim(len(bars) - 0.45, -0.55)
        axes.set_xlim(min(axes.dataLim.x0, 0.0), max(axes.dataLim.x1, 100.0))
        axes.set_xticks([0, 25, 50, 75, 100])
        axes.spines["left"].set_visible(False)
        handles = [Patch(**look) for look in (*LEVEL_LOOKS.values(), OTHER_LOOK)]
        write_key(figure, handles, parts, 1)
        return figure

    numbers = {
        label: [f"{part} {with_limits(amount)}" for part, amount in zip(parts, amounts, strict=True)]
        for label, amounts in bars.items()
    }
    return drawn(heading, draw, ".", numbers)


def _draw_bar(axes: Axes, place: int, amounts: Sequence[Amount], whole: Sequence[int]) -> None:
    above = below = 0.0
    for amount, number, look in zip(amounts, whole, (*LEVEL_LOOKS.values(), OTHER_LOOK), strict=True):
        start = above if amount.value >= 0.0 else below
        axes.barh(place, amount.value, left=start, height=0.56, linewidth=0.8, **look)
        if abs(amount.value) >= _NARROW:
            _write_number(axes, start + amount.value / 2.0, place, number)
        if amount.value >= 0.0:
            above += amount.value
        else:
            below += amount.value
    remain = amounts[-1]
    if remain.has_limits:
        half = (remain.upper - remain.lower) / 2.0
        axes.errorbar(above - remain.value, place + 0.39, xerr=half, color=INK, capsize=2.5, elinewidth=1.4, zorder=5)


def _write_number(axes: Axes, x: float, y: float, number: int) -> None:
    box = {"boxstyle": "round,pad=0.18", "facecolor": "white", "edgecolor": "none"}
    axes.text(x, y, str(number).replace("-", "\N{MINUS SIGN}"), ha="center", va="center", size=9.0, bbox=box, zorder=3)
