"""The figure of a calibration: targets beside what the accepted points give."""

from typing import Any

from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from bpssim.report.figures.drawing import Drawing, drawn
from bpssim.report.figures.heading import Heading
from bpssim.report.figures.style import BLUE, ORANGE, canvas, in_lines, room_for, write_key
from bpssim.report.frontier.view import aim_in_words
from bpssim.report.posterior.sentences import figure_in_words, target_in_words
from bpssim.studies.posterior.rows import PredictiveRow
from bpssim.studies.results_folder.reading import CalibrationResults

_LINE = 0.34
_TARGET: dict[str, Any] = {"color": ORANGE, "marker": "s", "linestyle": "", "markersize": 6.0}
_MODEL: dict[str, Any] = {"color": BLUE, "marker": "o", "linestyle": "", "markersize": 6.0}


def predictive_drawing(results: CalibrationResults) -> Drawing:
    """Each target in standard deviations of its error, and the accepted points beside it."""
    rows = results.predictive
    labels = [_label(row) for row in rows]
    agree = sum(abs(row.z) <= 2.0 for row in rows)
    title = f"{agree} of {len(rows)} figures agree with the model at the accepted points"
    heading = Heading("predictive", title, "Figure less target [standard deviations of the target's error]")

    def draw() -> Figure:
        figure, axes = canvas(heading, height=_LINE * len(rows) + 0.2, left=room_for(labels), bottom=0.8)
        for place, row in enumerate(rows):
            mean, low, high = ((value - row.value) / row.error for value in (row.mean, row.lower, row.upper))
            axes.errorbar(0.0, place - 0.14, xerr=1.96, **_TARGET, capsize=2.5, elinewidth=1.2)
            axes.errorbar(mean, place + 0.14, xerr=[[mean - low], [high - mean]], **_MODEL, capsize=2.5, elinewidth=1.2)
        axes.axvline(0.0, color="black", linewidth=0.8, zorder=1)
        axes.set_yticks(range(len(rows)), [in_lines(label) for label in labels])
        axes.set_ylim(len(rows) - 0.5, -0.5)
        axes.margins(x=0.08)
        axes.grid(axis="x")
        handles = [Line2D([], [], **look) for look in (_TARGET, _MODEL)]
        write_key(figure, handles, ["target, 95 % of its error", "accepted points, 9 in 10"], 2)
        return figure

    numbers = {_label(row): [f"target {target_in_words(row)}", f"model {figure_in_words(row)}"] for row in rows}
    return drawn(heading, draw, ".", numbers)


def _label(row: PredictiveRow) -> str:
    return f"{aim_in_words(row.target)}{' (check)' if row.use == 'checked' else ''}"
