"""The search of the documents, from a disk: by keyboard, told to a screen reader, without a network."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bpssim.report.documents.pages import write_pages
from tests.app.browser import Open, chromium, watched

PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("documents")
    write_pages(made, "bpssim docs --out documents")
    return made


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as made:
        yield made


@pytest.fixture
def open_page(browser: Any, folder: Path) -> Iterator[Open]:
    """Opens a page from the disk; an error in it, or a request elsewhere, fails the test."""
    with watched(browser, folder.as_uri()) as (opened, wrong):
        yield lambda name, **options: opened((folder / name).as_uri(), **options)
        assert not wrong


def test_words_of_any_document_are_found_by_keyboard_and_lead_to_their_heading(open_page: Open) -> None:
    page = open_page("reference/python.html")
    for _ in range(3):  # past the skip link and the way to the list of documents
        page.keyboard.press("Tab")
    page.keyboard.type("interpreters giraffe")
    assert page.get_by_role("status").text_content() == "No places"
    page.keyboard.press("Control+A")
    page.keyboard.type("Interpreters several women")
    assert page.get_by_role("status").text_content() == "1 place"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/evidence.html#M67")
    assert page.locator("tr:target td").first.text_content() == "M67"


def test_the_name_of_a_row_finds_the_row_first(open_page: Open) -> None:
    page = open_page("codebook.html")
    page.get_by_role("searchbox").fill("p3")
    assert page.locator("#found a").first.get_attribute("href") == "evidence.html#P3"
    page.get_by_role("searchbox").fill("mothers")
    assert page.get_by_role("status").text_content().endswith("places, the first 30 of them")
    assert page.locator("#found a").count() == 30


def test_without_scripts_the_page_reads_and_offers_no_search(open_page: Open) -> None:
    page = open_page("evidence.html", java_script_enabled=False)
    assert page.get_by_role("heading", name="Evidence", exact=True).is_visible()
    assert not page.locator("#search").is_visible()


@pytest.mark.parametrize("name", ["index.html", "codebook.html", "patterns.html", "reference/python.html"])
def test_tables_scroll_in_their_own_box_on_a_telephone(name: str, open_page: Open) -> None:
    page = open_page(name, **PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_nothing_keeps_people_from_reading(open_page: Open) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe
    page = open_page("text_timing.html")
    page.get_by_role("searchbox").fill("text")
    found = axe().run(page, options={"preload": False})
    assert found.violations_count == 0, found.generate_report()
