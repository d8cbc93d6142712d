"""How every figure looks: size, fonts, colours and the room that its parts have."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle, islice
from textwrap import wrap
from typing import Any

from matplotlib import rc_context, rcParamsDefault
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path
from matplotlib.ticker import MaxNLocator

BLUE, ORANGE, GREY, INK = "#12436D", "#F46A25", "#6F777B", "#1D2A33"
PINK, TURQUOISE, PURPLE = "#801650", "#1F8A80", "#8A63C2"
"""Blue and orange are told apart in all three colour deficiencies, and all have 3:1 on white at least."""
PALE = "#E9EDF0"
"""For what lies behind; nothing is told by it alone."""
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
"""Series are told apart by colour, marker and line together, and never by one of them alone."""


def looks(number: int) -> list[dict[str, Any]]:
    """Looks of so many series; past the tenth they come again."""
    return list(islice(cycle(LOOKS), number))


QUINTILE_TICKS = ("1\nmost\ndeprived", "2", "3", "4", "5\nleast\ndeprived")

_HARDLY = 0.04
"""Share of the height by which a bar may reach below 0 without an axis of its own there."""
WIDTH = 4.7
"""Width of a figure [inches]; it stays readable on a telephone."""
_LINE = 0.19
_TITLE_SIZE, _SIZE = 10.5, 9.5
_LABEL_CHARACTERS, _LABEL_LINE = 24, 0.062
_STYLE: dict[Any, Any] = {
    "font.family": "sans-serif",
    "font.sans-serif": ["Arial", "Liberation Sans", "DejaVu Sans"],
    "font.size": _SIZE,
    "text.color": INK,
    "text.parse_math": False,  # a dollar sign in somebody's title is one
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
"""Settings that concern windows and sessions, and no figure that is written to a file."""


@contextmanager
def house_style() -> Iterator[None]:
    """Draw in the style of the house for a while, whatever settings were made for other programs."""
    own = {name: value for name, value in dict.items(rcParamsDefault) if name not in _NOT_OF_LOOKS}
    with rc_context({**own, **_STYLE}):
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
    lines = _wrapped(title, 0.97 * WIDTH)
    head = 0.14 + _LINE * len(lines) + 0.36
    total = head + height + bottom
    figure = Figure(figsize=(WIDTH, total))
    figure.text(0.0, 1.0 - 0.1 / total, "\n".join(lines), size=_TITLE_SIZE, weight="bold", va="top", linespacing=1.25)
    figure.text(0.0, 1.0 - (head - 0.13) / total, axis, va="baseline")
    axes = figure.add_axes((left / WIDTH, bottom / total, 1.0 - (left + right) / WIDTH, height / total))
    return figure, axes


def in_lines(label: str) -> str:
    """A label in lines that are short enough to stand beside a figure."""
    return "\n".join(part for line in label.split("\n") for part in wrap(line, _LABEL_CHARACTERS))


def room_for(labels: Iterable[str]) -> float:
    """Room that the widest of some labels takes in such lines, with a little beside it [inches]."""
    return max(_width(line, _SIZE) for label in labels for line in in_lines(label).split("\n")) + 0.15


def rows_of_key(labels: Collection[str]) -> int:
    """Lines that a key of two columns takes."""
    return (len(labels) + 1) // 2 * max(in_lines(label).count("\n") + 1 for label in labels)


def _wrapped(title: str, width: float) -> list[str]:
    """A title in lines that are no wider."""
    lines = [""]
    for word in title.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if _width(longer, _TITLE_SIZE, "bold") <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _width(text: str, size: float, weight: str = "normal") -> float:
    """Width in the widest of the fonts, which matplotlib brings along [inches]; in the others there is room left."""
    font = FontProperties(family="DejaVu Sans", size=size, weight=weight)
    width, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return float(width) / 72.0


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
    lines = max((in_lines(text).count("\n") + 1 for _, text in ends), default=1)
    distance = max(least, _LABEL_LINE * lines) * (high - low)
    ordered = sorted(ends)
    places = _apart([y for y, _ in ordered], distance, low, high)
    for (_, text), y in zip(ordered, places, strict=True):
        axes.text(x, y, in_lines(text), va="center", ha="left", size=9.0, clip_on=False)


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
    """Let the vertical axis hold 0 and end at ticks, with lines at its ticks."""
    low, high = min(axes.dataLim.y0, 0.0), max(axes.dataLim.y1, 0.0)
    low, high = (0.0 if abs(end) < _HARDLY * (high - low) else end for end in (low, high))
    ticks = MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high if high > low else 1.0)
    axes.set_yticks(ticks)
    axes.set_ylim(ticks[0], ticks[-1])
    axes.grid(axis="y")
