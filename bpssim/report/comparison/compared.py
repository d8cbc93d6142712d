"""The alternatives: the question each asks and the inputs it changes."""

from bpssim.report.comparison.view import Alternative, ComparisonView
from bpssim.report.elements import Row, Section, Table, Words
from bpssim.scenario.describing import capital

_MOST = 25
"""Changed inputs that are shown of one alternative."""


def compared(view: ComparisonView) -> Section:
    """Section on what each alternative asks and changes."""
    labels, questions = view.labels, view.results.manifest.questions
    base = f"The base is {labels[view.base.name]}: {view.base.question}" if view.base.question else ""
    bodies = {
        f"{capital(each.label)}. {questions[each.name]}".strip(): _rows(each) or [Row("nothing is changed", ("",))]
        for each in view.alternatives
    }
    table = Table("Inputs that each alternative changes", ("Input", "What changes"), bodies, prose=frozenset({1}))
    return Section("compared", "What is compared", [*([Words([base])] if base else []), table])


def _rows(alternative: Alternative) -> list[Row]:
    rows = [
        Row(change.path, (f"{change.words}. Nothing reads it: {change.unread}." if change.unread else change.words,))
        for change in alternative.changes[:_MOST]
    ]
    more = len(alternative.changes) - _MOST
    return [*rows, Row(f"and {more} more; see manifest.json", ("",))] if more > 0 else rows
