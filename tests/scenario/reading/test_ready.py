"""Ready scenarios are found by name."""

from pathlib import Path

import pytest

from bpssim.scenario.reading import ready
from bpssim.scenario.reading.messages import BadInput


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    (tmp_path / "site1.yaml").write_text(
        "# yaml-language-server: $schema=./scenario.schema.json\n#\n# Who is reached at Site 1?\nname: site1\n",
        encoding="utf-8",
    )
    (tmp_path / "base.yaml").write_text("name: base\nquestion: >\n  What all\n  share\n", encoding="utf-8")
    (tmp_path / "_parts.yaml").write_text("name: parts\n", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("not a scenario", encoding="utf-8")
    return tmp_path


def test_names_are_the_yaml_files_that_do_not_start_with_an_underscore(shelf: Path) -> None:
    assert ready.names(shelf) == ["base", "site1"]


def test_a_name_finds_its_file(shelf: Path) -> None:
    assert ready.find("site1", shelf) == shelf / "site1.yaml"


@pytest.mark.parametrize("name", ["sit1", "Site1", "site_1"])
def test_an_unknown_name_gets_the_nearest_and_the_way_to_see_all(shelf: Path, name: str) -> None:
    with pytest.raises(BadInput, match=rf"^{name}: .*run `bpssim list`.*did you mean 'site1'\?$"):
        ready.find(name, shelf)


@pytest.mark.parametrize("name", ["", "_parts", "../site1", "notes", "site1.yaml"])
def test_only_listed_names_are_ready(shelf: Path, name: str) -> None:
    with pytest.raises(BadInput):
        ready.find(name, shelf)


def test_the_question_is_the_first_comment_or_else_the_setting(shelf: Path) -> None:
    assert ready.question(shelf / "site1.yaml") == "Who is reached at Site 1?"
    assert ready.question(shelf / "base.yaml") == "What all share"
    assert ready.question(shelf / "_parts.yaml") == ""
    with pytest.raises(BadInput, match="no such file"):
        ready.question(shelf / "gone.yaml")


def test_the_installed_folder_comes_before_the_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ready, "_INSTALLED", tmp_path / "installed")
    monkeypatch.setattr(ready, "_CHECKOUT", tmp_path / "checkout")
    assert ready.folder() == tmp_path / "checkout"
    (tmp_path / "installed").mkdir()
    assert ready.folder() == tmp_path / "installed"


def test_the_checkout_folder_is_the_one_that_is_packaged() -> None:
    root = Path(__file__).parents[3]
    assert root / "scenarios" == ready._CHECKOUT
    assert '"scenarios" = "bpssim/ready_scenarios"' in (root / "pyproject.toml").read_text(encoding="utf-8")
