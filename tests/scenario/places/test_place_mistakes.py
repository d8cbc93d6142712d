"""What is said of names and files that mean no place, or not one: the help is by meaning where anything is known."""

from pathlib import Path

import pytest

from bpssim.scenario.reading.messages import BadInput
from bpssim.scenario.scenario import load

NAMES = [
    ("Devon", "'Devon' may mean 2 places; write 'Devon (county)' (474 small areas) or 'NHS Devon' (729 small areas)"),
    ("Dorset", "write 'Dorset (district)' (223 small areas) or 'NHS Dorset' (463 small areas)"),
    ("Rochdal", "unknown place 'Rochdal'; did you mean 'Rochdale'?"),
    ("Newcastel", "did you mean 'Newcastle upon Tyne' or 'Newcastle-under-Lyme'?"),
    ("Hull", "did you mean 'Kingston upon Hull, City of'?"),
    ("Blackburn", "did you mean 'Blackburn with Darwen'?"),
    ("North Down and Ards", "did you mean 'Ards and North Down'?"),
    ("Ireland", "unknown place 'Ireland'; it is not part of the United Kingdom"),
    ("the Isle of Man", "it is not part of the United Kingdom"),
    (
        "United Kingdom",
        "cannot be compared, because their indices differ: choose England, Wales, Scotland or Northern I",
    ),
    ("Castle, Rochdale", "Rochdale has no such ward, but 'Castleton, Rochdale'"),
    ("Norden, Oldham", "Oldham has no such ward, but"),
    ("Norden, Rochdal", "'Norden, Basingstoke and Deane' or 'Norden, Rochdale'"),
    ("Abbey, Cardiff", "wards of Cardiff are not known here, only the district and its small areas"),
    ("OL11 1AA", "this is a postcode; write the name of a district"),
    ("E02000005", "this is the code of a middle layer area (MSOA"),
    ("E00000001", "this is the code of an output area"),
    ("E05000001", "this is the code of a ward"),
    ("E12999999", "this is the code of a region; write its name"),
    ("E54000054", "this is the code of an integrated care board or a part of one; write the name of the board"),
    ("Rochdale, Oldham", "several places are written population.places=[Rochdale, Oldham]"),
    ("Devon and Cornwall", "several places are written population.places=[Devon (county), Cornwall]"),
    ("Newport, Gwent", "did you mean 'Newport'?"),
    ("Heywood", "did you mean 'North Heywood, Rochdale' or 'West Heywood, Rochdale'?"),
    (
        "Castle",
        "did you mean 'Castle Point' or 'Lisburn and Castlereagh'? A ward is written with its district: 'Ca",
    ),
    ("E07999999", "no district has had this code since 2016"),
    ("E01999999", "no small area of 2011 or 2021 has this code (found E01999999)"),
    ("Greater London", "the nearest to it today is 'London'"),
    ("Yorkshire and Humberside", "the nearest to it today is 'Yorkshire and The Humber'"),
    ("NHS Lothian", "of health bodies only England's integrated care boards are known here"),
    ("NHS Cornwall", "did you mean 'NHS Cornwall and the Isles of Scilly'?"),
    ("codes.xlsx", "a list of small-area codes is a file that ends in .csv or .txt"),
    ("xyzzy", "`bpssim places` lists and finds districts, counties"),
    ("\0" * 4000, "`bpssim places` lists and finds"),
]


@pytest.mark.parametrize(("label", "told"), NAMES, ids=[label[:20] for label, _ in NAMES])
def test_a_name_that_means_no_one_place_gets_help(label: str, told: str) -> None:
    with pytest.raises(BadInput) as caught:
        load("site1").with_("population.place", label)
    [mistake] = caught.value.mistakes
    assert mistake.path == "population.place"
    said = str(mistake).partition("population.place: ")[2]
    assert told in said
    assert len(said) < 400


