"""What somebody sends as results is read or refused in one line, and nothing beside it is read, written or removed."""

import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bpssim.scenario.reading.messages import BadInput
from bpssim.studies.replicate import run
from bpssim.studies.results_folder.atomic_file import write_file, write_files
from bpssim.studies.results_folder.manifest import MAX_BYTES, list_files, read_manifest
from bpssim.studies.results_folder.reading import read_results
from bpssim.studies.results_folder.results import write_tables
from bpssim.studies.results_folder.sole_writer import sole_writer
from tests.command_line import call
from tests.small import small

posix = pytest.mark.skipif(os.name != "posix", reason="makes links and pipes")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    write_tables(folder, run(small("run.replicates=1"), details=False), "bpssim run small")
    list_files(folder)
    return folder


@pytest.fixture
def sent(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "sent")
    return tmp_path / "sent"


def refusal(folder: Path) -> str:
    with pytest.raises(BadInput) as caught:
        read_results(folder)
    [line] = str(caught.value).splitlines()
    assert line.isprintable()
    return line.removeprefix(f"{folder.parent}/")


def forge(folder: Path, *keys: str, value: object) -> None:
    manifest = part = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    for key in keys[:-1]:
        part = part[key]
    part[keys[-1]] = value
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        (["kind"], "other"),
        (["kind"], None),
        (["packages"], 3),
        (["packages"], {}),
        (["replicates"], "2"),
        (["replicates"], 10**400),
        (["replicates"], -1),
        (["seed"], 2**63),
        (["seed"], 1.5),
        (["finished"], "yesterday"),
        (["command"], ["bpssim"]),
        (["command"], "x" * 200_000),
        (["scenario"], "../x"),
        (["input_grades"], {"D": {"count": 1, "inputs": []}}),
        (["files"], ["summary.csv"]),
        (["files", "summary.csv"], 30),
        (["files", "../summary.csv"], "0" * 64),
        (["files", "/etc/hosts"], "0" * 64),
    ],
)
def test_a_manifest_with_a_forged_part_names_it(keys: list[str], value: object, sent: Path) -> None:
    forge(sent, *keys, value=value)
    line = refusal(sent)
    assert line.startswith("sent/manifest.json: ")
    assert "is damaged" in line
    assert keys[0] in line


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"program":' * 9999,
        b"1" * 9999,
        b'{"program": "other"}',
        b"{" * (MAX_BYTES + 1),
    ],
    ids=range(7),
)
def test_what_is_no_manifest_of_ours_is_no_results_folder(content: bytes, sent: Path) -> None:
    (sent / "manifest.json").write_bytes(content)
    assert refusal(sent).startswith("sent")


def test_a_file_that_was_changed_since_it_was_written_is_named(sent: Path) -> None:
    for name in ("summary.csv", "daily.csv", "scenario.yaml"):
        content = (sent / name).read_bytes()
        (sent / name).write_bytes(content.replace(b"1", b"2", 1))
        assert refusal(sent).startswith(f"sent/{name}: was changed since it was written")
        (sent / name).write_bytes(content)
    assert read_results(sent).manifest.replicates == 1


@pytest.mark.parametrize("cell", ["b" * 200_000, "1 2", "a\0b", '"', "1,2"])
def test_cells_that_nobody_wrote_are_refused(cell: str, sent: Path) -> None:
    forge(sent, "files", value={})
    text = (sent / "summary.csv").read_text(encoding="utf-8")
    head, first, *others = text.splitlines()
    row = first.split(",")
    row[3] = cell
    (sent / "summary.csv").write_text("\n".join([head, ",".join(row), *others]), encoding="utf-8")
    assert refusal(sent).startswith("sent/summary.csv: does not hold what this version writes")


def test_tables_that_make_no_page_are_refused_in_one_line(sent: Path) -> None:
    forge(sent, "files", value={})
    text = (sent / "cascade.csv").read_text(encoding="utf-8")
    (sent / "cascade.csv").write_text(re.sub(r"lost,\w+,", "lost,nonsense,", text), encoding="utf-8")
    result = call("report", str(sent))
    assert result.exit_code == 2, result.output
    [line] = result.stderr.splitlines()
    assert "holds tables of which no page can be made" in line


@posix
@pytest.mark.parametrize("name", ["manifest.json", "summary.csv", "scenario.yaml"])
@pytest.mark.parametrize(
    ("make", "words"),
    [
        (os.mkfifo, "is a pipe, not a file; save what comes out of it as a file"),
        (os.mkdir, "is a folder, not a file"),
        (lambda path: path.symlink_to("/dev/zero"), "is a link, not a file of its own"),
        (lambda path: path.symlink_to("copy"), "is a link, not a file of its own"),
    ],
)
def test_what_is_no_file_is_refused_and_not_waited_for(
    name: str, make: Callable[[Path], None], words: str, sent: Path
) -> None:
    (sent / name).rename(sent / "copy")
    make(sent / name)
    assert refusal(sent) == f"sent/{name}: {words}"


@posix
def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    folder, other = tmp_path / "results", tmp_path / "other"
    folder.mkdir()
    other.mkdir()
    (other / "precious").write_text("mine", encoding="utf-8")
    (folder / "figures").symlink_to(other)
    (folder / "report.html").symlink_to(other / "precious")
    (folder / "gone.html").symlink_to(other / "new")
    for name in ("figures/reach.svg", "report.html", "gone.html"):
        with pytest.raises(BadInput, match="is a link"):
            write_files(folder, {"first.html": b"x", name: b"x"})
    assert [path.name for path in other.iterdir()] == ["precious"]
    assert (other / "precious").read_text(encoding="utf-8") == "mine"
    assert sorted(path.name for path in folder.iterdir()) == ["figures", "gone.html", "report.html"]


def test_files_appear_together_and_leave_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".bpssim-a.html-0a1b2c3d.unfinished").touch()  # of a process that was killed
    write_files(tmp_path, {"a.html": b"old", "figures/b.svg": b"old"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.html", "figures"]
    fdopen = os.fdopen

    def full_at_the_second(descriptor: int, mode: str) -> object:
        if len(list(tmp_path.glob(".bpssim-*"))) == 2:
            os.close(descriptor)
            raise OSError(28, "No space left on device")
        return fdopen(descriptor, mode)

    monkeypatch.setattr(os, "fdopen", full_at_the_second)
    with pytest.raises(OSError, match="No space"):
        write_files(tmp_path, {"a.html": b"new", "figures/b.svg": b"new"})
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "figures" / "b.svg").read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.html", "figures"]


def test_one_process_at_a_time_writes_a_file(tmp_path: Path) -> None:
    with sole_writer(tmp_path / "x.md"), pytest.raises(BadInput, match="another run is writing there"):
        write_file(tmp_path / "x.md", "new")
    write_file(tmp_path / "x.md", "new")
    assert [path.name for path in tmp_path.iterdir()] == ["x.md"]


def test_the_version_has_its_commit_if_there_is_one(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    manifest = read_manifest(made)
    assert manifest.version.startswith(manifest.packages["bpssim"])
    with_commit = manifest.model_copy(update={"commit": "0123456789ab"})
    assert with_commit.version == f"{manifest.packages['bpssim']} (commit 0123456789ab)"
    monkeypatch.setenv("PATH", "")  # without git
    from bpssim.studies.results_folder.version import commit

    assert commit() == ""
