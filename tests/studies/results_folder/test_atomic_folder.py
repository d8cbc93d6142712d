"""Results appear whole or not at all, what was computed is kept, and nothing that others wrote is removed."""

import errno
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bpssim.report.page import write_report_again
from bpssim.scenario.reading.messages import BadInput
from bpssim.studies.results_folder.atomic_file import write_file
from bpssim.studies.results_folder.atomic_folder import Folder, atomic_folder
from bpssim.studies.results_folder.manifest import (
    AboutRun,
    files_in,
    is_whole,
    list_files,
    read_manifest,
    write_manifest,
)
from bpssim.studies.results_folder.sole_writer import Busy, sole_writer

ABOUT = {"scenario": "x", "scenario_sha256": "0" * 64, "seed": 1, "replicates": 1, "mothers": "", "input_grades": {}}


def fill(folder: Path, content: str) -> None:
    (folder / "figures").mkdir(exist_ok=True)
    for name in ("summary.csv", "figures/reach.svg"):
        (folder / name).write_text(content, encoding="utf-8")
    write_manifest(folder, AboutRun(command=content, **ABOUT))


def make(out: Path | None, content: str = "new", before_the_end: Callable[[], object] = lambda: None) -> Folder:
    with atomic_folder(out, "x", "run") as folder:
        folder.write(lambda building: fill(building, content))
        before_the_end()
    return folder


def content_of(folder: Path) -> str:
    assert is_whole(folder)
    return read_manifest(folder).command


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for results, beside the current one."""
    (tmp_path / "current").mkdir()
    (tmp_path / "place").mkdir()
    monkeypatch.chdir(tmp_path / "current")
    return tmp_path / "place"


def test_what_systems_drop_into_folders_refuses_none(workplace: Path) -> None:
    dropped = (
        ".DS_Store",
        "._summary.csv",
        "Thumbs.db",
        "desktop.ini",
        ".directory",
        ".~lock.summary.csv#",
        "~$a.xlsx",
    )
    (workplace / "out").mkdir()
    for content in ("first", "second"):
        for name in dropped:
            (workplace / "out" / name).touch()
        make(workplace / "out", content)
        assert content_of(workplace / "out") == content
    assert names(workplace) == ["out"]


def test_results_whose_place_is_refused_at_the_end_stand_under_the_next_free_name(workplace: Path) -> None:
    out = workplace / "out"
    make(out, "old")
    folder = make(out, "new", (out / "thesis.txt").touch)
    assert folder.final == workplace / "out-2"
    assert "holds other files" in folder.refused
    assert (content_of(workplace / "out-2"), read_manifest(out).command) == ("new", "old")
    assert (out / "thesis.txt").exists()
    assert names(workplace) == ["out", "out-2"]


def test_results_whose_drive_is_refused_at_the_end_stand_in_the_current_folder(
    workplace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.rename

    def refused_there(path: Path, target: Path) -> Path:
        if Path(target).parent == workplace:
            raise PermissionError(errno.EACCES, "Permission denied")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refused_there)
    folder = make(workplace / "out")
    assert (folder.final, folder.refused) == (Path.cwd() / "out-2", "Permission denied")
    assert content_of(folder.final) == "new"
    assert names(Path.cwd()) == ["out-2"]
    assert names(workplace) == []


def test_results_for_which_there_is_no_room_are_written_where_there_is(workplace: Path) -> None:
    def with_little_room(building: Path) -> None:
        fill(building, "new")
        if building.parent == workplace:
            raise OSError(errno.ENOSPC, "No space left on device")

    with atomic_folder(workplace / "out", "x", "run") as folder:
        (folder.building / "mothers.parquet").write_bytes(b"written before")
        folder.write(with_little_room)
    assert (folder.final, folder.refused) == (Path.cwd() / "out-2", "No space left on device")
    assert (folder.final / "mothers.parquet").read_bytes() == b"written before"
    assert content_of(folder.final) == "new"
    assert names(workplace) == []


def test_results_whose_folder_is_removed_while_they_are_made_are_written_elsewhere(workplace: Path) -> None:
    with atomic_folder(workplace / "far" / "out", "x", "run") as folder:
        shutil.rmtree(workplace / "far")
        folder.write(lambda building: fill(building, "new"))
    assert folder.final == Path.cwd() / "out-2"
    assert "removed meanwhile" in folder.refused
    assert content_of(folder.final) == "new"


def test_results_that_are_lost_are_not_said_to_be_kept(workplace: Path) -> None:
    with pytest.raises(OSError, match="the results are lost"):
        make(workplace / "far" / "out", "new", lambda: shutil.rmtree(workplace / "far"))


@pytest.mark.skipif(os.name != "posix", reason="locks as POSIX systems do")
def test_where_there_are_no_locks_nothing_of_others_is_tidied(workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", none)
    with atomic_folder(workplace / "first", "x", "run") as first:
        make(workplace / "second")
        first.write(lambda building: fill(building, "first"))
    assert [content_of(workplace / name) for name in names(workplace)] == ["first", "new"]


@pytest.mark.skipif(os.name != "posix", reason="makes links")
def test_a_link_that_leads_back_to_itself_is_refused_and_at_the_end_results_stand_elsewhere(workplace: Path) -> None:
    loop = workplace / "loop"
    folder = make(loop, "new", lambda: loop.symlink_to(loop))
    assert content_of(folder.final) == "new"
    assert folder.refused
    with pytest.raises(BadInput):
        make(loop)
    with pytest.raises(BadInput):
        write_report_again(loop)
    with pytest.raises(BadInput):
        write_file(loop, "text")


def test_results_with_room_nowhere_are_an_error_and_leave_nothing(workplace: Path) -> None:
    def full(_: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space left"), atomic_folder(workplace / "out", "x", "run") as folder:
        folder.write(full)
    assert names(workplace) == names(Path.cwd()) == []


KILLED = """
import os, shutil, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from test_atomic_folder import make

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

