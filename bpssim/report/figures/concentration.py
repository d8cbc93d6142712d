"""Concentration curve of minutes: cumulative share of minutes against that of births, most deprived first."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from bpssim.report.figures.drawing import Drawing
from bpssim.report.figures.heading import Heading
from bpssim.report.figures.style import BLUE, GREY, ORANGE, canvas


def concentration_drawing(
    name: str, title: str, births: Sequence[float], minutes: Sequence[float], need: Sequence[float]
) -> Drawing:
    """Draw the concentration curves of minutes and of need, and the diagonal.

    Parameters
    ----------
    name, title
        Of its heading.
    births, minutes, need
        Cumulative shares, most deprived quintile first, 0 to 1, six points each.
    """
    heading = Heading(name, title, "% of minutes, and of mothers with a feeding problem")
    x = [100.0 * share for share in births]

    def draw() -> Figure:
        figure, axes = canvas(heading, right=0.3, height=2.9)
        axes.plot(
            [0, 100], [0, 100], color=GREY, linewidth=1.0, linestyle=(0, (2, 2)), label="the same for every birth"
        )
        looks = {"o": ("minutes", minutes, BLUE, "-"), "s": ("need", need, ORANGE, "--")}
        for marker, (label, shares, colour, line) in looks.items():
            y = [100.0 * share for share in shares]
            axes.plot(x, y, color=colour, linestyle=line, marker=marker, markersize=5.0, clip_on=False, label=label)
        axes.set_xlim(0, 100)
        axes.set_ylim(0, 100)
        axes.set_xlabel("% of births, the most deprived first")
        axes.grid()
        axes.legend(loc="lower right", frameon=False)
        return figure

    told = [
        f"{100 * b:.0f} % of births have {100 * m:.0f} % of minutes and {100 * n:.0f} % of need"
        for b, m, n in zip(births[1:], minutes[1:], need[1:], strict=True)
    ]
    return Drawing(name, title, f"Cumulative shares, the most deprived first: {'; '.join(told)}.", draw)
