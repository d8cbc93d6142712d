"""Published results beside simulated ones: a forest plot, and effects by number of contacts."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator, NullFormatter, NullLocator

from bpssim.report.figures.drawing import Drawing, drawn
from bpssim.report.figures.heading import Heading
from bpssim.report.figures.style import GREY, LOOKS, canvas, in_lines, room_for, write_key

SERIES = ("published", "model")
_LINE = 0.13
_BESIDE = 0.17
"""Least distance between trials along the axis of contacts, so that their intervals are seen."""
_RATIOS = (0.2, 0.3, 0.5, 0.7, 1.0, 1.4, 2.0)
_LIMITS = (0.15, 2.2)
"""Ends of the axis of ratios; intervals that reach further are cut."""

Three = tuple[float, float, float]
"""A value with the ends of its interval."""


class Dose(NamedTuple):
    """One trial: contacts in the first fortnight, and its published and simulated effects."""

    contacts: float
    published: Three
    model: Three


def published_drawing(heading: Heading, lines: Mapping[str, tuple[Three, Three]], ratios: bool) -> Drawing:
    """Draw published and simulated effects with their intervals, one line each.

    Parameters
    ----------
    heading
        Its axis says what they are.
    lines
        Published and simulated effect by label.
    ratios
        Whether they are ratios, on a logarithmic axis with no effect at 1.
    """

    def draw() -> Figure:
        figure, axes = canvas(heading, height=_LINE * 3 * len(lines), left=room_for(lines), bottom=0.75)
        for number, look in zip(range(2), LOOKS, strict=False):
            values = [both[number] for both in lines.values()]
            _draw(axes, [3 * line + number for line in range(len(lines))], values, look, across=True)
        axes.set_yticks([3 * line + 0.5 for line in range(len(lines))], [in_lines(label) for label in lines])
        axes.set_ylim(3 * len(lines) - 1.3, -0.7)
        if ratios:
            axes.set_xscale("log")
            axes.set_xlim(*_LIMITS)
            _ratio_ticks(axes.xaxis)
            axes.axvline(1.0, color="black", linewidth=0.9, zorder=1)
        else:
            axes.axvline(0.0, color="black", linewidth=0.9, zorder=1)
        axes.grid(axis="x")
        _write_signs(figure)
        return figure

    numbers = {
        label: [f"{series} {value:.2f} ({low:.2f} to {high:.2f})"
                for series, (value, low, high) in zip(SERIES, both, strict=True)]
        for label, both in lines.items()
    }  # fmt: skip
    return drawn(heading, draw, ".", numbers)


def dose_drawing(heading: Heading, doses: Mapping[str, Dose]) -> Drawing:
    """Draw the relative risk of stopping by contacts in the first fortnight, trials and model.

    Parameters
    ----------
    heading
        Its axis says what the values are.
    doses
        By the label of the trial.
    """
    apart = _apart(doses)

    def draw() -> Figure:
        figure, axes = canvas(heading, height=3.4, left=0.6, right=room_for(doses), bottom=1.0)
        last = max(dose.contacts for dose in apart.values())
        for number, look in zip(range(2), LOOKS, strict=False):
            places = [dose.contacts + 0.05 * (2 * number - 1) for dose in apart.values()]
            values = [(dose.published, dose.model)[number] for dose in apart.values()]
            _draw(axes, places, values, look, across=False)
        axes.set_yscale("log")
        axes.set_ylim(0.3, 1.6)
        axes.set_xlim(-0.2, last + 0.3)
        _ratio_ticks(axes.yaxis)
        axes.axhline(1.0, color="black", linewidth=0.9, zorder=1)
        axes.grid(axis="y")
        axes.set_xlabel("contacts in the first fortnight, for each mother")
        _name(axes, apart)
        _write_signs(figure)
        return figure

    numbers = {
        label: [f"{doses[label].contacts:.1f} contacts", *(
            f"{series} {value:.2f} ({low:.2f} to {high:.2f})"
            for series, (value, low, high) in zip(SERIES, dose[1:], strict=True)
        )]
        for label, dose in apart.items()
    }  # fmt: skip
    return drawn(heading, draw, ".", numbers)


def _apart(doses: Mapping[str, Dose]) -> dict[str, Dose]:
    """Trials in order of contacts, moved to the right where they would hide each other."""
    apart: dict[str, Dose] = {}
    place = -_BESIDE
    for label, dose in sorted(doses.items(), key=lambda item: item[1].contacts):
        place = max(dose.contacts, place + _BESIDE)
        apart[label] = dose._replace(contacts=place)
    return apart


def _draw(axes: Axes, places: Sequence[float], values: Sequence[Three], look: Any, across: bool) -> None:
    value, low, high = (list(each) for each in zip(*values, strict=True))
    ends = [[v - a for v, a in zip(value, low, strict=True)], [b - v for v, b in zip(value, high, strict=True)]]
    style = {**look, "linestyle": "", "capsize": 2.5, "elinewidth": 1.2, "markersize": 5.0}
    if across:
        axes.errorbar(value, places, xerr=ends, **style)
    else:
        axes.errorbar(places, value, yerr=ends, **style)


def _name(axes: Axes, doses: Mapping[str, Dose]) -> None:
    """Name each trial at the right, with a line to its published value."""
    position = axes.transData + axes.transAxes.inverted()
    ordered = sorted(doses.items(), key=lambda item: -item[1].published[0])
    heights = [position.transform((0.0, dose.published[0]))[1] for _, dose in ordered]
    top = 1.0
    for (label, dose), height in zip(ordered, heights, strict=True):
        top = min(top - 0.085, height)
        axes.annotate(
            in_lines(label), (dose.contacts - 0.05, dose.published[0]), (1.02, top), textcoords="axes fraction",
            va="center", size=9.0, annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": GREY, "linewidth": 0.6, "shrinkB": 3.0, "relpos": (0.0, 0.5)},
        )  # fmt: skip


def _ratio_ticks(axis: Any) -> None:
    axis.set_major_locator(FixedLocator(_RATIOS))
    axis.set_minor_locator(NullLocator())
    axis.set_major_formatter("{x:g}")
    axis.set_minor_formatter(NullFormatter())


def _write_signs(figure: Any) -> None:
    handles = [Line2D([], [], **{**look, "linestyle": ""}) for look in LOOKS[:2]]
    write_key(figure, handles, SERIES, 2)
