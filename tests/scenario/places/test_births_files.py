"""Births by small area as they are published or exported: read as they are meant, or refused with what to do."""

import gzip
from pathlib import Path

import numpy as np
import pytest

from bpssim.model.initial_state import places_of
from bpssim.scenario.cautions.cautions import cautions
from bpssim.scenario.places.changed_areas import known_codes
from bpssim.scenario.places.listed_births import ListedBirths, births_by_small_area
from bpssim.scenario.places.published_files import read_published
from bpssim.scenario.places.small_areas import shipped_table
from bpssim.scenario.places.whose_births import whose_births
from bpssim.scenario.reading.messages import BadInput
from bpssim.scenario.scenario import load

FILES_OF_A_RELEASE = {"index": "index", "populations": "people"}
A, B, C, D = "E01005501", "E01005502", "E01005503", "E01005504"

PLAIN = f"lsoa,births\n{A},10\n{B},0\n{C},1200\n"
READ = {A: 10.0, B: 0.0, C: 1200.0}

MESSY = {
    "plain": PLAIN,
    "capitals, other order": f"BIRTHS,Note,LSOA\n10,,{A.lower()}\n0,x,{B}\n1200,,{C}\n",
    "byte order mark and Windows line ends": "\ufeff" + PLAIN.replace("\n", "\r\n"),
    "UTF-16 as spreadsheets write it": PLAIN.replace(",", "\t").encode("utf-16"),
    "UTF-16 without a mark": PLAIN.encode("utf-16-le"),
    "UTF-16, other end first": PLAIN.encode("utf-16-be"),
    "a code page": f"LSOA,Gebiet,births\n{A},Müllheim \u2013 West,10\n{B},b,0\n{C},c,1200\n".encode("cp1252"),
    "semicolons": PLAIN.replace(",", ";"),
    "semicolons and thousands": f"lsoa;births\n{A};10\n{B};0\n{C};1,200\n",
    "tabs": PLAIN.replace(",", "\t"),
    "bars": PLAIN.replace(",", "|"),
    "thousands in quotes": f'lsoa,births\n{A},10\n{B},0\n{C},"1,200"\n',
    "thousands by spaces": f"lsoa,births\n{A},10\n{B},0\n{C},1 200\n",
    "gzip": gzip.compress(PLAIN.encode()),
    "title lines": f"Live births by LSOA 2022\n\nNext release: May\n{PLAIN}",
    "a title with commas": f"Births by LSOA, Bury, 2022\nLSOA code,LSOA name,Births\n{A},a,10\n{B},b,0\n{C},c,1200\n",
    "names beside codes": f"LSOA21CD,LSOA21NM,Live births\n{A},Bury 001A,10\n{B},Bury 001B,0\n{C},Bury 001C,1200\n",
    "district beside": f"area,births,LAD,people\n{A},10,E08000002,900\n{B},0,E08000002,80\n{C},1200,E08000002,9\n",
    "a rate beside": f"lsoa,Live births,Births per 1000,Stillbirths\n{A},10,5,1\n{B},0,0,0\n{C},1200,9.5,2\n",
    "no word births": f"code,name,2022\n{A},a,10\n{B},b,0\n{C},c,1200\n",
    "headings on two lines": f",,Live births,Deaths\nCode,Name,2022,2022\n{A},a,10,3\n{B},b,0,3\n{C},c,1200,2\n",
    "no headings": PLAIN.partition("\n")[2],
    "total below": PLAIN + 'Total,"1,210"\n',
    "total above": f"lsoa,births\nAll areas,1210\n{A},10\n{B},0\n{C},1200\n",
    "district and country sums": PLAIN + "E08000002,1210\nE92000001,567000\n",
    "ward sums between": f"lsoa,births\nE05000001,10\n{A},10\nE05000002,1200\n{B},0\n{C},1200\n",
    "footnotes": PLAIN + '\nSource: hospital records\n"Notes: births of residents, by date of birth",\n1. Rounded\n',
    "trailing commas": "".join(f"{line},,,\n" for line in PLAIN.splitlines()) + ",,,,\n,,,,\n",
    "spaces": f" lsoa , births \n {A} , 10 \n{B},0\n{C}, 1200\n",
    "short rows": f"lsoa,births,note\n{A},10\n{B},0,x\n{C},1200\n",
}


