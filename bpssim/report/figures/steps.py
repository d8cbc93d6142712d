"""Mothers per hundred, one line for each step or reason, spanning the quintiles."""

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from bpssim.report.figures.drawing import Drawing, drawn
from bpssim.report.figures.heading import Heading
from bpssim.report.figures.style import BLUE, GREY, ORANGE, canvas, in_lines, room_for, write_key
from bpssim.report.formatting import Amount, per_hundred
from bpssim.report.summary_lookup import SHORT_NAMES

Shares = Mapping[str, Amount]
"""Share of births by quintile."""

_ENDS: dict[str, dict[str, Any]] = {
    "1": {"color": BLUE, "marker": "o", "markersize": 6.5},
    "5": {"color": ORANGE, "marker": "s", "markersize": 6.0},
}
_MIDDLE: dict[str, Any] = {"color": GREY, "marker": "|", "markersize": 7.5, "markeredgewidth": 1.3}
_LINE = 0.31
"""Height of a line [inches]."""


def steps_drawing(heading: Heading, steps: Mapping[str, Shares], quintiles: Sequence[str]) -> Drawing:
    """Draw one line per step from the quintile with the fewest mothers to the one with the most.

    Parameters
    ----------
    heading
        Its axis says what is counted, per 100 mothers.
    steps
        Shares by the label of each step, at least one.
    quintiles
        Those with births.
    """

    def draw() -> Figure:
        figure, axes = canvas(heading, height=_LINE * len(steps), left=room_for(steps), bottom=0.72)
        for place, shares in enumerate(steps.values()):
            found = [100.0 * shares[quintile].value for quintile in quintiles]
            axes.hlines(place, min(found), max(found), color=GREY, linewidth=1.0, zorder=1)
            for quintile, value in zip(quintiles, found, strict=True):
                axes.plot(value, place, linestyle="", clip_on=False, **_ENDS.get(quintile, _MIDDLE))
                if quintile in _ENDS and shares[quintile].has_limits:
                    limits = 100.0 * shares[quintile].lower, 100.0 * shares[quintile].upper
                    axes.hlines(place, *limits, color=_ENDS[quintile]["color"], linewidth=3.0, alpha=0.5)
        axes.set_yticks(range(len(steps)), [in_lines(step) for step in steps])
        axes.set_ylim(len(steps) - 0.4, -0.6)
        ticks = MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]).tick_values(0.0, axes.dataLim.x1)
        axes.set_xticks(ticks)
        axes.set_xlim(0.0, ticks[-1])
        axes.grid(axis="x")
        key = _key(quintiles)
        write_key(figure, [Line2D([], [], linestyle="", **look) for look in key.values()], key, 3)
        return figure

    numbers = {
        step: [f"quintile {quintile} {per_hundred(shares[quintile].value)}" for quintile in quintiles]
        for step, shares in steps.items()
    }
    return drawn(heading, draw, ".", numbers)


def _key(quintiles: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Marks of quintiles, by label."""
    key = {}
    for quintile in quintiles:
        key[SHORT_NAMES[quintile] if quintile in _ENDS else _middle(quintiles)] = _ENDS.get(quintile, _MIDDLE)
    return key


def _middle(quintiles: Sequence[str]) -> str:
    *others, last = [quintile for quintile in quintiles if quintile not in _ENDS]
    return f"{', '.join(others)} and {last}" if others else last
