"""Where fewer mothers are lost, and where more are."""

from bpssim.report.comparison.view import ComparisonView
from bpssim.report.elements import Row, Section, Table
from bpssim.report.formatting import UNDEFINED, signed
from bpssim.report.run.losses import Loss, losses
from bpssim.report.summary_lookup import HEADINGS
from bpssim.scenario.describing import capital
from bpssim.scenario.words import Gate, Reason
from bpssim.statistics.groups import GROUPS

_SHOWN = 6
_SMALLEST = 0.0005
"""Change of a share of births that is shown."""


def changed_losses(view: ComparisonView) -> Section:
    """The losses that each alternative changes most, all quintiles together."""
    base = _by_place(view, view.base.name)
    bodies = {}
    for each in view.touching:
        other = _by_place(view, each.name)
        places = sorted(base.keys() | other.keys())
        changes = {place: _changes(base.get(place), other.get(place)) for place in places}
        largest = sorted(changes, key=lambda place: -max(map(abs, changes[place].values())))[:_SHOWN]
        rows = [
            Row(f"{known.what}: {known.why}", [_cell(view, changes[place][group], group) for group in GROUPS])
            for place in largest
            if max(map(abs, changes[place].values())) >= _SMALLEST and (known := base.get(place) or other[place])
        ]
        bodies[capital(each.label)] = rows or [
            Row("no reason for losing mothers changes by as much as 0.05 in 100", [""] * len(GROUPS))
        ]
    note = (
        "Below 0, fewer mothers are lost there. A mother who gets past one step may be lost at a later one. Means over "
        "all pairs of runs, without intervals; at most six changes of each alternative, the largest first."
    )
    table = Table(
        "Of 100 mothers of each quintile: how many more are lost, at which step and why",
        ("Lost", *HEADINGS),
        bodies,
        note,
    )
    return Section("lost", "Where more or fewer mothers are lost", [table])


def _by_place(view: ComparisonView, scenario: str) -> dict[tuple[Gate, Reason], Loss]:
    rows = [row for row in view.results.cascade if row.scenario == scenario]
    return {(loss.gate, loss.reason): loss for loss in losses(rows)}


def _changes(before: Loss | None, after: Loss | None) -> dict[str, float]:
    ours, theirs = (loss.shares if loss else {} for loss in (before, after))
    return {group: theirs.get(group, 0.0) - ours.get(group, 0.0) for group in GROUPS}


def _cell(view: ComparisonView, change: float, group: str) -> str:
    if not view.summary.value("births", group):
        return UNDEFINED
    return signed(100.0 * change, 1 if abs(change) >= _SMALLEST else 0)
