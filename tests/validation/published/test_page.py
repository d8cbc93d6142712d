"""The page on published results holds every study as its file has it now, and what runs show."""

from pathlib import Path

import bpssim
from bpssim.report.published_page import HEADINGS, published_page
from bpssim.report.published_words import with_limits
from bpssim.validation.published.compared import compared, published_estimate
from bpssim.validation.published.reading import read_studies, read_study
from tests.command_line import call, done

PAGE = Path(bpssim.__file__).parent / "docs" / "published.md"
DRAWS = 40


def table() -> list[list[str]]:
    """Rows of the table of the page."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| {HEADINGS[0]} |"))
    rows = [line for line in lines[start + 2 :] if line.startswith("|")]
    return [[cell.strip() for cell in row.strip("|").split(" | ")] for row in rows]


def test_every_result_is_on_the_page_as_published():
    expected = [
        (read.study.evidence, read.study.title, with_limits(published_estimate(read.study, result)), result.grade)
        for read in read_studies([])
        for result in read.study.results.values()
    ]
    found = [(row[0], row[1], row[3].partition(") (")[0].removesuffix(")") + ")", row[4]) for row in table()]
    assert found == expected


def test_no_miss_is_without_a_reason():
    assert [row[:3] for row in table() if "No reason is known" in row[-1]] == []


def test_a_study_still_shows_what_the_page_says():
    study = read_study("hoddinott_2009")
    (finding,) = next(compared([study], DRAWS, 2))
    line = published_page([finding], DRAWS).text
    (row,) = [row for row in table() if row[1] == study.study.title]
    assert f"| {' | '.join(row)} |" in line


def test_the_command_says_how_it_went(tmp_path):
    out = tmp_path / "page.md"
    arguments = ("validate", "--published", "hoddinott_2009", "--uncertainty", "2")
    assert "Hoddinott 2009" in done(*arguments, "--out", str(out)).output
    assert (tmp_path / "figures" / "published_shares.svg").is_file()
    assert "hoddinott_2009" in done(*arguments, "--json").output
    assert call("validate").exit_code == 2
    assert call("validate", "--published", "--patterns").exit_code == 2