def die_at(name, owner, function):
    setattr(owner, function, lambda path, *more, done=getattr(owner, function), **named:
            die() if path.name == name else done(path, *more, **named))

moments = {
    "half": lambda: die_at("figures", Path, "mkdir"),
    "written": lambda: None,
    "finished": lambda: die_at("out", Path, "rename"),
    "moved away": lambda: die_at(".bpssim-out.part", Path, "rename"),
    "in place": lambda: die_at(".bpssim-out.old", shutil, "rmtree"),
}
moments[sys.argv[2]]()
make(Path(sys.argv[1]), "new", die if sys.argv[2] == "written" else lambda: None)
"""


@pytest.mark.skipif(os.name != "posix", reason="kills as POSIX systems do")
@pytest.mark.parametrize(
    ("moment", "at_once", "then"),
    [
        ("half", {"out": "old"}, {"out": "old"}),
        ("written", {"out": "old"}, {"out": "old", "out-2": "new"}),
        ("finished", {"out": "old"}, {"out": "old", "out-2": "new"}),
        ("moved away", {}, {"out": "new"}),
        ("in place", {"out": "new"}, {"out": "new"}),
    ],
)
def test_a_run_may_be_killed_at_any_moment(
    moment: str, at_once: dict[str, str], then: dict[str, str], workplace: Path
) -> None:
    make(workplace / "out", "old")
    command = [sys.executable, "-c", KILLED, str(workplace / "out"), moment, str(Path(__file__).parent)]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    assert {name: content_of(workplace / name) for name in names(workplace) if not name.startswith(".")} == at_once
    make(workplace / "another")
    assert {name: content_of(workplace / name) for name in names(workplace)} == {**then, "another": "new"}


def test_a_file_that_was_changed_is_not_replaced(workplace: Path) -> None:
    out = workplace / "out"
    make(out, "old")
    (out / "summary.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(BadInput, match=r"was changed since it was written.*\(found summary.csv\)"):
        make(out)
    assert (out / "summary.csv").read_text(encoding="utf-8") == "mine"


def test_a_list_of_files_that_was_forged_removes_nothing(workplace: Path) -> None:
    out = workplace / "out"
    make(out, "old")
    manifest = read_manifest(out)
    forged = {**manifest.files, "thesis.txt": "0" * 64}
    write_manifest(out, manifest.model_copy(update={"files": forged}))
    (out / "thesis.txt").touch()
    with pytest.raises(BadInput, match=r"\(found thesis.txt\)"):
        make(out)
    for name in ("../thesis.txt", "/etc/hosts", "a/../../b", "..\\thesis.txt"):
        text = manifest.model_dump_json().replace("summary.csv", name.replace("\\", "\\\\"))
        (out / "manifest.json").write_text(text, encoding="utf-8")
        with pytest.raises(BadInput, match="holds other files"):
            make(out)
    assert (out / "thesis.txt").exists()


@pytest.mark.skipif(os.name != "posix", reason="makes links")
def test_a_link_among_results_is_not_one_of_them(workplace: Path) -> None:
    out, other = workplace / "out", workplace / "other"
    make(out, "old")
    (out / "figures").rename(other)
    (out / "figures").symlink_to(other)
    with pytest.raises(BadInput, match=r"holds other files.*\(found figures\)"):
        make(out)
    assert names(other) == ["reach.svg"]


def test_a_second_run_at_one_place_is_refused_at_the_start(workplace: Path) -> None:
    make(workplace / "out", "old")
    with sole_writer(workplace / "out"), pytest.raises(Busy, match="another run is writing there"):
        make(workplace / "out", "second")
    assert content_of(workplace / "out") == "old"
    (Path.cwd() / "results").mkdir()
    with sole_writer(Path.cwd() / "results" / "x-1"):
        assert make(None).final == Path("results/x-2")
    assert names(workplace) == ["out"]
    assert names(Path.cwd() / "results") == ["x-2"]


def left_behind(workplace: Path, name: str, whole: bool) -> Path:
    folder = workplace / f".bpssim-{name}"
    folder.mkdir()
    fill(folder, "left")
    if whole:
        list_files(folder)
    return folder


def test_what_killed_runs_left_is_removed_and_what_they_finished_is_kept(workplace: Path) -> None:
    make(workplace / "kept", "old")
    left_behind(workplace, "half.part", whole=False)
    left_behind(workplace, "kept.part", whole=True)
    alone = left_behind(workplace, "alone.part", whole=True)
    for late in (".bpssim-report.html-1.unfinished", "figures/late.svg"):  # its page was being made
        (alone / late).touch()
    left_behind(workplace, "moved.old", whole=True)
    left_behind(workplace, "kept.old", whole=True)
    (workplace / ".bpssim-gone.lock").touch()
    left_behind(workplace, "live.part", whole=False)
    with sole_writer(workplace / "live"):
        folder = make(workplace / "out")
        assert names(workplace / ".bpssim-live.part") == ["figures", "manifest.json", "summary.csv"]
    assert sorted(path.name for path in folder.rescued) == ["alone", "kept-2"]
    assert [content_of(workplace / name) for name in ("kept", "kept-2", "alone", "moved")] == ["old", *["left"] * 3]
    assert list(files_in(workplace / "alone")) == list(files_in(workplace / "moved"))
    make(workplace / "out")
    assert names(workplace) == ["alone", "kept", "kept-2", "moved", "out"]
