"""Write the evidence as a page: every row, what it says, where it was read and how well it is known.

`python experiments/evidence.py` writes `bpssim/docs/evidence.md` from the table in the package; a test holds the page
against it.
"""

from itertools import groupby
from pathlib import Path

from bpssim.scenario.evidence import GRADES, PARTS, evidence

PAGE = Path(__file__).parents[1] / "bpssim" / "docs" / "evidence.md"


def page() -> str:
    """The evidence, in Markdown."""
    lines = [
        "# Evidence",
        "",
        "The facts, numbers and assumptions that inputs, rules and patterns of this project name by row. Quintile 1 is "
        "the most deprived, 5 the least; ranges stand in brackets. `bpssim evidence P3 D12` prints rows, and the page "
        "of a run holds those that its inputs name. This page is written by `python experiments/evidence.py` from "
        "`bpssim/scenario/data/evidence.csv`.",
        "",
        *(f"- **{grade}**: {meaning}" for grade, meaning in GRADES.items()),
    ]
    for part, rows in groupby(evidence().values(), key=lambda row: row.row[0]):
        lines += ["", f"## {PARTS[part]}", "", "| Row | What it says | Source | Grade |", "|---|---|---|---|"]
        lines += [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
