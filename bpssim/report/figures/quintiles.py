"""Values by quintile with intervals, one line per series."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from bpssim.report.figures.drawing import Drawing, drawn
from bpssim.report.figures.heading import Heading
from bpssim.report.figures.style import (
    GREY,
    LOOKS,
    QUINTILE_TICKS,
    End,
    canvas,
    label_ends,
    room_for_ends,
    whole_ticks,
)
from bpssim.report.formatting import POINTS, Amount, plain, with_limits

_SHIFT = 0.09
_LEVEL: dict[str, Any] = {"color": GREY, "linewidth": 1.0, "linestyle": (0, (2, 2))}


class Series(NamedTuple):
    """One series by quintile.

    Parameters
    ----------
    label
        Label in the figure; may have line breaks.
    amounts
        Quintiles 1 to 5.
    """

    label: str
    amounts: Sequence[Amount]

    @property
    def scaled(self) -> np.ndarray[Any, Any]:
        """Values with limits, shares in percent, shape (5, 3)."""
        scale = 100.0 if any(amount.unit in ("share", POINTS) for amount in self.amounts) else 1.0
        return scale * np.array([amount[:3] for amount in self.amounts])


class Level(NamedTuple):
    """A horizontal line: its height as on the axis, and its label, which may be empty."""

    height: float
    label: str = ""


def quintile_drawing(heading: Heading, series: Sequence[Series], level: Level | None = None) -> Drawing:
    """Draw series by quintile.

    Parameters
    ----------
    heading
        Of the figure.
    series
        At most three.
    level
        A line for comparison.
    """
    named = {level.label: level} if level and level.label else {}

    def draw() -> Figure:
        figure, axes = canvas(heading, right=room_for_ends([*(each.label for each in series), *named]))
        _draw(axes, series, level)
        return figure

    numbers = {
        each.label: [f"quintile {n} {with_limits(amount)}" for n, amount in enumerate(each.amounts, 1)]
        for each in series
    } | {label: [plain(each.height, 1)] for label, each in named.items()}
    return drawn(heading, draw, ", by deprivation quintile, 1 the most deprived.", numbers)


def _draw(axes: Axes, series: Sequence[Series], level: Level | None) -> None:
    """Draw series by quintile on an axis from 0, each labelled at its end."""
    ends = []
    for number, (each, own) in enumerate(zip(series, LOOKS, strict=False)):
        look = {**own, "linewidth": 1.3, "markersize": 5.5}
        place = np.arange(1, 6) + _SHIFT * (number - (len(series) - 1) / 2.0)
        value, lower, upper = each.scaled.T
        limits = np.nan_to_num([value - lower, upper - value])
        axes.errorbar(place, value, limits, **look, capsize=2.5, clip_on=False, elinewidth=1.2)
        if len(there := value[~np.isnan(value)]):
            ends.append(End(there[-1], each.label, look))
    if level:
        axes.axhline(level.height, **_LEVEL, zorder=1)
        if level.label:
            ends.append(End(level.height, level.label, _LEVEL))
    axes.set_xticks(range(1, 6), QUINTILE_TICKS)
    axes.set_xlim(0.6, 5.35)
    whole_ticks(axes)
    label_ends(axes, 5.42, ends, 0.07 * max(1 + end.label.count("\n") for end in ends) if ends else 0.0)
