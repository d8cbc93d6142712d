"""Build the table of small areas that comes with the package from the files as published.

Run as ``python -m bpssim.scenario.places.build_places INDEX_FILE POPULATION_FILE OUT``.
"""

import argparse
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bpssim.scenario.places.place_table import PlaceTable
from bpssim.scenario.places.small_areas import read_published
from bpssim.scenario.reading.messages import BadInput

_ABOUT = {
    "title": "Small areas (LSOA 2011) of England: IMD 2019 quintile and dependent children aged 0-15",
    "source": "Ministry of Housing, Communities & Local Government (2019), English Indices of Deprivation 2019",
    "licence": "Contains public sector information licensed under the Open Government Licence v3.0",
    "derived": "quintile = ceil(5 * IMD rank / number of areas), 1 = most deprived; children as published (mid-2015)",
}


def write_table(table: PlaceTable, out: Path) -> None:
    """Write `table` as Parquet, sorted by district and code, which packs smallest."""
    areas = table.areas
    order = np.lexsort((areas.codes, table.district_of))
    district_of = table.district_of[order]
    columns = {
        "code": pa.array(areas.codes[order].tolist()),
        "district_code": pa.DictionaryArray.from_arrays(district_of, list(table.district_codes)),
        "district_name": pa.DictionaryArray.from_arrays(district_of, list(table.district_names)),
        "quintile": pa.array(areas.quintile[order]),
        "children": pa.array(areas.children[order].astype(np.int32)),
    }
    pq.write_table(
        pa.table(columns, metadata=_ABOUT),
        out,
        compression="zstd",
        use_dictionary=["district_code", "district_name", "quintile"],
        column_encoding={"code": "DELTA_BYTE_ARRAY", "children": "DELTA_BINARY_PACKED"},
        write_statistics=False,
    )


def main() -> None:
    """Read the two published files and write the table; bad files end with one message and exit code 2."""
    parser = argparse.ArgumentParser(prog="bpssim.scenario.places.build_places", description=__doc__)
    for name in ("index_file", "population_file", "out"):
        parser.add_argument(name, type=Path)
    paths = parser.parse_args()
    try:
        write_table(read_published(paths.index_file, paths.population_file), paths.out)
    except (BadInput, OSError) as error:
        parser.error(str(error))


if __name__ == "__main__":
    main()
