"""What is compared: the question of each alternative, and the inputs that it changes."""

from bpssim.report.assumptions import value_in_words
from bpssim.report.comparison.view import ComparisonView
from bpssim.report.elements import Row, Section, Table, Words

_MOST = 25
"""Changed inputs that are shown of one alternative."""


def compared(view: ComparisonView) -> Section:
    """What each alternative asks and changes."""
    manifest = view.results.manifest
    labels = view.labels
    base = f"The base is {labels[view.base.name]}: {view.base.question}" if view.base.question else ""
    bodies = {}
    for each in view.alternatives:
        changes = manifest["differences"][each.name]
        question = manifest["questions"][each.name]
        rows = [
            Row(change["path"], (value_in_words(change["base"]), value_in_words(change["alternative"])))
            for change in changes[:_MOST]
        ]
        if len(changes) > _MOST:
            rows.append(Row(f"and {len(changes) - _MOST} more; see manifest.json", ("", "")))
        bodies[f"{each.label.capitalize()}. {question}".strip()] = rows or [Row("nothing is changed", ("", ""))]
    head = ("Input", f"{labels[view.base.name]} (base)", "Alternative")
    table = Table("Inputs that each alternative changes", head, bodies, prose=frozenset({1, 2}))
    return Section("compared", "What is compared", [*([Words([base])] if base else []), table])
