"""Names that one part of a scenario uses for another, and what lies outside it."""

import re
from pathlib import Path

import pytest

from bpssim.scenario.reading.messages import BadInput
from bpssim.scenario.scenario import load
from bpssim.scenario.words import Difficulty

KINDS = Difficulty.words()


def complaints(*overrides: str, file: str | Path = "site1") -> list[str]:
    with pytest.raises(BadInput) as caught:
        load(file, overrides)
    return str(caught.value).splitlines()


def test_every_broken_reference_is_told_where_it_was_written(tmp_path: Path) -> None:
    file = tmp_path / "child.yaml"
    file.write_text(
        """\
extends: site1
name: child
team:
  supporters:
    paid: {languages: [urdo]}
  duties:
    group: {by: volunter}
pathways:
  ward_visit:
    session: wrd
  home_visit:
    offers:
    - pathway: follow_upp
    - pathway: ward_visit
""",
        encoding="utf-8",
    )
    told = complaints("pathways.call_48h.offers=[{pathway: home_visitt}]", file=file)
    starts = [re.split(": (?:should|opens)", line)[0].replace(f"{tmp_path}/", "") for line in told]
    assert starts == [
        "--set pathways.call_48h.offers=[{pathway: home_visitt}]: pathways.call_48h.offers.0.pathway",
        "child.yaml:5:24: team.supporters.paid.languages.0",
        "child.yaml:7:13: team.duties.group.by",
        "child.yaml:10:5: pathways.ward_visit.session",
        "child.yaml:13:7: pathways.home_visit.offers.0.pathway",
        "child.yaml:14:7: pathways.home_visit.offers.1.pathway",
    ]
    hints = [line.partition("did you mean ")[2] for line in told]
    assert hints[1:5] == ["'urdu'?", "'volunteer'?", "'ward'?", "'follow_up'?"]
    assert "(found 'volunter')" in told[2]


def test_mothers_of_a_pathway_are_excluded_only_where_a_record_can_hold_all_pathways(tmp_path: Path) -> None:
    calls = "opens: {on: discharge}, steps: [{channel: call}], needs: [phone]"

    def with_pathways(number: int) -> Path:
        rows = [f"  call_{i}: {{{calls}}}\n" for i in range(1, number)]
        rows.append(f"  others: {{{calls}, audience: {{any_of: [[{{not_in: call_1}}]]}}}}\n")
        file = tmp_path / f"{number}.yaml"
        file.write_text("extends: base\nname: many\npathways:\n" + "".join(rows), encoding="utf-8")
        return file

    assert len(load(with_pathways(62)).active_pathways()) == 62
    told = complaints(file=with_pathways(63))
    assert "`not_in` can be used if at most 62 pathways run" in told[0]
    assert "found 63 pathways" in told[0]


@pytest.mark.parametrize(
    ("overrides", "words"),
    [
        (["population.places=[Rochdale, rochdale]"], "population.places.1: Rochdale is named already"),
        (["population.places=[Rochdale, E08000005]"], "population.places.1: Rochdale is named already"),
        (["population.places=[Rochdal, Hartt]"], "population.places.0: unknown place 'Rochdal'"),
        (["population.mothers=gone.csv"], "population.mothers: no such file"),
        (["feeding.baseline=national_210"], "did you mean 'national_2010'?"),
        (["feeding.baseline=./gone.yaml"], "feeding.baseline: no such file"),
        (
            ["population.place=Hart", "population.published_index=a.csv", "population.published_populations=b.csv"],
            "population.published_populations: no such file",
        ),
        (["population.published_index=a.csv", "population.published_populations=b.csv"], "needs place"),
        (["population.attributes.age.under_20=0.5"], "age groups of quintile 1, 2, 3, 4, 5 add up to 1.29, 1.27,"),
        (["data_sharing.feeds.hospital.items=[name]"], "preset minimal has a feed of this name"),
        (["run.replicates=true"], "whole number, at least 1, at most 100000 (found true)"),
        (["run.seed='3'"], "(found '3')"),
        (["pathways.call_48h.steps=[{channel: call, minutes: {contact: 1441}}]"], "at most 1440"),
        (["pathways.Größe.active=false"], "a name made of up to 60 letters, digits, _ and -"),
        (["population.attributes.no_car=1.5"], "population.attributes.no_car: should be a number"),
    ],
)
def test_what_does_not_go_together_is_told(overrides: list[str], words: str) -> None:
    assert words in "\n".join(complaints(*overrides))


