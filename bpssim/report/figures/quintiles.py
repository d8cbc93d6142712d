"""Values by quintile with intervals, one line per series."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes

from bpssim.report.figures.drawing import Drawing, Heading, drawn
from bpssim.report.figures.style import (
    GREY,
    LOOKS,
    QUINTILE_TICKS,
    canvas,
    house_style,
    label_ends,
    room_for,
    whole_ticks,
)
from bpssim.report.formatting import POINTS, Amount, with_limits

_SHIFT = 0.09


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


def quintile_drawing(heading: Heading, series: Sequence[Series], reference: float | None = None) -> Drawing:
    """Draw series by quintile.

    Parameters
    ----------
    heading
        Of the figure.
    series
        At most three.
    reference
        Height of a reference line.
    """
    with house_style():
        figure, axes = canvas(heading, right=room_for(each.label for each in series))
        _draw(axes, series, reference)
    numbers = {
        each.label: [f"quintile {n} {with_limits(amount)}" for n, amount in enumerate(each.amounts, 1)]
        for each in series
    }
    return drawn(heading, figure, ", by deprivation quintile, 1 the most deprived.", numbers)


def _draw(axes: Axes, series: Sequence[Series], reference: float | None) -> None:
    """Draw series by quintile on an axis from 0, each labelled at its end."""
    ends = []
    for number, (each, look) in enumerate(zip(series, LOOKS, strict=False)):
        place = np.arange(1, 6) + _SHIFT * (number - (len(series) - 1) / 2.0)
        value, lower, upper = each.scaled.T
        limits = np.nan_to_num([value - lower, upper - value])
        axes.errorbar(
            place, value, limits, **look, capsize=2.5, clip_on=False, elinewidth=1.2, linewidth=1.3, markersize=5.5
        )
        if len(there := value[~np.isnan(value)]):
            ends.append((float(there[-1]), each.label))
    if reference is not None:
        axes.axhline(reference, color=GREY, linewidth=1.0, linestyle=(0, (2, 2)), zorder=1)
    axes.set_xticks(range(1, 6), QUINTILE_TICKS)
    axes.set_xlim(0.6, 5.35)
    whole_ticks(axes)
    label_ends(axes, 5.42, ends, 0.07 * max(1 + label.count("\n") for _, label in ends) if ends else 0.0)
