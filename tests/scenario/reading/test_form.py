"""The form of a new scenario: equal to its parent as it is, and valid with any of its settings uncommented."""

import re
from pathlib import Path

import pytest

from bpssim.scenario.external_files import OUTSIDE
from bpssim.scenario.reading.messages import Origin
from bpssim.scenario.reading.new_file import new_scenario
from bpssim.scenario.reading.parsing import parse_text
from bpssim.scenario.reading.tree import as_node, merge
from bpssim.scenario.scenario import Scenario, load

SETTING = re.compile(r"^( *)# (.*)$")
PARENTS = ("site1", "site2_year2")


@pytest.fixture(scope="module", params=PARENTS)
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Scenario, Path]:
    folder = tmp_path_factory.mktemp("form")
    return load(request.param), new_scenario("mine", request.param, folder, Scenario, OUTSIDE)


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def uncommented(lines: list[str]) -> str:
    return "\n".join(SETTING.sub(r"\1\2", line) for line in lines)


def same(found: Scenario, parent: Scenario) -> bool:
    return found.model_copy(update={"name": parent.name, "question": parent.question}) == parent


def test_as_it_is_it_is_its_parent(written: tuple[Scenario, Path]) -> None:
    parent, path = written
    assert same(load(path), parent)
    assert load(path).name == "mine"


def test_with_all_settings_uncommented_it_is_its_parent(written: tuple[Scenario, Path], tmp_path: Path) -> None:
    parent, path = written
    head, *settings = uncommented(lines_of(path)).partition("\n")  # the first line is the question
    (tmp_path / "all.yaml").write_text(f"# {head}{''.join(settings)}", encoding="utf-8")
    assert same(load(tmp_path / "all.yaml"), parent)


def test_with_any_one_setting_uncommented_it_is_its_parent(written: tuple[Scenario, Path]) -> None:
    parent, path = written
    below = as_node(parent.model_dump(mode="json"), Origin("parent"))
    heads: list[str] = []
    count = 0
    for line in lines_of(path)[1:]:
        setting = SETTING.match(line)
        if not setting and re.match(r" *[\w-]+:", line):
            depth = (len(line) - len(line.lstrip())) // 2
            heads = [*heads[:depth], line]
        elif setting:
            count += 1
            above = parse_text("\n".join([*heads[: len(setting[1]) // 2], uncommented([line])]), "form")
            assert Scenario.model_validate(merge(below, above).plain()) == parent, line
    assert count > 500


def test_every_setting_has_a_line_with_what_it_is(written: tuple[Scenario, Path]) -> None:
    parent, path = written
    text = path.read_text(encoding="utf-8")
    for name, pathway in parent.pathways.items():
        assert f"  {name}:  ## {pathway.title}" in text
    for line in lines_of(path)[1:]:
        if SETTING.match(line):
            assert re.search(r"\S +# \w.*\w", line), line
    for words in (
        "# replicates: 20 ",
        "# Employer's cost of a paid supporter's client hour, overhead included [GBP per hour; C16, grade C]",
        "# Who makes the first move (one of service, mother, professional)",
        "##     from_age: Earliest baby age; for due_date, days from the due date [days; negative in pregnancy]",
    ):
        assert words in text


def test_what_is_changed_is_changed_and_nothing_else(tmp_path: Path) -> None:
    path = new_scenario("mine", "site1", tmp_path, Scenario, OUTSIDE)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("  # replicates: 20 ", "  replicates: 7 "), encoding="utf-8")
    assert same(load(path), load("site1").with_("run.replicates", 7))


def test_every_ready_pathway_has_a_title_of_its_own() -> None:
    titles = [pathway.title for pathway in load("base").pathways.values()]
    assert all(titles)
    assert len(set(titles)) == len(titles)
