"""Levels over draws of the uncertain inputs."""

from collections.abc import Sequence

from bpssim.report.elements import Row, Section, Table
from bpssim.report.formatting import UNDEFINED, plain
from bpssim.report.run.view import RunView
from bpssim.report.summary_lookup import HEADINGS
from bpssim.statistics.groups import GROUPS
from bpssim.studies.comparison.rows import LevelRow

LEVELS = {
    "initiated": "Started to breastfeed, %",
    "any_2w": "Any breast milk, 2 weeks, %",
    "any_6w": "Any breast milk, 6 weeks, %",
    "any_26w": "Any breast milk, 26 weeks, %",
    "reach_ever": "Reached ever, %",
    "reach_day7": "Reached by day 7, %",
}
"""Shares that are shown, with their labels."""


def with_range(row: LevelRow | None, limited: bool = True) -> str:
    """A share in percent, with its range over draws if that is wanted."""
    if row is None:
        return UNDEFINED
    value, lower, upper = (plain(100.0 * share, 0) for share in (row.value, row.lower, row.upper))
    return f"{value} ({lower} to {upper})" if limited else value


def levels(view: RunView) -> list[Section]:
    """The section, if inputs were drawn."""
    rows, drawn = view.results.levels, view.results.manifest.uncertainty
    if drawn is None or not rows:
        return []
    found = {(row.metric, row.quintile): row for row in rows}
    table = [
        Row(label, [with_range(found.get((metric, group))) for group in GROUPS], metric)
        for metric, label in LEVELS.items()
    ]
    caption = f"Means over {drawn.draws} draws of the inputs; in brackets: {rows[0].kind}"
    return [
        Section(
            "levels", "How sure the levels are", [Table(caption, ("Share", *HEADINGS), {"": table}, _note(rows, view))]
        )
    ]


def _note(rows: Sequence[LevelRow], view: RunView) -> str:
    drawn = view.results.manifest.uncertainty
    varied = drawn.varied if drawn else []
    feeding = (
        "Feeding without support was drawn too, as one of a bank of baselines, each refitted to its own draw of the "
        "inputs and of the levels that were surveyed."
        if any(each.path == "feeding" for each in varied)
        else "Feeding without support was held fixed, because its baseline has no bank of refitted ones."
    )
    return (
        f"{len(varied)} inputs were drawn from their ranges, and {rows[0].replicates_per_draw} runs made under each "
        f"draw. {feeding} All other numbers of this page are for the inputs as given. The mean over draws may differ "
        "from them, because ranges are not symmetric: support is more often weaker than what was fitted to trials than "
        "stronger."
    )
