"""Whatever a file holds, it is read or refused: in one line, at once, and never with a traceback."""

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpssim.scenario.reading.files import MAX_BYTES
from bpssim.scenario.reading.loader import read
from bpssim.scenario.reading.messages import BadInput
from tests.refused import read_or_refused
from tests.safety import ends
from tests.scenario.toy import Toy


def refusal(path: Path) -> str:
    with ends(), pytest.raises(BadInput) as caught:
        read(path, Toy)
    [line] = str(caught.value).splitlines()
    return line.replace(f"{path.parent}/", "")


def bomb(levels: int) -> str:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, levels)]
    return "\n".join(rows)


CONTENTS = {
    "alias bomb": (bomb(12), "f.yaml:1:5: anchors (&) and aliases (*) are not used"),
    "merge key": ("a: {<<: *b}", "anchors (&) and aliases (*) are not used"),
    "undefined alias": ("a: *b", "anchors (&) and aliases (*) are not used"),
    "python tag": ("!!python/object/apply:os.system ['true']", "f.yaml:1:1: tags (!) are not used"),
    "own tag": ("name: !mine x", "f.yaml:1:7: tags (!) are not used"),
    "old version": ("%YAML 1.1\n---\nname: no", "lines starting with % are not used"),
    "tag directive": ("%TAG ! tag:x,2000:\n---\nname: no", "lines starting with % are not used"),
    "NUL": ("name: x\nplace: \0", "f.yaml:2: a control character"),
    "not UTF-8": (b"name: x\nplace: \xff\xfe", "f.yaml:2: not UTF-8 text"),
    "UTF-16": ("name: x".encode("utf-16"), "not UTF-8 text"),
    "random bytes": (random.Random(1).randbytes(5000), "f.yaml:"),
    "open brackets": ("[" * 10_000, "nested too deeply"),
    "open braces": ("{" * MAX_BYTES, "f.yaml:1:2: a key must be a plain name"),
    "dashes": ("- " * 10_000, "nested too deeply"),
    "question marks": ("? " * 10_000, "f.yaml:1:3: a key must be a plain name"),
    "nested maps": ("{a: " * 10_000, "nested too deeply"),
    "too many values": ("a: [" + "x," * 20_000 + "]", "too large for a scenario (over 10,000 values)"),
    "duplicate key": ("team:\n  volunteers: 1\n  volunteers: 2", "f.yaml:3:3: team.volunteers: given twice"),
    "tab": ("name: x\nteam:\n\tvolunteers: 1", "that cannot start any token (indent with spaces, not tabs)"),
    "empty": ("", "f.yaml: the file is empty"),
    "only comments": ("# nothing\n", "f.yaml: the file is empty"),
    "list": ("[1, 2]", "f.yaml:1:1: should be settings written as `key: value`"),
    "sentence": ("Dear all, please find attached", "f.yaml:1:1: should be settings"),
    "two documents": ("name: x\n---\nname: y", "one scenario per file"),
    "list as key": ("? [1, 2]\n: x", "f.yaml:1:3: a key must be a plain name"),
    "map as key": ("team:\n  ? {a: 1}\n  : x", "f.yaml:2:5: team: a key must be a plain name"),
    "number as key": ("name: x\n1: x", "f.yaml:2:1: 1: unknown setting"),
    "null as key": ("name: x\nnull: x", "f.yaml:2:1: null: unknown setting"),
    "NaN": ("name: x\nteam: {supporters: [{hours: .nan}]}", "should be a finite number"),
    "infinity": ("name: x\nteam: {supporters: [{hours: .inf}]}", "should be a finite number"),
    "overflow": ("name: x\nteam: {supporters: [{hours: 1e999}]}", "should be a finite number"),
    "long number": ("name: x\nteam: {volunteers: " + "9" * 200_000 + "}", "(found '999"),
    "long hex number": ("name: x\nteam: {volunteers: 0x" + "f" * 200_000 + "}", "should be a whole number"),
    "no number": ("name: x\nteam: {volunteers: 0x_}", "should be a whole number, at least 0 (found '0x_')"),
    "long key": ("name: x\n" + "k" * 1000 + ": 1", "unknown setting"),
    "unclosed quote": ('name: "x' + "\n" * 100_000, "f.yaml:100001:1: not readable as YAML"),
    "colon within braces": ("{name: 12:30}", "a text with a colon needs quotes"),
    "reserved character after other breaks": ("a: é\r\u2028b: `x", "f.yaml:3:4: not readable as YAML: found"),
    "reserved character": ("name: `x", "found character '`' that cannot start any token (put quotes round a text)"),
    "colon in a text": ("name: Site 1: the town", "a text with a colon needs quotes"),
    "extends a list": ("extends: [a, b]", "f.yaml:1:1: extends: should be one ready name"),
    "extends itself": ("extends: f.yaml", "f.yaml:1:1: extends: a scenario cannot extend itself: f.yaml -> "),
    "extends nothing there": ("name: x\nextends: ./g.yaml", "f.yaml:2:1: extends: no such file"),
    "extends no ready name": ("name: x\nextends: nowhere", "extends: no ready scenario has this name"),
    "extends a folder": ("extends: ../", "is a folder"),
    "extends NUL": ('extends: "a\\0/b"', "f.yaml:1:1: extends: no such file"),
    "extends a long name": ("extends: ./" + "x" * 5000, "cannot be read (File name too long)"),
}  # fmt: skip


