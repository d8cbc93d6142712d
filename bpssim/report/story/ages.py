"""The axis of ages: early days drawn wider than later ones, and names along it that do not touch."""

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from matplotlib.axes import Axes

from bpssim.report.figures.style import INK

_TICKS = {
    -210: "booking",
    -84: "12 weeks\nbefore",
    0: "birth",
    3: "day 3",
    7: "1 week",
    14: "2 weeks",
    28: "4 weeks",
    42: "6 weeks",
    91: "13 weeks",
    182: "26 weeks",
}
_PREGNANCY_WIDTH = 3.0
_LETTER = 0.145
"""Width of a letter on the axis, about."""


def mark_ages(axes: Axes, first: int, last: int) -> None:
    """Lay out an axis from one age to another, with the names of some ages.

    Parameters
    ----------
    axes
        Where to draw.
    first, last
        Ages [days].
    """
    axes.set_xscale("function", functions=(place_of, _age_at))
    left = min(float(place_of(first)) - 0.3, -0.3)
    axes.set_xlim(float(_age_at(left)), float(_age_at(place_of(last) + 0.2)))
    ages = _roomy([age for age in _TICKS if first <= age <= last], float(place_of(last)) - left)
    axes.set_xticks(ages, [_TICKS[age] for age in ages])
    axes.minorticks_off()


def place_of(age: Any) -> Any:
    """Place of an age on the axis: the square root of days after the birth, and weeks of pregnancy close together."""
    age = np.asarray(age, float)
    return np.where(age >= 0, np.sqrt(np.abs(age)), _PREGNANCY_WIDTH * age / 210.0)


def _age_at(place: Any) -> Any:
    place = np.asarray(place, float)
    return np.where(place >= 0, np.square(place), 210.0 * place / _PREGNANCY_WIDTH)


def _roomy(ages: Sequence[int], width: float) -> list[int]:
    """Ages whose names have room beside each other on an axis; birth is always among them."""
    kept = [0]
    for age in sorted(ages, key=abs):
        if min(abs(float(place_of(age)) - float(place_of(other))) for other in kept) >= 0.06 * width:
            kept.append(age)
    return sorted(kept)


def fits(text: str, start: float, stop: float) -> bool:
    """Whether a text has room between two ages."""
    return _LETTER * (len(text) + 1) < float(place_of(stop) - place_of(start))


class Labels:
    """Labels along a track, of which none is written over another.

    Parameters
    ----------
    axes
        Where to write.
    """

    def __init__(self, axes: Axes) -> None:
        self.axes = axes
        self.free = -np.inf

    def write(self, age: float, y: float, text: str, side: Literal["bottom", "top"] = "bottom") -> bool:
        """Write a label from an age on, above or below a height; false if there is no room."""
        start = float(place_of(age))
        if start < self.free:
            return False
        write(self.axes, age, y, text, side)
        self.free = start + _LETTER * len(text)
        return True


def write(axes: Axes, age: float, y: float, text: str, side: Literal["bottom", "center", "top"]) -> None:
    """Write a text from an age on, above, at or below a height."""
    axes.annotate(text, (age, y), (2, 0), textcoords="offset points", fontsize=8, color=INK, va=side, ha="left")
