"""Survival curves: share still breastfeeding by age of the baby, with confidence bands."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.figure import Figure

from bpssim.model.rules.tally import LAST_AGE
from bpssim.outcomes.survival_curves import SurvivalRow
from bpssim.report.figures.drawing import Drawing, drawn
from bpssim.report.figures.heading import Heading
from bpssim.report.figures.style import BLUE, GREY, ORANGE, End, canvas, label_ends, room_for_ends
from bpssim.report.formatting import Amount, with_limits

_TOLD = (14, 42, LAST_AGE)
"""Ages given in the description [days]."""
_MIDDLE = {"color": GREY, "linewidth": 1.0, "linestyle": "-"}
_LOOKS = {
    "1": {"color": BLUE, "linewidth": 2.2, "linestyle": "-"},
    "5": {"color": ORANGE, "linewidth": 2.2, "linestyle": (0, (5, 1.5))},
}
_NAMES = {"1": "1 most deprived", "5": "5 least deprived"}


class Curve(NamedTuple):
    """One curve: label, style and points by age."""

    label: str
    look: dict[str, Any]
    points: Sequence[SurvivalRow]


def quintile_curves(rows: Sequence[SurvivalRow], quintiles: Sequence[str]) -> list[Curve]:
    """Return the curve of each quintile, from rows of one kind of feeding."""
    return [
        Curve(_NAMES.get(q, q), _LOOKS.get(q, _MIDDLE), [row for row in rows if row.quintile == q]) for q in quintiles
    ]


def survival_drawing(heading: Heading, curves: Sequence[Curve]) -> Drawing:
    """Draw curves, at least one, each labelled at its end."""

    def draw() -> Figure:
        figure, axes = canvas(heading, right=room_for_ends(curve.label for curve in curves))
        ends = []
        for curve in curves:
            ages = np.array([point.age for point in curve.points]) / 7.0
            value, lower, upper = 100.0 * np.array([[p.value, p.lower, p.upper] for p in curve.points]).T
            axes.fill_between(ages, lower, upper, color=curve.look["color"], alpha=0.22, linewidth=0.0)
            axes.plot(ages, value, **curve.look)
            ends.append(End(value[-1], curve.label, curve.look))
        axes.set_xlim(0.0, LAST_AGE / 7.0)
        axes.set_ylim(0.0, 100.0)
        axes.set_xticks([0, 2, 6, 12, 18, 26])
        axes.set_xlabel("Age of the baby in weeks")
        axes.grid(axis="y")
        label_ends(axes, LAST_AGE / 7.0 + 0.5, ends, 0.072)
        return figure

    numbers = {curve.label: [_told(point) for point in curve.points if point.age in _TOLD] for curve in curves}
    return drawn(heading, draw, ", by age of the baby.", numbers)


def _told(point: SurvivalRow) -> str:
    return f"{point.age} days {with_limits(Amount(point.value, point.lower, point.upper, 'share'))}"
