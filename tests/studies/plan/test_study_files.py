"""A study file is checked like a scenario file: each mistake is told where it stands."""

from pathlib import Path

import pytest

from bpssim.scenario.reading.messages import BadInput
from bpssim.studies.plan.reading import is_study, read_study
from tests.studies.plan.files import study, written


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("scenarios: [site1_interpretors]", "scenarios.0: no ready scenario has this name"),
        ("scenarios: [site1_interpretors]", "did you mean 'site1_interpreters'?"),
        ("factors: {a: {path: support.strenght, levels: [1]}}", "factors.a.path: support.strenght: unknown setting"),
        ("factors: {a: {path: support.strength, range: [0, 5]}}", "support.strength: should be a number"),
        ("factors: {a: {path: support.strength, range: [1, 0]}}", "factors.a.range: should rise from its first number"),
        ("factors: {a: {path: support.strength}}", "factors.a.levels: give either levels or a range"),
        ("factors: {a: {path: support.strength, range: [0, 1], levels: [1]}}", "give either levels or a range"),
        ("factors: {a: {evidence: P33}}", "did you mean 'P3'?"),
        ("factors: {a: {evidence: P3, levels: [1]}}", "has a range of its own"),
        ("factors: {a: {slope: P99, levels: [0]}}", "should be one of the rows that access gates"),
        ("factors: {a: {path: 'pathways.*.nothing', levels: [1]}}", "stands for nothing in site1"),
        ("factors: {a: {path: hours, levels: [0]}}", "factors.a.levels.0: should be above 0"),
        ("factors: {a: {levels: {one: {team.unlimitted: true}}}}", "factors.a.levels.one: team.unlimitted: unknown"),
        ("factors: {a: {levels: [1, 2]}}", "factors.a.path: must be given"),
        ("factors: {a: {levels: {one: 1}}}", "should have changes such as"),
        ("factors: {a: {path: team.unlimited, times: true, levels: [2]}}", "is no number, so it has no multiple"),
        ("factors: {a: {path: hours, times: true, levels: [2]}}", "factors.a.times: goes with the path of an input"),
        ("factors: {a: {path: support.strength, evidence: P3}}", "goes without path"),
        ("factors: {a: {path: support.strength, range: [0, 1], shape: log_uniform}}", "should be above 0 for a log"),
        ("factors: {a: {path: support.strength, range: [0, 1], shape: triangular}}", "goes with a triangular"),
        ("factors: {a: {path: support.strength, range: [0, 1], shape: triangular, mode: 2}}", "lie within the range"),
        ("factors: {a: {path: support.strength, range: [0, 1], shape: triangle}}", "factors.a.shape: should be one of"),
        ("factors: {value: {path: support.strength, levels: [1]}}", "is the name of a column of results"),
        ("design: {kind: sobol, size: 8}", "factors: must be given for sobol"),
        ("factors: {a: {evidence: P3}}\ndesign: {kind: sobol, size: 100}", "design.size: should be a power of two"),
        ("factors: {a: {evidence: P3}}\ndesign: {kind: morris}", "design.size: must be given for morris"),
        ("factors: {a: {evidence: P3}}\ndesign: {kind: grid, size: 3}", "design.size: does not go with grid"),
        ("outcomes: [any_6wk]", "outcomes.0: should be one of the metrics"),
        ("factors: {a: {path: support.strength, levels: [1]}, b: {path: support.strength, levels: [0]}}", "b: sets"),
        ("factors: {a: {path: team.supporters.*.ethos, levels: [1]}, b: {evidence: M9}}", "which a sets too"),
        ("factors: {a: {path: hours, levels: [many]}}", "factors.a.levels.0: should be a number"),
        ("factors: {a: {slope: P3, levels: [true]}}", "factors.a.levels.0: should be a number"),
        ("factors: {a: {path: run.seed, levels: [1]}}", "run.seed is not varied"),
        ("factors: {a: {evidence: P3, steps: 1000}, b: {evidence: P7, steps: 1000}, c: {evidence: P2, steps: 1000}}",
         "makes 1,000,000,000 points"),
        ("replicats: 3", "unknown setting; did you mean 'replicates'?"),
        ("replicates: 0", "replicates: should be a whole number, at least 1"),
    ],
)  # fmt: skip
def test_mistakes_are_told_where_they_stand(text: str, told: str, tmp_path: Path) -> None:
    path = written(tmp_path, text)
    with pytest.raises(BadInput) as refused:
        read_study(path)
    assert told in str(refused.value)
    assert str(refused.value).startswith(f"{path}:")


def test_a_change_that_no_scenario_takes_is_told_at_its_key(tmp_path: Path) -> None:
    path = tmp_path / "tried.yaml"
    path.write_text("name: tried\nscenarios: [site1]\nchanges: {support.strength: 9}\n")
    with pytest.raises(BadInput, match=r"tried.yaml:3:\d+: changes: support.strength: should be a number"):
        read_study(path)


def test_evidence_may_belong_to_one_scenario_alone(tmp_path: Path) -> None:
    (tmp_path / "text.yaml").write_text("extends: site1\nname: text\npathways: {text_day_4: {active: true}}\n")
    read = study(tmp_path, "scenarios: [site1, text.yaml]\nfactors: {text: {evidence: P8}}")
    assert [scenario.name for scenario in read.scenarios] == ["site1", "text"]


def test_scenarios_are_relative_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("extends: site1\nname: mine\n")
    assert study(tmp_path, "scenarios: [mine.yaml, site1]").scenarios[0].name == "mine"


def test_all_scenarios_have_the_seed_of_the_study(tmp_path: Path) -> None:
    read = study(tmp_path, "scenarios: [site1, site1_interpreters]\nseed: 7")
    assert [scenario.run.seed for scenario in read.scenarios] == [7, 7]


def test_settings_of_a_study_can_be_overridden(tmp_path: Path) -> None:
    read = read_study(written(tmp_path, "replicates: 5"), ["replicates=9", "outcomes=[any_6w]"])
    assert (read.study.replicates, read.study.outcomes) == (9, ["any_6w"])


def test_a_study_can_be_told_from_a_scenario(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("extends: site1\nname: mine\n")
    assert is_study(written(tmp_path, ""))
    assert not is_study(tmp_path / "mine.yaml")
    assert not is_study("site1")


def test_an_unknown_study_is_told_with_the_nearest_name() -> None:
    with pytest.raises(BadInput, match="no ready study has this name"):
        read_study("text_timming")


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("def other(mothers): return mothers['lone']", "should be one of the functions in own.py: other"),
        ("def two(mothers) return", "cannot be run (SyntaxError"),
        ("import nothing_of_this_name", "cannot be run (ModuleNotFoundError"),
    ],
)
def test_functions_are_looked_for_before_anything_is_run(code: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "own.py").write_text(code)
    with pytest.raises(BadInput) as refused:
        study(tmp_path, "metrics: {file: own.py, functions: {two: Two contacts}}")
    assert told in str(refused.value)


def test_a_file_of_functions_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"metrics.file: .*no such file|metrics.file"):
        study(tmp_path, "metrics: {file: own.py, functions: {two: Two contacts}}")
