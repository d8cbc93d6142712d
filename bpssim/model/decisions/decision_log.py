"""The log of decisions between days and their grounds, in rows of numbers.

`bpssim.scenario.words.Decision` gives their meaning; `bpssim.outcomes.decisions` puts them into words.
"""

import numpy as np

from bpssim.model.engine.compiled import rule
from bpssim.model.state import State
from bpssim.scenario.words import Decision

DECISION = np.dtype(
    [
        ("day", "i4"),  # when [day of the run]
        ("decision", "i1"),  # what was decided or seen, a `Decision`
        ("subject", "i4"),  # the pathway, policy or count, or the number of the review [row]
        ("first", "f8"),  # first number, as `Decision` says [number]
        ("second", "f8"),  # second number, as `Decision` says [number]
    ],
    align=True,
)


@rule
def log_decision(s: State, decision: Decision, subject: int = -1, first: float = 0.0, second: float = 0.0) -> None:
    """Add a row to the log."""
    counts = s.counts[0]
    row = s.decisions[counts.decisions]
    counts.decisions += 1
    row.day = counts.today
    row.decision = decision
    row.subject = subject
    row.first = first
    row.second = second
