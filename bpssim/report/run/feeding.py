"""Who is still breastfeeding, and who stopped before she wanted to."""

from bpssim.report.amounts import in_words
from bpssim.report.elements import Block, Figures, Section
from bpssim.report.figures.drawing import Drawing
from bpssim.report.figures.quintiles import Series, quintile_drawing
from bpssim.report.figures.survival import survival_drawing
from bpssim.report.found import QUINTILE_NAMES
from bpssim.report.run.view import RunView

_KINDS = {
    "any": ("any", "breastfeeding", "Any breastfeeding"),
    "exclusive": ("exclusive", "exclusively breastfeeding", "Exclusive breastfeeding"),
}


def feeding(view: RunView) -> Section:
    """Curves by age of the baby, continuation by quintile, and stopping before she wanted to."""
    blocks: list[Block] = [
        Figures(
            [_curves(view, *kind) for kind in _KINDS.values()],
            "Shares of all births, mothers who never started included. Thin lines are quintiles 2 to 4. "
            + _bands(view),
        ),
        Figures(
            [_continuation(view), _stopped(view)],
            "How she feeds is the mother's decision; a service is also judged by how few had to stop sooner than they "
            "wanted to.",
        ),
    ]
    return Section("feeding", "Who is still breastfeeding", blocks)


def _bands(view: RunView) -> str:
    return f"Bands are 95 % intervals over {view.replicates} runs, at each age." if view.replicates > 1 else view.ranges


def _curves(view: RunView, kind: str, doing: str, axis: str) -> Drawing:
    metric = f"{kind}_26w"
    ends = " and ".join(f"{in_words(view.found.amount(metric, q))} in {QUINTILE_NAMES[q]}" for q in view.ends)
    rows = [row for row in view.results.survival if row.feeding == kind]
    title = f"At six months, mothers still {doing}: {ends}"
    return survival_drawing(f"survival_{kind}", title, f"{axis}, % of births", rows, view.quintiles)


def _continuation(view: RunView) -> Drawing:
    title = f"At six weeks, {view.across('any_6w')} were breastfeeding"
    labels = {"initiated": "started", "any_6w": "6 weeks", "any_26w": "26 weeks"}
    series = [Series(label, view.found.by_quintile(metric)) for metric, label in labels.items()]
    return quintile_drawing("continuation", title, "Any breastfeeding, % of births", series)


def _stopped(view: RunView) -> Drawing:
    title = f"{view.across('stopped_before_wanted')} stopped sooner than they wanted to"
    labels = {"any_6w": "still at\n6 weeks", "stopped_before_wanted": "stopped\nbefore she\nwanted to"}
    series = [Series(label, view.found.by_quintile(metric)) for metric, label in labels.items()]
    return quintile_drawing("stopped_before_wanted", title, "% of births", series)