@pytest.fixture
def births(tmp_path: Path):
    def write(content: str | bytes) -> Path:
        path = tmp_path / "births.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def read(path: Path) -> ListedBirths:
    return births_by_small_area(path, known_codes(), "known are LSOAs")


def refusal(path: Path) -> str:
    with pytest.raises(BadInput) as caught:
        read(path)
    lines = str(caught.value).splitlines()
    assert all(line.startswith(f"{path}") and len(line) < 500 + len(str(path)) for line in lines)
    return "\n".join(line.removeprefix(str(path)) for line in lines)


@pytest.mark.parametrize("kind", MESSY)
def test_a_file_as_published_is_read_as_it_is_meant(births, kind: str) -> None:
    found = read(births(MESSY[kind]))
    assert dict(zip(found.codes, found.births.tolist(), strict=True)) == READ


WITHHELD = ["c", "*", "[c]", ":", "<5", "-", "\u2013", "..", "[low]", "1 to 4", "z", "n/a"]


@pytest.mark.parametrize("mark", WITHHELD)
def test_cells_without_a_number_are_all_listed_with_what_to_write(births, mark: str) -> None:
    told = refusal(births(f"lsoa,births\n{A},{mark}\n{B},3\n{C},{mark}\n{D},{mark}\n"))
    assert told == (
        f":2: births: no number in 3 cells, on lines 2, 4-5 (found '{mark}'); write a number in each: for fewer than "
        "five a likely one, such as 2, or what is left of a published total; 0 for none"
    )


