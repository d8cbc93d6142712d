"""Figures of a run: what they say in words, and that they come out the same again."""

from pathlib import Path

from bpssim.report.figures.reach_and_feeding import by_quintile
from bpssim.report.figures.saving import save
from bpssim.studies.replicate import run
from tests.small import small


def test_the_figure_names_what_it_shows_and_is_the_same_again(tmp_path: Path) -> None:
    rows = run(small(), details=False).summary_rows
    for name in ("one.svg", "two.svg"):
        save(by_quintile(rows, "Reach rises with quintile"), tmp_path / name)
    text = (tmp_path / "one.svg").read_text()
    for words in ("Reach rises with quintile", "by day 7", "26 weeks", "95 % intervals"):
        assert words in text
    assert (tmp_path / "two.svg").read_text() == text