@pytest.mark.parametrize(
    ("conditions", "words"),
    [
        (
            "{item: quintile, at_least: 7}",
            "0.0.at_least: should be from 1 to 5 for quintile (1 the most deprived) (found 7)",
        ),
        ("{item: quintile, at_most: 0}", "0.0.at_most: should be from 1 to 5 for quintile"),
        ("{item: age, at_most: 190}", "should be from 10 to 60 for age (years) (found 190)"),
        ("{item: feeding, at_most: 5}", "should be from 0 to 4 for feeding (0 exclusive, 1 mixed, 2 stopped,"),
        ("{item: neonatal, at_least: 2}", "should be from 0 to 1 for neonatal"),
        ("{item: parity, at_least: 2}", "should be from 0 to 1 for parity (0 first birth,"),
        ("{item: difficulty, at_least: 5}", "should be from 0 to 4 for difficulty (0 none, 1 latch,"),
        ("{item: best_time, at_least: 2}", "should be from 0 to 1 for best_time (0 day, 1 evening)"),
        ("{item: language, at_most: -1}", "should be from 0 to 60 for language"),
        ("{item: phone, at_least: 1}", "0.0.item: phone has no values to compare; test whether it is `known`"),
        ("{item: quintile, at_most: 1, at_least: 3}", "0.0.at_least: is 3, above at_most (1), so it holds for nobody"),
        (
            "{item: quintile, at_most: 1}, {item: age, at_most: 19}, {item: quintile, at_least: 2}",
            "any_of.0: its conditions on quintile cannot all hold, so it holds for nobody",
        ),
        ("{item: age, known: false}, {item: age, at_most: 19}", "conditions on age cannot all hold"),
    ],
)
def test_an_audience_that_can_hold_nobody_is_refused(conditions: str, words: str) -> None:
    [told] = complaints(f"pathways.call_48h.audience={{any_of: [[{conditions}]]}}")
    assert words in told


@pytest.mark.parametrize(
    "conditions",
    [
        "{item: quintile, at_least: 1, at_most: 5}",
        "{item: quintile, at_most: 3}, {item: quintile, at_least: 3}",
        "{item: age, known: true}, {item: age, at_most: 19}",
        "{item: difficulty, at_least: 4}",
    ],
)
def test_an_audience_that_can_hold_somebody_is_read(conditions: str) -> None:
    scenario = load("site1", [f"pathways.call_48h.audience={{any_of: [[{conditions}]]}}"])
    [group] = scenario.pathways["call_48h"].audience.any_of
    assert [condition.item.word for condition in group] == re.findall(r"item: (\w+)", conditions)


def test_all_that_does_not_go_together_is_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "child.yaml"
    file.write_text(
        """\
extends: site1
name: child
population:
  place: Hart
  mothers: gone.csv
  services: each
feeding:
  difficulty_periods: [7, 4]
pathways:
  home_visit:
    opens: {from_age: 9, to_age: 4}
  follow_up:
    staffed: 0.5
    asks_first: [age]
    steps: [{day: 3, channel: text}, {day: 3, channel: call}]
""",
        encoding="utf-8",
    )
    told = complaints(file=file)
    assert [line.split(": ")[1] for line in told] == [
        *(f"feeding.difficulties.{kind}.incidence" for kind in KINDS),  # not written in any file
        "population.mothers",
        "population.services",
        "feeding.difficulty_periods",
        "pathways.home_visit.opens.from_age",
        *(f"pathways.follow_up.{setting}" for setting in ("staffed", "asks_first", "steps")),
    ]


def test_one_number_for_five_quintiles_is_one_mistake() -> None:
    assert len(complaints("population.attributes.no_car=1.5")) == 1


def test_a_table_of_mothers_is_read_with_the_scenario(tmp_path: Path) -> None:
    (tmp_path / "mothers.csv").write_text("quintile\n6\n", encoding="utf-8")
    [told] = complaints(f"population.mothers={tmp_path}/mothers.csv")
    assert "mothers.csv:2: quintile: should be a whole number from 1 to 5" in told


def test_files_are_relative_to_the_file_that_names_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "inputs"
    folder.mkdir()
    (folder / "births.csv").write_text("lsoa,births\nE01005501,10\n", encoding="utf-8")
    parent = "extends: site1\nname: parent\npopulation: {births_by_small_area: births.csv}\n"
    (folder / "parent.yaml").write_text(parent, encoding="utf-8")
    (tmp_path / "child.yaml").write_text("extends: inputs/parent.yaml\nname: child\n", encoding="utf-8")
    births = str(folder / "births.csv")
    assert load(tmp_path / "child.yaml").population.births_by_small_area == births
    monkeypatch.chdir(folder)
    assert load("site1", ["population.births_by_small_area=births.csv"]).population.births_by_small_area == births
    assert load("site1").with_("population.births_by_small_area", "births.csv").population == (
        load("site1").with_("population.births_by_small_area", births).population
    )


def test_a_part_of_a_map_over_a_list_of_words_leaves_the_rest_as_it_is(tmp_path: Path) -> None:
    own = {"call": 0.9}
    (tmp_path / "part.yaml").write_text(f"extends: site1\nname: part\nsupport: {{resolves: {own}}}\n", encoding="utf-8")
    expected = load("site1").with_("support.resolves", own).support
    assert load(tmp_path / "part.yaml").support == load("site1", ["support.resolves.call=0.9"]).support == expected
    assert len(expected.resolves) == 8
    assert load("site1", ["support.resolves={}"]).support.resolves == {}
    assert list(load("site1", ["population.languages={welsh: 1}"]).population.languages) == ["welsh"]


def test_an_empty_map_clears_what_a_parent_says() -> None:
    assert load("site1").pathways
    assert load("site1", ["pathways={}"]).pathways == {}
