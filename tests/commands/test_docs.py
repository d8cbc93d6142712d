"""`bpssim docs`: the list, one document, the pages, and the browser."""

import json
import webbrowser
from functools import partial
from pathlib import Path

import pytest

from bpssim.report.documents.catalogue import documents, groups
from tests import command_line

pytestmark = pytest.mark.usefixtures("workplace")
call, done = partial(command_line.call, "docs"), partial(command_line.done, "docs")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Addresses that a browser was asked to open."""
    asked: list[str] = []
    monkeypatch.setattr(webbrowser, "open", asked.append)
    return asked


def test_documents_are_listed_by_group_with_what_each_is_for() -> None:
    lines = done().stdout.splitlines()
    assert [line for line in lines if line in groups()] == list(groups())
    listed = {line.split()[0]: line for line in lines if line.startswith("  ")}
    assert {name: line.endswith(each.about) for name, each in documents().items() if (line := listed[name])} == (
        dict.fromkeys(documents(), True)
    )


def test_a_document_is_its_own_markdown_where_no_terminal_is() -> None:
    assert done("evidence").stdout == documents()["evidence"].text


def test_a_document_is_laid_out_on_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture) -> None:
    from bpssim.report.documents import terminal

    paged: list[str] = []
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setattr(terminal.click, "echo_via_pager", paged.append)
    terminal.show(documents()["text_timing"])
    assert "Figure: " in paged[0]
    assert "# The day of a text" not in paged[0]
    assert capsys.readouterr().out == ""


def test_an_unknown_name_gets_the_nearest() -> None:
    result = call("codbook")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "did you mean 'codebook'?" in result.stderr


def test_pages_are_written_and_replaced_but_nothing_else_is(workplace: Path) -> None:
    done("--out", "pages")
    assert "pages/index.html" in done("--out", "pages").stdout
    assert json.loads((workplace / "pages/manifest.json").read_text())["kind"] == "set of documents"
    assert (workplace / "pages/reference/python.html").is_file()
    (workplace / "pages/notes.txt").write_text("mine")
    assert "holds other files" in call("--out", "pages").stderr


def test_the_browser_is_given_the_page(workplace: Path, opened: list[str]) -> None:
    done("--open")
    done("python", "--open", "--out", "pages")
    assert opened == [
        (workplace / name).as_uri() for name in ("results/documents/index.html", "pages/reference/python.html")
    ]


def test_a_name_says_nothing_where_pages_are_only_written() -> None:
    assert "leave out NAME" in call("evidence", "--out", "pages").stderr
