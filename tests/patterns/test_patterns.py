"""Every pattern of the registry emerges, unless it says why it is known not to."""

import pytest

from bpssim.report.pattern_words import expectation, with_ends
from bpssim.studies.patterns.pattern import Pattern
from bpssim.studies.patterns.registry import PATTERNS
from bpssim.studies.patterns.result import examine
from bpssim.studies.patterns.runs import Runs

RUNS = Runs()


def name(pattern: Pattern) -> str:
    """`M09` for M9, so that `-k M09` selects it and no other."""
    return pattern.row.replace("M", "M0") if len(pattern.row) == 2 else pattern.row


@pytest.mark.parametrize("pattern", [pytest.param(pattern, id=name(pattern)) for pattern in PATTERNS if pattern.checks])
def test_pattern(pattern: Pattern) -> None:
    surprises = examine(pattern, RUNS).surprises
    assert [f"{expectation(each)}: {each.verdict.words}, {with_ends(each)}" for each in surprises] == []
    if pattern.reason:  # and every check behaves as it says there, as a strict xfail would ask
        pytest.xfail(pattern.reason)
