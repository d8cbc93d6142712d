"""Build the tables of small areas and districts that come with the package from the figures they are put together of.

Run as ``python -m bpssim.scenario.places.build_places FOLDER OUT``: the folder has the four files named below.
"""

import argparse
import csv
import gzip
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

SMALL_AREAS = "uk_small_areas_2025.csv.gz"
DISTRICTS = "uk_districts_2016_to_2024.csv"
AREAS_2011_TO_2021 = "lsoa_2011_to_2021.csv.gz"
DISTRICTS_OF_2019 = "File_1_-_IMD2019_Index_of_Multiple_Deprivation.csv.gz"

_LICENCE = {
    "licence": "Contains public sector information licensed under the Open Government Licence v3.0. "
    "Contains OS data (c) Crown copyright and database right.",
    "sources": "MHCLG (English Indices of Deprivation 2025 and 2019), Welsh Government (WIMD 2019), Scottish "
    "Government (SIMD 2020v2), NISRA (NIMDM 2017), ONS (mid-2020 population estimates, census 2021, geographies, "
    "rural-urban classification), National Records of Scotland (mid-2020 estimates, census 2022); in part by way of "
    "the open data packages IMD, geographr and demographr of the British Red Cross (humaniverse)",
}
_SHARES = ("minority_ethnic", "asian", "black", "mixed", "other_ethnic", "limited_english")

_COUNTIES_OF_SEVERAL = {
    "Greater Manchester": "Bolton|Bury|Manchester|Oldham|Rochdale|Salford|Stockport|Tameside|Trafford|Wigan",
    "Merseyside": "Knowsley|Liverpool|St. Helens|Sefton|Wirral",
    "South Yorkshire": "Barnsley|Doncaster|Rotherham|Sheffield",
    "Tyne and Wear": "Newcastle upon Tyne|North Tyneside|South Tyneside|Sunderland|Gateshead",
    "West Midlands": "Birmingham|Coventry|Dudley|Sandwell|Solihull|Walsall|Wolverhampton",
    "West Yorkshire": "Bradford|Calderdale|Kirklees|Leeds|Wakefield",
}
"""Metropolitan counties, which the list of districts does not name."""
_FORMER_COUNTIES = {
    "Cumbria": ("Cumberland|Westmorland and Furness", 2023),
    "Northamptonshire": ("North Northamptonshire|West Northamptonshire", 2021),
}
"""Counties abolished since 2016 whose name is that of no district today, with their districts and the year."""


def build(folder: Path, out: Path) -> None:
    """Write the three tables into a folder.

    Parameters
    ----------
    folder
        With the four files.
    out
        Where to write; it must exist.
    """
    areas, districts = list(_rows(folder / SMALL_AREAS)), list(_rows(folder / DISTRICTS))
    pairs = list(_rows(folder / AREAS_2011_TO_2021))
    former = _former_districts(folder / DISTRICTS_OF_2019, pairs, {row["district_code"] for row in areas})
    official = {row["district_code"]: row["district"] for row in districts}
    for row in areas:  # three of Northern Ireland have another name there
        row["district"] = official[row["district_code"]]
    areas.sort(key=lambda row: (row["district"], row["ward"], row["area"]))  # packs smallest
    _write(_areas_table(areas, former), out / "uk_small_areas.parquet", "Small areas of the United Kingdom")
    _write(_districts_table(districts), out / "uk_districts.parquet", "Districts of the United Kingdom, 2016 to 2024")
    changed = [row for row in pairs if row["change"] != "U"]
    columns = {name: [row[name] for row in changed] for name in ("lsoa_2011", "lsoa_2021", "change")}
    _write(pa.table(columns), out / "changed_areas.parquet", "Small areas of England and Wales that changed in 2021")


def _rows(path: Path) -> Iterator[dict[str, str]]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def _former_districts(index: Path, pairs: list[dict[str, str]], today: set[str]) -> dict[str, str]:
    """District of 2019 by small area of 2021, of the districts that are no more."""
    code, name = "Local Authority District code (2019)", "Local Authority District name (2019)"
    gone = {row["LSOA code (2011)"]: row[name] for row in _rows(index) if row[code] not in today}
    return {pair["lsoa_2021"]: gone[pair["lsoa_2011"]] for pair in pairs if pair["lsoa_2011"] in gone}


def _areas_table(rows: list[dict[str, str]], former: dict[str, str]) -> pa.Table:
    def column(name: str, convert: Callable[[str], Any], kind: Any) -> Any:
        return pa.array([convert(row[name]) if row[name] else None for row in rows], kind)

    def words(values: list[str]) -> Any:
        return pa.array([value or None for value in values]).dictionary_encode()

    return pa.table(
        {
            "code": pa.array([row["area"] for row in rows]),
            "nation": words([row["country"] for row in rows]),
            "district_code": words([row["district_code"] for row in rows]),
            "district": words([row["district"] for row in rows]),
            "ward": words([row["ward"] for row in rows]),
            "board": words([row["icb"] for row in rows]),
            "region": words([row["region"] for row in rows]),
            "former_district": words([former.get(row["area"], "") for row in rows]),
            "rank": column("rank", int, pa.int32()),
            "quintile": column("quintile", int, pa.int8()),
            "infants": column("infants", float, pa.float64()),
            **{name: column(name, float, pa.float64()) for name in _SHARES},
            "rural": column("rural", lambda text: float(text) == 1.0, pa.bool_()),
        }
    )


def _districts_table(rows: list[dict[str, str]]) -> pa.Table:
    """Every code and name, what it became, and the county; counties that the list does not name are added."""
    own = {row["district"] for row in rows}
    # A code that changed while the name stayed is the same district, though the list names neighbours of it, too.
    rows = [row for row in rows if row["name"] not in own or row["name"] == row["district"]]
    metropolitan = {name: county for county, names in _COUNTIES_OF_SEVERAL.items() for name in names.split("|")}
    former = {name: (county, year) for county, (names, year) in _FORMER_COUNTIES.items() for name in names.split("|")}
    columns = {name: [row[name] for row in rows] for name in ("code", "name", "district_code", "district", "region")}
    return pa.table(
        {
            **columns,
            "last_year": pa.array([int(row["last_year"]) for row in rows], pa.int16()),
            "county": [metropolitan.get(row["district"], row["county"]) for row in rows],
            "county_code": ["" if row["district"] in metropolitan else row["county_code"] for row in rows],
            "former_county": [former.get(row["district"], ("", 0))[0] for row in rows],
            "former_county_until": pa.array([former.get(row["district"], ("", 0))[1] for row in rows], pa.int16()),
        }
    )


def _write(table: Any, out: Path, title: str) -> None:
    plain = [name for name in table.column_names if name in ("code", "lsoa_2021")]
    pq.write_table(
        table.replace_schema_metadata({"title": title, **_LICENCE}),
        out,
        compression="zstd",
        compression_level=19,
        use_dictionary=[name for name in table.column_names if name not in plain],
        column_encoding=dict.fromkeys(plain, "DELTA_BYTE_ARRAY"),
        write_statistics=False,
    )


def main() -> None:
    """Read the files and write the tables; a file that is not there ends with one message and exit code 2."""
    parser = argparse.ArgumentParser(prog="bpssim.scenario.places.build_places", description=__doc__)
    for name in ("folder", "out"):
        parser.add_argument(name, type=Path)
    paths = parser.parse_args()
    try:
        build(paths.folder, paths.out)
    except (OSError, KeyError) as error:
        parser.error(f"no such file or column: {error}")


if __name__ == "__main__":
    main()
