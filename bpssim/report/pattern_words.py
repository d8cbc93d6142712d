"""Result of a pattern in words."""

import math
from collections import Counter
from collections.abc import Sequence

from bpssim.validation.patterns.expected import CONFIDENCE, Verdict
from bpssim.validation.patterns.pattern import Pattern
from bpssim.validation.patterns.result import Finding, Result

_MOST_DECIMALS = 4


def with_ends(finding: Finding) -> str:
    """Mean, confidence limits and unit."""
    decimals = _decimals(finding)
    mean, low, high = (_number(finding, value, decimals) for value in finding.interval)
    return f"{mean} ({low} to {high}) {finding.check.unit.word}"


def with_half(finding: Finding) -> str:
    """Mean, half width of its interval, and unit."""
    decimals = _decimals(finding)
    mean, half = (_number(finding, value, decimals) for value in (finding.interval.mean, _half(finding)))
    return f"{mean} ±{half} {finding.check.unit.word}"


def expectation(finding: Finding) -> str:
    """What was measured and the range expected."""
    check = finding.check
    return f"{finding.label}, expected {check.expected.words(check.unit.scale)}"


def caveat(pattern: Pattern) -> str:
    """Remarks on the verdict: why the pattern does not emerge or is left out, or that it restates an input."""
    restates = f"follows from one input: {pattern.follows_from}" if pattern.follows_from else ""
    return "; ".join(part for part in (pattern.reason, restates) if part)


def counts(results: Sequence[Result]) -> str:
    """Number of rows by verdict, best first."""
    found = Counter(result.verdict for result in results)
    order = (Verdict.EMERGES, Verdict.WEAK, Verdict.DOES_NOT_EMERGE, Verdict.OUT_OF_SCOPE)
    return ", ".join(f"{verdict.words} {found[verdict]}" for verdict in order if found[verdict])


def reading_help(seeds: int) -> tuple[str, ...]:
    """How to read verdicts and intervals."""
    return (
        f"Means over {seeds} seeds, each with the same mothers and luck in all that is compared, with intervals of "
        f"{100.0 * CONFIDENCE:.4g} % (95 % for about two hundred of them together). Of a quantity that is measured in "
        "several groups, the one nearest to its bound is shown.",
        "A pattern emerges if all intervals lie wholly where they should; it is weak if all means do and an interval "
        "does not. That it emerges says that the model holds the mechanism, not that the world does.",
    )


def _half(finding: Finding) -> float:
    return finding.interval.high - finding.interval.mean


def _decimals(finding: Finding) -> int:
    """Decimals that show two digits of the half width."""
    half = _half(finding) * finding.check.unit.scale
    return min(max(1 - math.floor(math.log10(half)), 0), _MOST_DECIMALS) if half > 0.0 else 0


def _number(finding: Finding, value: float, decimals: int) -> str:
    scaled = value * finding.check.unit.scale
    return f"{round(scaled, decimals) + 0.0:,.{decimals}f}"  # adding 0 takes the sign from a rounded -0
