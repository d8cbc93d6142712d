"""What the README and the guides show runs, and prints what they say."""

from pathlib import Path

import click
import pytest

from bpssim.cli import main
from tests.scripts import script

GUIDES = script("guides")
BLOCK = "```{}\n{}```\n"


def document(folder: Path, *blocks: tuple[str, str]) -> Path:
    """A document of blocks, each a language and its text."""
    path = folder / "document.md"
    path.write_text("\n".join(BLOCK.format(*block) for block in blocks), encoding="utf-8")
    return path


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """The folder in which blocks run."""
    folder = tmp_path / "empty"
    folder.mkdir()
    return folder


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("path", GUIDES.DOCUMENTS, ids=lambda path: path.stem)
def test_a_document_shows_what_its_blocks_print(path: Path, workplace: Path) -> None:
    assert path.read_text(encoding="utf-8") == GUIDES.renewed(path, workplace)


@pytest.mark.parametrize("path", GUIDES.DOCUMENTS, ids=lambda path: path.stem)
def test_a_command_that_is_not_run_could_be(path: Path) -> None:
    blocks = GUIDES.Document.parse(str(path), GUIDES.Blocks().listed)
    for example in blocks.examples():
        if example.region.lexemes["language"] == "text":
            for line in example.parsed.splitlines():
                if line.startswith("bpssim "):
                    parsed(line.removeprefix("bpssim "))


def parsed(arguments: str) -> None:
    """Fail where a command or an option does not exist."""
    context = click.Context(main, resilient_parsing=True)
    _, command, options = main.resolve_command(context, GUIDES.shlex.split(arguments, comments=True))
    assert command is not None
    command.parse_args(click.Context(command), options)


def test_a_wrong_figure_of_a_command_is_put_right(tmp_path: Path, empty: Path) -> None:
    path = document(tmp_path, ("console", "$ bpssim --version\nbpssim, version 9.9\n"))
    assert "version 9.9" not in GUIDES.renewed(path, empty)


def test_a_wrong_figure_of_code_is_put_right(tmp_path: Path, empty: Path) -> None:
    path = document(tmp_path, ("python", "n = 2\n"), ("python", "print(n + n)\n"), ("output", "5\n"))
    assert GUIDES.renewed(path, empty) == path.read_text().replace("5", "4")


def test_code_prints_nothing_that_is_not_shown(tmp_path: Path, empty: Path) -> None:
    path = document(tmp_path, ("python", "print(1)\n"), ("python", "n = 1\n"))
    with pytest.raises(ValueError, match="no `output` block"):
        GUIDES.renewed(path, empty)
    with pytest.raises(ValueError, match="no `output` block"):
        GUIDES.renewed(document(tmp_path, ("python", "print(1)\n")), empty)


def test_a_file_is_there_for_the_command_below_it(tmp_path: Path, empty: Path) -> None:
    file = "# mine.yaml\nextends: site1\n"
    path = document(tmp_path, ("yaml", file), ("console", "$ bpssim check mine.yaml\nmine.yaml: bad\n...\n"))
    assert "mine.yaml: ok\n..." in GUIDES.renewed(path, empty)
    with pytest.raises(ValueError, match="names no file"):
        GUIDES.renewed(document(tmp_path, ("yaml", "extends: site1\n")), empty)


@pytest.mark.parametrize("command", ["bpssim check nowhere.yaml", "ls --version"])
def test_a_command_that_fails_or_is_another_fails_the_document(tmp_path: Path, empty: Path, command: str) -> None:
    with pytest.raises(ValueError, match=r"document.md:1"):
        GUIDES.renewed(document(tmp_path, ("console", f"$ {command}\n")), empty)


def test_what_is_left_out_stays_left_out() -> None:
    printed = ["title", "births 2,005", "reached 7 %", "note", "cost 3", "end"]
    shown = GUIDES.as_shown
    assert shown(["anything"], printed) == printed
    assert shown(["old title", "..."], printed) == ["title", "..."]
    assert shown(["...", "reached 8 %", "...", "cost 2", "..."], printed) == [
        "...",
        "reached 7 %",
        "...",
        "cost 3",
        "...",
    ]
    assert shown(["...", "the end"], printed) == ["...", "end"]
