"""A story as a figure: one lane for each service, the early days drawn wider than the later ones."""

from collections.abc import Sequence
from textwrap import fill
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from bpssim.report.figures.drawing import Drawing
from bpssim.report.figures.style import BLUE, INK, ORANGE, PALE
from bpssim.report.story.ages import Labels, fits, mark_ages, place_of, write
from bpssim.report.story.phrases import when
from bpssim.report.story.spans import end_of, fed, troubles
from bpssim.report.story.who import ending, headline, lost
from bpssim.scenario.wording import CHANNELS, DIFFICULTIES, FEEDING, OUTCOMES
from bpssim.scenario.words import Channel, Feeding, Item, Outcome
from bpssim.studies.story import moments as m
from bpssim.studies.story.story import Story

_BANDS: dict[Feeding, dict[str, Any]] = {
    Feeding.EXCLUSIVE: {"facecolor": BLUE, "edgecolor": BLUE},
    Feeding.MIXED: {"facecolor": "white", "edgecolor": BLUE, "hatch": "////"},
}
_NO_BREASTFEEDING: dict[str, Any] = {"facecolor": PALE, "edgecolor": PALE}
_MARKS: dict[Outcome, dict[str, Any]] = {
    Outcome.SUPPORTED: {"marker": "o", "color": BLUE},
    Outcome.NO_ANSWER: {"marker": "x", "color": ORANGE, "markeredgewidth": 2.0},
    Outcome.DECLINED: {"marker": "s", "color": INK, "markerfacecolor": "white"},
    Outcome.ALREADY_STOPPED: {"marker": "v", "color": INK, "markerfacecolor": "white"},
    Outcome.EXPIRED: {"marker": "D", "color": ORANGE, "markerfacecolor": "white"},
    Outcome.WITHDRAWN: {"marker": "D", "color": INK, "markerfacecolor": "white"},
}
_OTHER_MARK: dict[str, Any] = {"marker": "*", "color": INK}
_PROBLEM: dict[str, Any] = {"color": ORANGE, "linewidth": 4.0, "solid_capstyle": "butt"}
_NO_PROBLEM: dict[str, Any] = {"color": INK, "linewidth": 1.2, "linestyle": ":"}
_FEEDING, _DIFFICULTY = "Feeding", "Difficulty"
_KNOWN = f"Items known,\nof {len(Item)}"
_SIGN = 0.24
"""Width of a sign on the axis of ages, about."""


def draw_story(stories: Sequence[Story]) -> Drawing:
    """Draw one mother's story in one service, or one below the other in two."""
    tracks, title = _tracks(stories), headline(stories)

    def draw() -> Figure:
        height = 0.42 * len(tracks) + 0.55
        figure = Figure(figsize=(9.5, 1.15 + height * len(stories)), layout="constrained")
        figure.suptitle(fill(title, 100), fontsize=12, x=0.01, ha="left")
        lanes = figure.subplots(len(stories), 1, sharex=True, squeeze=False)[:, 0]
        for axes, story in zip(lanes, stories, strict=True):
            _prepare(axes, story, tracks, _first_age(stories), max(map(end_of, stories)))
            _draw_feeding(axes, story, tracks[_FEEDING])
            _draw_difficulties(axes, story, tracks[_DIFFICULTY])
            _draw_work(axes, story, tracks)
            _draw_known(axes, story, tracks[_KNOWN])
        figure.legend(handles=_legend(stories), loc="outside lower center", ncols=4, frameon=False, fontsize=9)
        return figure

    told = " ".join(f"{story.scenario.name}: {' '.join(ending(story))}" for story in stories)
    what = (
        "One lane for each service, over the baby's age: feeding, difficulties, attempts, items known to the service."
    )
    return Drawing("story", title, f"{what} {told}", draw)


def _tracks(stories: Sequence[Story]) -> dict[str, float]:
    """Height of each track, the same in every lane."""
    used = {
        moment.channel for story in stories for moment in story.moments if isinstance(moment, m.Attempt | m.WorkUndone)
    }
    names = [_FEEDING, _DIFFICULTY, *(_channel(channel) for channel in Channel if channel in used), _KNOWN]
    return {name: float(len(names) - row) for row, name in enumerate(names)}


def _work(story: Story) -> list[m.Attempt | m.WorkUndone]:
    return [moment for moment in story.moments if isinstance(moment, m.Attempt | m.WorkUndone)]


def _channel(channel: Channel) -> str:
    name = CHANNELS[channel].noun
    return f"{name[0].upper()}{name[1:]}".replace(" on ", "\non ")


