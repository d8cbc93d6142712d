"""Who is still breastfeeding, and who stopped before she wanted to."""

from bpssim.report.elements import Figures, Section
from bpssim.report.figures.drawing import Drawing
from bpssim.report.figures.heading import Heading
from bpssim.report.figures.quintiles import Series, quintile_drawing
from bpssim.report.figures.survival import quintile_curves, survival_drawing
from bpssim.report.formatting import in_words
from bpssim.report.run.view import RunView
from bpssim.report.summary_lookup import QUINTILE_NAMES

_KINDS = {
    "any": ("any", "breastfeeding", "Any breastfeeding"),
    "exclusive": ("exclusive", "exclusively breastfeeding", "Exclusive breastfeeding"),
}


def feeding(view: RunView) -> Section:
    """Survival curves, and stopping before she wanted to unless the first pages show it."""
    curves = Figures(
        [_curves(view, *kind) for kind in _KINDS.values()],
        f"Shares of all births, mothers who never started included. Thin lines are quintiles 2 to 4. {_bands(view)}",
    )
    stopped = [Figures([stopped_drawing(view)], WHOSE_DECISION)] if view.has_service else []
    return Section("feeding", "Who is still breastfeeding, by age of the baby", [curves, *stopped])


WHOSE_DECISION = (
    "How she feeds is the mother's decision; a service is also judged by how few had to stop sooner than they wanted "
    "to."
)


def _bands(view: RunView) -> str:
    return f"Bands are 95 % intervals over {view.replicates} runs, at each age." if view.replicates > 1 else view.ranges


def _curves(view: RunView, kind: str, doing: str, axis: str) -> Drawing:
    metric = f"{kind}_26w"
    ends = " and ".join(f"{in_words(view.summary.amount(metric, q))} in {QUINTILE_NAMES[q]}" for q in view.ends)
    rows = [row for row in view.results.survival if row.feeding == kind]
    title = f"At six months, mothers still {doing}: {ends}"
    return survival_drawing(
        Heading(f"survival_{kind}", title, f"{axis}, % of births"), quintile_curves(rows, view.quintiles)
    )


def continuation_drawing(view: RunView) -> Drawing:
    """Who started, and who is still breastfeeding."""
    title = f"At six weeks, {view.across('any_6w')} were breastfeeding"
    labels = {"initiated": "started", "any_6w": "6 weeks", "any_26w": "26 weeks"}
    series = [Series(label, view.summary.by_quintile(metric)) for metric, label in labels.items()]
    return quintile_drawing(Heading("continuation", title, "Any breastfeeding, % of births"), series)


def stopped_drawing(view: RunView) -> Drawing:
    """Who stopped before she wanted to."""
    title = f"{view.across('stopped_before_wanted')} stopped sooner than they wanted to"
    labels = {"any_6w": "still at\n6 weeks", "stopped_before_wanted": "stopped\nbefore she\nwanted to"}
    series = [Series(label, view.summary.by_quintile(metric)) for metric, label in labels.items()]
    return quintile_drawing(Heading("stopped_before_wanted", title, "% of births"), series)
