"""Result of a pattern in words."""

import math
from collections import Counter
from collections.abc import Sequence

from bpssim.scenario.describing import capital
from bpssim.validation.patterns.expected import CONFIDENCE, Verdict
from bpssim.validation.patterns.pattern import Pattern
from bpssim.validation.patterns.result import Finding, Result

_MOST_DECIMALS = 4


def with_ends(finding: Finding) -> str:
    """Mean, confidence limits and unit."""
    if _undefined(finding):
        return "undefined"
    decimals = _decimals(finding)
    mean, low, high = (_number(finding, value, decimals) for value in finding.interval)
    return f"{mean} ({low} to {high}) {finding.check.unit.word}"


def with_half(finding: Finding) -> str:
    """Mean, half width of its interval, and unit."""
    if _undefined(finding):
        return "undefined"
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


def without_it(pattern: Pattern) -> str:
    """What removes the mechanism, or why nothing does."""
    return pattern.knockout.words if pattern.knockout else f"no knock-out, because {pattern.no_knockout}"


def counts(results: Sequence[Result]) -> str:
    """Number of rows by verdict, and of rows that emerge without their mechanism, be it none."""
    found = Counter(result.verdict for result in results)
    order = (Verdict.EMERGES, Verdict.WEAK, Verdict.DOES_NOT_EMERGE, Verdict.OUT_OF_SCOPE)
    by_verdict = ", ".join(f"{verdict.words} {found[verdict]}" for verdict in order if found[verdict])
    worst = Verdict.EMERGES_WITHOUT_ITS_MECHANISM
    tried = sum(1 for result in results if result.without)
    return f"{by_verdict}. {capital(worst.words)}: {found[worst]} of {tried} rows with a knock-out"


def reading_help(seeds: int) -> tuple[str, ...]:
    """How to read verdicts and intervals."""
    return (
        f"Means over up to {seeds} seeds, fewer where they leave no doubt, each with the same mothers and luck in all "
        f"that is compared, with intervals of {100.0 * CONFIDENCE:.4g} % (95 % for about two hundred of them "
        "together). Of a quantity that is measured in several groups, the one nearest to its bound is shown.",
        "A pattern emerges if all intervals lie wholly where they should; it is weak if all means do and an interval "
        "does not. That it emerges says that the model holds the mechanism, not that the world does.",
        "Each pattern is run again with its mechanism removed. If it emerges then too, it is no sign of the mechanism, "
        "and counts as failed.",
    )


def _undefined(finding: Finding) -> bool:
    """Whether there is nothing to measure: without its mechanism there may be none of something."""
    return not math.isfinite(finding.interval.mean)


def _half(finding: Finding) -> float:
    return finding.interval.high - finding.interval.mean


def _decimals(finding: Finding) -> int:
    """Decimals that show two digits of the half width."""
    half = _half(finding) * finding.check.unit.scale
    return min(max(1 - math.floor(math.log10(half)), 0), _MOST_DECIMALS) if half > 0.0 else 0


def _number(finding: Finding, value: float, decimals: int) -> str:
    scaled = value * finding.check.unit.scale
    return f"{round(scaled, decimals) + 0.0:,.{decimals}f}"  # adding 0 takes the sign from a rounded -0
