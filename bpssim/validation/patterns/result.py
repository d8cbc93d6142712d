"""Results of the runs for rows of the evidence."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
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
    """A pattern and the findings of its checks, with its mechanism and without."""

    pattern: Pattern
    findings: tuple[Finding, ...] = ()
    without: tuple[Finding, ...] = ()  # of the same checks; empty if nothing removes the mechanism
    seeds: int = 0

    @property
    def verdict(self) -> Verdict:
        """The lowest verdict on any check, unless the pattern emerges without its mechanism too."""
        if self.verdict_without is Verdict.EMERGES:
            return Verdict.EMERGES_WITHOUT_ITS_MECHANISM
        return min((finding.verdict for finding in self.findings), default=Verdict.OUT_OF_SCOPE)

    @property
    def verdict_without(self) -> Verdict:
        """The lowest verdict, without the mechanism, on any check that should emerge with it."""
        verdicts = (finding.verdict for finding in self.without if not finding.check.shortfall)
        return min(verdicts, default=Verdict.DOES_NOT_EMERGE)

    @property
    def is_clear(self) -> bool:
        """Whether the verdicts are as declared, and it does or does not emerge, or makes a sure difference, without."""
        pairs = zip(self.findings, self.without, strict=False)
        differs = any(with_.interval.is_apart_from(without.interval) for with_, without in pairs)
        return not self.surprises and (differs or self.verdict_without is not Verdict.WEAK)

    @property
    def surprises(self) -> list[Finding]:
        """Findings that do not emerge but should, or emerge but are known not to."""
        return [finding for finding in self.findings if not finding.as_declared]

    @property
    def fails(self) -> bool:
        """Whether something that should emerge does not, or the pattern emerges without its mechanism."""
        unseen = any(finding.verdict is not Verdict.EMERGES for finding in self.surprises)
        return unseen or self.verdict is Verdict.EMERGES_WITHOUT_ITS_MECHANISM


class CheckRow(NamedTuple):
    """One check of one pattern: expectation, results and verdicts; NaN where nothing is measured."""

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
    without: str  # what removes the mechanism, or why nothing does
    mean_without: float  # over seeds with the mechanism removed, in the unit
    lower_without: float
    upper_without: float
    verdict_without: str
    verdict_of_row: str
    seeds: int


def check_rows(results: Iterable[Result]) -> Iterator[CheckRow]:
    """Every check of every pattern; one row for a pattern that is out of scope."""
    for result in results:
        pattern, whole = result.pattern, (result.verdict.words, result.seeds)
        about = (pattern.row, pattern.title, pattern.mechanism, pattern.module)
        removed = pattern.knockout.words if pattern.knockout else pattern.no_knockout
        for finding, without in zip_longest(result.findings, result.without):
            check, scale = finding.check, finding.check.unit.scale
            expected = check.expected.words(scale)
            yield CheckRow(
                *about, finding.label, check.unit.word, expected, *_scaled(finding), finding.verdict.words,
                check.shortfall, removed, *(_scaled(without) if without else _NOTHING),
                without.verdict.words if without else "", *whole,
            )  # fmt: skip
        if not result.findings:
            yield CheckRow(*about, "", "", "", *_NOTHING, whole[0], pattern.reason, "", *_NOTHING, "", *whole)


_NOTHING = Interval(np.nan, np.nan, np.nan)


def _scaled(finding: Finding) -> Interval:
    return Interval(*(finding.check.unit.scale * value for value in finding.interval))


def examined(rows: Iterable[str], runs: Runs) -> Iterator[Result]:
    """Examine rows one by one."""
    for row in rows:
        yield examine(BY_ROW[row], runs)


def examine(pattern: Pattern, runs: Runs) -> Result:
    """Run the variants of a pattern, with its mechanism and without, and judge it.

    More seeds are run only while it is unclear. That makes a pattern no easier to believe, because each interval is
    wide enough for two hundred of them.
    """
    checks = [*pattern.checks.values(), *pattern.checks_without.values()]
    measured: list[NDArray[np.float64]] = []
    result = Result(pattern)
    for seeds in runs.looks if checks else ():
        more = runs.measured(checks, seeds)
        measured = [np.concatenate(parts) for parts in zip(measured, more, strict=True)] if measured else more
        result = judged(pattern, measured)
        if result.is_clear:
            break
    return result


def judged(pattern: Pattern, measured: Sequence[NDArray[np.float64]]) -> Result:
    """Judge a pattern by measured values.

    Parameters
    ----------
    pattern
        The expectations.
    measured
        For each of its checks, and then for each of them without the mechanism, values over seeds as in `found_of`.
    """
    count = len(pattern.checks)
    return Result(
        pattern,
        tuple(_found(pattern.checks, measured[:count])),
        tuple(_found(pattern.checks_without, measured[count:])),
        len(measured[0]),
    )


def _found(checks: Mapping[str, Check], measured: Sequence[NDArray[np.float64]]) -> Iterator[Finding]:
    for (label, check), values in zip(checks.items(), measured, strict=True):
        with np.errstate(divide="ignore", invalid="ignore"):  # without its mechanism the first may be 0
            yield found_of(label, check, values / measured[0].mean() if check.relative_to_first else values)


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
