"""The shipped table of small areas agrees with the figures it is made of."""

import csv
import gzip
import math
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from bpssim.scenario.places import small_areas
from bpssim.scenario.places.changed_areas import changed_areas, shared_out
from bpssim.scenario.places.small_areas import shipped_table
from tests.safety import finished, python

SHARED = Path(__file__).parents[3].parent / "shared" / "data"
beside = pytest.mark.skipif(not SHARED.is_dir(), reason="the files it is made of are not beside the repository")


@beside
def test_every_value_is_that_of_the_file_it_is_made_of() -> None:
    table = shipped_table()
    with gzip.open(SHARED / "uk_small_areas_2025.csv.gz", "rt", encoding="utf-8") as file:
        rows = {row["area"]: row for row in csv.DictReader(file)}
    assert set(table.codes.tolist()) == set(rows)
    official = {"Derry and Strabane": "Derry City and Strabane", "North Down and Ards": "Ards and North Down"}
    official["Armagh, Banbridge and Craigavon"] = "Armagh City, Banbridge and Craigavon"
    for row in rows.values():
        row["district"] = official.get(row["district"], row["district"])
    here = [rows[code] for code in table.codes.tolist()]
    for name in ("country", "district", "district_code", "ward", "icb", "region"):
        column = getattr(table, {"country": "nation", "icb": "board"}.get(name, name))
        assert column.listed() == [row[name] for row in here], name
    shares = ("minority_ethnic", "asian", "black", "mixed", "other_ethnic", "limited_english", "rural")
    for name in ("rank", "quintile", "infants", *shares):
        expected = [float(row[name] or "nan") for row in here]
        np.testing.assert_array_equal(getattr(table, name), expected, err_msg=name)


@beside
def test_the_former_district_is_that_of_2019_where_it_is_no_more() -> None:
    with gzip.open(next(SHARED.glob("File_1_*")), "rt", encoding="utf-8-sig") as file:
        old = {row[0]: row[3] for row in csv.reader(file)}
    with gzip.open(SHARED / "lsoa_2011_to_2021.csv.gz", "rt", encoding="utf-8") as file:
        pairs = list(csv.DictReader(file))
    table = shipped_table()
    found = dict(zip(table.codes.tolist(), table.former_district.listed(), strict=True))
    names = {name for name in found.values() if name}
    assert len(names) == 28
    for pair in pairs:
        name = old.get(pair["lsoa_2011"])
        if name in names:
            assert found[pair["lsoa_2021"]] == name
    assert Counter(found.values())["Carlisle"] == 71


def test_the_table_is_the_whole_of_the_united_kingdom() -> None:
    table = shipped_table()
    areas = Counter(table.nation.listed())
    assert areas == {"England": 33_755, "Wales": 1_909, "Scotland": 6_976, "Northern Ireland": 890}
    infants = {nation: np.nansum(table.infants[np.array(table.nation.listed()) == nation]) for nation in areas}
    assert infants == pytest.approx({"England": 601_913.11, "Wales": 29_401, "Scotland": 48_635, "Northern Ireland": 0})
    assert len(set(table.codes.tolist())) == len(table) == 43_530
    assert (table.quintile.dtype, table.infants.dtype, table.rank.dtype) == (np.int8, np.float64, np.int32)


def test_areas_are_taken_by_row() -> None:
    table = shipped_table()
    [row] = table.rows_of(["E01005501"])
    one = table.take(np.array([row, table.row_of["95AA01S1"]]))
    assert one.codes.tolist() == ["E01005501", "95AA01S1"]
    assert one.district.listed() == ["Rochdale", "Antrim and Newtownabbey"]
    assert one.ward.listed()[1] == one.board.listed()[1] == ""
    assert math.isnan(one.infants[1])
    assert table.rows_of(["E99999999"]).tolist() == [-1]


def test_shared_arrays_cannot_be_changed() -> None:
    for column in (shipped_table().infants, shipped_table().district.of, shipped_table().rural):
        with pytest.raises(ValueError, match="read-only"):
            column[0] = 0


def test_loading_a_place_imports_nothing_heavy() -> None:
    code = (
        "import sys; from bpssim.scenario.places.names import meanings; meanings('Hart');"
        "print({'pandas', 'scipy', 'numba', 'mesa', 'pyarrow.compute'} & set(sys.modules))"
    )
    assert python(code).strip() == "set()"


def test_an_area_of_the_other_year_is_found_by_what_it_became() -> None:
    table = shipped_table()
    rows, shares = shared_out("E01033468")  # split in two
    assert table.codes[rows].tolist() == ["E01035189", "E01035190"]
    assert shares == pytest.approx([0.5, 0.5])
    merged = [shared_out(code)[0] for code in ("E01011973", "E01011976")]
    assert [table.codes[rows].tolist() for rows in merged] == [["E01035188"], ["E01035188"]]
    welsh = [code for code, rows in changed_areas().rows.items() if code[0] == "W" and len(rows) > 1]
    by_infants = [(table.infants[list(changed_areas().rows[code])], shared_out(code)[1]) for code in welsh]
    assert any(len(set(infants.tolist())) > 1 for infants, _ in by_infants)
    for infants, weights in by_infants:
        assert weights == pytest.approx(infants / infants.sum())
    with pytest.raises(KeyError):
        shared_out("E01999999")


@beside
def test_the_tables_can_be_rebuilt(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bpssim.scenario.places.build_places", SHARED, tmp_path]
    assert finished(command).returncode == 0
    shipped = Path(small_areas.__file__).parents[1] / "data"
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["changed_areas.parquet", "uk_districts.parquet", "uk_small_areas.parquet"]
    for name in names:
        assert pq.read_table(tmp_path / name).equals(pq.read_table(shipped / name), check_metadata=True)
    assert sum((shipped / name).stat().st_size for name in names) < 2_000_000


def test_the_builder_says_what_it_lacks_in_one_message(tmp_path: Path) -> None:
    done = finished([sys.executable, "-m", "bpssim.scenario.places.build_places", tmp_path, tmp_path])
    assert done.returncode == 2
    assert "no such file" in done.stderr
    assert "Traceback" not in done.stderr
