"""Values at the levels of a factor with intervals, one line per series."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from bpssim.report.figures.drawing import Drawing, drawn
from bpssim.report.figures.heading import Heading
from bpssim.report.figures.style import End, canvas, in_lines, label_ends, looks, room_for_ends, whole_ticks
from bpssim.report.formatting import POINTS, Amount, with_limits

_SHIFT = 0.06
_CHARACTERS = 40
"""Letters of all labels below the axis beyond which they are slanted."""


def levels_drawing(
    heading: Heading, factor: str, levels: Sequence[str], series: Mapping[str, Sequence[Amount]]
) -> Drawing:
    """Draw values at each level.

    Parameters
    ----------
    heading
        Of the figure.
    factor, levels
        Name of the factor, and its levels in order.
    series
        An amount for each level, by the label of the line.
    """

    def draw() -> Figure:
        slanted = sum(map(len, levels)) > _CHARACTERS
        figure, axes = canvas(heading, right=room_for_ends(series), bottom=1.15 if slanted else 0.62)
        ends = []
        for number, (look, (label, amounts)) in enumerate(zip(looks(len(series)), series.items(), strict=True)):
            style = {**look, "linewidth": 1.3, "markersize": 5.5}
            place = np.arange(len(levels)) + _SHIFT * (number - (len(series) - 1) / 2.0)
            value, lower, upper = _scaled(amounts).T
            limits = np.nan_to_num([value - lower, upper - value])
            axes.errorbar(place, value, limits, **style, capsize=2.5, clip_on=False, elinewidth=1.2)
            there = value[~np.isnan(value)]
            if len(there):
                ends.append(End(there[-1], label, style))
        turned: dict[str, Any] = {"rotation": 30, "ha": "right"} if slanted else {}
        axes.set_xticks(range(len(levels)), [in_lines(level) for level in levels], **turned)
        axes.set_xlim(-0.4, len(levels) - 0.6)
        axes.set_xlabel(factor)
        whole_ticks(axes)
        room = 0.07 * max((1 + in_lines(end.label).count("\n") for end in ends), default=1)
        label_ends(axes, len(levels) - 0.55, ends, room)
        return figure

    numbers = {
        label: [f"{level} {with_limits(amount)}" for level, amount in zip(levels, amounts, strict=True)]
        for label, amounts in series.items()
    }
    return drawn(heading, draw, f", by {factor}.", numbers)


def _scaled(amounts: Sequence[Amount]) -> np.ndarray[Any, Any]:
    """Values with limits, shares in percent, shape (levels, 3)."""
    scale = 100.0 if any(amount.unit in ("share", POINTS) for amount in amounts) else 1.0
    return scale * np.array([amount[:3] for amount in amounts])
