"""How every figure looks: size, fonts, colours and the room that its parts have."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from textwrap import wrap
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

BLUE, ORANGE, GREY, INK = "#12436D", "#F46A25", "#6F777B", "#1D2A33"
"""Blue and orange are told apart in all three colour deficiencies, and all have 3:1 on white at least."""
PALE = "#E9EDF0"
"""For what lies behind; nothing is told by it alone."""
QUINTILE_TICKS = ("1\nmost\ndeprived", "2", "3", "4", "5\nleast\ndeprived")

WIDTH = 4.7
"""Width of a figure [inches]; it stays readable on a telephone."""
_LINE, _TITLE_CHARACTERS = 0.19, 62
_STYLE: dict[Any, Any] = {
    "font.family": "sans-serif",
    "font.sans-serif": ["Arial", "Liberation Sans", "DejaVu Sans"],
    "font.size": 9.5,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": GREY,
    "axes.linewidth": 0.8,
    "axes.axisbelow": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.major.size": 0.0,
    "ytick.major.size": 0.0,
    "xtick.major.pad": 6.0,
    "ytick.major.pad": 5.0,
    "grid.color": "#D5DBDF",
    "grid.linewidth": 0.7,
    "svg.fonttype": "none",
    "svg.hashsalt": "bpssim",
}


@contextmanager
def house_style() -> Iterator[None]:
    """Draw in the style of the house for a while."""
    with rc_context(_STYLE):
        yield


def canvas(
    title: str, axis: str, height: float = 2.6, *, left: float = 0.55, right: float = 0.25, bottom: float = 0.62
) -> tuple[Figure, Axes]:
    """Return an empty figure with a title, and one pair of axes.

    Parameters
    ----------
    title
        What the reader should see; broken into lines.
    axis
        What the values are, written above the axes.
    height
        Of the axes [inches].
    left, right, bottom
        Room beside and below them [inches].
    """
    lines = wrap(title, _TITLE_CHARACTERS)
    head = 0.14 + _LINE * len(lines) + 0.36
    total = head + height + bottom
    figure = Figure(figsize=(WIDTH, total))
    figure.text(0.0, 1.0 - 0.1 / total, "\n".join(lines), size=10.5, weight="bold", va="top", linespacing=1.25)
    figure.text(0.0, 1.0 - (head - 0.13) / total, axis, va="baseline")
    axes = figure.add_axes((left / WIDTH, bottom / total, 1.0 - (left + right) / WIDTH, height / total))
    return figure, axes


def label_ends(axes: Axes, x: float, ends: Sequence[tuple[float, str]], least: float) -> None:
    """Write labels at the right ends of lines, moved apart where they would overlap.

    Parameters
    ----------
    axes
        Where to write.
    x
        Where the labels begin [data].
    ends
        Height [data] and text of each label.
    least
        Distance between two labels [share of the height of the axes].
    """
    low, high = axes.get_ylim()
    distance = least * (high - low)
    ordered = sorted(ends)
    places = _apart([y for y, _ in ordered], distance, low, high)
    for (_, text), y in zip(ordered, places, strict=True):
        axes.text(x, y, text, va="center", ha="left", size=9.0, clip_on=False)


def _apart(wanted: Sequence[float], distance: float, lowest: float, highest: float) -> list[float]:
    """Places in rising order that are so far apart at least, between the ends, near to where they are wanted."""
    places = list(wanted)
    for _ in range(50):
        for n in range(len(places) - 1):
            lack = distance - (places[n + 1] - places[n])
            if lack > 0.0:
                places[n] -= lack / 2.0
                places[n + 1] += lack / 2.0
    if not places:
        return places
    shift = max(lowest - places[0], 0.0) - max(places[-1] - highest, 0.0)
    return [place + shift for place in places]


def whole_ticks(axes: Axes) -> None:
    """Let the vertical axis begin at 0 and end at a tick, with lines at its ticks."""
    ticks = MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]).tick_values(0.0, max(axes.dataLim.y1, 1e-9))
    axes.set_yticks(ticks)
    axes.set_ylim(0.0, ticks[-1])
    axes.grid(axis="y")
