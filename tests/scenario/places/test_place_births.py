"""Births of a place: of a file in its areas, by infants, or assumed where nothing is known; and what is said of it."""

from pathlib import Path

import numpy as np
import pytest

from bpssim.model.initial_state import places_of
from bpssim.scenario.cautions.unread.finding import unread_inputs, why_unread
from bpssim.scenario.places.small_areas import shipped_table
from bpssim.scenario.places.whose_births import source_of, whose_births
from bpssim.scenario.reading.messages import BadInput
from bpssim.scenario.scenario import load

SPLIT, ITS_PARTS = "E01033468", ["E01035189", "E01035190"]
IN_ROCHDALE, ELSEWHERE = ["E01005501", "E01005502"], "E01000001"


@pytest.fixture
def births(tmp_path: Path) -> str:
    rows = [f"{IN_ROCHDALE[0]},30", f"{IN_ROCHDALE[1]},12", f"{ELSEWHERE},100"]
    (tmp_path / "births.csv").write_text("lsoa,births\n" + "\n".join(rows), encoding="utf-8")
    return f"population.births_by_small_area={tmp_path / 'births.csv'}"


def test_a_file_of_births_goes_with_a_place(births: str) -> None:
    scenario = load("site1", ["population.place=Rochdale", births])
    [place] = places_of(scenario.population)
    assert (place.name, place.births_per_year, len(place.areas)) == ("Rochdale", 42, 135)
    found = dict(zip(shipped_table().codes[place.areas].tolist(), place.weights.tolist(), strict=True))
    assert {code: number for code, number in found.items() if number} == {IN_ROCHDALE[0]: 30, IN_ROCHDALE[1]: 12}
    told = whose_births(scenario)
    assert told.startswith("Rochdale, births by small area of births.csv, 42 a year in 2 areas. ")
    assert "births.csv lacks 133 of the 135 small areas, which have no births." in told
    assert "Areas of births.csv that lie elsewhere and are left out: 1, with 100 births." in told
    assert source_of(scenario.population) == "mothers of Rochdale, births of births.csv"
    own_number = load("site1", ["population.place=Rochdale", births, "population.births_per_year=84"])
    assert places_of(own_number.population)[0].weights.max() == pytest.approx(60)


def test_a_file_without_births_in_a_place_is_refused(births: str) -> None:
    with pytest.raises(BadInput, match=r"births\.csv has no births in Oldham"):
        load("site1", ["population.places=[Rochdale, Oldham]", births])


def test_births_of_an_area_that_was_split_are_shared_out(tmp_path: Path) -> None:
    (tmp_path / "births.csv").write_text(f"lsoa,births\n{SPLIT},30\n{ELSEWHERE},7\n", encoding="utf-8")
    [place] = places_of(load("site1", [f"population.births_by_small_area={tmp_path / 'births.csv'}"]).population)
    found = dict(zip(shipped_table().codes[place.areas].tolist(), place.weights.tolist(), strict=True))
    assert found == pytest.approx({ITS_PARTS[0]: 15, ITS_PARTS[1]: 15, ELSEWHERE: 7})


def test_a_part_of_a_merged_area_has_its_share_of_listed_births(tmp_path: Path) -> None:
    (tmp_path / "births.csv").write_text("lsoa,births\nE01035188,50\n", encoding="utf-8")  # made of two
    births = f"population.births_by_small_area={tmp_path / 'births.csv'}"
    [place] = places_of(load("site1", ["population.place=E01011973", births]).population)
    assert place.births_per_year == 25


def test_areas_of_several_nations_in_a_file_of_births_are_refused(tmp_path: Path) -> None:
    (tmp_path / "births.csv").write_text(f"lsoa,births\n{SPLIT},30\nW01000001,7\n", encoding="utf-8")
    with pytest.raises(BadInput, match="births_by_small_area: areas lie in several nations"):
        load("site1", [f"population.births_by_small_area={tmp_path / 'births.csv'}"])


def test_births_of_northern_ireland_are_assumed_to_be_the_same_in_every_area() -> None:
    scenario = load("site1", ["population.place=Belfast"])
    [place] = places_of(scenario.population)
    assert (len(place.areas), set(place.weights.tolist())) == (174, {18.0})
    told = whose_births(scenario)
    assert "an assumed 3,132 births a year, 18 in each of its small areas, because infants are not known there" in told
    given = load("site1", ["population.place=Belfast", "population.births_per_year=4000"])
    assert places_of(given.population)[0].births_per_year == 4000
    other = load("site1", ["population.place=Belfast", "population.neighbourhood_births=20"])
    assert places_of(other.population)[0].births_per_year == 3480


def test_it_is_known_where_the_number_assumed_for_an_area_is_read() -> None:
    path = ("population", "neighbourhood_births")
    for label, is_read in (("Belfast", True), ("Cardiff", False)):
        told = why_unread(unread_inputs(load("site1", [f"population.place={label}"])), path)
        assert (told == "") is is_read, (label, told)


def test_a_place_without_infants_needs_births(tmp_path: Path) -> None:
    table = shipped_table()
    empty = table.codes[(table.infants == 0) & (np.array(table.nation.listed()) == "England")][0]
    with pytest.raises(BadInput, match="has no infants, so no births can be estimated"):
        load("site1", [f"population.place={empty}"])
    (tmp_path / "births.csv").write_text(f"lsoa,births\n{empty},7\n", encoding="utf-8")
    given = load("site1", [f"population.place={empty}", f"population.births_by_small_area={tmp_path / 'births.csv'}"])
    assert places_of(given.population)[0].births_per_year == 7


def test_quintiles_are_those_of_the_nation() -> None:
    for nation in ("Wales", "Scotland", "Northern Ireland"):
        [place] = places_of(load("site1", [f"population.place={nation}"]).population)
        shares = np.bincount(place.quintiles, minlength=6)[1:] / len(place.quintiles)
        assert shares == pytest.approx([0.2] * 5, abs=0.002)


@pytest.mark.parametrize("label", ["Rochdale", "NHS Devon", "Cardiff", "Belfast"])
def test_a_place_keeps_the_rows_of_its_areas(label: str) -> None:
    [place] = places_of(load("site1", [f"population.place={label}"]).population)
    np.testing.assert_array_equal(shipped_table().quintile[place.areas], place.quintiles)


def test_imagined_areas_have_no_rows() -> None:
    [place] = places_of(load("site1").population)
    assert set(place.areas.tolist()) == {-1}


def test_births_for_each_paid_hour_are_said_beside_those_the_scenario_was_written_for(tmp_path: Path) -> None:
    hours = 3 * (5 * 3.4 + 2.2)  # of site1
    hart = load("site1", ["population.place=Hart"])
    assert hart.team.written_for_births == 3000
    assert f"There are {915 / hours:.0f} births a year for each paid hour a week, against {3000 / hours:.0f} with" in (
        whose_births(hart)
    )
    rochdale = hart.with_("population.place", "Rochdale")
    assert f"are {2840 / hours:.0f} births" in whose_births(rochdale)
    assert rochdale.team.written_for_births == 3000
    own_team = load("site1", ["population.place=Hart", "team.supporters.paid.count=1"])
    assert own_team.team.written_for_births is None  # the hours are no longer those it was written with
    assert "against" not in whose_births(own_team)
    assert load("site1").team.written_for_births is None
    assert load("site1", ["population.births_per_year=900"]).team.written_for_births is None
