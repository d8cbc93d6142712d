"""Columns as Parquet files, one row group at a time, with words as dictionaries and undefined values missing.

Arrays are passed to Arrow as buffers, because `pyarrow.array` would import pandas first, which takes longer than a run.
"""

from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from bpssim.outcomes.columns import Column, Columns, joined

REPLICATE = Column("Number of the replicate, from 0")


ROWS_IN_GROUP = 50_000
"""Rows gathered before they are written together, because files of many small groups are large and slow to read."""


class ParquetTable:
    """A Parquet file that grows by groups of rows, each of many replicates; a context manager.

    Parameters
    ----------
    path
        File to write.
    meaning
        Meaning of each column, by name; descriptions are written as metadata of the fields.
    """

    def __init__(self, path: Path, meaning: dict[str, Column]) -> None:
        self._path = path
        self._meaning = {"replicate": REPLICATE, **meaning}
        self._writer: Any = None
        self._waiting: list[Columns] = []
        self._rows = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            if kind is None and self._waiting:
                self._write_group()
        finally:
            if self._writer is not None:
                self._writer.close()

    def write(self, replicate: int, table: Columns) -> None:
        """Add the rows of one replicate."""
        rows = len(next(iter(table.values())))
        self._waiting.append({"replicate": np.full(rows, replicate, np.int32), **table})
        self._rows += rows
        if self._rows >= ROWS_IN_GROUP:
            self._write_group()

    def _write_group(self) -> None:
        columns = joined(self._waiting)
        arrays = [_arrow(column, columns[name]) for name, column in self._meaning.items()]
        fields = [
            pa.field(name, array.type, metadata={"description": column.description})
            for (name, column), array in zip(self._meaning.items(), arrays, strict=True)
        ]
        schema = pa.schema(fields)
        if self._writer is None:
            self._writer = pq.ParquetWriter(self._path, schema, compression="zstd")
        self._writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
        self._waiting, self._rows = [], 0


def _arrow(column: Column, values: NDArray[Any]) -> Any:
    if column.words is not None:
        return pa.DictionaryArray.from_arrays(_plain(values, values >= 0), _texts(column.words))
    return _plain(values, None if column.undefined is None else values != column.undefined)


def _plain(values: NDArray[Any], defined: NDArray[np.bool_] | None) -> Any:
    is_bool = values.dtype == np.bool_
    data = _bits(values) if is_bool else pa.py_buffer(np.ascontiguousarray(values))
    kind = pa.bool_() if is_bool else pa.from_numpy_dtype(values.dtype)
    return pa.Array.from_buffers(kind, len(values), [None if defined is None else _bits(defined), data])


def _texts(words: tuple[str, ...]) -> Any:
    encoded = [word.encode() for word in words]
    offsets = np.cumsum([0, *map(len, encoded)], dtype=np.int32)
    return pa.StringArray.from_buffers(len(words), pa.py_buffer(offsets), pa.py_buffer(b"".join(encoded)))


def _bits(flags: NDArray[np.bool_]) -> Any:
    return pa.py_buffer(np.packbits(flags, bitorder="little"))