BAD = {
    "nothing": (b"", ": the file is empty"),
    "blank lines": ("\n\n", ": the file is empty"),
    "headings only": ("lsoa,births\n", ": no cell is the code of a small area (LSOA) such as E01005501"),
    "a workbook": (
        b"PK\x03\x04" + b"\0" * 90,
        "is a workbook (such as .xlsx) or a zip archive, not CSV; save the sheet",
    ),
    "an old workbook": (b"\xd0\xcf\x11\xe0" + b"\0" * 90, "is an old Excel workbook (.xls), not CSV; save the sheet"),
    "a PDF": (b"%PDF-1.7 \x00", "is a PDF, not CSV"),
    "a web page": ("<!DOCTYPE html>\n<p>Not found</p>", "is a web page, not CSV; the download may have failed"),
    "JSON": ('{"births": []}', "is JSON, not CSV"),
    "Parquet": (b"PAR1\x00", "is a Parquet file"),
    "an image": (b"\x89PNG\r\n\x1a\n\xff\xfe", ":2: holds binary data"),
    "binary": (b"\x00" * 50, ":1: holds binary data"),
    "half a gzip file": (gzip.compress(b"lsoa,births\n", mtime=0)[:-9], "is not a whole gzip file"),
    "districts": (
        "code,births\nE08000005,3\nE08000002,4\n",
        "these are districts: write population.places=[Rochdale, Bury]",
    ),
    "middle layer": ("code,births\nE02000005,3\nE02000002,4\n", "these are middle layer areas (MSOA"),
    "postcodes": ("postcode,births\nOL11 1AA,3\nM1 2AB,4\n", "these are postcodes (found 'OL11 1AA')"),
    "a negative number": (
        f"lsoa,births\n{A},-3\n",
        ":2: births: should be a number from 0 to 999,999,999 (found '-3')",
    ),
    "no number": (f"lsoa,births\n{A},nan\n", ":2: births: should be a number"),
    "a word": (f"lsoa,births\n{A},three\n", "(found 'three')"),
    "an empty cell": (f"lsoa,births\n{A},\n{B},2\n", "no number in a cell, on line 2 (found an empty cell)"),
    "an odd separator": (f'lsoa,births\n{A},"1,5"\n', "(found '1,5')"),
    "endless digits": (f"lsoa,births\n{A},{'9' * 400}\n", "999,999,999"),
    "bare thousands": (
        f"lsoa,births\n{A},1,200\n{B},4\n{C},5\n",
        "has 3 cells where the headings have 2; a number with a thousands",
    ),
    "an area twice": (f"lsoa,births\n{A},1\n{A.lower()},2\n", f":3: {A} is already on line 2"),
    "no births": (f"lsoa,births\n{A},0\n", "all births are 0"),
    "an unknown code": (
        f"lsoa,births\n{A},1\nE01999999,2\n",
        ":3: 1 of 2 codes are not in the table of deprivation: E01999999; known are",
    ),
    "a code with a slip": (
        f"lsoa,births\n{A},1\nE0100550,7\n",
        ":3: should be the code of a small area, such as E01005501 (found 'E0100550')",
    ),
    "a slip in the first code": (f"lsoa,births\nE0100550,7\n{A},1\n", ":2: should be the code of a small area"),
    "a slip in a code whose number is withheld": (
        f"lsoa,births\n{A},1\nE0100550X,c\n{B},7\n",
        ":3: should be the code",
    ),
    "a slip in a code in England": (
        f"lsoa,country,births\n{A},England,1\nE0100550X,England,7\n",
        "(found 'E0100550X')",
    ),
    "a space in the first code": (f"lsoa,births\nE 01005501,7\n{A},1\n", ":2: should be the code of a small area"),
    "the code of an unknown area": (f"lsoa,births\n{A},1\nE99999999,7\n", ":3: should be the code of a small area"),
    "births outside": (f"lsoa,births\n{A},1\nOutside England,7\n", "(found 'Outside England')"),
    "output areas between": (f"lsoa,births\n{A},1\nE00000001,7\n", "(found 'E00000001')"),
    "births nowhere": (f"lsoa,births\n{A},1\nNot stated,7\n", "can be shared out or left out"),
    "two years": (
        f"lsoa,Births 2021,Births 2022\n{A},1,2\n",
        "2 columns may be meant: 'Births 2021', 'Births 2022'; leave one",
    ),
    "no column of births": (
        f"lsoa,boys,girls\n{A},1,2\n",
        "no column is called births, and numbers stand in 'boys', 'girls'; give",
    ),
    "no numbers": (f"lsoa,name\n{A},x\n", "no column is called births, and none holds numbers"),
    "an open quotation": (f'lsoa,births\n"{A},1\n', "a quotation mark may be missing"),
    "an endless cell": (b'lsoa,births\n"' + b"x\n" * 100_000, "not readable as CSV"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_file_that_cannot_be_used_is_refused_with_the_cause_and_what_to_do(births, kind: str) -> None:
    content, words = BAD[kind]
    assert words in refusal(births(content))


def test_every_mistake_of_a_file_is_told_at_once_in_order(births) -> None:
    rows = f"{A},c\n{B},three\n{B},4\nE01999999,2\nE0100550,7\n{C},*\n{D},9\n"
    lines = refusal(births(f"lsoa,births\n{rows}")).splitlines()
    assert [line.split(":")[1] for line in lines] == ["2", "3", "4", "5", "6", "7"]


def test_many_mistakes_are_counted(births) -> None:
    codes = shipped_table().codes[:100].tolist()
    lines = refusal(births("lsoa,births\n" + "".join(f"{code},x y\n" for code in codes))).splitlines()
    assert len(lines) == 31
    assert lines[-1] == ": and 70 more mistakes"


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("", ""),
        ("Total,10\n", "1 area. One row with 10 births is left out as a total or a larger area and so a sum"),
        (
            "E08000002,1210\nE92000001,567000\nWales,c\n",
            "2 rows with 568,210 births are left out as totals or larger areas and so sums of others (E08000002, E92",
        ),
    ],
)
def test_rows_that_are_left_out_are_counted_and_told(births, rows: str, told: str) -> None:
    path = births(f"lsoa,births\n{A},10\n{rows}")
    said = whose_births(load("site1", [f"population.births_by_small_area={path}"]))
    assert "births.csv, 10 a year in 1 area." in said
    assert told in said
    assert ("left out" in said) == bool(told)


