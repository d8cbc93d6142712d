"""Whatever a stranger sends is read, or refused in one message; anything else is a fault of ours.

A small form of longer searches: the same examples at every run in CI, other ones here.
"""

import gzip
import io
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from bpssim.scenario.places.mother_table import read_mothers
from bpssim.scenario.places.small_areas import births_by_small_area
from bpssim.scenario.reading.messages import BadInput
from bpssim.scenario.scenario import load
from bpssim.studies.calibration.observed_rates import read_rates
from bpssim.studies.replicate import run
from bpssim.studies.results_folder.manifest import list_files
from bpssim.studies.results_folder.reading import read_results
from bpssim.studies.results_folder.results import write_tables

few = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def read_or_refused(read: Callable[[], object]) -> None:
    try:
        read()
    except BadInput as refused:
        check_lines(refused)


def check_lines(refused: BadInput) -> None:
    lines = str(refused).split("\n")
    assert len(lines) == len(refused.mistakes) >= 1
    assert all(line.isprintable() and line for line in lines)


def paths(value: Any, path: tuple[str, ...] = ()) -> Iterator[str]:
    """Every place in a scenario."""
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, entry in entries:
        yield ".".join((*path, str(key)))
        yield from paths(entry, (*path, str(key)))


READY = {name: load(name) for name in ("site1", "site2_year2")}
PLACES = [(name, place) for name, ready in READY.items() for place in paths(ready.model_dump(mode="json"))]
ODD = [10**400, 2**63, -1, 1e308, 1e-320, -0.0, "any", "aux", "\x1b[2J", "\u202e", "\ud800", "a.b", {}, []]
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from(ODD),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=6,
)


@settings(few, max_examples=100)
@given(st.sampled_from(PLACES), st.lists(st.tuples(st.sampled_from(PLACES), values), max_size=2), values, st.text())
def test_any_structure_is_read_or_refused(
    first: tuple[str, str], others: list[tuple[tuple[str, str], object]], value: object, key: str
) -> None:
    name, place = first
    changes = {place: value, **{other: its for (_, other), its in others}}
    read_or_refused(lambda: READY[name].with_(changes))
    read_or_refused(lambda: READY[name].with_(f"{place}.{key}", value))


signs = st.sampled_from([*"=.,:[]{}'\"#&*!|>-\\ \t\n", "null", "true", ".nan", "1e999", "q1", "0", "\x1b", "\u202e"])
inputs = st.sampled_from([place for _, place in PLACES])


@settings(few, max_examples=300)
@given(st.lists(st.tuples(inputs | signs, st.lists(signs | st.text(max_size=3), max_size=10)), max_size=3))
def test_any_override_is_read_or_refused(tmp_path: Path, given: list[tuple[str, list[str]]]) -> None:
    (tmp_path / "s.yaml").write_text("name: small\n", encoding="utf-8")
    read_or_refused(lambda: load(tmp_path / "s.yaml", [f"{place}={''.join(value)}" for place, value in given]))


TABLES = [lambda path: read_mothers(path, ["urdu"], 365), births_by_small_area, read_rates]
HEADINGS = ["id,quintile,language\n", "code,births\nE01005501,", "age,value\n6 weeks,"]
CELLS = ["quintile", "1", "-1", "1e400", "nan", "6 weeks", "40%", "total", "E01005502", "*", "<5", "٣", "²", "1,234"]
SEPARATORS = [*',;\t|"\n\r\x0b\x0c\x1c\x00', "\r\n", "\u2028", "\u202e", "\ufeff"]
texts = st.lists(st.sampled_from(HEADINGS + CELLS + SEPARATORS) | st.text(max_size=3), max_size=40).map("".join)
encoded = st.builds(
    lambda text, encoding: text.encode(encoding, "replace"),
    texts,
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"]),
)


@settings(few, max_examples=300)
@given(st.binary(max_size=100) | encoded | encoded.map(gzip.compress) | encoded.map(lambda it: gzip.compress(it)[:-9]))
def test_any_table_of_text_is_read_or_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    for read in TABLES:
        read_or_refused(lambda read=read: read(path))


def parquet_bytes() -> bytes:
    columns = {"id": [1, 2], "quintile": [1, 5], "language": ["urdu", None], "lone": [True, False]}
    written = io.BytesIO()
    parquet.write_table(pa.table(columns), written)
    return written.getvalue()


PARQUET = parquet_bytes()


@settings(few, max_examples=300)
@given(st.lists(st.tuples(st.integers(0, len(PARQUET) - 1), st.integers(0, 255)), min_size=1, max_size=4))
def test_a_damaged_parquet_file_is_read_or_refused(tmp_path: Path, damage: list[tuple[int, int]]) -> None:
    content = bytearray(PARQUET)
    for at, byte in damage:
        content[at] = byte
    path = tmp_path / "table.parquet"
    path.write_bytes(content)
    for read in TABLES:
        read_or_refused(lambda read=read: read(path))


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("results")
    finished = run(load("site1", ["population.births_per_year=100", "run.window_days=60", "run.replicates=2"]))
    write_tables(folder, finished, "bpssim run small")
    list_files(folder)
    return folder


KEYS = ["program", "kind", "files", "scenario", "seed", "mothers", "packages", "grades", "finished", "own"]


@settings(few, max_examples=25)
@given(st.data())
def test_a_damaged_or_forged_results_folder_is_read_or_refused(kept: Path, tmp_path: Path, data: st.DataObject) -> None:
    folder = tmp_path / "results"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(kept, folder)
    if data.draw(st.booleans()):
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        manifest[data.draw(st.sampled_from(KEYS))] = data.draw(values.filter(is_json))
        (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    else:
        path = data.draw(st.sampled_from(sorted(folder.iterdir())))
        content = bytearray(path.read_bytes())
        for _ in range(data.draw(st.integers(1, 3))):
            content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.sampled_from(b'\0\n",-9a\xff'))
        path.write_bytes(content[: data.draw(st.sampled_from([len(content), len(content) // 2, 0]))])
        if path.name != "manifest.json":
            list_files(folder)  # as a forger would, for otherwise its digest tells
    read_or_refused(lambda: read_results(folder))


def is_json(value: object) -> bool:
    try:
        json.dumps(value).encode()
    except (TypeError, ValueError):
        return False
    return True
