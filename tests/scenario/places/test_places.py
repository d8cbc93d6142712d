"""Real places: the shipped table agrees with the published files, and bad files get one clear message."""

import gzip
import sys
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from bpssim.scenario.places import small_areas
from bpssim.scenario.places.place_table import PlaceTable, quintile_of_rank
from bpssim.scenario.places.small_areas import read_published, shipped_table
from bpssim.scenario.reading.messages import BadInput
from tests.safety import finished, python

PUBLISHED = Path(__file__).parents[3].parent / "shared" / "data"

INDEX_HEADER = (
    "LSOA code (2021),LSOA name (2021),"
    "Local Authority District code (2024),Local Authority District name (2024),"
    "Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived),"
    "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs)"
)
INDEX_ROWS = [
    'E01000001,North 001A,E06000001,Northtown,"1",1',
    "E01000002,North 001B,E06000001,Northtown,2,2",
    "E01000003,North 001C,E06000001,Northtown,3,3",
    'E01000004,South 001A,E06000002,"Southtown, City of",4,4',
    'E01000005,South 001B,E06000002,"Southtown, City of",5,5',
    'E01000006,South 001C,E06000002,"Southtown, City of",6,6',
]
POPULATION_HEADER = "LSOA code (2021),Total population: mid 2022,Dependent Children aged 0-15: mid 2022"
POPULATION_ROWS = [
    'E01000006,"9,000","1,600"',
    "E01000005,900,400",
    "E01000004,900,0",
    "E01000003,900,100",
    "E01000002,900,200",
    "E01000001,900,100",
]


def write(path: Path, header: str, rows: list[str], encoding: str = "utf-8") -> Path:
    path.write_bytes("\r\n".join([header, *rows, ""]).encode(encoding))
    return path


@pytest.fixture
def index_file(tmp_path: Path) -> Path:
    return write(tmp_path / "index.csv", INDEX_HEADER, INDEX_ROWS, "utf-8-sig")


@pytest.fixture
def population_file(tmp_path: Path) -> Path:
    return write(tmp_path / "population.csv", POPULATION_HEADER, POPULATION_ROWS)


# Counted in the published files with awk, apart from the code under test.
@pytest.mark.parametrize(
    ("name", "code", "areas", "children"),
    [
        ("Rochdale", "E08000005", [59, 35, 14, 20, 6], [24548, 10231, 3852, 5048, 1506]),
        ("Blackburn with Darwen", "E06000008", [51, 14, 7, 16, 3], [21295, 5408, 2191, 4061, 1231]),
        ("Hart", "E07000089", [0, 0, 3, 6, 48], [0, 0, 809, 1836, 16162]),
    ],
)
def test_real_districts_agree_with_the_published_files(
    name: str, code: str, areas: list[int], children: list[int]
) -> None:
    place = shipped_table().district(name)
    assert np.bincount(place.quintile, minlength=6)[1:].tolist() == areas
    assert np.bincount(place.quintile, place.children, minlength=6)[1:].tolist() == children
    for written in (f"  {name.upper()} ", code, code.lower()):
        np.testing.assert_array_equal(shipped_table().district(written).codes, place.codes)


def test_shipped_table_is_the_whole_of_england() -> None:
    areas = shipped_table().areas
    assert len(set(areas.codes.tolist())) == len(areas.codes) == 32_844
    assert np.bincount(areas.quintile)[1:].tolist() == [6568, 6569, 6569, 6569, 6569]
    assert areas.children.sum() == 10_405_050
    assert (areas.codes.dtype.kind, areas.quintile.dtype, areas.children.dtype) == ("U", np.int8, np.float64)


def test_every_district_of_england_has_children() -> None:
    table = shipped_table()
    assert len(set(table.district_names)) == 317
    assert (np.bincount(table.district_of, table.areas.children, minlength=317) > 0).all()


def test_shared_arrays_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        shipped_table().areas.children[0] = 0


def test_loading_a_place_imports_nothing_heavy() -> None:
    code = (
        "import sys; from bpssim.scenario.places.small_areas import shipped_table; shipped_table().district('Hart');"
        "print({'pandas', 'scipy', 'numba', 'mesa'} & set(sys.modules))"
    )
    assert python(code).strip() == "set()"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Rochdail", "did you mean Rochdale"),
        ("Blackbrun", "did you mean Blackburn with Darwen?"),
        ("Newcastel", "did you mean Newcastle upon Tyne?"),
        ("Blackburn", "did you mean Blackburn with Darwen?"),
        ("herefordshire", "did you mean Herefordshire, County of?"),
        ("", "none is like it"),
        ("E08999999", "E08999999"),
        ("\0" * 1_000_000, "none is like it"),
    ],
)
def test_unknown_place_names_the_nearest(name: str, expected: str) -> None:
    with pytest.raises(BadInput) as caught:
        shipped_table().district(name)
    assert expected in str(caught.value)
    assert len(str(caught.value)) < 300


def test_quintile_boundaries() -> None:
    # 32,844 / 5 = 6568.8, so the first fifth ends at rank 6568
    ranks = np.array([1, 6568, 6569, 13137, 13138, 19706, 19707, 26275, 26276, 32844])
    assert quintile_of_rank(ranks, 32_844).tolist() == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert quintile_of_rank(np.array([6751, 6752, 33755]), 33_755).tolist() == [1, 2, 5]


