"""Published tables of England's small areas are read as they are, and bad files get one clear message."""

import gzip
from pathlib import Path

import numpy as np
import pytest

from bpssim.scenario.places.published_files import read_published
from bpssim.scenario.places.published_table import PublishedTable, quintile_of_rank
from bpssim.scenario.reading.messages import BadInput

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


# Counted in the published files with awk, apart from the code under test.
@pytest.mark.skipif(not PUBLISHED.is_dir(), reason="the published files are not beside the repository")
@pytest.mark.parametrize(
    ("name", "code", "areas", "children"),
    [
        ("Rochdale", "E08000005", [59, 35, 14, 20, 6], [24548, 10231, 3852, 5048, 1506]),
        ("Blackburn with Darwen", "E06000008", [51, 14, 7, 16, 3], [21295, 5408, 2191, 4061, 1231]),
        ("Hart", "E07000089", [0, 0, 3, 6, 48], [0, 0, 809, 1836, 16162]),
    ],
)
def test_the_release_of_2019_is_read_as_it_is_published(
    published: PublishedTable, name: str, code: str, areas: list[int], children: list[int]
) -> None:
    place = published.district(name)
    assert np.bincount(place.quintile, minlength=6)[1:].tolist() == areas
    assert np.bincount(place.quintile, place.children, minlength=6)[1:].tolist() == children
    for written in (f"  {name.upper()} ", code, code.lower()):
        np.testing.assert_array_equal(published.district(written).codes, place.codes)
    assert (len(published.areas.codes), len(published.district_names), published.counted) == (32_844, 317, "mid-2015")


@pytest.fixture(scope="module")
def published() -> PublishedTable:
    [index], [population] = PUBLISHED.glob("File_1_*.csv.gz"), PUBLISHED.glob("File_6_*.csv.gz")
    return read_published(index, population)
