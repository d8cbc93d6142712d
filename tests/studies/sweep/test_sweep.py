"""A sweep keeps every finished point, goes on where it stopped, and ends with the same bytes."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import bpssim as bps
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin
from bpssim.studies.plan.points import making_of
from bpssim.studies.plan.reading import read_study
from bpssim.studies.replicate import run
from bpssim.studies.sweep.folder import StudyFolder
from bpssim.studies.sweep.pieces import Finished, Piece, Work
from bpssim.studies.sweep.sweep import Sample, Sweep
from bpssim.studies.sweep.workers import Threads
from tests.safety import SAFETY, started
from tests.studies.plan.files import written

TWO_BY_TWO = """\
scenarios: [site1, site1_interpreters]
factors:
  strength: {path: support.strength, levels: [0, 1.5]}
  calls: {path: pathways.call_48h.attempts.most, levels: [1, 3]}
replicates: 3
"""
SAME = ("points.csv", "study.yaml", "metrics.csv", "summary.csv", "effects.csv", "failures.csv", "runs/results.parquet")


def sweep_of(path: Path, out: Path) -> Sweep:
    return Sweep(read_study(path), StudyFolder(out), "a test")


def swept(path: Path, out: Path, workers: object = None) -> Sweep:
    """Run what is missing of a study."""
    made = sweep_of(path, out)
    with made.folder.held(made.read.study.name):
        for _ in made.run(workers or Threads(1), made.missing(), Sample(0.0, 0.01, 1.0)):  # type: ignore[arg-type]
            pass
    return made


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in SAME}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study of eight points, run without interruption."""
    folder = tmp_path_factory.mktemp("whole")
    swept(written(folder, TWO_BY_TWO), folder / "out")
    return folder


class StopsAfter:
    """A worker that is interrupted after so many pieces, each of one point."""

    number = 1

    def __init__(self, pieces: int) -> None:
        self._left = pieces
        self.did: list[Piece] = []

    def run(self, work: Work, pieces: Sequence[Piece]) -> Iterator[list[Finished]]:
        for piece in pieces:
            if not self._left:
                raise KeyboardInterrupt
            self._left -= 1
            self.did.append(piece)
            yield from Threads(1).run(work, [piece])


def test_every_row_is_that_of_a_run_of_its_own(whole: Path) -> None:
    tidy = bps.open_study(whole / "out")
    read = read_study(whole / "tried.yaml")
    made = sweep_of(whole / "tried.yaml", whole / "out")
    for point in (made.points[0], made.points[5]):
        alone = run(making_of(read).scenario_of(point), replicates=3, details=False).by_seed
        own = tidy[tidy.number == point.number]
        both = own.merge(alone, on=["seed", "metric", "quintile"], suffixes=("", "_alone"))
        assert len(both) == len(own) > 600
        assert np.array_equal(both["value"], both["value_alone"], equal_nan=True)


def test_the_table_is_tidy(whole: Path) -> None:
    tidy = bps.open_study(whole / "out")
    columns = ["number", "row", "scenario", "strength", "calls", "seed", "metric", "quintile", "value"]
    assert list(tidy.columns) == columns
    assert not tidy.duplicated(["number", "seed", "metric", "quintile"]).any()
    assert set(tidy.seed) == {1, 2, 3}
    nothing = tidy.query("metric == 'any_6w' and quintile == 'all' and strength == 0").pivot_table(
        index=["seed"], columns=["scenario", "calls"], values="value"
    )
    assert (nothing.nunique(axis=1) == 1).all()  # support without effect: the same mothers with the same luck


def test_pandas_reads_the_folder_as_it_is(whole: Path) -> None:
    rows = pd.read_parquet(whole / "out" / "runs")
    points = pd.read_csv(whole / "out" / "points.csv")
    assert len(rows.merge(points, on="point")) == len(rows) == len(bps.open_study(whole / "out"))


@pytest.mark.parametrize("threads", [1, 2])
def test_an_interrupted_study_goes_on_and_ends_with_the_same_bytes(threads: int, whole: Path, tmp_path: Path) -> None:
    path = whole / "tried.yaml"
    for stop in (3, 0, 2):
        with pytest.raises(KeyboardInterrupt):
            swept(path, tmp_path / "out", StopsAfter(stop))
    assert sum(piece.runs for piece in sweep_of(path, tmp_path / "out").missing()) == 3 * 3
    assert set(bps.open_study(tmp_path / "out").number) == {0, 1, 2, 3, 4}  # readable meanwhile
    swept(path, tmp_path / "out", Threads(threads))
    assert contents(tmp_path / "out") == contents(whole / "out")


def test_nothing_is_run_twice(whole: Path) -> None:
    before = contents(whole / "out")
    idle = StopsAfter(0)
    swept(whole / "tried.yaml", whole / "out", idle)
    assert idle.did == []
    assert contents(whole / "out") == before


