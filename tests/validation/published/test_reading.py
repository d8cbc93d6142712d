"""Published studies are read as scenarios are, and the ready ones are in order."""

from pathlib import Path

import pytest

from bpssim.scenario.reading.messages import BadInput
from bpssim.validation.published.reading import folder, names, read_studies, read_study

STUDY = """
name: mine
title: Smith 2020, Wales
evidence: E22
about: Calls.
scenario: {extends: _trial}
groups:
  control: {counted: 100}
  calls: {counted: 100}
results:
  weeks_6: {title: any breastfeeding, age: 42, groups: [calls, control], shares: [0.6, 0.5], grade: A}
"""


@pytest.fixture(scope="module")
def studies():
    return {read.study.name: read.study for read in read_studies([])}


def written(tmp_path: Path, text: str) -> str:
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def refused(tmp_path: Path, text: str) -> str:
    with pytest.raises(BadInput) as error:
        read_study(written(tmp_path, text))
    return str(error.value)


def test_every_study_has_the_name_of_its_file(studies):
    assert sorted(studies) == names()
    assert len(names()) >= 15


def test_every_second_trial_is_fitted_and_the_rest_are_only_checked(studies):
    used = sorted(
        (int(study.evidence[1:]), result.slope)
        for study in studies.values()
        for result in study.results.values()
        if result.slope
    )
    trials = [use for row, use in used if row >= 20]
    assert trials == ["fitted", "checked", "fitted", "checked", "fitted", "checked", "fitted"]
    assert [use for row, use in used if row < 20] == ["checked"]


def test_the_example_of_the_page_is_a_study(tmp_path):
    page = (Path(__file__).parents[3] / "bpssim" / "docs" / "published_studies.md").read_text(encoding="utf-8")
    read = read_study(written(tmp_path, page.split("```yaml\n")[1].split("```")[0]))
    assert list(read.scenarios["control"].active_pathways()) == []
    assert list(read.scenarios["calls"].active_pathways()) == ["calls"]


def test_what_is_shared_is_in_all_groups_and_what_is_a_groups_own_in_that_alone(tmp_path):
    text = STUDY.replace("{extends: _trial}", "{extends: _trial, feeding: {baseline: site1_like}}")
    text = text.replace("calls: {counted: 100}", "calls: {counted: 100, scenario: {support: {strength: 0.5}}}")
    scenarios = read_study(written(tmp_path, text)).scenarios
    assert {scenario.feeding.baseline for scenario in scenarios.values()} == {"site1_like"}
    assert [scenario.support.strength for scenario in scenarios.values()] == [1.0, 0.5]
    assert scenarios["control"].population == scenarios["calls"].population


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("groups: [calls, control]", "groups: [cals, control]", "mine.yaml:11:57: results.weeks_6.groups.0"),
        ("groups: [calls, control]", "groups: [cals, control]", "did you mean 'calls'?"),
        ("grade: A", "grade: D", "results.weeks_6.grade"),
        ("shares: [0.6, 0.5]", "published: 0.8", "must be given with `published`"),
        ("age: 42, ", "", "results.weeks_6.age"),
        ("calls: {counted: 100}", "calls: {}", "needs `counted` in its groups"),
        ("evidence: E22", "evidence: E99", "there is no such row of the evidence"),
        ("{extends: _trial}", "{extends: _trial, feeding: {baseline: site1_lik}}", "mine.yaml:6:39: feeding.baseline"),
        ("{extends: _trial}", "{extends: sit1}", "mine.yaml:6:12: scenario.extends"),
        ("title: any", "titel: x, title: any", "did you mean 'title'?"),
    ],
)
def test_a_mistake_is_answered_with_its_place(tmp_path, old, new, said):
    assert said in refused(tmp_path, STUDY.replace(old, new, 1))


def test_an_unknown_study_is_answered_with_the_likeliest():
    with pytest.raises(BadInput, match="did you mean 'graffy_2004'"):
        read_study("grafy_2004")


def test_studies_are_found_by_their_row_of_the_evidence():
    assert [read.study.name for read in read_studies(["e23", "graffy_2004"])] == ["graffy_2004"]
    with pytest.raises(BadInput, match=r"P3: no study comes from this row .* there are those of O40, O42, .*E20"):
        read_studies(["P3"])


def test_files_that_studies_share_are_no_studies():
    assert (folder() / "_trial.yaml").is_file()
    assert not any(name.startswith("_") for name in names())
