"""Births a year and the mix of mothers are those of the data that a scenario names, unless it says otherwise nearer."""

from pathlib import Path

import numpy as np
import pytest

import bpssim as bps
from bpssim.model.initial_state import places_of
from bpssim.scenario.places.births import births_a_year
from bpssim.scenario.places.small_areas import shipped_table
from bpssim.scenario.places.whose_births import whose_births
from bpssim.scenario.reading.messages import BadInput
from bpssim.scenario.scenario import Scenario, load

HART, ROCHDALE, OLDHAM = 915.0, 2840.0, 3050.0  # infants, added up apart from the code
BIRTHS = 1107


@pytest.fixture(autouse=True)
def births_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A list of 1,107 births in four small areas, in the folder where the tests run."""
    table = shipped_table()
    codes = table.codes[table.district.of == table.district.names.index("Rochdale")][:4].tolist()
    rows = "".join(f"{code},{births}\n" for code, births in zip(codes, (600, 400, 100, 7), strict=True))
    (tmp_path / "births.csv").write_text(f"lsoa,births\n{rows}Total,1107\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "births.csv"


def births_of(scenario: Scenario) -> float:
    return sum(place.births_per_year for place in places_of(scenario.population))


@pytest.mark.parametrize(
    ("overrides", "births"),
    [
        (["population.births_by_small_area=births.csv"], BIRTHS),
        (["population.place=Hart"], HART),
        (["population.places=[Rochdale, Oldham]"], ROCHDALE + OLDHAM),
        (["population.places=[Rochdale, Oldham]", "population.services=each"], ROCHDALE + OLDHAM),
        ([], 3000),
        (["population.births_per_year=400"], 400),
        (["population.place=Hart", "population.births_per_year=400"], 400),
        (["population.births_per_year=400", "population.place=Hart"], 400),
        (["population={place: Hart, births_per_year: 400}"], 400),
        (["population.births_per_year=400", "population.births_by_small_area=births.csv"], 400),
    ],
)
def test_births_are_those_of_the_data_unless_they_are_given_beside_them(overrides: list[str], births: float) -> None:
    scenario = load("site1", overrides)
    assert births_of(scenario) == pytest.approx(births)
    assert births_a_year(scenario.population) == pytest.approx(births)


def test_a_run_counts_the_births_of_its_file() -> None:
    run = bps.run(load("site1", ["population.births_by_small_area=births.csv"]), replicates=4, details=False)
    births = run.summary.query("metric == 'births' and quintile == 'all'").value.item()
    assert births == pytest.approx(BIRTHS, abs=5 * np.sqrt(BIRTHS * 0.13 / 4))  # 56 of 421 days are warm-up


def write(name: str, text: str) -> str:
    Path(f"{name}.yaml").write_text(f"name: {name}\n{text}\n", encoding="utf-8")
    return f"{name}.yaml"


def test_of_several_files_the_nearer_number_or_data_holds() -> None:
    town = write("town", "extends: site1\npopulation: {place: Rochdale}")
    counted = write("counted", f"extends: {town}\npopulation: {{births_per_year: 900}}")
    both = write("both", "extends: site1\npopulation: {place: Rochdale, births_per_year: 800}")
    listed = write("listed", f"extends: {counted}\npopulation: {{births_by_small_area: births.csv}}")
    silent = write("silent", f"extends: {counted}\nrun: {{seed: 2}}")
    found = {name: births_of(load(name)) for name in (town, counted, both, listed, silent)}
    assert found == pytest.approx({town: ROCHDALE, counted: 900, both: 800, listed: BIRTHS, silent: 900})
    assert births_of(load(counted, ["population.place=Hart"])) == pytest.approx(HART)
    assert births_of(load(counted, ["population.place=Rochdale"])) == 900  # the same place again says nothing new
    assert load(listed).population.place == "Rochdale"  # a births file is of the place there is
    hart = load(listed, ["population.place=Hart"])
    assert hart.population.births_by_small_area is None  # and one of another place gives way


def test_a_change_in_python_is_nearer_than_what_it_changes() -> None:
    site1 = load("site1")
    hart = site1.with_("population.place", "Hart")
    assert births_of(hart) == pytest.approx(HART)
    assert births_of(hart.with_("population.births_per_year", 900)) == 900
    assert births_of(hart.with_("population.births_per_year", 900).with_("population.place", "Rochdale")) == (
        pytest.approx(ROCHDALE)
    )
    rochdale = hart.with_("population.place", "Rochdale")
    assert births_of(rochdale.with_("population.births_by_small_area", "births.csv")) == pytest.approx(BIRTHS)
    assert births_of(site1.with_("population", {"place": "Hart", "births_per_year": 900})) == 900
    assert births_of(hart.with_("population.place", None)) == 3000


def test_a_resolved_scenario_means_the_same_again(tmp_path: Path) -> None:
    from bpssim.scenario.reading.writing import to_yaml

    for overrides in (["population.place=Hart"], ["population.place=Hart", "population.births_per_year=900"]):
        scenario = load("site1", overrides)
        (tmp_path / "again.yaml").write_text(to_yaml(scenario), encoding="utf-8")
        assert load(tmp_path / "again.yaml") == scenario
        assert births_of(load(tmp_path / "again.yaml")) == births_of(scenario)


def mix_of(scenario: Scenario) -> list[float]:
    weights = sum(np.bincount(place.quintiles, place.weights, 6)[1:] for place in places_of(scenario.population))
    return (weights / weights.sum()).tolist()


def test_the_mix_of_a_place_is_its_own_unless_one_is_given_beside_it() -> None:
    own = (np.array([1510, 641, 283, 278, 128]) / ROCHDALE).tolist()
    assert mix_of(load("site1", ["population.place=Rochdale"])) == pytest.approx(own)
    given = [0.4, 0.3, 0.2, 0.1, 0.0]
    for places in ("population.place=Rochdale", "population.places=[Rochdale, Oldham]"):
        scenario = load("site1", [places, f"population.quintile_mix={given}"])
        assert mix_of(scenario) == pytest.approx(given)
        assert births_of(scenario) == pytest.approx(births_of(load("site1", [places])))
    with pytest.raises(BadInput, match="gives births to quintile 1 and 2, but no births in Hart are there"):
        load("site1", ["population.place=Hart", "population.quintile_mix=[1, 1, 1, 1, 1]"])


def test_several_places_have_one_service_or_each_its_own() -> None:
    one = places_of(load("site1", ["population.places=[Rochdale, Oldham]"]).population)
    each = places_of(load("site1", ["population.places=[Rochdale, Oldham]", "population.services=each"]).population)
    assert [place.name for place in one] == ["Rochdale and Oldham"]
    assert [place.name for place in each] == ["Rochdale", "Oldham"]
    assert [place.births_per_year for place in each] == pytest.approx([ROCHDALE, OLDHAM])
    np.testing.assert_array_equal(one[0].weights, np.concatenate([place.weights for place in each]))
    team = [
        bps.run(load("site1", ["population.places=[Hart, Rutland]", f"population.services={services}"]), replicates=1)
        .summary.query("metric == 'cost_total' and quintile == 'all'")
        .value.item()
        for services in ("one", "each")
    ]
    assert team[1] == pytest.approx(2 * team[0], rel=0.02)  # a whole team is paid for in each


def test_a_table_of_mothers_has_the_births_of_its_rows(tmp_path: Path) -> None:
    (tmp_path / "mothers.csv").write_text("quintile\n" + "1\n5\n" * 50, encoding="utf-8")
    scenario = load("site1", ["population.mothers=mothers.csv", "run.window_days=182"])
    assert places_of(scenario.population, 182)[0].births_per_year == pytest.approx(100 * 365 / 182)
    assert whose_births(scenario) == "the 100 of mothers.csv, all born in the 182 days counted."
    with pytest.raises(BadInput, match="has a row for every birth"):
        load("site1", ["population.mothers=mothers.csv", "population.births_per_year=100"])


@pytest.mark.parametrize(
    ("overrides", "words"),
    [
        ([], ["3,000 births a year, with the quintile mix of the scenario; no place is named."]),
        (["population.births_by_small_area=births.csv"], ["births by small area of births.csv, 1,107 a year in 4"]),
        (
            ["population.place=Hart"],
            [
                "Hart, an estimated 915 births a year, its infants under one year in mid-2020.",
                "The service has the team as listed, whatever the births",
                "There are 16 births a year for each paid hour a week, against 52 with the 3,000 births for which",
            ],
        ),
        (
            ["population.place=Hart", "population.births_per_year=3000", "team.scale_to_births=2000"],
            [
                "Hart, with 3,000 births a year as population.births_per_year says, against an estimated 915",
                "a team scaled from one for 2,000 births a year. There are 34 births a year for each paid hour",
            ],
        ),
        (
            ["population.births_by_small_area=births.csv", "population.births_per_year=3000"],
            ["with 3,000 births a year as population.births_per_year says, against 1,107 a year in 4 areas."],
        ),
        (
            ["population.place=Rochdale", "population.quintile_mix=[0.4, 0.3, 0.2, 0.05, 0.05]"],
            ["The mix is that of population.quintile_mix, with 40 % in quintile 1 against 53 %"],
        ),
        (
            ["population.place=London", "team.unlimited=false"],
            ["There are 2,0"],
        ),
        (["population.places=[rochdale, oldham]"], ["Rochdale and Oldham, an estimated 5,890", "One service works"]),
        (
            ["population.places=[Rochdale, Oldham]", "population.services=each"],
            ["Each has a whole service of its own, with the team as listed", "49 to 53 births a year for each"],
        ),
    ],
)  # fmt: skip
def test_it_is_said_where_the_mothers_come_from_and_what_contradicts_it(overrides: list[str], words: list[str]) -> None:
    told = whose_births(load("site1", overrides))
    assert all(each in told for each in words), told


@pytest.mark.parametrize(
    ("override", "words"),
    [
        ("population.services=each", "population.services: each needs several places"),
        (
            "population.published_index=a.csv",
            "population.published_index: published_index and published_populations go",
        ),
        ("population.quintile_mix=[0, 0, 0, 0, 0]", "population.quintile_mix: needs at least one quintile with births"),
        ("population={place: Hart, births_by_small_area: births.csv}", "births.csv has no births in Hart"),
        ("population={place: Hart, mothers: births.csv}", "give one of place and mothers"),
    ],
)
def test_what_says_nothing_is_refused_where_it_is_written(override: str, words: str) -> None:
    with pytest.raises(BadInput) as caught:
        load("site1", [override])
    assert str(caught.value).startswith(f"--set {override}: ")
    assert words in str(caught.value)