def test_more_seeds_and_points_can_be_added(whole: Path, tmp_path: Path) -> None:
    more = TWO_BY_TWO.replace("[0, 1.5]", "[0, 0.5, 1.5]").replace("replicates: 3", "replicates: 4")
    first, all_at_once = tmp_path / "grown", tmp_path / "at once"
    swept(written(tmp_path, TWO_BY_TWO), first)
    path = written(tmp_path, more)
    worker = StopsAfter(100)
    swept(path, first, worker)
    assert sum(piece.runs for piece in worker.did) == 8 * 1 + 4 * 4
    swept(path, all_at_once)
    assert contents(first) == contents(all_at_once)


def test_results_that_a_changed_study_no_longer_has_are_kept(tmp_path: Path) -> None:
    swept(written(tmp_path, TWO_BY_TWO), tmp_path / "out")
    before = pd.read_parquet(tmp_path / "out" / "runs")
    swept(written(tmp_path, TWO_BY_TWO.replace("[0, 1.5]", "[0]")), tmp_path / "out")
    now, earlier = (pd.read_parquet(tmp_path / "out" / folder) for folder in ("runs", "earlier"))
    assert len(now) + len(earlier) == len(before)
    assert set(now.point) == set(pd.read_csv(tmp_path / "out" / "points.csv").point)


def test_a_point_that_fails_is_told_and_stops_no_other(tmp_path: Path) -> None:
    factors = """\
factors:
  days: {path: pathways.groups.opens.to_age, levels: [63, 40]}
  from: {path: pathways.groups.opens.from_age, levels: [35, 50]}
replicates: 2
"""
    made = swept(written(tmp_path, factors), tmp_path / "out")
    failures = pd.read_csv(tmp_path / "out" / "failures.csv")
    assert list(failures.number) == [3]
    assert "to_age" in failures.reason[0]
    assert set(bps.open_study(tmp_path / "out").number) == {0, 1, 2}
    assert not json.loads((tmp_path / "out" / "manifest.json").read_text())["complete"]
    assert [piece.points[0].number for piece in made.missing()] == [3]  # it is tried again
    effects = pd.read_csv(tmp_path / "out" / "effects.csv")
    assert set(effects.query("factor == 'days'").combinations) == {1}  # only where both levels could be run


def test_differences_are_paired_by_seed(whole: Path) -> None:
    effects = pd.read_csv(whole / "out" / "effects.csv").set_index(
        ["scenario", "factor", "level", "metric", "quintile"]
    )
    row = effects.loc["site1", "strength", "1.5", "any_6w", "all"]
    tidy = bps.open_study(whole / "out").query("metric == 'any_6w' and quintile == 'all' and scenario == 'site1'")
    by_seed = tidy.pivot_table(index="seed", columns="strength", values="value")
    change = by_seed[1.5] - by_seed[0.0]
    assert row.difference == pytest.approx(change.mean())
    half = 4.302652729911275 * change.std() / np.sqrt(3)  # t with two degrees of freedom
    assert (row.lower, row.upper) == pytest.approx((change.mean() - half, change.mean() + half))
    first = effects.loc["site1", "strength", "0", "any_6w", "all"]
    assert (first.difference, first.lower, first.upper) == (0.0, 0.0, 0.0)


def test_kept_outcomes_include_what_quotients_are_made_of(tmp_path: Path) -> None:
    out = tmp_path / "out"
    swept(written(tmp_path, "replicates: 3\noutcomes: [cost_per_birth, any_6w]"), out)
    tidy = bps.open_study(out)
    assert set(tidy.metric) == {"births", "cost_total", "cost_per_birth", "any_6w"}
    means = tidy.query("quintile == 'all'").groupby("metric", observed=True).value.mean()
    summary = pd.read_csv(out / "summary.csv").set_index(["metric", "quintile"]).value
    assert summary["cost_per_birth", "all"] == pytest.approx(means["cost_total"] / means["births"], rel=1e-12)


def test_metrics_of_the_author_are_kept_and_then_forgotten(tmp_path: Path) -> None:
    (tmp_path / "own.py").write_text("def two(mothers):\n    return mothers['contacts'] >= 2\n")
    text = "replicates: 2\noutcomes: [two, any_6w]\nmetrics: {file: own.py, functions: {two: Two contacts or more}}"
    swept(written(tmp_path, text), tmp_path / "out")
    values = bps.open_study(tmp_path / "out").query("metric == 'two' and quintile == 'all'").value
    assert values.between(0.01, 0.99).all()
    assert "two" not in set(run("site1", replicates=1, details=False).by_seed.metric)
    swept(tmp_path / "out" / "study.yaml", tmp_path / "again")  # with the folder's own copy
    assert contents(tmp_path / "again")["runs/results.parquet"]


