"""Rows of the evidence table that a page names: every page holds them, so that each name leads to its row."""

from collections.abc import Iterator
from dataclasses import replace

from bpssim.report.elements import Note, Page, Row, Section, Table
from bpssim.scenario.evidence import GRADES, EvidenceRow, evidence, named_in


def with_named_evidence(page: Page) -> Page:
    """A page with the rows that it names, directly or through other rows, before the end of its annex."""
    named = _with_those_they_name({row for text in page.texts for row in named_in(text)} & set(evidence()))
    return replace(page, annex=[*page.annex[:-1], *_section(named), *page.annex[-1:]]) if named else page


def _section(named: set[str]) -> Iterator[Section]:
    rows = [row for row in evidence().values() if row.row in named]
    caption = f"{len(rows)} row{'' if len(rows) == 1 else 's'} of the evidence"
    head = ("Row", "What it says", "Source", "Grade")
    table = Table(caption, head, {"": list(map(_line, rows))}, prose=frozenset({1, 2, 3}), folded=True)
    grades = "; ".join(f"{grade}: {meaning}" for grade, meaning in GRADES.items())
    words = f"Ranges stand in brackets; quintile 1 is the most deprived. Grades: {grades}."
    yield Section("evidence", "The evidence behind the inputs", [Note(words), table])


def _with_those_they_name(rows: set[str]) -> set[str]:
    found = set(rows)
    while more := {name for row in found for name in _named_by(evidence()[row])} - found:
        found |= more
    return found


def _named_by(row: EvidenceRow) -> set[str]:
    return set(named_in(f"{row.says} {row.source}")) & set(evidence())


def _line(row: EvidenceRow) -> Row:
    return Row(row.row, (row.says, row.source, row.grade), anchor=row.row)
