"""The pages on the ready studies say what their tables hold, and the tables are of this version of the model."""

import csv
import re
from functools import cache
from pathlib import Path

import pytest

from tests.scripts import script

STUDIES = script("studies")
NAMES = (*STUDIES.SWEEPS, STUDIES.SEARCH)


@cache
def page_of(name: str) -> str:
    return STUDIES.page(name)


def rows_of(name: str, table: str) -> list[dict[str, str]]:
    text = (STUDIES.TABLES / name / table).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


@pytest.mark.parametrize("name", NAMES)
def test_the_page_is_what_the_script_writes_from_the_tables(name: str) -> None:
    assert (STUDIES.DOCS / f"{name}.md").read_text(encoding="utf-8") == page_of(name)


@pytest.mark.parametrize("name", STUDIES.SWEEPS)
def test_a_point_run_again_gives_the_numbers_in_the_table(name: str) -> None:
    point, found, cells = STUDIES.spot(name)
    kept = {(int(row["number"]), row["metric"], row["quintile"]): row for row in rows_of(name, "summary.csv")}
    interval = found.interval()
    assert len(cells) >= 5
    for metric, place, group in cells:
        row = kept[point.number, metric, STUDIES.GROUPS[group]]
        again = [part[place, group].item() for part in interval[:3]]
        assert [float(row[part]) for part in ("value", "lower", "upper")] == again, (metric, group)


def test_the_base_of_the_search_run_again_gives_the_numbers_in_the_table() -> None:
    _, found, cells = STUDIES.spot(STUDIES.SEARCH)
    kept = {row["aim"]: row for row in rows_of(STUDIES.SEARCH, "frontier.csv") if row["kind"] == "base"}
    interval = found.interval()
    for aim, place, group in cells:
        again = [part[place, group].item() for part in interval[:3]]
        assert [float(kept[aim][part]) for part in ("value", "lower", "upper")] == again, aim


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_of_a_page_is_there_and_has_its_title(name: str) -> None:
    figures = re.findall(r"!\[(.+)\]\((figures/[^)]+)\)", page_of(name))
    assert 1 <= len(figures) <= 2
    for title, path in figures:
        svg = Path(STUDIES.DOCS, path).read_text(encoding="utf-8")
        shown = " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", svg))
        assert title in shown
