"""Figures of a study."""

from collections.abc import Iterator

from bpssim.report.figures.drawing import Drawing
from bpssim.report.figures.forest import forest_drawing
from bpssim.report.figures.heading import Heading
from bpssim.report.figures.levels import levels_drawing
from bpssim.report.formatting import Amount, differs, unit_in_words
from bpssim.report.metric_words import metric_in_words
from bpssim.report.study.view import StudyView, level_named
from bpssim.studies.sweep.estimates import SCENARIO

_MOST_LINES, _MOST_FACTORS, _MOST_LEVELS = 6, 4, 15
_GROUPS = {"all": "all mothers", "1": "1 most deprived", "5": "5 least deprived"}


def study_drawings(view: StudyView) -> Iterator[Drawing]:
    """Figures of each metric: points over two factors, or else each factor by itself; and the scenarios."""
    for metric in view.metrics:
        if crossed := _crossed(view, metric):
            yield crossed
            continue
        own = [(scenario, factor) for scenario, factor in view.factors if factor != SCENARIO]
        if len(view.results.study.factors) <= _MOST_FACTORS:
            for number, (scenario, factor) in enumerate(own):
                if len(view.levels(scenario, factor)) <= _MOST_LEVELS:
                    yield _alone(view, scenario, factor, metric, number)
    if ("all", SCENARIO) in view.factors:
        yield from (_scenarios(view, metric) for metric in view.metrics)


def _crossed(view: StudyView, metric: str) -> Drawing | None:
    """Every point: the levels of one factor along the axis, and a line for each of the rest; if that is readable."""
    factors = list(view.results.study.factors)
    if len(factors) > 2 or not factors or (len(factors) == 1 and len(view.results.scenarios) == 1):
        return None
    across = max(factors, key=lambda name: len(view.places(name)))
    lines: dict[str, dict[str, Amount]] = {}
    for number, point in enumerate(view.results.points):
        rest = [level_named(point[name]) for name in factors if name != across]
        names = [point["scenario"]] if len(view.results.scenarios) > 1 else []
        label = ", ".join(
            [*names, *(f"{name} {level}" for name, level in zip(_others(factors, across), rest, strict=True))]
        )
        lines.setdefault(label, {})[point[across]] = view.change(number, metric)
    levels = view.places(across)
    if (
        len(lines) > _MOST_LINES
        or len(levels) > _MOST_LEVELS
        or any(len(line) < len(levels) for line in lines.values())
    ):
        return None
    series = {label: [line[level] for level in levels] for label, line in lines.items()}
    axis = f"Difference from the first point [{_unit(view, metric)}]"
    heading = Heading(f"points_{metric}", _title(view, metric, across), axis)
    return levels_drawing(heading, across, [level_named(level) for level in levels], series)


def _others(factors: list[str], across: str) -> list[str]:
    return [name for name in factors if name != across]


def _alone(view: StudyView, scenario: str, factor: str, metric: str, number: int) -> Drawing:
    """The difference that each level of a factor makes."""
    levels = view.levels(scenario, factor)
    series = {
        _GROUPS[group]: [view.difference((scenario, factor, level), metric, group) for level in levels]
        for group in view.groups(metric)
    }
    where = f" in {scenario}" if len(view.results.scenarios) > 1 else ""
    axis = f"Difference from {level_named(levels[0])} [{_unit(view, metric)}]"
    heading = Heading(f"effect_{metric}_{number}", f"{_title(view, metric, factor)}{where}", axis)
    return levels_drawing(heading, factor, [level_named(level) for level in levels], series)


def _scenarios(view: StudyView, metric: str) -> Drawing:
    """The difference between scenarios."""
    base, *others = view.levels("all", SCENARIO)
    groups = view.groups(metric)
    lines = {name: [view.difference(("all", SCENARIO, name), metric, group) for group in groups] for name in others}
    clear = [name for name, amounts in lines.items() if differs(amounts[0])]
    title = (
        f"{_listed(clear)} {'differs' if len(clear) == 1 else 'differ'} from {base}: {metric_in_words(metric)}"
        if clear
        else f"No scenario can be told from {base}: {metric_in_words(metric)}"
    )
    heading = Heading(f"scenarios_{metric}", title, f"Difference from {base} [{_unit(view, metric)}]")
    return forest_drawing(heading, lines, [_GROUPS[group] for group in groups])


def _title(view: StudyView, metric: str, factor: str) -> str:
    """What a figure shows: how far the levels of a factor move a metric."""
    about = _upper(metric_in_words(metric))
    found = [
        view.difference((scenario, factor, level), metric)
        for scenario, name in view.factors
        if name == factor
        for level in view.levels(scenario, name)
    ]
    clear = [amount for amount in found if differs(amount)]
    if not clear:
        return f"{about}: no level of {factor} can be told from the first"
    if all(amount.value > 0.0 for amount in clear):
        return f"{about}: more than at the first level of {factor}"
    if all(amount.value < 0.0 for amount in clear):
        return f"{about}: less than at the first level of {factor}"
    return f"{about}: more at some levels of {factor}, and less at others"


def _unit(view: StudyView, metric: str) -> str:
    return unit_in_words(view.unit_of_difference(metric))


def _upper(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
