"""The team by week."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from matplotlib.ticker import MaxNLocator

from bpssim.report.figures.drawing import Drawing
from bpssim.report.figures.style import BLUE, GREY, PALE, canvas, house_style, label_ends, room_for, whole_ticks

_LOOKS: Sequence[dict[str, Any]] = (
    {"color": BLUE, "linestyle": "-", "linewidth": 1.8},
    {"color": GREY, "linestyle": (0, (4, 2)), "linewidth": 1.3},
)


class Weeks(NamedTuple):
    """Weeks of a run: the month in which each begins, and where the recruitment window lies [months]."""

    months: Sequence[float]
    window: tuple[float, float]


def weeks_drawing(name: str, title: str, axis: str, weeks: Weeks, lines: Mapping[str, Sequence[float]]) -> Drawing:
    """Draw lines by week; time outside the recruitment window is shaded.

    Parameters
    ----------
    name, title
        Of the figure.
    axis
        Label of the values.
    weeks
        Weeks of all lines.
    lines
        Weekly means by label, at most two.
    """
    first, last = weeks.window
    with house_style():
        figure, axes = canvas(title, axis, right=room_for(lines))
        axes.set_xlim(min(weeks.months), last)
        if min(weeks.months) < first:
            axes.axvspan(min(weeks.months), first, color=PALE, linewidth=0.0, zorder=0)
        for (label, values), look in zip(lines.items(), _LOOKS, strict=False):
            axes.plot(weeks.months, values, label=label, **look)
        whole_ticks(axes)
        axes.xaxis.set_major_locator(MaxNLocator(7, integer=True, steps=[1, 2, 3, 6, 10]))
        warm_up = "; shaded: warm-up" if min(weeks.months) < first else ""
        axes.set_xlabel(f"Month of the window in which births count{warm_up}")
        label_ends(axes, last + 0.02 * (last - first), [(values[-1], label) for label, values in lines.items()], 0.14)
    return Drawing(name, title, _described(axis, weeks, lines), figure)


def _described(axis: str, weeks: Weeks, lines: Mapping[str, Sequence[float]]) -> str:
    inside = [n for n, month in enumerate(weeks.months) if month >= weeks.window[0]]
    told = []
    for label, values in lines.items():
        within = [values[n] for n in inside]
        mean = sum(within) / len(within)
        told.append(f"{label}: mean {mean:,.1f}, lowest week {min(within):,.1f}, highest {max(within):,.1f}")
    return f"{axis}, by week. Within the window, {'; '.join(told)}.".replace("\n", " ")
