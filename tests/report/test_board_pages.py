"""Two pages for a board come first, what is folded opens without scripts, and every row of the evidence leads to it."""

import re
import shutil
from pathlib import Path

import pytest

from bpssim.report.elements import Block, Bullets, Day, Days, Note, Pairs, Row, Section, Table, Tile, Tiles, Words
from bpssim.report.elements import Page as Elements
from bpssim.report.evidence import with_named_evidence
from bpssim.report.rendering import html
from bpssim.scenario.evidence import evidence, named_in
from tests.command_line import SMALL, done
from tests.report.pages import Page, check_page, check_rows
from tests.safety import finished

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
LONG = "a_service_with_a_name_as_long_as_planners_write_them_one_day"
FOLDERS = (
    ("run", "site1"),
    ("run", "england_2010_no_service"),
    ("run", "site1", "--set", "population.place=Rochdale"),
    ("compare", "site1", "site1_half_budget", "--replicates", "1"),
    ("compare", "site1", *["site1_half_budget"] * 2, "--uncertainty", "10", "--set", f"name={LONG}"),
    ("compare", "site1", *["site1_half_budget"] * 10, "--set", f"name={LONG}", "--replicates", "2"),
    ("budget", "site1", "--more", "12000", "--uncertainty", "10", "--set", f"name={LONG}"),
    ("budget", "site1", "--more=-12000"),
)


def made(folder: Path, command: str, *arguments: str) -> Path:
    done(command, *SMALL, *arguments, "--out", str(folder))
    return folder / "report.html"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Page:
    return check_page(made(tmp_path_factory.mktemp("board") / "run", "run", "site1"))


def test_a_board_reads_the_answer_two_figures_what_not_to_conclude_and_what_it_rests_on(run: Page) -> None:
    board, _, annex = run.source.partition('<div class="annex">')
    assert re.findall(r"<h2 id=\"(\w+)\"", board) == ["answer", "figures", "limits", "rests"]
    assert board.count("<svg") == 2
    assert annex.count("<svg") > 4
    assert "graded inputs are assumptions" in run.board
    assert "seeds 1 to 3" in run.board


def test_the_annex_begins_a_page_and_lists_what_is_in_it(run: Page) -> None:
    _, _, annex = run.source.partition('<div class="annex">')
    contents, _, rest = annex.partition("</nav>")
    listed = re.findall(r'<li><a href="#(\w+)">', contents)
    assert listed == re.findall(r'<h3 id="(\w+)">', rest)
    assert {"assumptions", "evidence", "provenance"} <= set(listed)
    assert re.search(r"\.annex {[^}]*break-before: page", run.source)


def test_inputs_and_evidence_are_folded_and_open_on_paper(run: Page) -> None:
    folded = re.findall(r"<details>\n<summary>([^<]*)</summary>", run.source)
    assert [caption.partition(":")[0] for caption in folded[:-1]] == ["Grade C", "Grade A"]
    assert re.fullmatch(r"\d+ rows of the evidence", folded[-1])
    assert "<details open" not in run.source
    _, _, paper = run.source.partition("@media print")
    assert "details::details-content { content-visibility: visible;" in paper


def test_every_row_that_the_inputs_name_leads_to_what_it_says(run: Page) -> None:
    inputs, _, rows = run.source.partition('<h3 id="evidence">')
    there = set(re.findall(r'<tr id="([A-Z]\d+)">', rows))
    linked = set(re.findall(r'href="#([A-Z]\d+)"', inputs))
    assert {"P3", "D12", "M41", "P18"} <= linked <= there
    cells = re.findall(r'<td class="prose">(.*?)</td>', inputs)
    named = {row for cell in cells for row in named_in(re.sub(r"<[^>]+>", "", cell))}
    assert named & set(evidence()) <= there
    assert "Answers one try of a call after discharge" in rows
    assert '<a href="#R19">R19</a>' in rows


def test_a_page_holds_the_rows_that_it_names_and_those_they_name_and_no_others() -> None:
    table = Table("Inputs", ("Input", "Evidence"), {"": [Row("Calls", ("P4 given P3; our own survey, Z9",))]})
    first, last = Section("inputs", "Inputs", [table]), Section("provenance", "Where this comes from", [])
    inputs, found, end = with_named_evidence(Elements("", "", "", [], [first, last], "")).annex
    assert (inputs, end) == (first, last)
    rows = next(block for block in found.blocks if isinstance(block, Table)).rows
    assert [row.head for row in rows] == ["R7", "R19", "R20", "P3", "P4"]


def test_a_page_that_names_no_row_is_left_as_it_is() -> None:
    page = Elements(
        "", "", "", [Section("none", "None", [Table("None", ("Input",), {"": [Row("Calls", ())]})])], [], ""
    )
    assert with_named_evidence(page) == page


@pytest.mark.parametrize(
    "block",
    [
        Words(["Rests on P3."]),
        Note("Rests on P3."),
        Bullets(["Rests on P3."]),
        Tiles([Tile("Rests on P3.", {"all": ("1", "")})]),
        Pairs({"Calls": "Rests on P3."}),
        Table("Rests on P3.", ("Input",), {"": [Row("Calls", ())]}),
        Table("Inputs", ("Input",), {"": [Row("Calls", ())]}, note="Rests on P3."),
        Table("Inputs", ("Input", "Evidence"), {"": [Row("Calls", ("Rests on P3.",))]}),
        Table("Inputs", ("Input",), {"Rests on P3.": [Row("Calls", ())]}),
        Days("Rests on P3.", ["A"], []),
        Days("Days", ["A"], [Day("Day 1", [[("Rests on P3.", "her")]], same=False)]),
    ],
    ids=lambda block: type(block).__name__,
)
def test_rows_in_any_block_lead_to_what_they_say(block: Block, tmp_path: Path) -> None:
    page = Elements("", "A title with D12", "", [Section("first", "First", [block])], [], "")
    (tmp_path / "page.html").write_text(html(page, {}), encoding="utf-8")
    found = Page(tmp_path / "page.html")
    check_rows(found)
    assert {"#P3", "#D12"} <= set(found.links)


def test_words_that_are_no_row_of_the_page_are_left_alone() -> None:
    cell = "P3, P99 & <P3>"
    table = Table("Inputs", ("Input", "Evidence"), {"": [Row("Calls", (cell,))]}, prose=frozenset({1}))
    page = Elements("", "", "", [Section("inputs", "Inputs", [table])], [], "")
    linked = '<a href="#P3">P3</a>'
    assert f'<td class="prose">{linked}, P99 &amp; &lt;{linked}&gt;</td>' in html(page, {})


@pytest.mark.skipif(CHROMIUM is None, reason="no browser to print with")
@pytest.mark.parametrize("arguments", FOLDERS, ids=" ".join)
def test_what_comes_before_the_annex_prints_on_two_pages(arguments: tuple[str, ...], tmp_path: Path) -> None:
    page = made(tmp_path / "out", *arguments)
    board = tmp_path / "board.html"
    source = page.read_text(encoding="utf-8")
    board.write_text(re.sub(r'<div class="annex">.*</div>\n?</main>.*</footer>', "</main>", source, flags=re.DOTALL))
    printed = tmp_path / "board.pdf"
    options = ("--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}", "--no-pdf-header-footer")
    assert finished([CHROMIUM, *options, f"--print-to-pdf={printed}", board.as_uri()]).returncode == 0
    assert len(re.findall(rb"/Type\s*/Page\b", printed.read_bytes())) in (1, 2)
