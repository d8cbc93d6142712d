"""Value of information: what each unknown would be worth knowing, the ceiling first."""

from collections.abc import Mapping

from matplotlib.figure import Figure

from bpssim.report.figures.drawing import Drawing, drawn
from bpssim.report.figures.heading import Heading
from bpssim.report.figures.style import BLUE, GREY, canvas, in_lines, room_for
from bpssim.report.formatting import Amount, roughly

_ROW = 0.32
"""Height of a line [inches]."""


def information_drawing(heading: Heading, values: Mapping[str, Amount]) -> Drawing:
    """Draw values with their limits, one line each.

    Parameters
    ----------
    heading
        Its axis says what is gained.
    values
        By what is known; all unknowns together come first.
    """

    def draw() -> Figure:
        figure, axes = canvas(heading, height=_ROW * len(values), left=room_for(values), bottom=0.4)
        for row, amount in enumerate(values.values()):
            ends = [[amount.value - amount.lower], [amount.upper - amount.value]]
            colour, marker = (GREY, "D") if row == 0 else (BLUE, "o")
            axes.errorbar([amount.value], [row], xerr=ends, color=colour, marker=marker, capsize=2.5, elinewidth=1.2)
        axes.set_yticks(range(len(values)), [in_lines(label) for label in values])
        axes.set_ylim(len(values) - 0.5, -0.5)
        axes.set_xlim(left=0.0)
        axes.grid(axis="x")
        return figure

    numbers = {
        label: [
            f"{roughly(each.value, each.unit)} ({roughly(each.lower, each.unit)} to {roughly(each.upper, each.unit)})"
        ]
        for label, each in values.items()
    }
    return drawn(heading, draw, ".", numbers)
