"""Whatever a stranger sends is read as what it says, or refused in one message; anything else is a fault of ours.

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

from bpssim.scenario.places.changed_areas import known_codes
from bpssim.scenario.places.code_lists import areas_in_file
from bpssim.scenario.places.listed_births import births_by_small_area
from bpssim.scenario.places.mother_table import read_mothers
from bpssim.scenario.scenario import Scenario, load
from bpssim.studies.calibration.observed_rates import read_rates
from bpssim.studies.replicate import run
from bpssim.studies.results_folder.manifest import list_files
from bpssim.studies.results_folder.reading import RunResults, read_results
from bpssim.studies.results_folder.results import write_tables
from tests.refused import read_or_refused

few = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def inside(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str, Any]]:
    """Every place in a scenario, its last key, and what stands there."""
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, entry in entries:
        yield ".".join((*path, str(key))), str(key), entry
        yield from inside(entry, (*path, str(key)))


READY = {name: load(name) for name in ("site1", "site2_year2")}
PLACES = [(name, *each) for name, ready in READY.items() for each in inside(ready.model_dump(mode="json"))]
SEEN: dict[str, list[Any]] = {}
"""What stands anywhere in the ready scenarios, by its key."""
for _, _, its_key, seen in PLACES:
    SEEN.setdefault(its_key, []).append(seen)
ODD = [10**400, 2**63, -1, 1e308, 1e-320, -0.0, "any", "aux", "\x1b[2J", "\u202e", "\ud800", "a.b", {}, []]
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from(ODD),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=6,
)
changes = st.sampled_from(PLACES).flatmap(
    lambda place: st.tuples(st.just(place[0]), st.just(place[1]), st.sampled_from(SEEN[place[2]]) | values)
)


def is_whole(found: Scenario | None) -> bool:
    """Whether a scenario that was read is one: it reads back from what is written of it. True also if none was read."""
    return found is None or Scenario.model_validate(found.model_dump(mode="json", round_trip=True)) == found


@settings(few, max_examples=150)
@given(changes, st.lists(changes, max_size=1), st.text())
def test_any_structure_is_read_or_refused(
    first: tuple[str, str, object], others: list[tuple[str, str, object]], key: str
) -> None:
    name, place, value = first
    together = {place: value, **{other: its for _, other, its in others}}
    for change in (together, {f"{place}.{key}": value}):
        assert is_whole(read_or_refused(lambda change=change: READY[name].with_(change)))


signs = st.sampled_from([*"=.,:[]{}'\"#&*!|>-\\ \t\n", "null", "true", ".nan", "1e999", "q1", "0", "\x1b", "\u202e"])
written = st.sampled_from(PLACES).map(lambda place: f"{place[1]}={json.dumps(place[3])}")
odd = st.tuples(st.sampled_from(PLACES).map(lambda place: place[1]) | signs, st.lists(signs | st.text(max_size=3)))


@settings(few, max_examples=150)
@given(st.lists(written | odd.map(lambda pair: f"{pair[0]}={''.join(pair[1])}"), max_size=3))
def test_any_override_is_read_or_refused(overrides: list[str]) -> None:
    assert is_whole(read_or_refused(lambda: load("site1", overrides)))


TABLES: list[tuple[str, Callable[[Path], Any], Callable[[Any], int]]] = [
    (
        "id,quintile,language\n3,1,urdu\n1,5,\n2,2,english\n",
        lambda path: read_mothers(path, ["urdu"], 365),
        lambda columns: min(map(len, columns.values())),
    ),
    (
        "code,births\nE01005501,30\nE01005502,20\n",
        lambda path: births_by_small_area(path, known_codes(), "known are LSOAs"),
        lambda listed: int(listed.births.sum() > 0),
    ),
    ("code\nE01005501\nE01033468\n", areas_in_file, lambda listed: len(listed.rows)),
    ("age,value\nbirth,70%\n6 weeks,40%\n", read_rates, len),
]
"""A right table, what reads it, and how much was found."""
CELLS = ["quintile", "1", "-1", "1e400", "nan", "6 weeks", "40%", "total", "E01005502", "*", "<5", "٣", "²", "1,234"]
SIGNS = [*',;\t|"\n\r\x0b\x0c\x1c\x00', "\r\n", "\u2028", "\u202e", "\ufeff", " ", "\n\n"]
edits = st.lists(st.tuples(st.integers(0, 60), st.sampled_from(CELLS + SIGNS) | st.text(max_size=3)), max_size=3)
encodings = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
packings: Any = st.sampled_from([bytes, gzip.compress, lambda content: gzip.compress(content)[:-9]])


@pytest.mark.parametrize(("right", "read", "found"), TABLES)
@settings(few, max_examples=120)
@given(edits, encodings, packings)
def test_any_table_of_text_is_read_or_refused(
    right: str,
    read: Callable[[Path], Any],
    found: Callable[[Any], int],
    tmp_path: Path,
    edits: list[tuple[int, str]],
    encoding: str,
    pack: Callable[[bytes], bytes],
) -> None:
    text = right
    for at, piece in edits:
        text = text[:at] + piece + text[at:]
    path = tmp_path / "table.csv"
    path.write_bytes(pack(text.encode(encoding, "replace")))
    table = read_or_refused(lambda: read(path))
    assert table is None or found(table) > 0
    assert table is not None or edits or pack is not bytes or encoding == "utf-16-be"  # a right one is read


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
    for _, read, found in TABLES:
        table = read_or_refused(lambda read=read: read(path))
        assert table is None or found(table) > 0


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
    found = read_or_refused(lambda: read_results(folder))
    assert found is None or (isinstance(found, RunResults) and found.scenario.run.replicates == 2)


def is_json(value: object) -> bool:
    try:
        json.dumps(value).encode()
    except (TypeError, ValueError):
        return False
    return True
