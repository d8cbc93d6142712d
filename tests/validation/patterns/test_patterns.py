"""Every pattern of the registry emerges, unless it says why it is known not to.

More seeds are run only for a pattern that fewer do not show yet. That makes a pattern no easier to believe: each
interval is wide enough for two hundred of them, and `bpssim validate --patterns` runs all seeds for all.
"""

import numpy as np
import pytest

from bpssim.report.pattern_words import expectation, with_ends
from bpssim.validation.patterns.pattern import Pattern
from bpssim.validation.patterns.registry import PATTERNS
from bpssim.validation.patterns.result import Finding, judged
from bpssim.validation.patterns.runs import Runs

QUARTERS = [Runs(4, first) for first in (1, 5, 9, 13)]
"""Together the seeds of `bpssim validate --patterns`."""


def name(pattern: Pattern) -> str:
    """`M09` for M9, so that `-k M09` selects it and no other."""
    return pattern.row.replace("M", "M0") if len(pattern.row) == 2 else pattern.row


def surprises(pattern: Pattern) -> list[Finding]:
    checks = list(pattern.checks.values())
    measured = [np.empty(0)] * len(checks)
    found: list[Finding] = []
    for quarter in QUARTERS:
        more = quarter.measured(checks)
        measured = [np.concatenate([old, new]) if len(old) else new for old, new in zip(measured, more, strict=True)]
        found = judged(pattern, measured).surprises
        if not found:
            break
    return found


@pytest.mark.parametrize("pattern", [pytest.param(pattern, id=name(pattern)) for pattern in PATTERNS if pattern.checks])
def test_pattern(pattern: Pattern) -> None:
    found = surprises(pattern)
    assert [f"{expectation(each)}: {each.verdict.words}, {with_ends(each)}" for each in found] == []
    if pattern.reason:  # and every check behaves as it says there, as a strict xfail would ask
        pytest.xfail(pattern.reason)
