"""All differences."""

from collections.abc import Iterable, Sequence

from bpssim.outcomes.metrics import MetricRow
from bpssim.report.comparison.view import Alternative, ComparisonView
from bpssim.report.elements import Row, Section, Table
from bpssim.report.formatting import change_cell, unit_in_words
from bpssim.report.summary_lookup import HEADINGS
from bpssim.scenario.describing import capital
from bpssim.statistics.groups import GROUPS

_BELIEVED = (
    "What the service believes of its reach in a quintile (believed_reach) is of the mothers known to live there: told "
    "the quintile only by those it speaks with, it believes that it reaches nearly all of them; told it of others too, "
    "it sees whom it does not reach, and what it believes falls although nobody is lost."
)


def all_differences(view: ComparisonView) -> Section:
    """Difference in every metric that changes, by quintile."""
    bodies = {
        capital(each.label): list(_rows(each, view.results.metrics)) or [Row("nothing differs", [""] * 6)]
        for each in view.alternatives
    }
    note = (
        f"{view.ranges} Metrics that do not change at all are left out; a dash is not defined. comparison.csv has them "
        "all, with the values of the base and the alternative."
    )
    if any(row.detail == "believed_reach" for rows in bodies.values() for row in rows):
        note = f"{note} {_BELIEVED}"
    table = Table("Differences from the base", ("Metric", *HEADINGS), bodies, note)
    return Section("numbers", "All differences", [table])


def _rows(alternative: Alternative, metrics: Sequence[MetricRow]) -> Iterable[Row]:
    for each in metrics:
        amounts = {
            group: alternative.difference(each.metric, group)
            for group in GROUPS
            if (each.metric, group) in alternative.differences
        }
        if any(amount.defined and amount.value != 0.0 for amount in amounts.values()):
            unit = unit_in_words(amounts["all"].unit)
            cells = [change_cell(amounts[group]) if group in amounts else "" for group in GROUPS]
            yield Row(f"{each.description} [{unit}]", cells, each.metric)