def test_the_folder_alone_repeats_the_study(whole: Path, tmp_path: Path) -> None:
    swept(whole / "out" / "study.yaml", tmp_path / "again")
    for name in ("points.csv", "summary.csv", "effects.csv", "runs/results.parquet"):
        assert (tmp_path / "again" / name).read_bytes() == (whole / "out" / name).read_bytes()


def test_another_place_is_refused(whole: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(BadInput, match=r"holds other files.*mine.txt"):
        swept(whole / "tried.yaml", tmp_path)
    with pytest.raises(BadInput, match=r"holds other results.*the study tried"):
        swept(written(tmp_path, TWO_BY_TWO, "another"), whole / "out")
    assert (tmp_path / "mine.txt").read_text() == "mine"


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_killing_the_process_loses_no_finished_point(whole: Path, tmp_path: Path) -> None:
    """Killed as soon as a first point is on disk, and once more; then it goes on."""
    command = [sys.executable, "-m", "bpssim", "sweep", str(whole / "tried.yaml"), "--out", str(tmp_path / "out")]
    for _ in range(2):
        there = len(list((tmp_path / "out").glob("runs/*.parquet")))
        with started(command) as child:
            until = time.monotonic() + SAFETY
            while len(list((tmp_path / "out").glob("runs/*.parquet"))) <= there and child.poll() is None:
                assert time.monotonic() < until
                time.sleep(0.005)
            child.send_signal(signal.SIGKILL)
    done = subprocess.run(command, capture_output=True, text=True, timeout=SAFETY, check=False)
    assert done.returncode == 0, done.stderr
    assert contents(tmp_path / "out") == contents(whole / "out")


def test_what_cannot_be_begun_leaves_nothing_behind(tmp_path: Path) -> None:
    folder = StudyFolder(tmp_path / "results" / "out")
    with pytest.raises(BadInput, match="no cluster"), folder.held("tried"):
        raise BadInput(Mistake(Origin("--cluster"), "no cluster"))
    assert list(tmp_path.iterdir()) == []


def test_functions_of_the_author_are_there_while_runs_are_timed(tmp_path: Path) -> None:
    (tmp_path / "own.py").write_text("def two(mothers):\n    return mothers['contacts'] >= 2\n")
    path = written(tmp_path, "replicates: 2\nmetrics: {file: own.py, functions: {two: Two contacts or more}}")
    found = bps.sweep(path, tmp_path / "out")
    assert "two" in set(found.metric)
    assert bps.sweep(path, tmp_path / "out").equals(found)


def test_differences_are_from_the_first_point_or_from_none(tmp_path: Path) -> None:
    """The first point cannot be run, so nothing is compared with another one in its place."""
    factors = """\
factors:
  days: {path: pathways.groups.opens.to_age, levels: [40, 63]}
  from: {path: pathways.groups.opens.from_age, levels: [50, 35]}
replicates: 2
"""
    swept(written(tmp_path, factors), tmp_path / "out")
    summary = pd.read_csv(tmp_path / "out" / "summary.csv")
    assert 0 not in set(summary.number)
    assert summary.difference.isna().all()
    effects = pd.read_csv(tmp_path / "out" / "effects.csv")
    assert list(dict.fromkeys(effects.query("factor == 'days'").level)) == [40, 63]  # as in the study


def test_files_of_others_are_left_where_they_are(whole: Path, tmp_path: Path) -> None:
    swept(whole / "tried.yaml", tmp_path / "out")
    (tmp_path / "out" / "runs" / "note.txt").write_text("mine")
    swept(written(tmp_path, TWO_BY_TWO.replace("replicates: 3", "replicates: 4")), tmp_path / "out")
    assert (tmp_path / "out" / "runs" / "note.txt").read_text() == "mine"


def test_a_damaged_file_is_told_and_can_be_replaced(whole: Path, tmp_path: Path) -> None:
    swept(whole / "tried.yaml", tmp_path / "out")
    damaged = tmp_path / "out" / "runs" / "results.parquet"
    damaged.write_bytes(damaged.read_bytes()[:1000])
    with pytest.raises(BadInput, match=r"results.parquet: is damaged; remove it"):
        swept(whole / "tried.yaml", tmp_path / "out")
    damaged.unlink()
    swept(whole / "tried.yaml", tmp_path / "out")
    assert contents(tmp_path / "out") == contents(whole / "out")


def test_a_folder_in_which_nothing_was_begun_is_gone_on_with(whole: Path, tmp_path: Path) -> None:
    (tmp_path / "out" / "runs").mkdir(parents=True)
    swept(whole / "tried.yaml", tmp_path / "out")
    assert contents(tmp_path / "out") == contents(whole / "out")