TOGETHER = [
    ("[Rochdale, rochdale]", "population.places.1: Rochdale is named already; each place once"),
    ("[Rochdale, E08000005]", "population.places.1: Rochdale is named already; each place once (found 'E08000005')"),
    ("[Devon (county), Exeter]", "places.1: Exeter lies within Devon, which is named already; name one of them"),
    ("[Exeter, Devon (county)]", "places.1: Devon contains Exeter, which is named already; name one of them"),
    ("[NHS Frimley, Hart]", "places.1: Hart and NHS Frimley share 45 small areas; an area can be in one place only"),
    ("[Rochdale, E01005501]", "places.1: E01005501 lies within Rochdale, which is named already"),
    (
        "[Cardiff, Bristol]",
        "several nations (Cardiff in Wales and Bristol, City of in England), whose quintiles of deprivation",
    ),
    ("[E01005501, W01000001]", "several nations (Wales and England), whose"),
    ("[Rochdal, Hartt]", "population.places.1: unknown place 'Hartt'; did you mean"),
]


@pytest.mark.parametrize(("places", "told"), TOGETHER)
@pytest.mark.parametrize("services", ["one", "each"])
def test_places_that_overlap_or_cannot_be_compared_are_refused(places: str, told: str, services: str) -> None:
    with pytest.raises(BadInput) as caught:
        load("site1", [f"population.places={places}", f"population.services={services}"])
    assert told in str(caught.value)


SHAPES = [
    ("place=[Rochdale, Oldham]", "should be one place; for several use population.places=[Rochdale, Oldham] (found a"),
    ("places=Rochdale, Oldham", "should be a list, which stands in brackets: [Rochdale, Oldham] (found 'Rochdale, Old"),
]


@pytest.mark.parametrize(("setting", "told"), SHAPES)
def test_one_place_is_a_text_and_several_are_a_list(setting: str, told: str) -> None:
    with pytest.raises(BadInput) as caught:
        load("site1", [f"population.{setting}"])
    assert told in str(caught.value)


FILES = [
    ("codes.csv", "", "codes.csv: the file is empty"),
    ("codes.csv", "name\nRochdale\n", "codes.csv: no cell is the code of a small area (LSOA)"),
    ("codes.txt", "E08000005\n", "this is a district: Rochdale; write population.place=Rochdale"),
    ("codes.txt", "E08000005\nE08000004\n", "these are districts: write population.places=[Rochdale, Oldham]"),
    ("codes.csv", "msoa,lad\nE02000984,E08000005\n\nnote: a\n", "these are middle layer areas (MSOA"),
    ("codes.csv", "Rochdale\n", "(found one row, 'Rochdale')"),
    ("codes.csv", "lsoa\nE01999998\nE0100550\n", "no small area of 2011 or 2021 has this code"),
    ("codes.csv", "lsoa\nE01005501\nE08000004\n", "codes.csv:3: should be the code of a small area"),
    ("codes.csv", "lsoa\nE01005501\nE0100550\n", "codes.csv:3: should be the code of a small area"),
    ("codes.csv", "lsoa\nE01005501\ne01005501\n", "codes.csv:3: E01005501 is already on line 2"),
    ("codes.csv", "lsoa\nE01999998\nE01999999\n", "no small area of 2011 or 2021 has one of these codes (found E01999"),
    ("codes.csv", "lsoa\nE01005501\nW01000001\n", "several nations (Wales and England), whose"),
]


@pytest.mark.parametrize(("name", "content", "told"), FILES)
def test_a_list_of_codes_that_cannot_be_used_is_refused(tmp_path: Path, name: str, content: str, told: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        load("site1", [f"population.place={tmp_path / name}"])
    assert told in str(caught.value)


def test_a_table_of_births_by_larger_areas_is_told_what_these_are(tmp_path: Path) -> None:
    (tmp_path / "births.csv").write_text("Births\nmsoa,lad,births\nE02000984,E08000005,50\n", encoding="utf-8")
    with pytest.raises(BadInput, match="these are middle layer areas"):
        load("site1", [f"population.births_by_small_area={tmp_path / 'births.csv'}"])


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(BadInput, match=r"nowhere/codes\.csv: no such file"):
        load("site1", ["population.place=nowhere/codes.csv"])
