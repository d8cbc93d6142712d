"""No number, list, text or combination of them takes more than a machine has, and what is refused is told its limit."""

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet
from pydantic import BaseModel

from bpssim.scenario.baseline import Baseline
from bpssim.scenario.names import NAME
from bpssim.scenario.places.table_limits import MAX_BYTES, MAX_CELL, MAX_COLUMNS, MAX_ROWS
from bpssim.scenario.reading.messages import BadInput
from bpssim.scenario.scenario import Scenario, load
from bpssim.studies.calibration.observed_rates import read_rates
from bpssim.studies.calibration.profiles import Profile

_LIMITS = {
    "number": ({"minimum", "exclusiveMinimum"}, {"maximum", "exclusiveMaximum"}),
    "integer": ({"minimum", "exclusiveMinimum"}, {"maximum", "exclusiveMaximum"}),
    "array": ({"maxItems"},),
    "string": ({"maxLength", "enum", "const", "pattern"},),
    "object": ({"maxProperties", "properties"},),
}
"""What of each type needs at least one of each set of keywords."""


def unlimited(schema: Any, path: tuple[str, ...] = ()) -> Iterator[str]:
    if isinstance(schema, dict):
        kind = schema.get("type")
        if isinstance(kind, str) and not all(keywords & schema.keys() for keywords in _LIMITS.get(kind, ())):
            yield ".".join(path)
        for key, value in schema.items():
            yield from () if key in ("default", "examples") else unlimited(value, (*path, key))
    elif isinstance(schema, list):
        for number, value in enumerate(schema):
            yield from unlimited(value, (*path, str(number)))


@pytest.mark.parametrize("model", [Scenario, Baseline, Profile])
def test_everything_that_a_file_may_say_has_limits(model: type[BaseModel]) -> None:
    assert list(unlimited(model.model_json_schema())) == []
    assert "{0,59}" in NAME


def refused(*overrides: str) -> str:
    with pytest.raises(BadInput) as caught:
        load("site1", overrides)
    [line] = str(caught.value).splitlines()
    return line


@pytest.mark.parametrize(
    ("overrides", "words"),
    [
        (["costs.paid_hour=1e300"], "costs.paid_hour: should be a number, at least 0, at most 1000000"),
        (["access.help_seeking_days=1e-300"], "at least 0.01"),
        (["feeding.stopping_hazard={intends: 1e300}"], "at most 1000"),
        (["population.neighbourhood_births=1e-9"], "at least 1"),
        (["population.births_per_year=1000000", "run.window_days=3650"], "mothers in 3,706 days; a run has room for 3"),
        (["population.births_per_year=1000000", "run.replicates=100000"], "run.replicates: makes 115,342,465,753"),
        (["team.supporters.paid.count=10000", "team.scale_to_births=1"], "team.scale_to_births: makes 30,018,000 supp"),
    ],
)
def test_what_would_take_all_memory_is_refused_with_its_limit(overrides: list[str], words: str) -> None:
    assert words in refused(*overrides)


def test_births_of_a_file_are_limited_as_those_of_a_scenario(tmp_path: Path) -> None:
    path = tmp_path / "births.csv"
    path.write_text("code,births\nE01005501,999999999\n", encoding="utf-8")
    line = refused(f"population.births_by_small_area={path}")
    assert "population.births_by_small_area: makes 999,999,999 births a year; a run has room for 1,000,000" in line


def dictionary(rows: int, text: str) -> Any:
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(rows, np.int32)), pa.array([text]))


def dictionary_of_long(path: Path) -> None:
    parquet.write_table(pa.table({"language": dictionary(100, "u" * 100_000)}), path)


def dictionary_of_many(path: Path) -> None:
    parquet.write_table(pa.table({"language": dictionary(200_000, "u" * MAX_CELL)}), path)


def many_rows(path: Path) -> None:
    parquet.write_table(pa.table({"language": dictionary(MAX_ROWS + 1, "urdu")}), path)


def large_numbers(path: Path) -> None:
    numbers = np.zeros(MAX_ROWS, np.float64)
    columns = {f"x{n}": numbers for n in range(1 + MAX_BYTES // numbers.nbytes)}
    parquet.write_table(pa.table(columns), path, use_dictionary=False)


def prefixes(path: Path) -> None:
    table = pa.table({"language": ["u" * 1000] * 1000})
    parquet.write_table(table, path, use_dictionary=False, column_encoding={"language": "DELTA_BYTE_ARRAY"})


def zipped(content: bytes) -> bytes:
    return gzip.compress(content, 1)


def wide_bytes(path: Path) -> None:
    parquet.write_table(pa.table({"id": pa.array([b"0" * 1000], pa.binary(1000))}), path)


def lists(path: Path) -> None:
    parquet.write_table(pa.table({"id": [[1, 2]]}), path)


TABLES = {
    "a gzip bomb": (lambda path: path.write_bytes(zipped(b"0" * (MAX_BYTES + 1))), "over 100,000,000 bytes uncompr"),
    "a wide row": (lambda path: path.write_bytes(b"," * MAX_COLUMNS), "over 1,000 columns) (found 1,001)"),
    "a long cell": (lambda path: path.write_bytes(b"x" * (MAX_CELL + 1)), "a cell of over 2,000 characters"),
    "a dictionary of one long text": (dictionary_of_long, "a cell of over 2,000 characters) (found 100,000)"),
    "a dictionary for many rows": (dictionary_of_many, "bytes uncompressed in one column) (found 400,000,000"),
    "many rows in a small file": (many_rows, "over 2,000,000 rows"),
    "large columns in a small file": (large_numbers, "bytes uncompressed"),
    "bytes of one length": (wide_bytes, "other than numbers, texts and yes or no (found fixed_size_binary[1000])"),
    "lists in cells": (lists, "id: a column holds something other than numbers, texts and yes or no (found list"),
    "texts that begin like the one before": (prefixes, "cannot be read as Parquet"),
}


@pytest.mark.parametrize("kind", TABLES)
def test_a_table_beyond_a_limit_is_refused_before_it_is_read(kind: str, tmp_path: Path) -> None:
    make, words = TABLES[kind]
    make(tmp_path / "table")
    assert words in refused(f"population.mothers={tmp_path / 'table'}").replace(f"{tmp_path}/", "")


def test_cells_are_counted_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bpssim.scenario.places.table_limits.MAX_CELLS", 5)
    (tmp_path / "t.csv").write_text("quintile,lone\n1,0\n1,0\n", encoding="utf-8")
    parquet.write_table(pa.table({"quintile": [1, 2, 3], "lone": [0, 0, 1]}), tmp_path / "t.parquet")
    for name in ("t.csv", "t.parquet"):
        assert "too large for a table (over 5 cells)" in refused(f"population.mothers={tmp_path / name}")


def test_blank_rows_are_counted_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bpssim.scenario.places.table_limits.MAX_ROWS", 5)
    (tmp_path / "t.csv").write_text("quintile,lone\n" + "\n" * 10 + "1,0\n", encoding="utf-8")
    assert "too large for a table (over 5 rows)" in refused(f"population.mothers={tmp_path / 't.csv'}")


def test_a_table_of_rates_has_few_rows(tmp_path: Path) -> None:
    path = tmp_path / "rates.csv"
    path.write_text("age,value\n" + "6 weeks,40\n" * 10_001, encoding="utf-8")
    with pytest.raises(BadInput, match="over 10,000 rows"):
        read_rates(path)
