"""Places are found by every name that they have had since 2016, and have the areas that published lists give."""

import csv
import gzip
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpssim.scenario.places.names import Kind, NamedPlace, larger_places, meanings
from bpssim.scenario.places.other_names import OTHER_NAMES
from bpssim.scenario.places.place_data import data_of
from bpssim.scenario.places.searching import described, search, wards, written
from bpssim.scenario.places.small_areas import shipped_table
from bpssim.scenario.population import Population

SHARED = Path(__file__).parents[3].parent / "shared" / "data"


def only(label: str) -> NamedPlace:
    [place] = meanings(label)
    return place


# Counted in the published file with the csv module alone, apart from the code: areas, infants, infants by quintile.
REAL = {
    "Rochdale": (135, 2840.0, [1510, 641, 283, 278, 128]),
    "Cumberland": (177, 2410.01, [721, 599, 498, 332.51, 259.5]),
    "Carlisle": (71, 1040.01, [254, 295, 148, 201.51, 141.5]),
    "Devon (county)": (474, 6489.0, [432.5, 1677, 2128.5, 1714, 537]),
    "NHS Devon": (729, 10219.0, [1583, 2624, 2862, 2172, 978]),
    "Spotland & Falinge, Rochdale": (8, 172.0, [138, 34, 0, 0, 0]),
    "Cardiff": (214, 3797.0, [1286, 538, 442, 506, 1025]),
    "Glasgow City": (746, 6175.0, [3115, 1093, 664, 693, 610]),
}


@pytest.mark.parametrize("label", REAL)
def test_a_place_has_the_areas_and_infants_of_the_published_file(label: str) -> None:
    areas, infants, by_quintile = REAL[label]
    [place] = data_of(Population(place=label)).places
    assert len(place.areas) == areas
    assert place.total == pytest.approx(infants)
    assert place.by_quintile == pytest.approx(by_quintile)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the files are not beside the repository")
def test_districts_counties_boards_regions_and_nations_have_the_areas_of_the_published_files() -> None:
    with gzip.open(SHARED / "uk_small_areas_2025.csv.gz", "rt", encoding="utf-8") as file:
        areas = list(csv.DictReader(file))
    with (SHARED / "uk_districts_2016_to_2024.csv").open(encoding="utf-8") as file:
        county = {row["district_code"]: row["county"] for row in csv.DictReader(file)}
    expected: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in areas:
        for kind, name in (
            (Kind.DISTRICT, row["district_code"]),
            (Kind.BOARD, row["icb"]),
            (Kind.REGION, row["region"]),
            (Kind.NATION, row["country"]),
            (Kind.COUNTY, county[row["district_code"]]),
        ):
            expected[kind, name].add(row["area"])
    codes = shipped_table().codes
    for (kind, name), members in expected.items():
        if name:
            found = [place for place in meanings(name) if set(codes[place.rows].tolist()) == members]
            assert found or kind is Kind.COUNTY, (kind, name)
    for county_name in ("Devon", "Kent", "Lancashire", "West Sussex"):
        rows = only(f"{county_name} (county)").rows
        assert set(codes[rows].tolist()) == expected[Kind.COUNTY, county_name]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the files are not beside the repository")
