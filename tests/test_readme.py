"""What the README shows runs, and prints what it says."""

import io
import re
from contextlib import redirect_stdout
from pathlib import Path

import pandas as pd
import pytest

import bpssim as bps
from bpssim.scenario.influences.catalogue import catalogue
from bpssim.scenario.scenario import load
from bpssim.scenario.words import Weekday
from bpssim.studies.barriers.plan import BarriersPlan
from bpssim.studies.plan.points import points_of
from bpssim.studies.plan.reading import read_study
from bpssim.studies.sweep.folder import StudyFolder
from bpssim.studies.sweep.run import Threads
from bpssim.studies.sweep.sweep import Sweep
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


def test_the_study_of_the_readme_can_be_run(tmp_path: Path) -> None:
    _, block, wanted = re.findall(r"```yaml\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    study = tmp_path / "calls.yaml"
    without_hours = "".join(
        line for line in block.splitlines(keepends=True) if "hours:" not in line
    )  # as a search wants
    study.write_text(without_hours + wanted, encoding="utf-8")
    assert read_study(study).study.calibration is not None
    study.write_text(block, encoding="utf-8")
    read = read_study(study, ("design.size=2", "replicates=1", "changes={population.births_per_year: 300}"))
    assert len(points_of(read)) == 4
    made = Sweep(read, StudyFolder(tmp_path / "calls"), "")
    with made.folder.held("calls"):
        list(made.run(Threads(1), made.missing(), made.sample([])))
    results = pd.read_parquet(tmp_path / "calls" / "runs")
    assert set(results["metric"]) >= {"any_6w", "gap_any_6w", "reach_day7"}


def test_the_catalogue_of_the_readme_adds_an_influence_that_acts(tmp_path: Path) -> None:
    block, *_ = re.findall(r"```yaml\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    mine = tmp_path / "mine.yaml"
    mine.write_text(block, encoding="utf-8")
    plan = BarriersPlan(load("site1", [f"learning.influences={mine}"]))
    assert "weekend" in plan.active
    assert Weekday.SATURDAY in plan.taken.without(["weekend"]).team.duties["ward"].weekdays


def test_the_readme_says_how_many_influences_there_are() -> None:
    assert f"A catalogue lists {len(catalogue().influences)} influences" in README.read_text(encoding="utf-8")
