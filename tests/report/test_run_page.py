"""The report of a run: everybody can read it, it says what the files say, and it comes out the same again."""

import csv
import re
from pathlib import Path
from shutil import copytree

import pytest

from bpssim.report.page import write_report
from bpssim.scenario.reading.messages import BadInput
from tests.command_line import SMALL, call, done, setting
from tests.report.pages import check_page


def make(folder: Path, scenario: str, *settings: str) -> Path:
    done("run", scenario, *SMALL, *setting(*settings), "--out", str(folder))
    return folder


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("page") / "site1", "site1")


def test_it_answers_first_and_tells_all_there_is(kept: Path) -> None:
    page = check_page(kept / "report.html")
    titles = [title for _, title in page.headings]
    assert titles[0].startswith("Whom does a large proactive service")
    assert titles[1] == "In short"
    two_pages = ["Who is reached, and who is still breastfeeding", "What not to conclude", "What this rests on"]
    assert titles[2:6] == [*two_pages, "Annex"]
    assert titles[-1] == "Where this comes from"
    for words in (
        "Where mothers were lost",
        "Reach of those who started",
        "Minutes against need",
        "Whom extras go to",
        "costs",
    ):
        assert any(words in title for title in titles), words
    for words in ("95 % intervals over 3 simulated runs", "Command", "population.attributes.lone", "Grade C"):
        assert words in page.text


def test_its_headline_is_that_of_the_summary(kept: Path) -> None:
    with (kept / "summary.csv").open(encoding="utf-8", newline="") as file:
        rows = {(row["metric"], row["quintile"]): row for row in csv.DictReader(file)}
    page = check_page(kept / "report.html")
    row = rows["gap_any_6w", "all"]
    value, upper = (100 * float(row[name]) for name in ("value", "upper"))
    assert f"The gap between the two is {value:.0f} percentage points (" in page.text
    assert f" to {upper:.0f})." in page.text


def test_believed_reach_is_drawn_as_its_title_tells_it(kept: Path) -> None:
    source = check_page(kept / "report.html").source
    drawn = re.search(r"believed: of its whole list: ([\d.]+)\.", source)
    told = re.search(r"Of all mothers on its list the service has spoken with ([\d.]+)", source)
    assert drawn
    assert told
    assert float(drawn[1]) == pytest.approx(float(told[1]), abs=0.5)


def test_the_time_that_the_team_uses_is_told_of_paid_and_of_volunteer_hours(kept: Path) -> None:
    text = check_page(kept / "report.html").text
    assert re.search(r"the team used \S+ % of its hours: \S+ % of paid and \S+ % of volunteer hours", text)
    assert "more work within the same paid hours costs nothing but travel" in text


def test_every_figure_stands_in_files_too(kept: Path) -> None:
    page = check_page(kept / "report.html")
    names = {str(picture["aria-labelledby"]).removesuffix("-title") for picture in page.pictures}
    assert {path.name for path in (kept / "figures").iterdir()} == {f"{name}.svg" for name in names}
    assert {"cascade", "survival_any", "concentration"} <= names


def test_figures_are_pictures_too_where_they_are_asked_for_and_no_longer(kept: Path, tmp_path: Path) -> None:
    copytree(kept, tmp_path / "copy")
    figures = tmp_path / "copy" / "figures"
    drawings = {path.name for path in figures.iterdir()}
    done("report", str(tmp_path / "copy"), "--png")
    pictures = {path.name: path.read_bytes() for path in figures.glob("*.png")}
    assert {path.name for path in figures.iterdir()} == drawings | pictures.keys()
    assert {Path(name).stem for name in pictures} == {Path(name).stem for name in drawings}
    assert all(picture.startswith(b"\x89PNG") for picture in pictures.values())
    done("report", str(tmp_path / "copy"))
    assert {path.name for path in figures.iterdir()} == drawings


