"""Tornado: how far each place of a factor moves an outcome, largest swing first."""

from collections.abc import Mapping, Sequence

from matplotlib.figure import Figure

from bpssim.report.figures.drawing import Drawing, drawn
from bpssim.report.figures.heading import Heading
from bpssim.report.figures.style import BLUE, INK, PALE, canvas, in_lines, room_for
from bpssim.report.formatting import POINTS, Amount, with_limits

_ROW = 0.5
"""Height of a factor [inches]."""


def tornado_drawing(heading: Heading, lines: Mapping[str, Sequence[tuple[str, Amount]]]) -> Drawing:
    """Draw the change at each place of each factor, with a bar from the lowest to the highest.

    Parameters
    ----------
    heading
        Its axis says what changes.
    lines
        Places of each factor, as shown, with the change there.
    """

    def draw() -> Figure:
        figure, axes = canvas(heading, height=_ROW * len(lines), left=room_for(lines), bottom=0.4)
        for row, places in enumerate(lines.values()):
            values = [_scale(amount) * amount.value for _, amount in places]
            low, high = min([0.0, *values]), max([0.0, *values])
            axes.barh(row, high - low, left=low, height=0.5, color=PALE, zorder=1)
            for number, ((at, amount), value) in enumerate(zip(places, values, strict=True)):
                ends = [[_scale(amount) * abs(amount.value - end)] for end in (amount.lower, amount.upper)]
                limits = ends if amount.has_limits else None
                axes.errorbar([value], [row], xerr=limits, color=BLUE, marker="o", markersize=5.0, capsize=2.5)
                beside = (0, 7 if number % 2 == 0 else -14)  # near places would otherwise write over each other
                axes.annotate(at, (value, row), beside, textcoords="offset points", ha="center", size=8.0, color=INK)
        axes.axvline(0.0, color="black", linewidth=0.9, zorder=2)
        axes.set_yticks(range(len(lines)), [in_lines(label) for label in lines])
        axes.set_ylim(len(lines) - 0.4, -0.8)
        axes.margins(x=0.12)
        axes.grid(axis="x")
        return figure

    numbers = {label: [f"at {at} {with_limits(amount)}" for at, amount in places] for label, places in lines.items()}
    return drawn(heading, draw, ", by factor.", numbers)


def _scale(amount: Amount) -> float:
    return 100.0 if amount.unit in ("share", POINTS) else 1.0
