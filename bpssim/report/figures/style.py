"""House style of figures: size, fonts, colours and margins."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import cycle, islice
from textwrap import wrap
from typing import Any, NamedTuple

import numpy as np
from matplotlib import rc_context, rcParamsDefault
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.textpath import text_to_path
from matplotlib.ticker import MaxNLocator

from bpssim.report.figures.heading import Heading

BLUE, ORANGE, GREY, INK = "#12436D", "#F46A25", "#6F777B", "#1D2A33"
PINK, TURQUOISE, PURPLE = "#801650", "#1F8A80", "#8A63C2"
"""Blue and orange are distinct in all colour vision deficiencies; all have at least 3:1 contrast on white."""
PALE = "#E9EDF0"
"""Background; carries no information by itself."""
LOOKS: Sequence[dict[str, Any]] = (
    {"color": BLUE, "marker": "o", "linestyle": "-"},
    {"color": ORANGE, "marker": "s", "linestyle": "--"},
    {"color": GREY, "marker": "^", "linestyle": ":"},
    {"color": INK, "marker": "D", "linestyle": "-."},
    {"color": PINK, "marker": "v", "linestyle": "--"},
    {"color": TURQUOISE, "marker": "P", "linestyle": "-"},
    {"color": PURPLE, "marker": "X", "linestyle": "-."},
    {"color": BLUE, "marker": "<", "linestyle": ":"},
    {"color": ORANGE, "marker": ">", "linestyle": "-"},
    {"color": GREY, "marker": "p", "linestyle": "--"},
)
"""Series differ in colour, marker and line together, never in one alone."""


def looks(number: int) -> list[dict[str, Any]]:
    """Styles of a number of series; they repeat after the tenth."""
    return list(islice(cycle(LOOKS), number))


QUINTILE_TICKS = ("1\nmost\ndeprived", "2", "3", "4", "5\nleast\ndeprived")

_HARDLY = 0.04
"""Share of the height by which a bar may reach below 0 without an axis of its own there."""
WIDTH = 4.7
"""Width of a figure [inches]; readable on a phone."""
_LINE = 0.19
_TITLE_SIZE, _SIZE = 10.5, 9.5
_LABEL_CHARACTERS, _LABEL_LINE = 24, 0.062
_SAMPLE = 0.3
"""Room for the sample of a line before its label [inches]."""
_STYLE: dict[Any, Any] = {
    "font.family": "sans-serif",
    "font.sans-serif": ["Arial", "Liberation Sans", "DejaVu Sans"],
    "font.size": _SIZE,
    "text.color": INK,
    "text.parse_math": False,  # a dollar sign in a title is not mathematics
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


_NOT_OF_LOOKS = {"backend", "backend_fallback", "date.epoch", "interactive", "timezone", "toolbar"}
"""Settings of windows and sessions, which do not affect a figure written to a file."""


@contextmanager
def house_style() -> Iterator[None]:
    """Context in which figures are drawn in the house style, whatever the user's Matplotlib settings."""
    own = {name: value for name, value in dict.items(rcParamsDefault) if name not in _NOT_OF_LOOKS}
    with rc_context({**own, **_STYLE}):
        yield


def canvas(
    heading: Heading,
    height: float = 2.6,
    *,
    width: float = WIDTH,
    left: float = 0.55,
    right: float = 0.25,
    bottom: float = 0.62,
) -> tuple[Figure, Axes]:
    """Return an empty figure with a title, and one pair of axes.

    Parameters
    ----------
    heading
        Its title is broken into lines.
    height
        Of the axes [inches].
    width
        Of the figure [inches].
    left, right, bottom
        Room beside and below them [inches].
    """
    lines = _wrapped(heading.title, 0.97 * width)
    head = 0.14 + _LINE * len(lines) + 0.36
    total = head + height + bottom
    figure = Figure(figsize=(width, total))
    figure.text(0.0, 1.0 - 0.1 / total, "\n".join(lines), size=_TITLE_SIZE, weight="bold", va="top", linespacing=1.25)
    figure.text(0.0, 1.0 - (head - 0.13) / total, heading.axis, va="baseline")
    axes = figure.add_axes((left / width, bottom / total, 1.0 - (left + right) / width, height / total))
    return figure, axes