@pytest.mark.parametrize("kind", CONTENTS)
def test_a_hostile_file_is_refused_in_one_line(tmp_path: Path, kind: str) -> None:
    content, words = CONTENTS[kind]
    path = tmp_path / "f.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert words in refusal(path)


def test_thousands_of_unknown_keys_are_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_text("".join(f"shraing{i}: 1\n" for i in range(4900)), encoding="utf-8")
    with ends(), pytest.raises(BadInput, match="and 4,871 more mistakes"):
        read(path, Toy)


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "f.yaml"
    with path.open("wb") as file:
        file.truncate(100_000_000)

    def fail(_: Path) -> bytes:
        raise AssertionError("the file was read")

    monkeypatch.setattr(Path, "read_bytes", fail)
    assert refusal(path) == "f.yaml: too large for a scenario (over 250,000 bytes) (found 100,000,000 bytes)"


def make_folder(path: Path) -> None:
    path.mkdir()


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def make_loop(path: Path) -> None:
    path.symlink_to(path)


def make_dangling(path: Path) -> None:
    path.symlink_to(path.parent / "gone")


@pytest.mark.skipif(os.name != "posix", reason="makes special files")
@pytest.mark.parametrize(
    ("make", "words"),
    [
        (make_folder, "is a folder, not a file"),
        (make_pipe, "is a pipe, not a file"),
        (make_endless, "is a device, not a file"),
        (make_loop, "is a link that leads nowhere"),
        (make_dangling, "is a link that leads nowhere"),
    ],
)
def test_what_is_not_an_ordinary_file_is_refused(tmp_path: Path, make: Callable[[Path], None], words: str) -> None:
    make(tmp_path / "f.yaml")
    assert refusal(tmp_path / "f.yaml").startswith(f"f.yaml: {words}")


