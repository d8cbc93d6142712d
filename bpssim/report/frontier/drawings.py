"""Figures of a search: options in two aims, and the best options in the first ones."""

from collections.abc import Iterator, Mapping
from itertools import cycle, islice
from textwrap import fill
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from bpssim.report.figures.drawing import Drawing, drawn
from bpssim.report.figures.forest import forest_drawing
from bpssim.report.figures.heading import Heading
from bpssim.report.figures.style import BLUE, GREY, INK, LOOKS, canvas, rows_of_key, write_key
from bpssim.report.formatting import POINTS, Amount, unit_in_words, with_limits
from bpssim.report.frontier.view import FrontierView, aim_in_words

_BEST, _OTHERS = "best mixes", "other mixes"
_LOOKS: Mapping[str, dict[str, Any]] = {
    _BEST: {"color": BLUE, "marker": "o", "linestyle": "", "markersize": 5.5},
    _OTHERS: {"color": GREY, "marker": "x", "linestyle": "", "markersize": 4.0, "alpha": 0.6},
}
_BASE_LOOK: dict[str, Any] = {"color": INK, "marker": "*", "linestyle": "", "markersize": 9.0}
_MOST_MIXES = 8
"""Mixes in the forest plot."""
_SERIES = 3
"""Aims in the forest plot."""
_LABEL: dict[str, Any] = {
    "size": 8.5,
    "zorder": 9,
    "bbox": {"facecolor": "white", "alpha": 0.7, "edgecolor": "none", "pad": 0.6},
}
_CHARACTERS = 52
"""Letters of a line below the axis."""
_LINE = 0.19
"""Height of a line of the key [inches]."""


def frontier_drawings(view: FrontierView) -> Iterator[Drawing]:
    """The first aim against each other one, and the best options."""
    first, *others = view.aims
    yield from (_plane(view, other, first) for other in others)
    if view.best != [view.base]:
        yield _forest(view)


def _plane(view: FrontierView, across: str, up: str) -> Drawing:
    """Options in two aims, as differences from the base at the same cost."""
    wanted = view.results.manifest.aims
    heading = Heading(
        f"frontier_{across.replace(':', '_')}",
        f"{_direction(wanted[up])} {aim_in_words(up)}, {_direction(wanted[across]).lower()} {aim_in_words(across)}",
        f"Difference from {view.base} at the same cost [{_unit(view, up)}]",
    )
    mixes = {_BEST: [option for option in view.best if option != view.base], _OTHERS: view.dominated}
    groups = {label: options for label, options in mixes.items() if options}
    single = {option: [option] for option in [view.base, *view.ready]}
    styles = {**_LOOKS, view.base: _BASE_LOOK, **dict(zip(view.ready, _looks_of_ready(view), strict=True))}

    def draw() -> Figure:
        keys = [_named(view, label) for label in (*groups, *single)]
        figure, axes = canvas(heading, height=2.9, bottom=0.75 + _LINE * rows_of_key(keys))
        for label, options in (groups | single).items():
            for option in options:
                x, y = _scaled(view.change(option, across)), _scaled(view.change(option, up))
                axes.errorbar(x[0], y[0], xerr=_sides(x), yerr=_sides(y), **styles[label], capsize=0.0, elinewidth=1.0)
                if option in view.leading and option != view.base:
                    axes.annotate(_short(option), (x[0], y[0]), (5, 5), textcoords="offset points", **_LABEL)
        axes.axhline(0.0, color=GREY, linewidth=0.8, zorder=0)
        axes.axvline(0.0, color=GREY, linewidth=0.8, zorder=0)
        axes.grid()
        axes.margins(0.12)
        axes.set_xlabel(fill(f"{_upper(aim_in_words(across))} [{_unit(view, across)}]", _CHARACTERS))
        handles = [Line2D([], [], **styles[label]) for label in (*groups, *single)]
        write_key(figure, handles, keys, 2)
        return figure

    def told(option: str) -> str:
        return f"{option} {with_limits(view.change(option, across))}, {with_limits(view.change(option, up))}"

    numbers = {label: [told(option) for option in options] for label, options in (groups | single).items()}
    return drawn(heading, draw, f", by {aim_in_words(across)}.", numbers)


def _looks_of_ready(view: FrontierView) -> list[dict[str, Any]]:
    """A look of its own for each ready scenario, none of them that of mixes."""
    own = [look for look in LOOKS if look["marker"] not in {each["marker"] for each in _LOOKS.values()}]
    return [{**look, "linestyle": "", "markersize": 5.5} for look in islice(cycle(own), len(view.ready))]


def _named(view: FrontierView, label: str) -> str:
    """A label of the key: ready scenarios have a cost of their own."""
    if label in view.ready:
        return f"{label} (\N{POUND SIGN}{view.cost(label):,.0f})"
    return label


def _forest(view: FrontierView) -> Drawing:
    """The best options in the first aims of one unit."""
    unit = view.change(view.base, view.aims[0]).unit
    aims = [aim for aim in view.aims if view.change(view.base, aim).unit == unit][:_SERIES]
    others = [option for option in view.best if option not in view.leading]
    options = [option for option in [*view.leading, *others] if option != view.base][:_MOST_MIXES]
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
