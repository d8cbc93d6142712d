"""What the README shows runs, and prints what it says."""

import io
import re
from contextlib import redirect_stdout
from pathlib import Path

import pytest

import bpssim as bps
from tests.scripts import script

README = Path(__file__).parents[1] / "README.md"
SECTION = "## Statistics by themselves"


def test_the_statistics_of_the_readme_print_what_stands_beside_them() -> None:
    section = README.read_text(encoding="utf-8").partition(SECTION)[2].partition("\n## ")[0]
    (block,) = re.findall(r"```python\n(.*?)```", section, re.DOTALL)
    printed = io.StringIO()
    with redirect_stdout(printed):
        exec(compile(block, "README.md", "exec"), {})
    promised = re.findall(r"^print\(.*\)  # (.*)$", block, re.MULTILINE)
    assert len(promised) > 2
    assert printed.getvalue().splitlines() == promised


def test_the_answer_that_the_readme_quotes_is_what_the_program_says() -> None:
    readme = script("readme")
    assert readme.quoted() == readme.answer()


def test_every_piece_of_python_in_the_readme_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) > 3
    for block in blocks:
        with redirect_stdout(io.StringIO()):
            exec(compile(block, "README.md", "exec"), {})
    assert (tmp_path / "results" / "flag" / "report.html").is_file()
    bps.remove_metric("two_contacts_lone")
