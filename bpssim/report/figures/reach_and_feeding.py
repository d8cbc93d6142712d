"""The figure of the README: who was reached and who was breastfeeding, by quintile."""

from collections.abc import Iterable

from matplotlib.figure import Figure

from bpssim.outcomes.summary import SummaryRow
from bpssim.report.figures.quintiles import Series, draw_quintiles
from bpssim.report.figures.style import house_style
from bpssim.report.found import Found

_PANELS = {
    "In contact with a supporter, % of births": {"reach_ever": "ever", "reach_day7": "by day 7"},
    "Any breastfeeding, % of births": {"initiated": "started", "any_6w": "6 weeks", "any_26w": "26 weeks"},
}


def by_quintile(summary: Iterable[SummaryRow], title: str) -> Figure:
    """Draw who was reached and who was breastfeeding, by quintile.

    Parameters
    ----------
    summary
        Rows of a run's summary.
    title
        What the reader should see.
    """
    found = Found(summary)
    with house_style():
        figure = Figure(figsize=(9, 4.2), layout="constrained")
        figure.suptitle(title, fontsize=12, x=0.01, ha="left")
        for axes, (heading, labels) in zip(figure.subplots(1, 2, sharey=True), _PANELS.items(), strict=True):
            draw_quintiles(axes, [Series(label, found.by_quintile(metric)) for metric, label in labels.items()])
            axes.set_title(heading, fontsize=10, loc="left")
            axes.set_ylim(0.0, 100.0)
        note = "Deprivation quintile of the area; bars are 95 % intervals over repeated runs"
        figure.supxlabel(note, fontsize=9)
    return figure
