"""A waterfall: from one number of mothers to another, one step for each influence, in the look of its level."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from matplotlib.figure import Figure
from matplotlib.patches import Patch

from bpssim.report.figures.drawing import Drawing, drawn
from bpssim.report.figures.heading import Heading
from bpssim.report.figures.of_100 import LEVEL_LOOKS, OTHER_LOOK
from bpssim.report.figures.style import BLUE, INK, canvas, in_lines, room_for, write_key
from bpssim.report.formatting import Amount, count, plain, with_limits
from bpssim.scenario.words import Level

_LINE = 0.35
"""Height of a step [inches]."""


class Step(NamedTuple):
    """One step.

    Parameters
    ----------
    label
        Its name.
    amount
        Mothers that it adds.
    level
        Of the influence; ``None`` for several together.
    """

    label: str
    amount: Amount
    level: Level | None


def waterfall_drawing(
    heading: Heading, ends: tuple[str, str], start: Amount, steps: Sequence[Step], total: Amount
) -> Drawing:
    """Draw steps from a number to another.

    Parameters
    ----------
    heading
        Its axis says what is counted, as a difference from the start.
    ends
        Names of the first and the last number.
    start
        The first number.
    steps
        In order; their sum is the difference.
    total
        The difference between the last number and the first.
    """
    last = start.value + total.value
    labels = [f"{ends[0]}: {count(start.value)}", *(step.label for step in steps), f"{ends[1]}: {count(last)}"]

    def draw() -> Figure:
        figure, axes = canvas(heading, height=_LINE * len(labels), left=room_for(labels), right=0.5, bottom=0.8)
        axes.axvline(0.0, color=INK, linewidth=0.9, zorder=1)
        axes.plot(0.0, 0, marker="D", color=BLUE, linestyle="")
        reached = 0.0
        for place, step in enumerate(steps, 1):
            look = LEVEL_LOOKS[step.level] if step.level is not None else OTHER_LOOK
            axes.barh(place, step.amount.value, left=reached, height=0.62, linewidth=0.8, **look)
            axes.plot([reached, reached], [place - 0.7, place - 0.3], color=INK, linewidth=0.6)
            edge = max(reached, reached + step.amount.value)
            reached += step.amount.value
            if step.amount.has_limits:
                half = (step.amount.upper - step.amount.lower) / 2.0
                axes.errorbar(reached, place, xerr=half, **_WHISKER)
                edge = max(edge, reached + half)
            axes.annotate(
                _signed(step.amount), (edge, place), (4, 0), textcoords="offset points", va="center", size=8.5
            )
        half = (total.upper - total.lower) / 2.0 if total.has_limits else 0.0
        axes.errorbar(total.value, len(labels) - 1, xerr=half, marker="D", **{**_WHISKER, "color": BLUE})
        axes.plot([total.value] * 2, [len(labels) - 1.7, len(labels) - 1.3], color=INK, linewidth=0.6)
        axes.set_yticks(range(len(labels)), [in_lines(label) for label in labels])
        axes.set_ylim(len(labels) - 0.4, -0.6)
        axes.margins(x=0.1)
        axes.grid(axis="x")
        used = [level for level in Level if any(step.level is level for step in steps)]
        handles = [Patch(**LEVEL_LOOKS[level]) for level in used]
        write_key(figure, handles, [f"{level.word} level" for level in used], 3)
        return figure

    numbers = {
        labels[0]: [with_limits(start)],
        **{step.label: [with_limits(step.amount)] for step in steps},
        labels[-1]: [f"difference {with_limits(total)}"],
    }
    return drawn(heading, draw, ".", numbers)


_WHISKER: dict[str, Any] = {"color": INK, "capsize": 2.5, "elinewidth": 1.2, "zorder": 5}


def _signed(amount: Amount) -> str:
    text = plain(amount.value, int(abs(amount.value) < 10.0))
    return f"+{text}" if amount.value > 0.0 else text
