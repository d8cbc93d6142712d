"""Where compiled rules are kept: only what the user alone can have written is loaded, and nothing stops a run."""

import os
import pickle
import pwd
import re
import stat
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import numba
import pytest

from bpssim.model.engine.rule_cache import KEPT, KeptRule, RuleFolder

VERSION = "version"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BPSSIM_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def double(x: int) -> int:
    return 2 * x


class Start(NamedTuple):
    """What one start of the program did: what the rule gave, whether it was found, and where it is kept."""

    value: int
    was_kept: bool
    place: Path | None


def start(version: str = VERSION) -> Start:
    folder = RuleFolder(version)
    rule = numba.njit(double)
    rule._cache = KeptRule(folder, double)
    return Start(rule(21), bool(rule.stats.cache_hits), folder.place)


def kept_file() -> Path:
    place = start().place
    assert place is not None
    (file,) = place.iterdir()
    return file


def lines(capfd: pytest.CaptureFixture[str]) -> list[str]:
    return capfd.readouterr().err.splitlines()


def test_rules_are_found_again(home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert start() == (42, False, home / "rules" / VERSION)
    assert start() == (42, True, home / "rules" / VERSION)
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in (home, home / "rules")} == {0o700}
    assert lines(capfd) == []


def signed(data: bytes) -> bytes:
    return sha256(data).digest() + data


def with_another_bit(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def as_a_folder(file: Path) -> None:
    file.unlink()
    (file / "inside").mkdir(parents=True)


DAMAGES: dict[str, Callable[[Path], Any]] = {
    "empty": lambda file: file.write_bytes(b""),
    "half": lambda file: file.write_bytes(file.read_bytes()[: file.stat().st_size // 2]),
    "garbage": lambda file: file.write_bytes(os.urandom(1000)),
    "one bit": with_another_bit,
    "no pickle": lambda file: file.write_bytes(signed(b"nonsense")),
    "something else": lambda file: file.write_bytes(signed(pickle.dumps(["not", "a", "rule"]))),
    "of a module that is gone": lambda file: file.write_bytes(signed(b"cno_such_module\nname\n.")),
    "a folder": as_a_folder,
    "a pipe": lambda file: (file.unlink(), os.mkfifo(file)),
    "a link to a device": lambda file: (file.unlink(), file.symlink_to("/dev/zero")),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_cannot_be_loaded_is_moved_away_and_made_anew_with_one_line(
    damage: str, home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    DAMAGES[damage](kept_file())
    assert start() == (42, False, home / "rules" / VERSION)
    (said,) = lines(capfd)
    assert str(home / "rules" / VERSION) in said
    assert said.endswith("they are compiled again.")
    assert start().was_kept
    assert [path.name for path in (home / "rules").iterdir()] == [VERSION]
    assert lines(capfd) == []


class Intruder:
    """Leaves a trace when it is loaded."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.trace,)


@pytest.mark.parametrize("level", [".", "cache", "cache/rules", f"cache/rules/{VERSION}"])
@pytest.mark.parametrize("mode", [0o777, 0o770, 0o775, 0o1777])
def test_nothing_is_loaded_from_where_others_can_write(
    level: str, mode: int, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = kept_file()
    file.write_bytes(signed(pickle.dumps(Intruder(tmp_path / "trace"))))
    (tmp_path / level).chmod(mode)
    if mode & stat.S_ISVTX and level != f"cache/rules/{VERSION}":  # a temporary folder, in which mine is mine
        file.unlink()
        assert start().place == file.parent
        return
    assert start() == (42, False, None)
    (said,) = lines(capfd)
    assert f"{(tmp_path / level).resolve()} can be written by others" in said
    assert "BPSSIM_CACHE" in said
    assert not (tmp_path / "trace").exists()
    (tmp_path / level).chmod(0o700)
    start()
    assert (tmp_path / "trace").exists()  # the intruder would have been met


def test_nothing_is_loaded_from_where_a_link_leads_to_others(
    tmp_path: Path, home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o777)
    home.symlink_to(shared)
    assert start() == (42, False, None)
    assert f"{shared.resolve()} can be written by others" in lines(capfd)[0]
    shared.chmod(0o700)
    assert start().place == shared.resolve() / "rules" / VERSION


def test_nothing_is_loaded_from_the_folder_of_somebody_else(
    home: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    kept_file()
    me = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: me + 1)
    assert start() == (42, False, None)
    assert "belongs to somebody else" in lines(capfd)[0]


def test_a_full_disk_is_no_obstacle(
    home: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    write = Path.write_bytes

    def half(self: Path, content: bytes) -> int:
        write(self, content[: len(content) // 2])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", half)
    place = home / "rules" / VERSION
    assert start() == (42, False, place)
    assert list(place.iterdir()) == []
    (said,) = lines(capfd)
    assert f"cannot be kept in {place} (No space left on device)" in said


@pytest.mark.parametrize("home_is", ["nothing", "a file"])
def test_no_home_is_no_obstacle(
    home_is: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def nobody(_: int) -> None:
        raise KeyError

    monkeypatch.chdir(tmp_path)
    for name in ("BPSSIM_CACHE", "XDG_CACHE_HOME", "HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(pwd, "getpwuid", nobody)
    if home_is == "a file":
        (tmp_path / "file").touch()
        monkeypatch.setenv("HOME", str(tmp_path / "file"))
    assert start() == (42, False, None)
    (said,) = lines(capfd)
    assert re.search(r"cannot be kept in \S*\.cache/bpssim \(", said)
    assert not (tmp_path / "~").exists()


def test_only_the_last_versions_are_kept(home: Path) -> None:
    for number in range(KEPT + 3):
        start(f"v{number}")
        os.utime(home / "rules" / f"v{number}", (number, number))
    start("v2")  # used again
    start("newest")
    assert {path.name for path in (home / "rules").iterdir()} == {"newest", "v2", "v4", "v5", "v6"}
