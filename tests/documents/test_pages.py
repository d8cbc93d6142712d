"""The pages of the documents: no dead link, no name of a row that leads nowhere, and nothing from elsewhere."""

import re
from pathlib import Path, PurePosixPath
from posixpath import normpath

import pytest

from bpssim.report.documents.catalogue import FOLDER, Document, documents
from bpssim.report.documents.links import INDEX, link_to, page_of
from bpssim.report.documents.pages import KINDS, document_files, write_pages
from bpssim.report.documents.parsing import parsed, parser
from bpssim.scenario.evidence import evidence
from tests.report.pages import Page, check_rows

REPOSITORY = FOLDER.parents[1]
_LINK = re.compile(r"\]\(([^)#\s]+)")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Page]:
    """Every page by its path, as a browser takes it."""
    folder = tmp_path_factory.mktemp("documents")
    write_pages(folder, "bpssim docs --out documents")
    return {path.relative_to(folder).as_posix(): Page(path) for path in sorted(folder.rglob("*.html"))}


def written(text: str, path: str = "guides/tried.md") -> str:
    """A document with this text below its title, as the body of a page."""
    document = Document(PurePosixPath(path), "a try", f"# Tried\n\n{text}\n")
    return str(parser().renderer.render(parsed(document).tokens, parser().options, {}))


def test_every_document_has_a_page_and_every_page_is_listed(pages: dict[str, Page]) -> None:
    own = {str(page_of(each)) for each in documents().values()}
    assert own <= pages.keys()
    assert own <= set(pages[INDEX].links)


def test_no_link_is_dead(pages: dict[str, Page]) -> None:
    dead = []
    for name, page in pages.items():
        for link in page.links:
            path, _, anchor = link.partition("#")
            target = normpath(PurePosixPath(name).parent / path) if path else name
            outside = "://" in link or link == "data:,"
            if not outside and (target not in document_files() or (anchor and anchor not in pages[target].ids)):
                dead.append(f"{name}: {link}")
    assert dead == []


def test_every_name_of_a_row_leads_to_the_row(pages: dict[str, Page]) -> None:
    for page in pages.values():
        check_rows(page)
    assert evidence().keys() <= set(pages["evidence.html"].ids)
    assert "evidence.html#M27" in pages["two_services.html"].links


def test_a_row_is_linked_from_any_folder_and_in_any_part_of_a_document() -> None:
    way = '<a href="../evidence.html#P3">P3</a>'
    assert written("See P3.") == f"<p>See {way}.</p>\n"
    assert f"<strong>{way}</strong>" in written("**P3**")
    assert f"({way}-" in written("(P3-P9)")
    assert f">{way}</td>" in written("| Row |\n|---|\n| P3 |")


@pytest.mark.parametrize(
    "words",
    ["`P3`", "P99", "P3b", "S1PS4", "E01005501", "M14 5TG", "a sheet on A4", "A4 paper", "example.org/P3"],
)
def test_what_only_looks_like_a_row_is_left_alone(words: str) -> None:
    assert "<a" not in written(f"Say {words} here.")


def test_a_link_of_the_author_is_kept() -> None:
    assert '<a href="../codebook.html#metrics">P3</a>' in written("[P3](../codebook.md#metrics)")


def test_links_to_what_is_not_installed_are_words() -> None:
    assert written("See [how to](../../../CONTRIBUTING.md).") == "<p>See how to.</p>\n"
    assert link_to("../README.md", PurePosixPath("evidence.md")) == ""
    assert link_to("studies/text_timing", PurePosixPath("evidence.md")) == "studies/text_timing/index.html"
    assert link_to("https://example.org/a.md", PurePosixPath("evidence.md")) == "https://example.org/a.md"


def test_what_documents_name_is_in_the_repository() -> None:
    missing = [
        f"{each.path}: {target}"
        for each in documents().values()
        for target in _LINK.findall(each.text)
        if "://" not in target and not (FOLDER / each.path.parent / target).resolve().exists()
    ]
    assert missing == []


def test_pages_read_as_pages_should(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        assert page.language == "en-GB", name
        assert len(page.ids) == len(set(page.ids)), name
        assert [level for level, _ in page.headings].count(1) == 1, name
        assert page.source.count("<table>") == page.source.count('<div class="scroll" tabindex="0"'), name
        assert all(picture.get("alt") for picture in page.pictures), name


def test_pages_hold_neither_styles_nor_scripts_of_their_own(pages: dict[str, Page]) -> None:
    """A policy of the server forbids them, and one file is enough for all pages."""
    for name, page in pages.items():
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script>|https?://[^\s\"]+\.(js|css)", page.source), name


def test_a_server_knows_every_kind_of_file() -> None:
    assert {PurePosixPath(name).suffix for name in document_files()} <= KINDS.keys()


def test_figures_and_tables_are_beside_the_pages() -> None:
    figure = "figures/site1_budget.svg"
    assert document_files()[figure] == (FOLDER / figure).read_bytes()
    assert Path(FOLDER / "contents.yaml").is_file()
    assert "contents.yaml" not in document_files()


def test_columns_of_numbers_are_aligned_and_others_are_not() -> None:
    body = written("| Name | Mean |\n|---|---|\n| one | +0.7 (\N{MINUS SIGN}0.1 to 1.5) |\n| two | 3 % |")
    assert '<td class="number">+0.7' in body
    assert "<td>one</td>" in body
    assert "style" not in written("| Mean |\n|--:|\n| 1 |")
