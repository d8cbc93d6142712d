"""The patterns of a whole service, and whether they emerge, from the page of patterns."""

import re

from odd_tables.declared import MODEL
from odd_tables.markdown import table

_PAGE = MODEL.parent / "docs" / "patterns.md"


def patterns() -> str:
    """T1 to T7: what should be seen, the verdict, and why a pattern does not emerge."""
    rows = re.findall(r"^\| (T\d) \| (.*) \|$", _PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    head = ("Row", "What should be seen", "Verdict", "Reason, or what it follows from")
    return table(head, ((row, cells[0], cells[5], cells[7]) for row, line in rows for cells in [line.split(" | ")]))
