"""The page and the sheets of a study of barriers: numbers as in the tables, and right where there is little to show."""

import math
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bpssim.report.barriers.page import barriers_page
from bpssim.report.barriers.sentences import findings, headline
from bpssim.report.barriers.sheets import SHEETS
from bpssim.report.barriers.sheets.change import change_sheet
from bpssim.report.barriers.sheets.supervision import supervision_sheet
from bpssim.report.barriers.tables import every_influence, of_100, what_remains, who_could_move
from bpssim.report.barriers.terminal import print_barriers
from bpssim.report.barriers.view import ALL, MAIN, PARTS, BarriersView, adding_up
from bpssim.report.barriers.whose import whose
from bpssim.report.elements import Table
from bpssim.report.formatting import Amount, change_cell, count
from bpssim.report.page import write_report
from bpssim.scenario.influences.catalogue import catalogue
from bpssim.scenario.influences.influence import Catalogue
from bpssim.scenario.reading.writing import to_yaml
from bpssim.statistics.groups import GROUPS
from bpssim.studies.barriers.contexts import CAN_BEGIN, SUPPORTED
from bpssim.studies.results_folder.manifest import read_manifest
from bpssim.studies.results_folder.reading import read_barriers
from tests.app.browser import chromium
from tests.command_line import SMALL, done
from tests.report.pages import check_page

pytestmark = pytest.mark.usefixtures("undrawn")
Study = Callable[..., Path]


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """Studies with some influences of the shipped catalogue, each run once."""
    made: dict[tuple[str, ...], Path] = {}

    def run(*names: str) -> Path:
        if names not in made:
            folder = tmp_path_factory.mktemp("barriers")
            some = {name: catalogue().influences[name] for name in names}
            (folder / "some.yaml").write_text(to_yaml(Catalogue(influences=some)), encoding="utf-8")
            own = ("--set", f"learning.influences={folder / 'some.yaml'}", "--replicates", "3")
            done("barriers", "site1", *SMALL, *own, "--out", str(folder / "study"))
            made[names] = folder / "study"
        return made[names]

    return run


@pytest.fixture(scope="module")
def kept(study: Study) -> Path:
    return study("ward", "funding", "family", "language", "professionals", "continuity", "contract")


@pytest.fixture
def view(kept: Path) -> BarriersView:
    return BarriersView(read_barriers(kept))


def with_missed(view: BarriersView, **of_100: float) -> BarriersView:
    """The same with other parts of 100 in quintile 1."""
    rows = [
        row._replace(of_100=of_100[row.part], of_100_lower=of_100[row.part] - 1, of_100_upper=of_100[row.part] + 1)
        if row.quintile == "1"
        else row
        for row in view.results.missed
    ]
    return BarriersView(replace(view.results, missed=rows))


def test_numbers_in_the_tables_are_those_of_the_files(view: BarriersView) -> None:
    table = every_influence(view, MAIN, "in time", folded=False)
    rows = {row.detail: row for row in table.rows if row.detail}
    assert set(rows) == set(view.active)
    for name in view.active:
        each = view.influence(name)
        assert rows[name].cells[:3] == [change_cell(amount) for amount in (each.share, each.alone, each.last)]
    totals = list(table.rows)[-1]
    assert totals.cells[0] == change_cell(view.difference())


@pytest.mark.parametrize("group", GROUPS)
def test_levels_and_those_who_remain_add_up(view: BarriersView, group: str) -> None:
    if view.is_large(group):
        assert sum(view.of_100(group, part).value for part in PARTS) == pytest.approx(100.0)
        assert sum(view.whole_of_100(group).values()) == 100


def test_fair_shares_add_up_to_the_whole(view: BarriersView) -> None:
    shares = sum(each.share.value for each in view.by_share())
    assert shares == pytest.approx(view.difference().value)


def test_whole_numbers_add_up_with_parts_below_0() -> None:
    assert adding_up({"a": -1.6, "b": 50.9, "c": 50.7}, 100) == {"a": -2, "b": 51, "c": 51}


