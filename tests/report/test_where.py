"""Where the mothers live whom a service does not reach: what the page says of real places is what the files say."""

import csv
import re
from pathlib import Path

import pytest

from tests.command_line import SMALL, done, setting
from tests.report.pages import Page, check_page

pytestmark = pytest.mark.usefixtures("undrawn")


def made(folder: Path, scenario: str, *settings: str) -> Page:
    done("run", scenario, *SMALL, *setting(*settings), "--out", str(folder))
    return check_page(folder / "report.html")


def section(page: Page) -> str:
    found = re.search(r'<section aria-labelledby="where">.*?</section>', page.source, re.DOTALL)
    return found[0] if found else ""


def rows(folder: Path, level: str) -> list[dict[str, str]]:
    with (folder / "localities.csv").open(encoding="utf-8-sig", newline="") as file:
        return [row for row in csv.DictReader(file) if row["level"] == level]


def in_table(part: str) -> list[str]:
    return re.findall(r'<th scope="row">(.*?)</th>', part)


def test_wards_of_a_district_stand_in_the_order_of_mothers_not_reached(tmp_path: Path) -> None:
    page = made(tmp_path / "out", "site1", "population.place=Rochdale")
    wards, [whole] = rows(tmp_path / "out", "ward"), rows(tmp_path / "out", "all")
    part = section(page)
    assert in_table(part) == [*(row["ward"].replace("&", "&amp;") for row in wards), "20 wards"]
    missed, half, taken = float(whole["not_reached"]), 0.0, 0
    while half < missed / 2.0:
        half, taken = half + float(wards[taken]["not_reached"]), taken + 1
    births = sum(float(row["births"]) for row in wards[:taken]) / float(whole["births"])
    sentence = (
        f"Of {missed:.0f} mothers a year not reached by day 7, {100 * half / missed:.0f}\N{NO-BREAK SPACE}% live in "
        f"{taken} of 20 wards, with {100 * births:.0f}\N{NO-BREAK SPACE}% of births"
    )
    assert f"<li>{sentence}.</li>" in page.source.partition('<div class="annex">')[0]
    assert f'<title id="where-title">{sentence}</title>' in part
    dots = re.findall(r"(\d+) dots?[;.]", part)
    assert sum(map(int, dots)) == int(whole["areas"])
    assert "expects the same of all areas of one quintile" in part
    assert "should not be used to rank them" in part


def test_a_county_has_districts_and_a_ward_of_several_is_named_with_its_own(tmp_path: Path) -> None:
    county = "population.places=[East Devon, Exeter, Mid Devon, North Devon, South Hams, Teignbridge]"
    made(tmp_path / "county", "site1", county, "run.replicates=2")
    part = section(check_page(tmp_path / "county" / "report.html"))
    assert in_table(part)[-1] == "6 districts"
    two = section(made(tmp_path / "two", "site1", "population.places=[Rochdale, Bury]", "run.replicates=2"))
    listed = in_table(two)
    places = [row["district"] for row in rows(tmp_path / "two", "district")]
    assert listed[:3] == [*places, "2 places"]
    assert "Numbers on this page that name no place are of all places together" in two
    assert "What belongs to these places, and what is assumed" in (tmp_path / "two" / "report.html").read_text("utf-8")
    assert "heads of the columns are of all places together" in two
    assert "Bury East, Bury" in listed
    assert len(listed) == 3 + 31
    assert listed[-1] == "37 wards"
    assert "7 wards with fewer mothers not reached are left out" in two


def test_a_ward_is_the_lowest_only_where_the_runs_tell_it_from_the_next(tmp_path: Path) -> None:
    part = section(made(tmp_path / "out", "site1", "population.place=Rochdale", "run.replicates=2"))
    wards = sorted(rows(tmp_path / "out", "ward"), key=lambda row: float(row["reach_day7"]))
    alike = [row for row in wards if float(row["reach_day7"]) - float(wards[0]["reach_day7"]) < 1e-9]
    next_up = wards[len(alike)]
    assert float(wards[0]["reach_day7_upper"]) >= float(next_up["reach_day7_lower"])  # else take another place
    assert f"Reach by day 7 is among the lowest in {wards[0]['ward']}" in part


def test_one_row_is_not_ranked(tmp_path: Path) -> None:
    page = made(tmp_path / "out", "site1", "population.place=Cardiff", "run.replicates=1")
    part = section(page)
    assert in_table(part) == ["Cardiff"]
    assert "of 300 mothers a year are not reached by day 7" in part
    assert "overlap" not in part
    assert "lowest" not in part
    assert "The dots cannot tell small areas apart" in part


def test_a_reach_that_no_ward_differs_in_is_told_so(tmp_path: Path) -> None:
    part = section(made(tmp_path / "out", "site1", "population.place=Rochdale", "population.quintile_mix=[1,0,0,0,0]"))
    assert "Reach is expected to be the same in every ward" in part


def test_nothing_is_told_where_no_real_place_is_named_or_no_service_is_there(tmp_path: Path) -> None:
    assert section(made(tmp_path / "imagined", "site1", "run.replicates=1")) == ""
    assert not (tmp_path / "imagined" / "localities.csv").exists()
    assert not (tmp_path / "imagined" / "small_areas.csv").exists()
    no_service = made(tmp_path / "none", "site1_no_service", "population.place=Rochdale", "run.replicates=1")
    assert section(no_service) == ""
    assert "not reached by day 7" not in no_service.text
