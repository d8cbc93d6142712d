"""The folder of a sweep: a file for each finished point, and one file for all once the sweep is complete.

A file appears whole or not at all, under a name that says what is in it, so that an interrupted sweep knows what is
there without reading it. Whatever the order of the work, a complete sweep ends with the same bytes.
"""

import json
import os
import re
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple, TypedDict
from uuid import uuid4

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from bpssim.scenario.reading.messages import BadInput, Mistake, Origin
from bpssim.studies.plan.points import Point
from bpssim.studies.results_folder.growing_folder import RUNS
from bpssim.studies.results_folder.sole_writer import PREFIX
from bpssim.studies.sweep.rows import SCHEMA

EARLIER = "earlier"
"""Folder of results of points that the study no longer has; nothing is thrown away."""
TOGETHER = "results.parquet"
_NEW, _OLD = f"{PREFIX}{RUNS}.new", f"{PREFIX}{RUNS}.old"
_NAME = re.compile(r"([0-9a-f]+)_(\d+)-(\d+)\.parquet")
_CONTENT = b"bpssim"
"""Key of the metadata that say which points and seeds are in the file of all."""
_ROWS_IN_GROUP = 250_000


class _Part(NamedTuple):
    """A file of one point, and which seeds are in it."""

    path: Path
    key: str
    seeds: range


class _Content(TypedDict):
    """Seeds of one point in the file of all, as first and last of ranges, and its rows."""

    seeds: list[tuple[int, int]]
    rows: int