def test_the_headline_has_whole_mothers_that_add_up(view: BarriersView) -> None:
    text = headline(with_missed(view, macro=4.4, meso=27.3, micro=13.9, remain=54.4))
    assert text.startswith(
        "Of 100 mothers in the most deprived quintile who are not supported in time, 27 are not because of how the "
        "service, health services and the community work, 14 because of their circumstances and how the service meets "
        "them and "
    )
    assert sum(map(int, re.findall(r"\b(\d+) (?:are not|because|would)", text))) == 100


def test_a_level_that_may_be_chance_is_said_to_be(view: BarriersView) -> None:
    text = headline(with_missed(view, macro=5.0, meso=40.0, micro=0.9, remain=54.1))
    assert "1 (which may be chance) because of their circumstances" in text
    assert text.count("may be chance") == 1


def test_mothers_who_all_live_in_quintile_1_are_not_said_to_twice(view: BarriersView) -> None:
    rows = [row._replace(births=view.births()) if row.quintile == "1" else row for row in view.results.totals]
    assert BarriersView(replace(view.results, totals=rows)).first == ALL


def test_a_level_below_0_is_said_to_cost_others_their_support(view: BarriersView) -> None:
    text = headline(with_missed(view, macro=-3.0, meso=30.0, micro=0.0, remain=73.0))
    assert "To take away the macro level would cost 3 others their support." in text
    assert "because of law" not in text
    assert "circumstances" not in text


def test_influences_that_are_not_there_are_named_and_not_counted(view: BarriersView) -> None:
    assert view.results.manifest.inactive == ["contract"]
    assert any("Not in this scenario" in text and "a contract that moves" in text for text in findings(view))
    assert "contract" not in {row.detail for row in every_influence(view, MAIN, "", folded=False).rows}


def test_a_tiny_group_has_a_dash(view: BarriersView) -> None:
    rows = [row._replace(births=2.0, now=1.0) if row.quintile == "5" else row for row in view.results.totals]
    tiny = BarriersView(replace(view.results, totals=rows))
    assert "5" not in tiny.groups
    assert all(row.cells[4] == "\N{EN DASH}" for row in list(of_100(tiny).rows)[: len(PARTS)])


def test_where_quintile_1_is_tiny_the_headline_is_about_all(view: BarriersView) -> None:
    rows = [row._replace(births=2.0, now=1.0) if row.quintile == "1" else row for row in view.results.totals]
    assert headline(BarriersView(replace(view.results, totals=rows))).startswith("Of 100 mothers who are not")


def test_where_nobody_is_missed_there_is_nothing_to_share(view: BarriersView) -> None:
    rows = [row._replace(now=row.births, without_any=row.births) for row in view.results.totals]
    results = replace(view.results, totals=rows)
    assert headline(BarriersView(results)).endswith("mothers a year are supported in time.")
    page = barriers_page(results)
    assert page.drawings == []
    assert "movers" not in {section.identifier for section in page.first}


def test_each_influence_stands_under_its_nearest_mover(view: BarriersView) -> None:
    table = who_could_move(view)
    under = {row.head: heading for heading, rows in table.bodies.items() for row in rows}
    assert under["No supporter at her bedside"] == "Hospital and health services"


def in_files(view: BarriersView, name: str) -> list[Amount]:
    """Fair share, that in quintile 1, alone, last, and feeding at six weeks, from the rows as they were read."""
    of = {(row.measure, row.quintile): row for row in view.results.barriers if row.influence == name}
    everybody, first, fed = of["in_time", "all"], of["in_time", "1"], of["any_6w", "all"]
    return [
        Amount(getattr(row, part), getattr(row, f"{part}_lower"), getattr(row, f"{part}_upper"), "mothers")
        for row, part in (
            (everybody, "share"),
            (first, "share"),
            (everybody, "alone"),
            (everybody, "last"),
            (fed, "share"),
        )
    ]


