"""How much of its time a team uses: paid supporters may be full while volunteers have time left."""

from collections.abc import Callable

from bpssim.report.formatting import Amount, in_words
from bpssim.report.summary_lookup import SummaryLookup

_KINDS = {"utilisation_paid": "paid", "utilisation_volunteer": "volunteer"}
SLACK = "Time that one kind of supporter has left is of no use for work that only the other kind does."
"""Why the whole alone would mislead."""


def time_used(summary: SummaryLookup, told: Callable[[Amount], str] = in_words) -> str:
    """Share of its hours that the team uses, and of paid and of volunteer hours if it has both."""
    whole = told(summary.amount("utilisation"))
    if not summary.amount("utilisation").defined:
        return whole
    found = {kind: summary.amount(metric) for metric, kind in _KINDS.items()}
    whole = f"{whole} of its hours"
    if not all(amount.defined for amount in found.values()):
        return whole
    return f"{whole}: {' and '.join(f'{told(amount)} of {kind}' for kind, amount in found.items())} hours"
