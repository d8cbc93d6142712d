"""Planes of differences: one point per run or draw, the mean of each alternative, and labelled quadrants."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from bpssim.report.figures.drawing import Drawing, drawn
from bpssim.report.figures.heading import Heading
from bpssim.report.figures.style import GREY, canvas, looks, rows_of_key, write_key
from bpssim.report.formatting import plain

_VECTORS_AT_MOST = 2000
"""Points above which a cloud is drawn as an image, because a browser would be slow."""


_MEAN: dict[str, Any] = {"markersize": 9.5, "markerfacecolor": "none", "markeredgewidth": 2.0, "zorder": 3}
"""Means are outlines, so that those at the same place are all seen."""


class Cloud(NamedTuple):
    """Points of one alternative and their mean."""

    x: Sequence[float]
    y: Sequence[float]
    mean: tuple[float, float]


class Corners(NamedTuple):
    """Labels of the quadrants."""

    upper_left: str
    upper_right: str
    lower_left: str
    lower_right: str


def plane_drawing(heading: Heading, below: str, clouds: Mapping[str, Cloud], corners: Corners) -> Drawing:
    """Draw clouds on a plane with 0 in its middle.

    Parameters
    ----------
    heading, below
        Axes, vertical and horizontal, are labelled with the direction of benefit.
    clouds
        By alternative.
    corners
        Labels of the quadrants.
    """
    rows = rows_of_key(clouds)
    many = sum(len(cloud.x) for cloud in clouds.values()) > _VECTORS_AT_MOST

    def draw() -> Figure:
        figure, axes = canvas(heading, height=3.1, left=0.7, bottom=0.72 + 0.19 * rows)
        styles = [{**look, "linestyle": ""} for look in looks(len(clouds))]
        for cloud, style in zip(clouds.values(), styles, strict=True):
            axes.plot(cloud.x, cloud.y, **style, markersize=3.6, alpha=0.5, markeredgewidth=0.0, rasterized=many)
        for cloud, style in zip(clouds.values(), styles, strict=True):
            axes.plot(*([value] for value in cloud.mean), **style, **_MEAN)
        _around_zero(axes)
        _write_corners(axes, corners)
        axes.set_xlabel(below)
        handles = [Line2D([], [], **style, **_MEAN) for style in styles]
        write_key(figure, handles, clouds, 2)
        return figure

    means = {
        label: [f"{plain(cloud.mean[0], 1)} across and {plain(cloud.mean[1], 1)} up"] for label, cloud in clouds.items()
    }
    after = f" {len(next(iter(clouds.values())).x)} points each."
    return drawn(heading, draw, f", against {below}. Means:", means, after)


def _around_zero(axes: Axes) -> None:
    """Centre the axes on 0, so that all quadrants have the same size."""
    box = axes.dataLim
    width, height = (1.45 * max(abs(low), abs(high), 1e-9) for low, high in ((box.x0, box.x1), (box.y0, box.y1)))
    axes.set_xlim(-width, width)
    axes.set_ylim(-height, height)
    axes.yaxis.set_major_formatter("{x:,g}")
    axes.axvline(0.0, color=GREY, linewidth=0.9, zorder=1)
    axes.axhline(0.0, color=GREY, linewidth=0.9, zorder=1)


def _write_corners(axes: Axes, corners: Corners) -> None:
    places = ((0.01, 0.985), (0.99, 0.985), (0.01, 0.015), (0.99, 0.015))
    for (x, y), words in zip(places, corners, strict=True):
        across, up = "left" if x < 0.5 else "right", "bottom" if y < 0.5 else "top"
        axes.text(x, y, words, transform=axes.transAxes, ha=across, va=up, size=8.5, style="italic", zorder=5)
