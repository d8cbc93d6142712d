"""Figures of a search: options in two aims, and the best options in the first ones."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from bpssim.report.figures.drawing import Drawing, drawn
from bpssim.report.figures.forest import forest_drawing
from bpssim.report.figures.heading import Heading
from bpssim.report.figures.style import BLUE, GREY, ORANGE, canvas, write_key
from bpssim.report.formatting import POINTS, Amount, unit_in_words, with_limits
from bpssim.report.frontier.view import FrontierView, aim_in_words

_BEST, _OTHERS, _READY = "best mixes", "other mixes at this cost", "ready scenarios, at their own cost"
_LOOKS: Mapping[str, dict[str, Any]] = {
    _BEST: {"color": BLUE, "marker": "o", "markersize": 6.0},
    _OTHERS: {"color": GREY, "marker": "x", "markersize": 4.0, "alpha": 0.6},
    _READY: {"color": ORANGE, "marker": "s", "markersize": 5.5},
}
_SERIES = 3
"""Aims in the forest plot."""


def frontier_drawings(view: FrontierView) -> Iterator[Drawing]:
    """The first aim against each other one, and the best options."""
    first, *others = view.aims
    yield from (_plane(view, other, first) for other in others)
    if view.best != [view.base]:
        yield _forest(view)


def _plane(view: FrontierView, across: str, up: str) -> Drawing:
    """Options in two aims, as differences from the base at the same cost."""
    options = {_BEST: view.best, _OTHERS: view.dominated, _READY: view.ready}
    wanted = view.results.manifest.aims
    heading = Heading(
        f"frontier_{across.replace(':', '_')}",
        f"{_direction(wanted[up])} {aim_in_words(up)}, {_direction(wanted[across]).lower()} {aim_in_words(across)}",
        f"Difference from {view.base} at the same cost [{_unit(view, up)}]",
    )

    def draw() -> Figure:
        figure, axes = canvas(heading, height=2.9, bottom=1.1)
        for label, look in _LOOKS.items():
            for option in options[label]:
                x, y = _scaled(view.change(option, across)), _scaled(view.change(option, up))
                axes.errorbar(x[0], y[0], xerr=_sides(x), yerr=_sides(y), **look, capsize=0.0, elinewidth=1.0)
                if label != _OTHERS:
                    axes.annotate(_short(option), (x[0], y[0]), (4, 4), textcoords="offset points", size=7.5)
        axes.axhline(0.0, color=GREY, linewidth=0.8, zorder=0)
        axes.axvline(0.0, color=GREY, linewidth=0.8, zorder=0)
        axes.grid()
        axes.margins(0.12)
        axes.set_xlabel(f"{_upper(aim_in_words(across))} [{_unit(view, across)}]")
        write_key(figure, [Line2D([], [], linestyle="", **look) for look in _LOOKS.values()], options, 2)
        return figure

    def told(option: str) -> str:
        return f"{option} {with_limits(view.change(option, across))}, {with_limits(view.change(option, up))}"

    numbers = {label: [told(option) for option in own] for label, own in options.items()}
    return drawn(heading, draw, f", by {aim_in_words(across)}.", numbers)


def _forest(view: FrontierView) -> Drawing:
    """The best options in the first aims of one unit."""
    unit = view.change(view.base, view.aims[0]).unit
    aims = [aim for aim in view.aims if view.change(view.base, aim).unit == unit][:_SERIES]
    options = [option for option in view.best if option != view.base]
    lines = {_short(option): [view.change(option, aim) for aim in aims] for option in options}
    title = f"What the best mixes change beside {view.base}, at the same cost"
    heading = Heading("frontier_best", title, f"Difference from {view.base} [{_unit(view, view.aims[0])}]")
    return forest_drawing(heading, lines, [_upper(aim_in_words(aim)) for aim in aims])


def _scaled(amount: Amount) -> NDArray[np.float64]:
    scale = 100.0 if amount.unit in ("share", POINTS) else 1.0
    return scale * np.array(amount[:3])


def _sides(scaled: NDArray[np.float64]) -> list[list[float]]:
    value, lower, upper = np.nan_to_num(scaled)
    return [[value - lower], [upper - value]]


def _short(option: str) -> str:
    return option.replace("mix_", "mix ")


def _direction(wanted: str) -> str:
    return "More" if wanted == "more" else "Less"


def _unit(view: FrontierView, aim: str) -> str:
    return unit_in_words(view.change(view.base, aim).unit)


def _upper(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"
