"""Results of the runs for rows of the evidence."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.validation.patterns.expected import Interval, Verdict, intervals
from bpssim.validation.patterns.pattern import Check, Pattern
from bpssim.validation.patterns.registry import BY_ROW
from bpssim.validation.patterns.runs import Runs


class Finding(NamedTuple):
    """The result of one check; of several parts, the one that is nearest to its bound or furthest beyond it."""

    label: str  # what was measured
    check: Check
    interval: Interval
    verdict: Verdict

    @property
    def as_declared(self) -> bool:
        """Whether it emerges if it should, and does not if it is known not to."""
        return (self.verdict is Verdict.EMERGES) != bool(self.check.shortfall)


@dataclass(frozen=True)
class Result:
    """A pattern and the findings of its checks."""

    pattern: Pattern
    findings: tuple[Finding, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The lowest verdict on any check."""
        return min((finding.verdict for finding in self.findings), default=Verdict.OUT_OF_SCOPE)

    @property
    def surprises(self) -> list[Finding]:
        """Findings that do not emerge but should, or emerge but are known not to."""
        return [finding for finding in self.findings if not finding.as_declared]

    @property
    def fails(self) -> bool:
        """Whether something that should emerge does not."""
        return any(finding.verdict is not Verdict.EMERGES for finding in self.surprises)


class CheckRow(NamedTuple):
    """One check of one pattern: expectation, result and verdict; NaN where nothing is measured."""

    row: str
    title: str
    mechanism: str
    module: str
    check: str
    unit: str
    expected: str
    mean: float  # over seeds, in the unit
    lower: float
    upper: float
    verdict: str
    reason: str  # why it is out of scope or known not to emerge; empty if it should emerge


def check_rows(results: Iterable[Result]) -> Iterator[CheckRow]:
    """Every check of every pattern; one row for a pattern that is out of scope."""
    for result in results:
        pattern = result.pattern
        about = (pattern.row, pattern.title, pattern.mechanism, pattern.module)
        for label, check, interval, verdict in result.findings:
            scale = check.unit.scale
            limits = (scale * interval.mean, scale * interval.low, scale * interval.high)
            expected = check.expected.words(scale)
            yield CheckRow(*about, label, check.unit.word, expected, *limits, verdict.words, check.shortfall)
        if not result.findings:
            yield CheckRow(*about, "", "", "", np.nan, np.nan, np.nan, result.verdict.words, pattern.reason)


def examined(rows: Iterable[str], runs: Runs) -> Iterator[Result]:
    """Examine rows one by one."""
    for row in rows:
        yield examine(BY_ROW[row], runs)


def examine(pattern: Pattern, runs: Runs) -> Result:
    """Run the variants of a pattern and judge it."""
    return judged(pattern, runs.measured(list(pattern.checks.values())))


def judged(pattern: Pattern, measured: Sequence[NDArray[np.float64]]) -> Result:
    """Judge a pattern by measured values.

    Parameters
    ----------
    pattern
        The expectations.
    measured
        For each of its checks, values over seeds as in `found_of`.
    """
    findings = [
        found_of(label, check, values / measured[0].mean() if check.relative_to_first else values)
        for (label, check), values in zip(pattern.checks.items(), measured, strict=True)
    ]
    return Result(pattern, tuple(findings))


def found_of(label: str, check: Check, values: NDArray[np.float64]) -> Finding:
    """Judge a check by values over seeds.

    Parameters
    ----------
    label, check
        Name of the quantity, and its expectation.
    values
        Shape (seeds,) or (seeds, parts).
    """
    expected = check.expected
    decisive = min(intervals(values), key=lambda part: (expected.verdict(part), expected.margin(part.low, part.high)))
    return Finding(label, check, decisive, expected.verdict(decisive))
