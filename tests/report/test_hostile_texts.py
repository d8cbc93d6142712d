"""What a stranger writes into a scenario is shown wherever it goes out, and neither obeyed nor lost."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from bpssim.cli import main
from bpssim.scenario.reading.writing import to_yaml
from bpssim.scenario.scenario import load
from tests.report.pages import check_page

HOSTILE = "\x1b[31m\x07\x08\x9b2J\u202e\u2066\u200f\u061c[red]x[/red] <b>$\\frac$ {{7*7}} %s"
SHOWN = r"\x1b[31m\x07\x08\x9b2J\u202e\u2066\u200f\u061c[red]x[/red] <b>$\frac$ {{7*7}} %s"
ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
SMALL = ["population.births_per_year=200", "run.window_days=200", "run.replicates=2"]


def call(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(main, arguments, color=True)  # as on a terminal, where escapes are not taken out
    assert result.exit_code == code, result.output
    assert not ACTING.search(result.output), repr(result.output)
    return " ".join(result.output.split())


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    site1 = load("site1_year2", SMALL)
    titles = {f"pathways.{name}.title": f"Title {HOSTILE}" for name in site1.pathways}
    because = {f"review.policies.{name}.because": f"Because {HOSTILE}" for name in site1.review.policies}
    written = site1.with_({"question": f"Who? {HOSTILE}", "access.aware.evidence": HOSTILE, **titles, **because})
    (tmp_path / "h.yaml").write_text(to_yaml(written), encoding="utf-8")
    assert load("h.yaml") == written
    return "h.yaml"


def test_texts_of_a_run_are_shown_in_the_terminal_and_on_the_page(hostile: str) -> None:
    assert call("check", hostile).startswith("h.yaml: ok")
    assert f"Who? {SHOWN}" in call("run", hostile, "--out", "run")
    page = check_page(Path("run/report.html"))
    assert not ACTING.search(page.source)
    assert f"Who? {SHOWN}" in page.text
    written = [path for path in Path("run").rglob("*") if path.suffix in (".csv", ".json", ".yaml", ".svg")]
    assert not any(ACTING.search(path.read_text(encoding="utf-8").replace("\r\n", "\n")) for path in written)


def test_texts_of_a_comparison_are_shown(hostile: str) -> None:
    small = [argument for setting in SMALL for argument in ("--set", setting)]
    assert f"Who? {SHOWN}" in call("compare", "site1_year2", hostile, *small, "--out", "compared")
    assert not ACTING.search(check_page(Path("compared/report.html")).source)


def test_texts_of_a_story_are_shown(hostile: str) -> None:
    call("story", hostile, "--pick", "quintile=1", "--out", "story")
    [page] = Path("story").glob("*.html")
    assert not ACTING.search(page.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "arguments",
    [
        ["\x1b[2J"],
        ["run", "site1", "x\x1b[2J"],
        ["run", "site1", "--se\x1b[2J"],
        ["run", "site1", "--set", "name=a\x1b[2J\u202e"],
        ["check", "\x1b[2J.yaml"],
        ["report", "\u202e"],
        ["evidence", "\x1b[2J"],
        ["story", "site1", "--pick", "\x1b[2J=1"],
        ["calibrate", "\x1b[2J.csv"],
    ],
)
def test_what_is_typed_is_quoted_without_effect(arguments: list[str], hostile: str) -> None:
    assert re.search(r"\\x1b|\\u202e", call(*arguments, code=2))
