"""The page for contributors names what exists: files, folders, words and targets."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
NAMED = [path for path in re.findall(r"`([\w./]+/[\w.]*)`", PAGE) if "*" not in path]


def exists(named: str) -> bool:
    """Whether a path exists, from the root or within the package; `/rules/` is a room of the one above."""
    return any((ROOT / room / named.lstrip("/")).exists() for room in ("", "bpssim", "bpssim/model", "bpssim/scenario"))


@pytest.mark.parametrize("named", sorted(set(NAMED)))
def test_what_the_page_names_exists(named: str) -> None:
    assert exists(named), named


def test_the_page_shows_typical_changes_that_take_few_files() -> None:
    rows = PAGE.partition("## Typical changes")[2].partition("\n## ")[0].splitlines()
    changes = [row for row in rows if row.startswith("| ")][1:]
    files = [len(re.findall(r"`[\w./]+\.py`", row)) for row in changes]
    assert len(changes) >= 10
    assert sum(files) / len(files) <= 2.5


def test_its_targets_are_those_of_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for line in re.findall(r"^    make ([a-z -]+?)(?:  |$)", PAGE, re.MULTILINE):
        assert set(line.split()) <= targets