@pytest.mark.parametrize("gzipped", [False, True])
def test_a_newer_release_can_be_read(index_file: Path, population_file: Path, gzipped: bool) -> None:
    if gzipped:
        for path in (index_file, population_file):
            path.write_bytes(gzip.compress(path.read_bytes()))
    table = read_published(index_file, population_file)
    assert table.counted == "mid-2022"
    assert table.district_names == ("Northtown", "Southtown, City of")
    north, south = table.district("northtown"), table.district("E06000002")
    assert north.quintile.tolist() == [1, 2, 3]
    assert north.children.tolist() == [100, 200, 100]
    assert south.quintile.tolist() == [4, 5, 5]
    assert (south.children > 0).tolist() == [False, True, True]
    with pytest.raises(BadInput, match="did you mean Northtown"):
        table.district("Nortown")


@pytest.mark.parametrize(
    ("header", "rows", "expected"),
    [
        (INDEX_HEADER.replace("Rank", "Score"), INDEX_ROWS, ["(IMD) Rank", "the headings are", "(IMD) Score"]),
        (INDEX_HEADER, [], ["no cell is the code of a small area"]),
        (INDEX_HEADER, INDEX_ROWS[3:], [":2:", ":3:", ":4:", "'4'", "1 to 3", "whole country"]),
        (INDEX_HEADER, [INDEX_ROWS[0].replace('"1"', "0")], [":2:", "'0'"]),
        (INDEX_HEADER, [INDEX_ROWS[0].replace('"1"', "1.5"), *INDEX_ROWS[1:]], [":2:", "'1.5'", "whole"]),
        (INDEX_HEADER, [*INDEX_ROWS, INDEX_ROWS[0]], [":8:", "E01000001", "line 2"]),
        (INDEX_HEADER.replace("LSOA name", "Local Authority District code"), INDEX_ROWS, ["2 columns may be meant"]),
    ],
)
def test_a_bad_index_file_is_refused(
    index_file: Path, population_file: Path, header: str, rows: list[str], expected: list[str]
) -> None:
    write(index_file, header, rows)
    with pytest.raises(BadInput) as caught:
        read_published(index_file, population_file)
    assert all(part in str(caught.value) for part in [str(index_file), *expected]), caught.value


@pytest.mark.parametrize(
    ("header", "rows", "expected"),
    [
        (
            POPULATION_HEADER.replace("Dependent Children", "Kids"),
            POPULATION_ROWS,
            ["Dependent Children", "Kids"],
        ),
        (POPULATION_HEADER, POPULATION_ROWS[2:], ["2 small areas", "E01000005", "one release"]),
        (POPULATION_HEADER, [*POPULATION_ROWS[:-1], "E01000001,900,many"], [":7:", "'many'"]),
        (
            POPULATION_HEADER,
            [f"E0100000{i},900,{int(i < 4)}" for i in range(1, 7)],
            ["Southtown", "no children"],
        ),
    ],
)
def test_a_bad_population_file_is_refused(
    index_file: Path, population_file: Path, header: str, rows: list[str], expected: list[str]
) -> None:
    write(population_file, header, rows)
    with pytest.raises(BadInput) as caught:
        read_published(index_file, population_file)
    assert all(part in str(caught.value) for part in [str(population_file), *expected]), caught.value


def same(one: PlaceTable, other: PlaceTable) -> bool:
    def by_code(table: PlaceTable) -> list[tuple[str, int, float, str, str]]:
        areas = table.areas
        names = [table.district_names[i] for i in table.district_of]
        codes = [table.district_codes[i] for i in table.district_of]
        columns = (areas.codes.tolist(), areas.quintile.tolist(), areas.children.tolist(), names, codes)
        return sorted(zip(*columns, strict=True))

    return by_code(one) == by_code(other)


@pytest.mark.skipif(not PUBLISHED.is_dir(), reason="the published files are not beside the repository")
def test_shipped_table_can_be_rebuilt(tmp_path: Path) -> None:
    [index], [population] = PUBLISHED.glob("File_1_*.csv.gz"), PUBLISHED.glob("File_6_*.csv.gz")
    assert same(read_published(index, population), shipped_table())
    out = tmp_path / "rebuilt.parquet"
    command = [sys.executable, "-m", "bpssim.scenario.places.build_places", index, population, out]
    assert finished(command).returncode == 0
    shipped = Path(small_areas.__file__).parents[1] / "data" / "english_small_areas_2019.parquet"
    assert pq.read_table(out).equals(pq.read_table(shipped), check_metadata=True)


def test_builder_refuses_bad_files_with_one_message(tmp_path: Path, population_file: Path) -> None:
    out = tmp_path / "out.parquet"
    command = [sys.executable, "-m", "bpssim.scenario.places.build_places", tmp_path / "none", population_file, out]
    done = finished(command)
    assert done.returncode == 2
    assert "no such file" in done.stderr
    assert "Traceback" not in done.stderr
    assert not out.exists()