def _first_age(stories: Sequence[Story]) -> int:
    """Age at which something first happens that a figure shows; days before it are left out."""
    shown = (m.Attempt, m.WorkUndone, m.DataArrived, m.Learned, m.Birth)
    return min(moment.age for story in stories for moment in story.moments if isinstance(moment, shown))


def _prepare(axes: Axes, story: Story, tracks: dict[str, float], first: int, last: int) -> None:
    mark_ages(axes, first, last)
    axes.set_yticks(list(tracks.values()), list(tracks))
    axes.set_ylim(0.4, len(tracks) + 0.6)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color=PALE, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.set_title(f"{story.scenario.name}: {lost(story)}", fontsize=10, loc="left")


def _draw_feeding(axes: Axes, story: Story, y: float) -> None:
    for span in fed(story):
        axes.barh(
            y,
            span.stop - span.start,
            left=span.start,
            height=0.6,
            linewidth=0.8,
            **_BANDS.get(span.feeding, _NO_BREASTFEEDING),
        )
        text = f"stopped: {when(span.start)}"
        if span.feeding is Feeding.STOPPED and fits(text, span.start, span.stop):
            write(axes, span.start, y, text, "center")


def _draw_difficulties(axes: Axes, story: Story, y: float) -> None:
    labels = {"bottom": Labels(axes), "top": Labels(axes)}  # above the line, or else below it
    for trouble in troubles(story):
        axes.plot([trouble.start, trouble.stop], [y, y], **_NO_PROBLEM)
        if trouble.problem_until >= 0:
            axes.plot([trouble.start, trouble.problem_until], [y, y], **_PROBLEM)
        axes.plot(trouble.start, y, marker="|", markersize=11, color=INK)
        kind = DIFFICULTIES[trouble.kind] if trouble.kind is not None else ""
        if not labels["bottom"].write(trouble.start, y + 0.2, kind):
            labels["top"].write(trouble.start, y - 0.2, kind, "top")


def _draw_work(axes: Axes, story: Story, tracks: dict[str, float]) -> None:
    taken: dict[tuple[Channel, bool], float] = {}  # place of the last sign on the upper or lower half of a track
    for work in _work(story):
        place = float(place_of(work.age))
        lower = place - taken.get((work.channel, False), -np.inf) < _SIGN
        taken[work.channel, lower] = place
        y = tracks[_channel(work.channel)] - (0.32 if lower else 0.0)
        axes.plot(work.age, y, linestyle="none", markersize=7, **_MARKS.get(work.outcome, _OTHER_MARK))


def _draw_known(axes: Axes, story: Story, y: float) -> None:
    """Draw the number of items that the service held as steps, with the number at each."""
    first = axes.get_xlim()[0]
    counts = {max(moment.age, first): len(moment.items) for moment in story.moments if isinstance(moment, m.Held)}
    ages, known = [*counts, end_of(story)], [*counts.values(), [*counts.values()][-1]]
    bottom = y - 0.4
    heights = [bottom + 0.7 * number / len(Item) for number in known]
    axes.fill_between(ages, heights, bottom, step="post", color=PALE)
    axes.step(ages, heights, where="post", color=INK, linewidth=1.4)
    before = [-1, *known]
    for age, following, number, height, last in zip(ages[:-1], ages[1:], known, heights, before, strict=False):
        if number != last and fits("0", age, following):  # of steps close to each other the last is named
            write(axes, age, height + 0.03, str(number), "bottom")


def _legend(stories: Sequence[Story]) -> list[Any]:
    """What the signs mean that the figure uses."""
    feedings = {span.feeding for story in stories for span in fed(story)}
    outcomes = {work.outcome for story in stories for work in _work(story)}
    bands = [
        Patch(label=FEEDING[each].now, **_BANDS.get(each, _NO_BREASTFEEDING)) for each in Feeding if each in feedings
    ]
    spans = [span for story in stories for span in troubles(story)]
    problem = [Line2D([], [], label="unresolved problem", **_PROBLEM)]
    difficulty = [Line2D([], [], label="difficulty, no problem", **_NO_PROBLEM)]
    has_problem = any(span.problem_until > span.start for span in spans)
    has_other = any(span.problem_until < span.stop for span in spans)
    signs = [
        Line2D([], [], linestyle="none", markersize=7, label=OUTCOMES[outcome], **_MARKS.get(outcome, _OTHER_MARK))
        for outcome in Outcome
        if outcome in outcomes
    ]
    return [*bands, *(problem if has_problem else []), *(difficulty if has_other else []), *signs]
