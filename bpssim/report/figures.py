"""Figures of a run, readable in black and white and by colour-blind people."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from bpssim.outcomes.summary import SummaryRow

QUINTILE_LABELS = ("1\nmost\ndeprived", "2", "3", "4", "5\nleast\ndeprived")
STYLE: dict[Any, Any] = {
    "font.family": "sans-serif",
    "font.sans-serif": ["Arial", "Liberation Sans", "DejaVu Sans"],
    "font.size": 10.0,
    "svg.fonttype": "none",
    "svg.hashsalt": "bpssim",
    "axes.spines.top": False,
    "axes.spines.right": False,
}


class Series(NamedTuple):
    """One line of a panel: a metric, how it is called on the page, and how it is drawn."""

    metric: str
    label: str
    colour: str
    marker: str


# The first two colours are told apart in all three colour deficiencies; markers tell all apart without colour.
_REACH = (
    Series("reach_ever", "ever", "#12436D", "o"),
    Series("reach_day7", "by day 7", "#F46A25", "s"),
)
_FEEDING = (
    Series("initiated", "started", "#3D3D3D", "^"),
    Series("any_6w", "6 weeks", "#12436D", "o"),
    Series("any_26w", "26 weeks", "#F46A25", "s"),
)


def by_quintile(summary: Sequence[SummaryRow], title: str) -> Figure:
    """Draw who was reached and who was breastfeeding, by quintile.

    Parameters
    ----------
    summary
        Rows of a run's summary.
    title
        What the reader should see.
    """
    with rc_context(STYLE):
        figure = Figure(figsize=(9, 4.2), layout="constrained")
        figure.suptitle(title, fontsize=12, x=0.01, ha="left")
        reach, feeding = figure.subplots(1, 2, sharey=True)
        _draw(reach, summary, _REACH, "In contact with a supporter, % of births")
        _draw(feeding, summary, _FEEDING, "Any breastfeeding, % of births")
        note = "Deprivation quintile of the area; bars are 95 % intervals over repeated runs"
        figure.supxlabel(note, fontsize=9)
    return figure


def save(figure: Figure, path: Path) -> None:
    """Write a figure by the ending of its file; the same figure gives the same bytes."""
    with rc_context(STYLE):
        figure.savefig(path, dpi=150, metadata={"Date": None} if path.suffix == ".svg" else None)


def _draw(axes: Axes, summary: Sequence[SummaryRow], lines: Sequence[Series], heading: str) -> None:
    ends: list[float] = []
    for series in lines:
        rows = [row for row in summary if row.metric == series.metric and row.quintile != "all"]
        places = [int(row.quintile) for row in rows]
        values = [100 * (row.value or 0) for row in rows]
        below = [100 * ((row.value or 0) - (row.lower if row.lower is not None else row.value or 0)) for row in rows]
        above = [100 * ((row.upper if row.upper is not None else row.value or 0) - (row.value or 0)) for row in rows]
        axes.errorbar(
            places, values, [below, above], color=series.colour, marker=series.marker, capsize=3, lw=1.2, markersize=6
        )
        crowded = any(abs(values[-1] - other) < 6 for other in ends)
        axes.annotate(
            series.label, (5.15, values[-1]), (0, -7 if crowded else 0), textcoords="offset points", va="center"
        )
        ends.append(values[-1])
    axes.set_title(heading, fontsize=10, loc="left")
    axes.set_xticks(range(1, 6), QUINTILE_LABELS)
    axes.set_xlim(0.7, 6.1)
    axes.set_ylim(0, 100)
