"""A list of small-area codes of 2011 or 2021 is a place: converted, each area once, and what is left out is said."""

from pathlib import Path

import numpy as np
import pytest

from bpssim.model.initial_state import places_of
from bpssim.scenario.places.code_lists import areas_of
from bpssim.scenario.places.place_data import data_of
from bpssim.scenario.places.small_areas import shipped_table
from bpssim.scenario.population import Population
from bpssim.scenario.scenario import load

SPLIT, ITS_PARTS = "E01033468", ["E01035189", "E01035190"]
MERGED, ITS_SOURCES = "E01035188", ["E01011973", "E01011976"]


def codes(rows: np.ndarray) -> list[str]:
    return shipped_table().codes[rows].tolist()


def test_a_split_area_means_all_its_parts_and_a_merged_one_counts_once() -> None:
    split, merged = areas_of([SPLIT]), areas_of(ITS_SOURCES)
    assert codes(split.rows) == ITS_PARTS
    assert (codes(merged.rows), merged.shares.tolist()) == ([MERGED], [1.0])
    assert areas_of([SPLIT, *ITS_PARTS]).shares.tolist() == [1.0, 1.0]


def test_one_part_of_a_merged_area_counts_as_its_share() -> None:
    one = areas_of(ITS_SOURCES[:1])
    assert one.shares.tolist() == [0.5]
    assert "of which only some parts are listed, and which count as that share: 1." in one.remark
    [part] = data_of(Population(places=ITS_SOURCES[:1])).places
    [whole] = data_of(Population(places=[MERGED])).places
    assert part.total == pytest.approx(whole.total / 2)


def test_codes_that_cannot_be_placed_are_counted() -> None:
    found = areas_of(["E01005501", "E01005502", "E01005503", "E01999999"])
    assert len(found.rows) == 3
    assert found.remark == ("Codes of no small area of 2011 or 2021, which are left out: 1 of 4 (25.0 %; E01999999).")
    assert areas_of(["E01005501"]).remark == ""


def test_welsh_areas_of_2021_are_converted_to_those_of_2011_that_the_table_has() -> None:
    from bpssim.scenario.places.changed_areas import changed_areas

    welsh = [code for code in changed_areas().rows if code.startswith("W")]
    assert welsh
    for code in welsh:
        assert all(each.startswith("W") for each in codes(areas_of([code]).rows))


def test_all_areas_of_a_district_by_codes_of_either_year_are_the_district() -> None:
    from bpssim.scenario.places.changed_areas import changed_areas

    table = shipped_table()
    rows = np.flatnonzero(np.array(table.district.listed()) == "Manchester")
    of_2011 = {code for row in rows.tolist() for code in changed_areas().others.get(row, (str(table.codes[row]),))}
    assert len(of_2011) != len(rows)
    for listed in (codes(rows), sorted(of_2011)):
        found = areas_of(listed)
        np.testing.assert_array_equal(found.rows, rows)
        assert (found.shares == 1.0).all()


def test_codes_under_places_are_one_place_and_names_beside_them_others() -> None:
    scenario = load("site1", ["population.places=[E01005501, Oldham, e01005502]", "population.services=each"])
    assert [place.name for place in places_of(scenario.population)] == ["2 small areas", "Oldham"]


def test_a_file_of_codes_is_a_place_called_as_the_file_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "my_area.csv").write_text("name,code,note\nx,E01005501,3\ny,E01005502,\n", encoding="utf-8")
    (tmp_path / "list.txt").write_text("E01005503\nE01005504\n", encoding="utf-8")
    (tmp_path / "mine.yaml").write_text(
        "extends: site1\nname: mine\npopulation: {place: my_area.csv}", encoding="utf-8"
    )
    [place] = places_of(load(tmp_path / "mine.yaml").population)  # beside the file that names it
    assert (place.name, codes(place.areas)) == ("my_area", ["E01005501", "E01005502"])
    several = (tmp_path / "mine.yaml").read_text(encoding="utf-8").replace("place: my", "places: [Oldham, my")
    (tmp_path / "several.yaml").write_text(several.replace("csv}", "csv]}"), encoding="utf-8")
    assert load(tmp_path / "several.yaml").population.places == ["Oldham", str(tmp_path / "my_area.csv")]
    monkeypatch.chdir(tmp_path)
    both = load("site1", ["population.places=[my_area.csv, list.txt]", "population.services=each"])
    assert [each.name for each in places_of(both.population)] == ["my_area", "list"]
