"""Forest plot of differences from a base, one line per alternative."""

from collections.abc import Mapping, Sequence

from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from bpssim.report.figures.drawing import Drawing, drawn
from bpssim.report.figures.heading import Heading
from bpssim.report.figures.style import LOOKS, PALE, canvas, in_lines, room_for, write_key
from bpssim.report.formatting import POINTS, Amount, with_limits

_LINE, _DENSE_LINE, _ROOMY = 0.2, 0.13, 6
"""Height of one point, and of one among more than so many alternatives [inches]."""


def forest_drawing(
    heading: Heading, lines: Mapping[str, Sequence[Amount]], series: Sequence[str], together: int = 0
) -> Drawing:
    """Draw the differences of alternatives.

    Parameters
    ----------
    heading
        Its axis says what differs.
    lines
        Amounts of each series, by alternative.
    series
        Names of the amounts of a line, at most three.
    together
        Number of the first lines that stand in one band, because they are not told apart.
    """
    rows, line_height = len(series) + 1, _LINE if len(lines) <= _ROOMY else _DENSE_LINE
    is_listed = any("\n" in in_lines(label) for label in series)
    room = 0.45 + _LINE * len(series) if is_listed else 0.75

    def draw() -> Figure:
        figure, axes = canvas(heading, height=line_height * rows * len(lines), left=room_for(lines), bottom=room)
        for number, look in zip(range(len(series)), LOOKS, strict=False):
            amounts = [values[number] for values in lines.values()]
            places = [rows * line + number for line in range(len(lines))]
            value, low, high = zip(*(_scaled(amount) for amount in amounts), strict=True)
            axes.errorbar(value, places, xerr=[low, high], **{**look, "linestyle": ""}, capsize=2.5, elinewidth=1.2)
        if together:
            axes.axhspan(-0.7, rows * together - 1.3, color=PALE, zorder=0)
        axes.axvline(0.0, color="black", linewidth=0.9, zorder=1)
        axes.set_yticks(
            [rows * line + (len(series) - 1) / 2.0 for line in range(len(lines))], [in_lines(label) for label in lines]
        )
        axes.set_ylim(rows * len(lines) - 1.3, -0.7)
        axes.margins(x=0.08)
        axes.grid(axis="x")
        if len(series) > 1:
            handles = [Line2D([], [], **{**look, "linestyle": ""}) for look in LOOKS[: len(series)]]
            write_key(figure, handles, series, 1 if is_listed else 3)
        return figure

    numbers = {
        alternative: [f"{label} {with_limits(amount)}" for label, amount in zip(series, amounts, strict=True)]
        for alternative, amounts in lines.items()
    }
    return drawn(heading, draw, ".", numbers)


def _scaled(amount: Amount) -> tuple[float, float, float]:
    """Value, and distances to the limits below and above."""
    scale = 100.0 if amount.unit in ("share", POINTS) else 1.0
    if not amount.has_limits:
        return scale * amount.value, 0.0, 0.0
    return scale * amount.value, scale * (amount.value - amount.lower), scale * (amount.upper - amount.value)