def test_the_report_of_a_folder_is_the_same_again(kept: Path) -> None:
    first = (kept / "report.html").read_bytes()
    (kept / "report.html").write_text("old", encoding="utf-8")
    result = call("report", str(kept))
    assert (result.exit_code, result.stdout.strip()) == (0, str(kept / "report.html"))
    assert (kept / "report.html").read_bytes() == first


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize(
    ("scenario", "settings", "there", "missing"),
    [
        ("england_2010_no_service", [], ["has no peer support service"], ["Where mothers were lost", "What it costs"]),
        (
            "site1",
            ["run.replicates=1"],
            ["so there are no intervals", "does not show how much single"],
            ["±"],
        ),
        (
            "site1",
            ["population.quintile_mix=[0, 1, 1, 1, 1]"],
            ["not defined: no births in quintile 1"],
            ["Gap at six"],
        ),
        ("site1", ["population.quintile_mix=[0, 0, 1, 0, 0]"], ["no births in quintile 1 and quintile 5"], []),
        ("site1", ["population.births_per_year=1", "run.window_days=1"], ["no births in this run"], ["Who is reached"]),
        ("site1", ["objectives.target={any_of: []}", "run.window_days=30"], ["30 days"], ["Whom extras go to"]),
        ("site1_data_none", [], [], []),
        (
            "site1",
            ["population.place=Hart", "population.births_per_year=null", "run.replicates=1"],
            ["births in a year (mothers of Hart), by", "Hart, an estimated 915 births a year"],
            [],
        ),
        (
            "site1",
            ["population.place=Hart", "population.births_per_year=300"],
            [
                "300 births a year as population.births_per_year says, against an estimated 915",
                "as the scenario gives",
            ],
            [],
        ),
        ("site1", ["team.supporters={}", "team.duties={}", "pathways={}"], ["has no peer support service"], []),
    ],
)
def test_what_does_not_exist_is_told_in_words(
    scenario: str, settings: list[str], there: list[str], missing: list[str], tmp_path: Path
) -> None:
    page = check_page(make(tmp_path / "out", scenario, *settings) / "report.html")
    for words in there:
        assert words in page.text
    for words in missing:
        assert words not in page.findings


@pytest.mark.usefixtures("undrawn")
def test_hostile_words_are_only_words(tmp_path: Path) -> None:
    folder = make(tmp_path / "out", "site1", 'question="<script>alert(1)</script> & more?"')
    page = check_page(folder / "report.html")
    assert page.headings[0][1] == "<script>alert(1)</script> & more?"


def test_what_is_no_results_folder_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("{}", encoding="utf-8")
    for path in (tmp_path, tmp_path / "gone", tmp_path / "manifest.json"):
        result = call("report", str(path))
        assert result.exit_code == 2
        assert "is not a results folder" in result.stderr
        assert len(result.stderr.splitlines()) == 1


def test_results_of_another_version_are_refused(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"program": "bpssim"}', encoding="utf-8")
    with pytest.raises(BadInput, match=r"manifest\.json: is damaged"):
        write_report(tmp_path)


@pytest.mark.parametrize(
    "content", [None, "", "a,b\n1,2\n", "scenario,metric,quintile,value,lower,upper,unit,replicates\na\n"]
)
def test_a_missing_or_damaged_file_is_named(content: str | None, kept: Path, tmp_path: Path) -> None:
    for path in kept.iterdir():
        if path.is_file():
            (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "summary.csv").unlink()
    if content is not None:
        (tmp_path / "summary.csv").write_text(content, encoding="utf-8")
    before = (tmp_path / "report.html").read_bytes()
    with pytest.raises(BadInput, match=r"summary\.csv"):
        write_report(tmp_path)
    assert (tmp_path / "report.html").read_bytes() == before


def test_a_team_that_is_too_small_for_every_day_is_told_beside_what_not_to_conclude(tmp_path: Path) -> None:
    small = ["--set", "population.births_per_year=100", "--set", "team.scale_to_births=3000"]
    done("run", "site1", *SMALL, *small, "--replicates", "1", "--out", str(tmp_path / "out"))
    board = check_page(tmp_path / "out/report.html").board
    assert "at work on 1 day of the week, where the listed team is on 6" in board
