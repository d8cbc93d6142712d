"""Every pattern of the registry emerges, unless it says why it is known not to, and none does without its mechanism."""

import pytest

from bpssim.report.pattern_words import expectation, with_ends
from bpssim.validation.patterns.pattern import Pattern
from bpssim.validation.patterns.registry import PATTERNS
from bpssim.validation.patterns.result import examine
from bpssim.validation.patterns.runs import Runs

RUNS = Runs()
"""The seeds of `bpssim validate --patterns`."""


def name(pattern: Pattern) -> str:
    """`M09` for M9, so that `-k M09` selects it and no other."""
    return pattern.row.replace("M", "M0") if len(pattern.row) == 2 else pattern.row


@pytest.mark.parametrize("pattern", [pytest.param(pattern, id=name(pattern)) for pattern in PATTERNS if pattern.checks])
def test_pattern(pattern: Pattern) -> None:
    found = examine(pattern, RUNS)
    assert [f"{expectation(each)}: {each.verdict.words}, {with_ends(each)}" for each in found.surprises] == []
    assert [f"without: {with_ends(each)}" for each in found.without if found.fails] == []
    if pattern.reason:  # and every check behaves as it says there, as a strict xfail would ask
        pytest.xfail(pattern.reason)
