"""The registry: each row once, in the order of the evidence, with what a reader needs."""

from pathlib import Path

import pytest

import bpssim
from bpssim.scenario.reading.messages import BadInput
from bpssim.validation.patterns.pattern import Pattern
from bpssim.validation.patterns.registry import PATTERNS, ROWS, chosen

ROOT = Path(bpssim.__file__).parents[1]


def test_each_of_the_78_rows_has_a_pattern() -> None:
    assert len(ROWS) == 78
    assert [pattern.row for pattern in PATTERNS] == list(ROWS)


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.row)
def test_a_pattern_says_what_should_be_seen_and_where_it_comes_from(pattern: Pattern) -> None:
    assert pattern.title
    assert not pattern.title.endswith(".")
    assert pattern.mechanism.endswith(".")
    assert pattern.out_of_scope or (ROOT / pattern.module).is_file()
    assert all(label and check.unit.word and check.variants for label, check in pattern.checks.items())


@pytest.mark.parametrize("pattern", [each for each in PATTERNS if each.checks], ids=lambda pattern: pattern.row)
def test_a_pattern_has_a_knock_out_that_changes_what_is_run_or_says_why_none_is_possible(pattern: Pattern) -> None:
    if pattern.knockout is None:
        assert pattern.no_knockout
        return
    assert pattern.knockout.words
    pairs = zip(pattern.checks.values(), pattern.checks_without.values(), strict=True)
    assert any(with_.variants != without.variants for with_, without in pairs)


def test_rows_are_named_as_in_the_evidence_or_as_in_the_tests() -> None:
    assert chosen(["t1", "M09", "m8"]) == ["M8", "M9", "T1"]
    assert chosen(["M70"]) == ["M70"]
    assert chosen([]) == list(ROWS)


@pytest.mark.parametrize(("name", "suggestion"), [("M72", "M7"), ("M 9", "M9"), ("nonsense", "")])
def test_other_names_are_refused(name: str, suggestion: str) -> None:
    with pytest.raises(BadInput) as refused:
        chosen(["M1", name])
    (mistake,) = refused.value.mistakes
    assert mistake.origin.file == name
    assert mistake.suggestion.startswith(suggestion)


def test_the_page_shows_every_pattern() -> None:
    """It is written anew with `bpssim validate --patterns --out bpssim/docs/patterns.md`."""
    page = (ROOT / "bpssim" / "docs" / "patterns.md").read_text(encoding="utf-8")
    cells = [line.split("|") for line in page.splitlines() if line.startswith(("| M", "| T"))]
    titles = {row.strip(): title.strip() for _, row, title, *_ in cells}
    assert tuple(titles) == ROWS
    assert titles == {each.row: each.title for each in PATTERNS}
