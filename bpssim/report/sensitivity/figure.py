"""The figure of one outcome: factors by how much they matter, with intervals."""

from bpssim.report.figures.drawing import Drawing
from bpssim.report.figures.forest import forest_drawing
from bpssim.report.figures.heading import Heading
from bpssim.report.figures.tornado import tornado_drawing
from bpssim.report.formatting import POINTS, unit_in_words
from bpssim.report.sensitivity.words import amount_of, contrast_in_words, label_of
from bpssim.scenario.describing import capital
from bpssim.studies.sensitivity.index import Measure
from bpssim.studies.sensitivity.sensitivity import Result, Sensitivity

_SERIES: dict[Measure, tuple[tuple[Measure, str], ...]] = {
    "total": (("total", "with its interactions"), ("first_order", "by itself")),
    "mu_star": (("mu_star", "mean size (\N{GREEK SMALL LETTER MU}*)"), ("mu", "net (\N{GREEK SMALL LETTER MU})")),
    "rank_regression": (("rank_regression", "coefficient"),),
}
_AXES: dict[Measure, str] = {"total": "% of the variance", "rank_regression": "Rank regression coefficient, -1 to 1"}


def figure_of(made: Sensitivity, result: Result) -> Drawing | None:
    """Factors by how much they matter for one outcome; nothing where none does."""
    ranked = made.ranked(result)
    if not ranked:
        return None
    scenario = made.names_of(result.contrast)
    name = "_".join(["sensitivity", *result.cell, *scenario])
    unit = POINTS if result.cell.unit == "share" else result.cell.unit
    axis = _AXES.get(made.ranked_by, f"Change, {unit_in_words(unit)}")
    leaders = " and ".join(label_of(each.factor) for each in ranked[:2])
    what = contrast_in_words(made, result.contrast, result.cell)
    title = f"{capital(leaders)} matter{'s' if len(ranked) == 1 else ''} most for {what}"
    heading = Heading(name, title, axis)
    if made.ranked_by == "swing":
        return tornado_drawing(
            heading,
            {
                label_of(each.factor): [
                    (index.at, amount_of(index, result.cell))
                    for index in result.indices
                    if (index.factor, index.measure) == (each.factor, "at")
                ]
                for each in ranked
            },
        )
    own = {(each.factor, each.measure): amount_of(each, result.cell) for each in result.indices}
    series = _SERIES[made.ranked_by]
    lines = {label_of(each.factor): [own[each.factor, measure] for measure, _ in series] for each in ranked}
    return forest_drawing(heading, lines, [label for _, label in series])
