"""Small areas of the United Kingdom that come with the package: where they are, how deprived, and who lives there."""

from dataclasses import dataclass, fields
from functools import cache, cached_property
from importlib.resources import as_file, files
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Labels:
    """A name for each area, or none.

    Attributes
    ----------
    of : ndarray of int32, shape (n,)
        Position of each area's name in `names`, -1 where it has none.
    names : tuple of str
        In the order of the table.
    """

    of: NDArray[np.int32]
    names: tuple[str, ...]

    def __getitem__(self, rows: NDArray[np.int64]) -> "Labels":
        return Labels(self.of[rows], self.names)

    def listed(self) -> list[str]:
        """Name of each area, empty where it has none."""
        names = (*self.names, "")  # -1 is the last
        return [names[n] for n in self.of.tolist()]


@dataclass(frozen=True, eq=False)
class SmallAreas:
    """Small areas, one a row; see ``data/README.md`` of the scenario package for sources and years.

    Attributes
    ----------
    codes : ndarray of str, shape (n,)
        LSOA of 2021 (England) or 2011 (Wales), data zone of 2011 (Scotland), super output area (Northern Ireland).
    nation, district, district_code, ward, board, region : Labels
        As of 2024. Wards: electoral in England, intermediate zones in Scotland, none elsewhere; their names repeat from
        district to district. Integrated care boards and regions: England only.
    former_district : Labels
        English district of 2019 in which the area was, if that is no more.
    rank : ndarray of int32, shape (n,)
        On the nation's own index of deprivation, 1 = most deprived. Ranks of different nations cannot be compared.
    quintile : ndarray of int8, shape (n,)
        Fifth on the nation's own index, 1 = most deprived (evidence L9).
    infants : ndarray of float64, shape (n,)
        Residents under 1 year, mid-2020. Here and below NaN is not known, as all are for Northern Ireland.
    minority_ethnic, asian, black, mixed, other_ethnic : ndarray of float64, shape (n,)
        Share of residents of any but a White group, and its parts.
    limited_english : ndarray of float64, shape (n,)
        Share of residents aged 3 and over who cannot speak English (in Wales, English or Welsh) well or at all, of the
        middle layer area around; England and Wales only.
    rural : ndarray of float64, shape (n,)
        1 if classed as rural, else 0.

    Notes
    -----
    The arrays are read-only, because one table serves the whole process.
    """

    codes: NDArray[np.str_]
    nation: Labels
    district: Labels
    district_code: Labels
    ward: Labels
    board: Labels
    region: Labels
    former_district: Labels
    rank: NDArray[np.int32]
    quintile: NDArray[np.int8]
    infants: NDArray[np.float64]
    minority_ethnic: NDArray[np.float64]
    asian: NDArray[np.float64]
    black: NDArray[np.float64]
    mixed: NDArray[np.float64]
    other_ethnic: NDArray[np.float64]
    limited_english: NDArray[np.float64]
    rural: NDArray[np.float64]

    def __post_init__(self) -> None:
        for field in fields(self):
            column = getattr(self, field.name)
            (column.of if isinstance(column, Labels) else column).setflags(write=False)

    def __len__(self) -> int:
        return len(self.codes)

    def take(self, rows: NDArray[np.int64]) -> Self:
        """Some of the areas, by row."""
        return type(self)(**{field.name: getattr(self, field.name)[rows] for field in fields(self)})

    @cached_property
    def row_of(self) -> dict[str, int]:
        """Row of each area by its code."""
        return {code: row for row, code in enumerate(self.codes.tolist())}

    def rows_of(self, codes: list[str]) -> NDArray[np.int64]:
        """Rows of areas by code, -1 where there is no such area."""
        return np.array([self.row_of.get(code, -1) for code in codes], np.int64)


@cache
def shipped_table() -> SmallAreas:
    """All 43,530 small areas of the United Kingdom, read once."""
    table = read_shipped("uk_small_areas.parquet")
    names = {field.name: "code" if field.name == "codes" else field.name for field in fields(SmallAreas)}
    return SmallAreas(**{name: _as_column(table[column].chunk(0)) for name, column in names.items()})


def read_shipped(name: str) -> Any:
    """Read a Parquet file of the package as an Arrow table of one chunk."""
    import pyarrow.parquet as pq  # here, because a scenario without a real place need not wait for it

    with as_file(files("bpssim.scenario") / "data" / name) as path:
        return pq.ParquetFile(path).read().combine_chunks()


def _as_column(cells: Any) -> Any:
    """Arrow cells as NumPy, from their buffers: what would convert them imports pandas or takes long to load."""
    import pyarrow as pa

    if pa.types.is_dictionary(cells.type):
        return Labels(_numbers(cells.indices, -1), tuple(cells.dictionary.to_pylist()))
    if pa.types.is_string(cells.type):
        return np.array(cells.to_pylist())
    return _numbers(cells, np.nan)


def _numbers(cells: Any, missing: float) -> NDArray[Any]:
    import pyarrow as pa

    valid, values = cells.buffers()
    if pa.types.is_boolean(cells.type):
        numbers = _bits(values, len(cells)).astype(np.float64)
    else:
        numbers = np.frombuffer(values, cells.type.to_pandas_dtype(), len(cells))
    return np.where(_bits(valid, len(cells)), numbers, missing).astype(numbers.dtype) if cells.null_count else numbers


def _bits(buffer: Any, count: int) -> NDArray[np.bool_]:
    return np.unpackbits(np.frombuffer(buffer, np.uint8), count=count, bitorder="little").astype(np.bool_)