class Store:
    """Results of a sweep on disk.

    Parameters
    ----------
    folder
        Folder of the sweep; the caller is the only one to write there.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._runs = folder / RUNS

    def prepare(self) -> None:
        """Make the folder, and tidy up after a process that was killed."""
        new, old = self._folder / _NEW, self._folder / _OLD
        if not self._runs.exists() and old.exists():
            old.rename(self._runs)
        self._runs.mkdir(parents=True, exist_ok=True)
        for left in (new, old):
            shutil.rmtree(left, ignore_errors=True)
        for unfinished in self._runs.glob(f"{PREFIX}*"):
            unfinished.unlink()

    def there(self) -> dict[str, set[int]]:
        """Seeds that are finished, by key of the point."""
        seeds: dict[str, set[int]] = defaultdict(set)
        for key, content in self._together().items():
            for first, last in content["seeds"]:
                seeds[key].update(range(first, last + 1))
        for part in self._parts():
            seeds[part.key].update(part.seeds)
        return dict(seeds)

    def not_of(self, points: Sequence[Point]) -> int:
        """Number of points that are there and not among these."""
        return len(self.there().keys() - {point.key for point in points})

    def add(self, point: Point, seeds: range, content: bytes) -> None:
        """Write the results of one point, so that they survive whatever happens next.

        Raises
        ------
        OSError
            If there is no room for them.
        """
        unfinished = self._runs / f"{PREFIX}{uuid4().hex[:8]}"
        try:
            with unfinished.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(self._runs / f"{point.key}_{seeds.start}-{seeds.stop - 1}.parquet")
        except BaseException:
            with suppress(OSError):
                unfinished.unlink()
            raise

    def put_together(self, points: Sequence[Point]) -> None:
        """Make one file of all results of these points, in their order and that of seeds; others move to `EARLIER`."""
        keys = list(dict.fromkeys(point.key for point in points))
        together = self._together()
        parts = list(self._parts())
        if not parts and list(together) == [key for key in keys if key in together]:
            return
        new, old = self._folder / _NEW, self._folder / _OLD
        new.mkdir()
        self._write_together(new / TOGETHER, keys)
        others = dict.fromkeys([*together, *(part.key for part in parts)])
        if no_longer := [key for key in others if key not in set(keys)]:
            (self._folder / EARLIER).mkdir(exist_ok=True)
            self._write_together(self._folder / EARLIER / f"{uuid4().hex[:8]}.parquet", no_longer)
        for path in self._runs.iterdir():  # of somebody else
            if path.name != TOGETHER and not _NAME.fullmatch(path.name):
                path.rename(new / path.name)
        self._runs.rename(old)
        new.rename(self._runs)
        shutil.rmtree(old)

    def tables(self, keys: Sequence[str]) -> Iterator[tuple[str, Any]]:
        """Results of each point that has any: its key, and an Arrow table in order of seeds."""
        paths: dict[str, list[Path]] = defaultdict(list)
        for part in self._parts():
            paths[part.key].append(part.path)
        together, first = {}, 0
        for key, content in self._together().items():
            together[key] = first, content["rows"]
            first += content["rows"]
        whole = _read(self._runs / TOGETHER) if together else None
        for key in dict.fromkeys(keys):
            tables = [_read(path) for path in paths[key]]
            if whole is not None and key in together:
                tables.insert(0, whole.slice(*together[key]))
            if tables:
                table = pa.concat_tables(tables).unify_dictionaries()
                yield key, table if len(tables) == 1 else table.take(pc.sort_indices(table["seed"]))

    def _write_together(self, path: Path, keys: Sequence[str]) -> None:
        content: dict[str, _Content] = {}
        for key, table in self.tables(keys):
            seeds = pc.unique(table["seed"]).to_pylist()
            content[key] = {"seeds": _ranges_of(seeds), "rows": len(table)}
        schema = SCHEMA.with_metadata({_CONTENT: json.dumps(content).encode()})
        with pq.ParquetWriter(path, schema, compression="zstd") as writer:
            for tables in _in_groups(table for _, table in self.tables(keys)):
                group = _coded_anew(pa.concat_tables(tables).unify_dictionaries(), schema)
                writer.write_table(group, row_group_size=len(group))

    def _parts(self) -> Iterator[_Part]:
        for path in sorted(self._runs.glob("*.parquet")):
            if match := _NAME.fullmatch(path.name):
                yield _Part(path, match[1], range(int(match[2]), int(match[3]) + 1))

    def _together(self) -> dict[str, _Content]:
        """What is in the file of all, by key in the order of its rows."""
        path = self._runs / TOGETHER
        if not path.exists():
            return {}
        with _told_if_damaged(path):
            content: dict[str, _Content] = json.loads(pq.read_schema(path).metadata[_CONTENT])
        return content


def _coded_anew(table: Any, schema: Any) -> Any:
    """The table with words numbered in the order of its rows, wherever these come from."""
    plain = schema
    for place, field in enumerate(schema):
        if pa.types.is_dictionary(field.type):
            plain = plain.set(place, field.with_type(pa.string()))
    return table.cast(plain).combine_chunks().cast(schema)


def _read(path: Path) -> Any:
    with _told_if_damaged(path):
        return pq.read_table(path, memory_map=True)


@contextmanager
def _told_if_damaged(path: Path) -> Iterator[None]:
    """Say which file is damaged, and what to do."""
    try:
        yield
    except (pa.ArrowInvalid, OSError, KeyError, TypeError, ValueError):
        advice = "remove it, and what was in it is run again"
        raise BadInput(Mistake(Origin(str(path)), "is damaged", advice=advice)) from None


def _ranges_of(seeds: Sequence[int]) -> list[tuple[int, int]]:
    """First and last of each range of seeds next to each other."""
    ranges: list[tuple[int, int]] = []
    for seed in seeds:
        if ranges and ranges[-1][1] == seed - 1:
            ranges[-1] = ranges[-1][0], seed
        else:
            ranges.append((seed, seed))
    return ranges


def _in_groups(tables: Iterable[Any]) -> Iterator[list[Any]]:
    """Tables gathered until they make a row group, because files of many small groups are large and slow to read."""
    waiting: list[Any] = []
    for table in tables:
        waiting.append(table)
        if sum(map(len, waiting)) >= _ROWS_IN_GROUP:
            yield waiting
            waiting = []
    if waiting:
        yield waiting