def write_key(figure: Figure, handles: Sequence[Artist], labels: Iterable[str], columns: int) -> None:
    """Write what the signs mean below the axes; labels in one column stay on one line."""
    names = [in_lines(label) if columns > 1 else label for label in labels]
    figure.legend(
        handles, names, loc="lower left", bbox_to_anchor=(-0.02, 0.0), ncols=columns, frameon=False, handletextpad=0.1
    )


def in_lines(label: str) -> str:
    """A label broken into lines short enough for the margin."""
    return "\n".join(part for line in label.split("\n") for part in wrap(line, _LABEL_CHARACTERS))


class End(NamedTuple):
    """The right end of a line: its height [data], label and style."""

    height: float
    label: str
    look: Mapping[str, Any]


def room_for_ends(labels: Iterable[str]) -> float:
    """Margin for the widest of some labels of `label_ends` [inches]."""
    return _SAMPLE + room_for(labels)


def room_for(labels: Iterable[str]) -> float:
    """Margin for the widest of some labels [inches]."""
    return max(_width(line, _SIZE) for label in labels for line in in_lines(label).split("\n")) + 0.15


def rows_of_key(labels: Collection[str]) -> int:
    """Number of lines of a key in two columns."""
    return (len(labels) + 1) // 2 * max(in_lines(label).count("\n") + 1 for label in labels)


def _wrapped(title: str, width: float) -> list[str]:
    """A title broken into lines of a maximum width."""
    lines = [""]
    for word in title.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if _width(longer, _TITLE_SIZE, "bold") <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _width(text: str, size: float, weight: str = "normal") -> float:
    """Width in the widest of the fonts, the one that comes with Matplotlib [inches]."""
    font = FontProperties(family="DejaVu Sans", size=size, weight=weight)
    width, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return float(width) / 72.0


def label_ends(axes: Axes, x: float, ends: Sequence[End], least: float) -> None:
    """Label lines at their right ends, moved apart where labels would overlap, each behind a sample of its line.

    Parameters
    ----------
    axes
        Axes to write on.
    x
        Left edge of the labels [data].
    ends
        One for each line.
    least
        Minimum distance between labels [share of the height of the axes].
    """
    low, high = axes.get_ylim()
    lines = max((in_lines(end.label).count("\n") + 1 for end in ends), default=1)
    distance = max(least, _LABEL_LINE * lines) * (high - low)
    ordered = sorted(ends, key=lambda end: (end.height, end.label))
    places = _apart([end.height for end in ordered], distance, low, high)
    left, right = axes.get_xlim()
    inch = (right - left) / (WIDTH * axes.get_position().width)
    sample = x + np.array([0.0, 0.4, 0.8]) * _SAMPLE * inch
    for end, y in zip(ordered, places, strict=True):
        axes.add_line(Line2D(sample, [y] * 3, **end.look, markevery=[1], clip_on=False))
        axes.text(x + _SAMPLE * inch, y, in_lines(end.label), va="center", ha="left", size=9.0, clip_on=False)


def _apart(wanted: Sequence[float], distance: float, lowest: float, highest: float) -> list[float]:
    """Rising positions at least a distance apart, within the ends, near the wanted ones."""
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
    """Make the vertical axis include 0 and end at ticks, with grid lines."""
    low, high = min(axes.dataLim.y0, 0.0), max(axes.dataLim.y1, 0.0)
    low, high = (0.0 if abs(end) < _HARDLY * (high - low) else end for end in (low, high))
    ticks = MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high if high > low else 1.0)
    axes.set_yticks(ticks)
    axes.set_ylim(ticks[0], ticks[-1])
    axes.grid(axis="y")