def test_every_name_and_code_of_a_district_since_2016_leads_to_what_it_became() -> None:
    with (SHARED / "uk_districts_2016_to_2024.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    table = shipped_table()
    own = {row["district"] for row in rows}
    for row in rows:
        if row["name"] in own and row["name"] != row["district"]:
            continue  # Fife and Perth and Kinross, which exchanged a part
        for label in (row["name"], row["code"]):
            for place in (found for found in meanings(label) if "DISTRICT" in found.kind.name):
                districts = table.take(place.rows).district.listed()
                # An area of South Northamptonshire is in Cherwell now.
                assert districts.count(row["district"]) >= len(districts) - 1, row


def test_a_former_district_is_its_own_areas_if_they_are_known_and_says_what_it_became() -> None:
    carlisle, poole, allerdale, copeland = map(only, ("Carlisle", "Poole", "Allerdale", "Copeland"))
    cumberland, bcp = only("Cumberland"), only("Bournemouth, Christchurch and Poole")
    assert carlisle.remark == (
        "Carlisle was a district until 2023 and is now part of Cumberland; its own 71 small areas are used."
    )
    parts = np.sort(np.concatenate([carlisle.rows, allerdale.rows, copeland.rows]))
    np.testing.assert_array_equal(parts, cumberland.rows)
    assert cumberland.remark == "Cumberland was made in 2023 of Allerdale, Carlisle and Copeland."
    np.testing.assert_array_equal(poole.rows, bcp.rows)
    assert poole.remark.startswith("Poole was a district until 2019 and is now part of Bournemouth, Christchurch and")
    assert (poole.means, only("Shepway").means) == (bcp.name, "Folkestone and Hythe")
    assert only("Cumbria").remark.startswith("Cumbria was a county until 2023 and is now Cumberland and Westmorland")


@pytest.mark.parametrize(
    ("labels", "name"),
    [
        (
            ("Bristol", "City of Bristol", "Bristol, City of", "E06000023", " bristol ", "Bristol City Council"),
            "Bristol, City of",
        ),
        (("Herefordshire", "herefordshire, county of"), "Herefordshire, County of"),
        (("St Helens", "St. Helens"), "St. Helens"),
        (("Stoke on Trent", "STOKE-ON-TRENT"), "Stoke-on-Trent"),
        (("Rochdale", "Rochdale MBC", "Rochdale Metropolitan Borough", "Metropolitan Borough of Rochdale"), "Rochdale"),
        (("Newport", "Newport, Wales", "Casnewydd"), "Newport"),
        (("Vale of Glamorgan", "The Vale of Glamorgan", "Bro Morgannwg"), "Vale of Glamorgan"),
        (("Isle of Anglesey", "Ynys Mon", "Ynys M\u00f4n", "Anglesey"), "Isle of Anglesey"),
        (("Na h-Eileanan Siar", "Western Isles"), "Na h-Eileanan Siar"),
        (("Tyne and Wear", "E11000007"), "Tyne and Wear"),
        (("West Midlands (region)", "E12000005"), "West Midlands"),
        (("Wales", "W92000004", "Cymru"), "Wales"),
        (("York", "City of York"), "York"),
        (("Fife", "S12000015", "S12000047"), "Fife"),
        (("Perth and Kinross", "Perth & Kinross", "S12000024", "S12000048"), "Perth and Kinross"),
        (("Glasgow", "Glasgow City", "S12000046", "S12000049"), "Glasgow City"),
        (("Edinburgh",), "City of Edinburgh"),
        (("Derry and Strabane", "N09000005"), "Derry City and Strabane"),
        (("London", "london (region)"), "London"),
        (("City of London",), "City of London"),
        (("Hertfordshire", "E10000015", "Hertfordshire County Council"), "Hertfordshire"),
        (
            ("NHS Kent and Medway", "Kent & Medway ICB", "NHS Kent and Medway Integrated Care Board"),
            "NHS Kent and Medway",
        ),
        (("Spotland and Falinge, Rochdale", "spotland & falinge,E08000005"), "Spotland & Falinge, Rochdale"),
        (("Kilburn, Denby, Holbrook & Horsley, Amber Valley",), "Kilburn, Denby, Holbrook & Horsley, Amber Valley"),
        (("Central, Bristol, City of", "Central, Bristol"), "Central, Bristol, City of"),
        (("Castle, Carlisle", "Castle, Cumberland"), "Castle, Cumberland"),
        (("Culter, Aberdeen City", "Culter, Aberdeen"), "Culter, Aberdeen City"),
        (("Gloucestershire",), "Gloucestershire"),  # county and board are the same areas, so nothing is asked
    ],
)
def test_spellings_of_one_place(labels: tuple[str, ...], name: str) -> None:
    assert {only(label).name for label in labels} == {name}


def test_every_further_name_and_code_means_the_place_beside_which_it_stands() -> None:
    for name, others in OTHER_NAMES.items():
        for other in others:
            found = only(other)
            assert name in (found.name, found.with_kind)


def test_a_place_outside_what_is_named_around_it_is_not_meant() -> None:
    assert meanings("Newport, Scotland") == []
    assert meanings("City of Durham") == []  # which is a part of County Durham


def test_a_name_of_several_places_has_all_its_meanings_each_with_a_text_that_means_it_alone() -> None:
    for label, texts in {
        "Devon": ["Devon (county)", "NHS Devon"],
        "Dorset": ["Dorset (district)", "NHS Dorset"],
        "West Midlands": ["West Midlands (county)", "West Midlands (region)"],
    }.items():
        found = meanings(label)
        assert [place.with_kind for place in found] == texts
        for place in found:
            np.testing.assert_array_equal(only(place.with_kind).rows, place.rows)


def test_every_place_is_found_by_the_text_that_lists_give_for_it() -> None:
    some = wards()[:: len(wards()) // 300]
    for place in (*larger_places(), *some):
        np.testing.assert_array_equal(only(written(place)).rows, place.rows, err_msg=place.name)


def test_wards_are_all_areas_that_have_one() -> None:
    rows = np.concatenate([place.rows for place in wards()])
    np.testing.assert_array_equal(np.sort(rows), np.flatnonzero(shipped_table().ward.of >= 0))
    assert len({place.name for place in wards()}) == len(wards()) == 6_784 + 1_279


def test_a_search_finds_all_kinds_those_that_are_called_so_first() -> None:
    found = search("devon")
    assert [place.with_kind for place in found[:2]] == ["Devon (county)", "NHS Devon"]
    assert {"East Devon", "Seaton, East Devon"} <= {place.name for place in found}
    assert [place.name for place in search("castle cambridge")] == ["Castle, Cambridge"]
    assert [place.name for place in search("E08000005")] == ["Rochdale"]
    assert described(search("E01005501")[0]).where == "Rochdale"
    assert described(only("Belfast")).births is None
    assert described(only("Rochdale"))[1:5] == ("Rochdale", "E08000005", "England", 135)
    assert search("nowhere at all") == []


@given(st.text(max_size=60))
@settings(max_examples=50, deadline=None)
def test_any_text_means_some_places_or_none(label: str) -> None:
    for place in meanings(label):
        assert len(place.rows) > 0