def test_an_unreadable_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "f.yaml").write_text("name: x", encoding="utf-8")

    def deny(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", deny)  # the rights of a file do not stop an administrator
    assert refusal(tmp_path / "f.yaml") == "f.yaml: cannot be read (Permission denied)"


def test_a_missing_file_gets_the_nearest_name_in_its_folder(tmp_path: Path) -> None:
    (tmp_path / "evening_calls.yaml").write_text("name: x", encoding="utf-8")
    assert refusal(tmp_path / "evning_calls.yaml") == (
        "evning_calls.yaml: no such file; did you mean 'evening_calls.yaml'?"
    )
    assert refusal(tmp_path / "gone" / "x.yaml").endswith("no such file")


def test_a_circle_of_parents_is_refused_with_the_circle(tmp_path: Path) -> None:
    for child, parent in [("a", "b"), ("b", "c"), ("c", "./../{}/a")]:
        text = f"extends: {parent.format(tmp_path.name)}.yaml"
        (tmp_path / f"{child}.yaml").write_text(text, encoding="utf-8")
    line = refusal(tmp_path / "a.yaml")
    assert line == "c.yaml:1:1: extends: a scenario cannot extend itself: a.yaml -> b.yaml -> c.yaml -> a.yaml"


def test_an_endless_row_of_parents_is_refused(tmp_path: Path) -> None:
    for i in range(12):
        (tmp_path / f"s{i}.yaml").write_text(f"extends: s{i + 1}.yaml", encoding="utf-8")
    line = refusal(tmp_path / "s0.yaml")
    assert line.startswith("s9.yaml:1:1: extends: more than 10 files in a row: s0.yaml -> s1.yaml")
    (tmp_path / "s9.yaml").write_text("name: tenth", encoding="utf-8")
    assert read(tmp_path / "s0.yaml", Toy).name == "tenth"


WORDS = [
    "name",
    "team",
    "sharing",
    "pathways",
    "extends",
    "supporters",
    "!!int",
    "&a",
    "*a",
    "<<",
    "é",
    "null",
]
NUMBERS = ["1", "-", ".inf", "0x", "0b", "_", "1e9", "2020-01-01"]
SIGNS = [*":,[]{}!%|>'\"#\\\t\r\x85\ufeff =~", "\n", "\n  ", ": ", "- ", "? ", "---\n", "...\n"]
yamlish = st.lists(st.sampled_from(WORDS + NUMBERS + SIGNS), max_size=40).map("".join)


@settings(max_examples=400)
@given(st.binary(max_size=200) | st.text().map(lambda text: text.encode("utf-8", "replace")) | yamlish.map(str.encode))
def test_any_content_is_read_or_refused_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(content)
    assert is_toy_or_refused(path)


@settings(max_examples=300)
@given(
    st.lists(st.text() | st.tuples(st.sampled_from(["name=", "team.", "team=", "pathways.a="]), yamlish).map("".join))
)
def test_any_override_is_read_or_refused_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, overrides: list[str]
) -> None:
    path = tmp_path_factory.getbasetemp() / "plain.yaml"
    path.write_text("name: x\nteam: {supporters: [{hours: 1}]}\n", encoding="utf-8")
    assert is_toy_or_refused(path, *overrides)


@given(st.text())
def test_any_source_is_read_or_refused_and_nothing_else(source: str) -> None:
    assert is_toy_or_refused(source)
    assert is_toy_or_refused(Path(source))


@pytest.mark.parametrize("text", ["\ud800", "a\0b", "9" * 9000, "٣"])
def test_odd_arguments_are_read_or_refused_and_nothing_else(tmp_path: Path, text: str) -> None:
    path = tmp_path / "f.yaml"
    path.write_text("name: x\nteam: {supporters: [{hours: 1}]}\n", encoding="utf-8")
    for override in (
        f"place={text}",
        f"{text}=1",
        f"team.supporters.{text}.hours=1",
        f"team.volunteers={text}",
    ):
        assert is_toy_or_refused(path, override)
    for source in (text, f"{text}.yaml", Path(text), tmp_path / text):
        assert is_toy_or_refused(source)


def is_toy_or_refused(source: str | Path, *overrides: str) -> bool:
    """Whether what is read is whole, and reads back from what is written of it; true also where it is refused."""
    found = read_or_refused(lambda: read(source, Toy, overrides))
    return found is None or Toy.model_validate(found.model_dump()) == found
