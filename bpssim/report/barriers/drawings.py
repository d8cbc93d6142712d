"""Figures of a study of barriers."""

import math

from bpssim.report.barriers.view import ALL, MAIN, PARTS, BarriersView, group_in_words
from bpssim.report.figures.drawing import Drawing
from bpssim.report.figures.heading import Heading
from bpssim.report.figures.of_100 import of_100_drawing
from bpssim.report.figures.waterfall import Step, waterfall_drawing
from bpssim.report.formatting import Amount, count
from bpssim.report.summary_lookup import SHORT_NAMES
from bpssim.scenario.wording import LEVELS
from bpssim.scenario.words import Level
from bpssim.studies.barriers.estimates import REMAIN

_STEPS = 9
"""Influences that a waterfall shows one by one."""
PART_WORDS = {
    **{level.word: f"{level.word}: {LEVELS[level].what}" for level in Level},
    REMAIN: "not supported in time without any of these either",
}


def levels_drawing(view: BarriersView) -> Drawing:
    """Of 100 mothers not supported in time in each quintile, how many at each level, and how many remain."""
    labels = {group: "all" if group == ALL else SHORT_NAMES[group] for group in view.groups}
    bars = {label: [view.of_100(group, part) for part in PARTS] for group, label in labels.items()}
    whole = {label: list(view.whole_of_100(group).values()) for group, label in labels.items()}
    return of_100_drawing(
        Heading("levels", _title(view), "Of 100 mothers who are not supported in time"),
        bars,
        whole,
        list(PART_WORDS.values()),
    )


def _title(view: BarriersView) -> str:
    numbers = view.whole_of_100(view.first)
    largest = max(Level, key=lambda level: numbers[level.word])
    who = "" if view.first == ALL else f" in {group_in_words(view.first)}"
    return (
        f"Of 100 mothers not supported in time{who}, {numbers[largest.word]} are held back at the {largest.word} level"
    )


def waterfall(view: BarriersView, group: str = ALL) -> Drawing:
    """From the mothers supported in time now to those without any influence, by fair shares."""
    found = view.by_share(MAIN, group)
    largest = sorted(sorted(found, key=lambda each: -abs(each.share.value))[:_STEPS], key=lambda e: -e.share.value)
    steps = [Step(each.title, each.share, each.level) for each in largest]
    rest = [each for each in found if each not in largest]
    if rest:
        together = sum(each.share.value for each in rest)
        label = "one other" if len(rest) == 1 else f"the other {len(rest)} together"
        steps.append(Step(label, Amount(together, math.nan, math.nan, "mothers"), None))
    now, total = view.now(MAIN, group), view.difference(MAIN, group)
    where = "" if group == ALL else f" in {group_in_words(group)}"
    title = (
        f"{count(now.value)} mothers{where} are supported in time, and {count(now.value + total.value)} would be "
        "without any of these"
    )
    name = "waterfall" if group == ALL else f"waterfall_{group}"
    axis = "More mothers supported in time, a year, by fair share"
    return waterfall_drawing(Heading(name, title, axis), ("now", "without any"), now, steps, total)
