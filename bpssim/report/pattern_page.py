"""Patterns as a documentation page in Markdown."""

from collections.abc import Iterable, Sequence

from bpssim.report.pattern_words import caveat, counts, expectation, reading_help, with_ends, without_it
from bpssim.validation.patterns.result import Result

_HEADINGS = (
    "Row", "What should be seen", "Mechanism", "Module", "Mean (interval)", "Without the mechanism", "Verdict", "Seeds",
    "Reason",
)  # fmt: skip


def pattern_page(results: Sequence[Result], seeds: int) -> str:
    """Page on rows of the evidence: what is expected, its source, and what runs with so many seeds show."""
    lines = [
        "# Patterns",
        "",
        "What the case study leads us to expect of the model, and what its runs show. Rows M1 to M71 are mechanisms, "
        "T1 to T7 patterns of the whole, as listed in the [evidence](evidence.md); `bpssim/validation/patterns/` says "
        "how each is measured. This page is written by `bpssim validate --patterns --out FILE`.",
        "",
        f"Of {len(results)} rows: {counts(results)}.",
        "",
        " ".join(reading_help(seeds)),
        "",
        _line(_HEADINGS),
        _line("---" for _ in _HEADINGS),
        *(_line(_cells(result)) for result in results),
    ]
    return "\n".join(lines) + "\n"


def _cells(result: Result) -> Iterable[str]:
    pattern = result.pattern
    module = f"`{pattern.module}`" if pattern.module else ""
    measured = "<br>".join(f"{expectation(finding)}: **{with_ends(finding)}**" for finding in result.findings)
    without = "<br>".join(with_ends(finding) for finding in result.without)
    removed = f"{without_it(pattern)}{without and ':<br>'}{without}" if pattern.checks else ""
    about = (pattern.row, pattern.title, pattern.mechanism, module)
    return *about, measured, removed, result.verdict.words, str(result.seeds or ""), caveat(pattern)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