def test_who_could_move_it_and_the_terminal_have_the_numbers_of_the_files(
    view: BarriersView, kept: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    title = {name: influence.title for name, influence in view.results.influences.items()}
    name_of = {title[name]: name for name in view.active}
    rows = list(who_could_move(view).rows)
    assert rows
    for row in rows:
        assert row.cells[:5] == [change_cell(each) for each in in_files(view, name_of[row.head])], row.head
    monkeypatch.setenv("COLUMNS", "200")
    print_barriers(read_barriers(kept), kept)
    printed = capsys.readouterr().out
    for row in rows:
        [line] = [line for line in printed.splitlines() if re.match(rf"\s+{row.head}\s{{2,}}", line)]
        everybody, first, *others, fed = map(change_cell, in_files(view, name_of[row.head]))
        assert re.split(r"\s{2,}", line.strip())[1:] == [everybody, *others, first, fed]


def test_what_is_large_and_may_be_chance_is_named_beside_what_is_not(view: BarriersView) -> None:
    name, much = view.by_share()[0].row.influence, view.by_share()[0].share.value
    rows = [row._replace(share_lower=-much, share_upper=3.0 * much)
            if (row.influence, row.measure, row.quintile) == (name, "in_time", "all") else row
            for row in view.results.barriers]  # fmt: skip
    wide = findings(BarriersView(replace(view.results, barriers=rows)))
    title = view.results.influences[name].title
    assert any(
        each.startswith(f"“{title}” has a larger mean") and "do not tell it from chance" in each for each in wide
    )
    assert not any("do not tell it from chance" in each for each in findings(view))


def test_influences_that_bring_mothers_to_breastfeed_are_told_apart(view: BarriersView) -> None:
    def with_started(name: str, more: float) -> BarriersView:
        rows = [row._replace(share=more, share_lower=more - 1, share_upper=more + 1)
                if (row.influence, row.measure) == (name, "started") else row
                for row in view.results.barriers]  # fmt: skip
        return BarriersView(replace(view.results, barriers=rows))

    most = view.by_share()[0]
    name, much = most.row.influence, most.share.value
    title = view.results.influences[name].title
    more_feeding = f"Feeding more than access: “{title[0].lower()}{title[1:]}”"
    assert not any(more_feeding in each for each in findings(with_started(name, 0.4 * much)))
    assert any(more_feeding in each for each in findings(with_started(name, 0.6 * much)))


def test_reasons_add_up_to_those_missed(view: BarriersView) -> None:
    assert sum(row.now for row in view.reasons()) == pytest.approx(view.missed())
    assert [row.detail for row in what_remains(view).rows] == [row.reason for row in view.reasons()]


@pytest.mark.parametrize("names", [("contract",), ("ward", "contract"), ("ward", "family")])
def test_few_influences_or_none_make_whole_pages(study: Study, names: tuple[str, ...]) -> None:
    folder = study(*names)
    results = read_barriers(folder)
    active = len([name for name in names if name != "contract"])
    assert len(results.manifest.active) == active
    page = barriers_page(results)
    assert bool(page.drawings) == bool(active)
    assert ("nothing to take away" in page.subtitle) == (not active)
    text = check_page(folder / "report.html").text
    assert "any of the 1 " not in text
    for name in SHEETS:
        check_sheet(folder / name)


def check_sheet(path: Path) -> str:
    """What holds of every sheet: it stands alone, and no value is missing."""
    text = path.read_text(encoding="utf-8")
    assert "<script" not in text
    assert not re.search(r"https?:|url\(|@import|\bnan\b|\bNone\b", text)
    return text


def test_the_page_names_what_it_is_about_and_its_figures(kept: Path, results_page: Any) -> None:
    page = check_page(kept / "report.html")
    assert "What keeps mothers from support in time?" in page.text
    assert {"levels", "waterfall"} <= {drawing.name for drawing in results_page.drawings}
    assert "nobody could buy" in page.text.lower()
    assert "share of the blame" in page.text
    tables = [block.caption for section in results_page.annex for block in section.blocks if isinstance(block, Table)]
    assert any(caption.startswith("More mothers breastfeeding at six weeks") for caption in tables)


@pytest.fixture
def results_page(kept: Path) -> Any:
    return barriers_page(read_barriers(kept))


def test_sheets_are_written_from_the_folder_alone_and_listed(kept: Path, tmp_path: Path) -> None:
    shutil.copytree(kept, tmp_path / "copy")
    before = {name: (tmp_path / "copy" / name).read_bytes() for name in SHEETS}
    for name in SHEETS:
        (tmp_path / "copy" / name).unlink()
    write_report(tmp_path / "copy")
    assert {name: (tmp_path / "copy" / name).read_bytes() for name in SHEETS} == before
    assert set(SHEETS) <= set(read_manifest(tmp_path / "copy").files)


def test_the_sheet_for_supervision_has_its_number_question_and_story(view: BarriersView, kept: Path) -> None:
    text = check_sheet(kept / "supervision.html")
    cards = supervision_sheet(view).cards
    assert cards
    for card in cards:
        influence = next(each for each in view.results.influences.values() if each.title == card.title)
        assert card.question == influence.ask.supervision
        assert card.question in text
        assert "no real person" in card.story or "No story" in card.story


def test_the_sheet_for_the_commissioner_has_coverage_beside_what_records_show(view: BarriersView, kept: Path) -> None:
    text = check_sheet(kept / "commissioning.html")
    first = next(row for row in view.results.coverage if row.quintile == "1")
    assert f"{100.0 * first.in_time:.0f} are supported in time in the most deprived quintile" in text
    assert "no denominator" in text
    assert "Not passed on to the service: quintile, postcode and age." in text


def test_coverage_is_that_of_the_study(view: BarriersView) -> None:
    for row in view.results.coverage:
        total = view.total(group=row.quintile)
        assert row.in_time == pytest.approx(total.now / total.births, abs=0.02)  # a mean of shares
        assert row.births == pytest.approx(total.births)
    (now, *others) = view.results.disclosure
    assert all(more.items > now.items and more.quintile_known > now.quintile_known for more in others)


def test_the_sheet_for_a_change_has_first_what_keeps_most_from_going_on(view: BarriersView) -> None:
    looked_at = [row for row in view.results.contexts if row.looked_at]
    first = [row for row in looked_at if row.quintile == "1" and row.lost > 0.0]
    assert first
    assert all(row.lost <= row.a_year for row in first)
    [whom, _] = change_sheet(view).sections
    [table] = [each for each in whom.blocks if isinstance(each, Table)]
    *shown, never, begin, supported = table.rows
    for row, expected in zip(shown, sorted(first, key=lambda each: -each.lost), strict=False):
        assert row.head.startswith(expected.words[:40])
        assert row.cells[5] == count(expected.a_year)
    for row, name in ((never, "starts"), (begin, CAN_BEGIN), (supported, SUPPORTED)):
        assert row.cells[5] == count(
            next(each.a_year for each in looked_at if (each.assumption, each.quintile) == (name, "1"))
        )


def test_no_story_is_told_of_mothers_who_may_be_real(view: BarriersView) -> None:
    population = view.results.scenario.population.model_copy(update={"mothers": "mothers.csv"})
    scenario = view.results.scenario.model_copy(update={"population": population})
    sheet = supervision_sheet(BarriersView(replace(view.results, scenario=scenario, stories=[])))
    assert "may be real" in sheet.lead
    assert not any(card.story for card in sheet.cards)


@pytest.mark.parametrize(
    ("among", "words"),
    [
        ("", "mothers"),
        ("limited_english", "mothers (limited English)"),
        ("young_mothers", "mothers (under 20)"),
        ("quintile=1, lone=no", "mothers (quintile 1, not: no partner in the home)"),
        ("age_years<25", "mothers (age under 25)"),
    ],
)
def test_whose_barriers_they_are_is_said(among: str, words: str) -> None:
    assert whose(among) == words


@pytest.mark.parametrize("name", SHEETS)
def test_each_sheet_is_one_side_of_paper(kept: Path, tmp_path: Path, name: str) -> None:
    with chromium() as browser:
        page = browser.new_page()
        page.goto((kept / name).as_uri())
        content = page.pdf(prefer_css_page_size=True)
    (tmp_path / "sheet.pdf").write_bytes(content)
    assert len(re.findall(rb"/Type\s*/Page\b", content)) == 1
    assert b"/MediaBox" in content


def test_the_terminal_says_where_the_sheets_are(kept: Path) -> None:
    assert math.isfinite(BarriersView(read_barriers(kept)).difference(MAIN, ALL).value)
    print_barriers(read_barriers(kept), kept)