def test_a_slip_in_a_published_table_is_refused(tmp_path: Path, births) -> None:
    head = "code,Local Authority District code,Local Authority District name,Index of Multiple Deprivation (IMD) Rank\n"
    index = births(f"{head}{A},E06000001,North,1\nE0100550X,E06000001,North,2\n")
    with pytest.raises(BadInput, match=r":3: should be the code of a small area.*'E0100550X'"):
        read_published(index, tmp_path / "people.csv")


@pytest.mark.parametrize(
    ("row", "stated"),
    [("Total,500", "500"), ("All areas,12", "12"), ("Total,22", ""), ("Ward A total,10", ""), ("England,567000", "")],
)
def test_a_total_that_contradicts_the_rows_is_pointed_out(births, row: str, stated: str) -> None:
    path = births(f"lsoa,births\n{A},10\n{B},12\n{row}\n")
    found = [text for text in cautions(load("site1", [f"population.births_by_small_area={path}"])) if "total" in text]
    sentence = f"births.csv states a total of {stated} births, but its small areas have 22"
    assert [sentence in text for text in found] == ([True] if stated else [])


def test_files_that_cannot_be_opened_are_refused(tmp_path: Path) -> None:
    (tmp_path / "births.csv").write_text(PLAIN, encoding="utf-8")
    assert refusal(tmp_path / "birth.csv") == ": no such file; did you mean 'births.csv'?"
    assert refusal(tmp_path) == ": is a folder, not a file"
    with pytest.raises(BadInput, match="cannot be read"):
        read(tmp_path / "a\0b")


def test_of_two_columns_of_codes_the_one_of_the_table_is_taken(births) -> None:
    found = read(births(f"LSOA21CD,LSOA11CD,births\nE01099991,{A},10\nE01099992,{B},0\nE01099993,{C},1200\n"))
    assert found.codes == [A, B, C]


def test_births_can_be_matched_to_a_newer_release(tmp_path: Path, births) -> None:
    index = (
        "Table 1\n\nLSOA code (2021);LSOA name;Local Authority District code (2024);"
        "Local Authority District name (2024);Index of Multiple Deprivation (IMD) Rank (1 = most);Income Rank\n"
        + "".join(f"E0109999{n};x;E06000001;North;{n};{6 - n}\n" for n in range(1, 6))
    )
    people = "LSOA code;Dependent Children aged 0-15: mid 2022\n" + "".join(f"E0109999{n};1,600\n" for n in range(1, 6))
    (tmp_path / "index.csv").write_text(index, encoding="utf-8")
    (tmp_path / "people.csv").write_text(people, encoding="utf-8")
    table = read_published(tmp_path / "index.csv", tmp_path / "people.csv")
    assert (table.counted, table.district("North").quintile.tolist()) == ("mid-2022", [1, 2, 3, 4, 5])
    path = births("lsoa,births\nE01099995,3\nE01099991,1\n")
    files = [f"population.published_{name}={tmp_path / file}.csv" for name, file in FILES_OF_A_RELEASE.items()]
    [place] = places_of(load("site1", [f"population.births_by_small_area={path}", *files]).population)
    np.testing.assert_array_equal(place.quintiles, [5, 1])
    np.testing.assert_array_equal(place.areas, [-1, -1])
