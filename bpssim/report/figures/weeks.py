"""The team by week."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from bpssim.report.figures.drawing import Drawing, drawn
from bpssim.report.figures.heading import Heading
from bpssim.report.figures.style import (
    BLUE,
    GREY,
    PALE,
    End,
    canvas,
    label_ends,
    room_for_ends,
    whole_ticks,
)

_LOOKS: Sequence[dict[str, Any]] = (
    {"color": BLUE, "linestyle": "-", "linewidth": 1.8},
    {"color": GREY, "linestyle": (0, (4, 2)), "linewidth": 1.3},
)


class Weeks(NamedTuple):
    """Weeks of a run: the month in which each begins, and where the recruitment window lies [months]."""

    months: Sequence[float]
    window: tuple[float, float]


def weeks_drawing(heading: Heading, weeks: Weeks, lines: Mapping[str, NDArray[np.float64]]) -> Drawing:
    """Draw lines by week; time outside the recruitment window is shaded.

    Parameters
    ----------
    heading
        Of the figure.
    weeks
        Weeks of all lines.
    lines
        Weekly means by label, at most two.
    """
    first, last = weeks.window

    def draw() -> Figure:
        figure, axes = canvas(heading, right=room_for_ends(lines))
        axes.set_xlim(min(weeks.months), last)
        if min(weeks.months) < first:
            axes.axvspan(min(weeks.months), first, color=PALE, linewidth=0.0, zorder=0)
        for (label, values), look in zip(lines.items(), _LOOKS, strict=False):
            axes.plot(weeks.months, values, label=label, **look)
        whole_ticks(axes)
        axes.xaxis.set_major_locator(MaxNLocator(7, integer=True, steps=[1, 2, 3, 6, 10]))
        warm_up = "; shaded: warm-up" if min(weeks.months) < first else ""
        axes.set_xlabel(f"Month of the window in which births count{warm_up}")
        ends = [End(values[-1], label, look) for (label, values), look in zip(lines.items(), _LOOKS, strict=False)]
        label_ends(axes, last + 0.02 * (last - first), ends, 0.14)
        return figure

    inside = np.array(weeks.months) >= first
    numbers = {
        label: [f"mean {v.mean():,.1f}", f"lowest week {v.min():,.1f}", f"highest {v.max():,.1f}"]
        for label, v in ((label, values[inside]) for label, values in lines.items())
    }
    return drawn(heading, draw, ", by week. Within the window,", numbers)
