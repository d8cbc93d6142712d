"""Differences by quintile, and who is still breastfeeding with and without the change."""

from collections.abc import Mapping

from bpssim.report.comparison.answer import alternatives_in_words
from bpssim.report.comparison.view import Alternative, ComparisonView
from bpssim.report.elements import Figures, Section
from bpssim.report.figures.drawing import Drawing
from bpssim.report.figures.forest import forest_drawing
from bpssim.report.figures.heading import Heading
from bpssim.report.figures.quintiles import Level, Series, quintile_drawing
from bpssim.report.figures.style import BLUE, ORANGE
from bpssim.report.figures.survival import Curve, survival_drawing
from bpssim.report.formatting import Amount, change_cell, differs, in_words, size_in_words
from bpssim.report.summary_lookup import QUINTILE_NAMES, QUINTILES, SHORT_NAMES

_HEADLINES = {"any_6w": "Breastfeeding at six weeks", "reach_day7": "Reached by day 7"}
_OTHERS = {
    "supported": "Supported while breastfeeding",
    "reach_day7_of_starters": "Reached by day 7, of those who started",
    "exclusive_6w": "Exclusively breastfeeding at six weeks",
    "stopped_before_wanted": "Stopped sooner than they wanted to",
}
_SIDE_BY_SIDE = 3
"""Alternatives that fit beside each other in every quintile."""
_NAMED = 3
"""Alternatives that fit into a title."""


def headlines_by_quintile(view: ComparisonView) -> Section:
    """The two main differences, by quintile or in the most and least deprived quintiles."""
    note = (
        "Differences from the base for the same mothers with the same luck, in percentage points of births; the line "
        "at 0 is no difference."
    )
    return Section("figures", "What changes, by quintile", [Figures(_drawings(view, _HEADLINES), note)])


def by_quintile(view: ComparisonView) -> Section:
    """All other differences in shares of mothers, in the same form."""
    return Section("differences", "Other changes, by quintile", [Figures(_drawings(view, _OTHERS), view.ranges)])


def _drawings(view: ComparisonView, labels: Mapping[str, str]) -> list[Drawing]:
    return [_differences(view, metric, label) for metric, label in labels.items()]


def _differences(view: ComparisonView, metric: str, label: str) -> Drawing:
    heading = Heading(f"difference_{metric}", _title(view, metric, label), f"{label}, difference in points")
    if len(view.touching) <= _SIDE_BY_SIDE:
        series = [Series(each.label, [each.difference(metric, q) for q in QUINTILES]) for each in view.touching]
        return quintile_drawing(heading, series, Level(0.0))
    ends = view.summary.quintiles[:1] + view.summary.quintiles[-1:]
    lines = {each.label: [each.difference(metric, group) for group in (*ends, "all")] for each in view.touching}
    return forest_drawing(heading, lines, [*(SHORT_NAMES[end] for end in ends), "all"])


def _title(view: ComparisonView, metric: str, label: str) -> str:
    first = view.summary.quintiles[0]
    told = [each for each in view.touching if differs(each.difference(metric, first))]
    where = QUINTILE_NAMES[first]
    if not told:
        return f"{label}: {_untold(view, metric, first)} in {where}"
    sizes = {each.label: change_cell(each.difference(metric, first), limited=False) for each in told}
    if len(view.touching) == 1:
        return f"{label}: {sizes[told[0].label]} points in {where}"
    if most := _most(view, metric, first):
        return f"{label}: {most.label} changes most, {sizes[most.label]} points in {where}"
    if len(told) > _NAMED:
        return f"{label}: changes with {len(told)} of {len(view.touching)} alternatives in {where}"
    each_size = [f"{size} with {name}" for name, size in sizes.items()]
    return f"{label}, change in points in {where}: {alternatives_in_words(each_size)}"


def _most(view: ComparisonView, metric: str, group: str) -> Alternative | None:
    """The alternative that changes most, if its interval lies beyond those of all others."""
    found = [(_size(each.difference(metric, group)), each) for each in view.touching]
    (least, _), most = max(found, key=lambda pair: pair[0][0])
    return most if all(other[1] < least for other, each in found if each is not most) else None


def _size(difference: Amount) -> tuple[float, float]:
    """Smallest and largest size within the interval of a difference, whatever its direction."""
    ends = abs(difference.lower), abs(difference.upper)
    return (min(ends) if differs(difference) else 0.0), max(ends)


def _untold(view: ComparisonView, metric: str, first: str) -> str:
    if all(each.difference(metric, first).value == 0.0 for each in view.touching):
        return "nothing is changed"
    return "one pair of runs has no intervals" if view.replicates == 1 else "no change can be distinguished from chance"


def feeding(view: ComparisonView) -> Section:
    """Survival curves of the base and of the alternative that changes most, at both ends of deprivation."""
    most = max(view.touching, key=lambda each: abs(each.difference("any_6w").value))
    sure = "" if _most(view, "any_6w", "all") else ", though chance may decide that"
    drawings = [
        _curves(view, most, quintile)
        for quintile in dict.fromkeys([view.summary.quintiles[0], view.summary.quintiles[-1]])
    ]
    chosen = f" The alternative is {most.label}, which changes most at six weeks{sure}."
    which = "" if len(view.touching) == 1 else chosen
    bands = "" if view.replicates == 1 else " Bands are those of each curve; the difference is more precise."
    note = f"Any breastfeeding, of all births.{bands}{which}"
    return Section("feeding", "Who is still breastfeeding", [Figures(drawings, note)])


def _curves(view: ComparisonView, alternative: Alternative, quintile: str) -> Drawing:
    looks = {
        view.base.name: {"color": BLUE, "linewidth": 2.0, "linestyle": "-"},
        alternative.name: {"color": ORANGE, "linewidth": 2.0, "linestyle": (0, (5, 1.5))},
    }
    curves = [
        Curve(
            view.labels[name],
            look,
            [r for r in view.results.survival if (r.scenario, r.feeding, r.quintile) == (name, "any", quintile)],
        )
        for name, look in looks.items()
    ]
    values = [in_words(view.summary_of(name).amount("any_6w", quintile)) for name in looks]
    where = QUINTILE_NAMES[quintile]
    difference = alternative.difference("any_6w", quintile)
    direction = "more" if difference.value > 0.0 else "fewer"
    change = f"{size_in_words(difference)} {direction}" if difference.value else "no difference"
    versus = f"{values[0]} in the base, {values[1]} with {alternative.label}"
    title = f"At six weeks in {where}: {versus}: {change}"
    return survival_drawing(Heading(f"survival_quintile_{quintile}", title, "Any breastfeeding, % of births"), curves)
