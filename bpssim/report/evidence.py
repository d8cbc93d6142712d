"""Rows of the evidence table that a page refers to."""

from collections.abc import Iterable, Iterator

from bpssim.report.elements import Note, Row, Section, Table
from bpssim.scenario.evidence import GRADES, EvidenceRow, evidence, named_in


def named_evidence(sections: Iterable[Section]) -> list[Section]:
    """Section with the evidence rows that other sections refer to, directly or through other rows; nothing if none."""
    named = _with_those_they_name({row for text in _texts(sections) for row in named_in(text)} & set(evidence()))
    rows = [row for row in evidence().values() if row.row in named]
    if not rows:
        return []
    caption = f"{len(rows)} rows of the evidence"
    head = ("Row", "What it says", "Source", "Grade")
    table = Table(caption, head, {"": list(map(_line, rows))}, prose=frozenset({1, 2, 3}), folded=True)
    grades = "; ".join(f"{grade}: {meaning}" for grade, meaning in GRADES.items())
    words = f"Ranges stand in brackets; quintile 1 is the most deprived. Grades: {grades}."
    return [Section("evidence", "The evidence behind the inputs", [Note(words), table])]


def _texts(sections: Iterable[Section]) -> Iterator[str]:
    """Every text of a table that may refer to a row."""
    for section in sections:
        for block in section.blocks:
            for row in block.rows if isinstance(block, Table) else ():
                yield row.head
                yield from row.cells


def _with_those_they_name(rows: set[str]) -> set[str]:
    found = set(rows)
    while more := {name for row in found for name in _named_by(evidence()[row])} - found:
        found |= more
    return found


def _named_by(row: EvidenceRow) -> set[str]:
    return set(named_in(f"{row.says} {row.source}")) & set(evidence())


def _line(row: EvidenceRow) -> Row:
    return Row(row.row, (row.says, row.source, row.grade), anchor=row.row)
