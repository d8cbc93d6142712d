"""A results folder appears whole or not at all, and says where it comes from."""

import csv
import hashlib
import json
import os
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from bpssim.scenario.reading.messages import BadInput
from bpssim.scenario.scenario import Scenario, load
from bpssim.studies.grades import grades_of
from bpssim.studies.replicate import find_places, replicates_of, run
from bpssim.studies.results_folder import results
from bpssim.studies.results_folder.atomic_folder import atomic_folder
from bpssim.studies.results_folder.csv_files import write_csv
from bpssim.studies.results_folder.manifest import AboutRun, write_manifest
from bpssim.studies.results_folder.reading import RunResults, read_results
from bpssim.studies.run import Run
from tests.small import small

FILES = {
    "manifest.json",
    "scenario.yaml",
    "summary.csv",
    "metrics.csv",
    "between_runs.csv",
    "by_seed.csv",
    "cascade.csv",
    "survival.csv",
    "daily.csv",
    "decisions.csv",
    "local_rate.csv",
    "mothers.parquet",
    "contacts.parquet",
}


def write(folder: Path, scenario: Scenario) -> None:
    finished = run(scenario)
    folder.mkdir()
    results.write_details(folder, finished.scenario, finished.places, finished.details)
    results.write_tables(folder, finished, "bpssim run small")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("results") / "site1-1"
    write(folder, small())
    return folder


def test_it_holds_the_files_of_the_contract(kept: Path) -> None:
    assert {path.name for path in kept.iterdir()} == FILES


def test_real_places_have_two_files_more_which_read_back_as_they_were(tmp_path: Path) -> None:
    scenario = small("population.place=Rochdale", "run.replicates=2")
    write(tmp_path / "real", scenario)
    assert {path.name for path in (tmp_path / "real").iterdir()} == FILES | {"localities.csv", "small_areas.csv"}
    made, found = run(scenario, details=False), read_results(tmp_path / "real")
    assert isinstance(found, RunResults)
    assert found.localities == Run.localities.rows(made)
    assert found.small_areas == list(Run.small_areas.rows(made))
    (tmp_path / "real" / "localities.csv").unlink()
    with pytest.raises(BadInput, match=r"localities\.csv"):
        read_results(tmp_path / "real")


def test_the_scenario_reads_back_equal_and_has_the_hash_of_the_manifest(kept: Path) -> None:
    assert load(kept / "scenario.yaml") == small()
    manifest = json.loads((kept / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["scenario_sha256"] == hashlib.sha256((kept / "scenario.yaml").read_bytes()).hexdigest()
    assert (manifest["seed"], manifest["replicates"], manifest["command"]) == (1, 3, "bpssim run small")
    assert set(manifest["packages"]) >= {"bpssim", "numpy", "numba"}
    grades = manifest["input_grades"]
    assert set(grades) == {"A", "B", "C"}
    assert all(grade["count"] == len(grade["inputs"]) for grade in grades.values())
    assert "team.supporters.paid.ethos" in grades["C"]["inputs"]


def test_grades_are_those_of_inputs_in_use() -> None:
    paths = [path for paths in grades_of(small()).values() for path in paths]
    assert "pathways.call_48h.connects" in paths
    assert "population.attributes.age.under_20" in paths
    assert len(paths) == len(set(paths))
    off = [path for paths in grades_of(small("pathways.call_48h.active=false")).values() for path in paths]
    assert not any(path.startswith("pathways.call_48h") for path in off)


def test_tables_read_back_as_they_were(kept: Path) -> None:
    finished = run(small())
    for name, expected in (("mothers", finished.mothers), ("contacts", finished.contacts)):
        table = pq.read_table(kept / f"{name}.parquet")
        table.validate(full=True)
        assert table.column_names == list(expected.columns)
        assert all(field.metadata[b"description"] for field in table.schema)
        read = table.to_pandas()
        for column in expected.columns:
            mine, its = expected[column].astype(object), read[column].astype(object)
            assert mine.isna().equals(its.isna()), column
            assert (mine[mine.notna()] == its[its.notna()]).all(), column


def test_the_same_run_writes_the_same_bytes(kept: Path, tmp_path: Path) -> None:
    write(tmp_path / "again", small())
    for name in FILES - {"manifest.json"}:
        assert (tmp_path / "again" / name).read_bytes() == (kept / name).read_bytes(), name


def test_the_event_log_is_written_where_it_is_asked_for_and_changes_nothing_else(kept: Path, tmp_path: Path) -> None:
    scenario, places = small(), find_places(small())
    finished = results.put_away(tmp_path, scenario, places, replicates_of(scenario, places, events=True), events=True)
    results.write_tables(tmp_path, finished, "bpssim run small --events")
    assert {path.name for path in tmp_path.iterdir()} == FILES | {"events.parquet"}
    for name in FILES - {"manifest.json"}:
        assert (tmp_path / name).read_bytes() == (kept / name).read_bytes(), name
    kept_in_memory = run(scenario, events=True).events
    events = pq.read_table(tmp_path / "events.parquet").to_pandas()
    assert list(events.columns) == list(kept_in_memory.columns)
    assert len(events) == len(kept_in_memory) > 1000
    contacts = pq.read_table(kept / "contacts.parquet").to_pandas()
    attempts = events[events.event == "attempted"].reset_index()
    for column in ("replicate", "mother", "baby_age", "pathway", "outcome"):
        assert (attempts[column].astype(str) == contacts[column].astype(str)).all(), column
    assert (attempts.step == contacts.step).all()
    with pytest.raises(ValueError, match="kept no events; run with events=True"):
        _ = run(scenario).events


def test_many_replicates_share_a_group_of_rows(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert pq.ParquetFile(kept / "mothers.parquet").num_row_groups == 1
    monkeypatch.setattr("bpssim.studies.results_folder.parquet.ROWS_IN_GROUP", 400)
    write(tmp_path / "narrow", small())
    narrow = pq.ParquetFile(tmp_path / "narrow" / "mothers.parquet")
    assert narrow.num_row_groups == 2
    assert narrow.read().equals(pq.read_table(kept / "mothers.parquet"))


def test_undefined_cells_are_empty(tmp_path: Path) -> None:
    write(tmp_path / "one", small("run.replicates=1", "population.quintile_mix=[1, 0, 1, 1, 1]"))
    with (tmp_path / "one" / "summary.csv").open(encoding="utf-8", newline="") as file:
        rows = {(row["metric"], row["quintile"]): row for row in csv.DictReader(file)}
    assert rows["births", "2"]["value"] == "0.0"
    assert rows["any_6w", "2"]["value"] == ""
    assert rows["any_6w", "1"]["value"] != ""
    assert rows["any_6w", "1"]["lower"] == rows["any_6w", "1"]["upper"] == ""
    assert "nan" not in (tmp_path / "one" / "cascade.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\uff1d1", "\t=1", "\r=1"])
def test_no_text_is_read_as_a_formula(text: str, tmp_path: Path) -> None:
    write_csv(tmp_path / "x.csv", ["name", "number"], [[text, -1.5]])
    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as file:
        name, number = list(csv.reader(file))[1]
    assert name in (f"'{text}", repr(text)[1:-1])
    assert not name.startswith(("=", "+", "-", "@", "\uff1d", "\t", "\r"))
    assert number == "-1.5"


def test_files_beyond_ascii_have_a_byte_order_mark_and_plain_files_have_none(tmp_path: Path) -> None:
    for text, mark in (("Ynys Môn", b"\xef\xbb\xbf"), ("Anglesey", b"name")):
        write_csv(tmp_path / "x.csv", ["name"], [[text]])
        assert (tmp_path / "x.csv").read_bytes().startswith(mark)
        assert text in (tmp_path / "x.csv").read_text(encoding="utf-8-sig")


def test_a_run_that_fails_halfway_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "write_csv", lambda *_: (_ for _ in ()).throw(OSError("the disk is full")))
    finished = run(small())
    with pytest.raises(OSError, match="disk"), atomic_folder(tmp_path / "new" / "out", "x", "run") as folder:
        results.write_tables(folder.building, finished, "")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("stopped_by", [KeyboardInterrupt, ValueError, SystemExit])
def test_old_results_survive_a_new_run_that_is_stopped(stopped_by: type[BaseException], tmp_path: Path) -> None:
    old = tmp_path / "out"
    with atomic_folder(old, "x", "run") as folder:
        write_files(folder.building, "old")

    def write_half() -> None:
        with atomic_folder(old, "x", "run") as folder:
            (folder.building / "half").touch()
            raise stopped_by

    with pytest.raises(stopped_by):
        write_half()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert {path.name for path in old.iterdir()} == FILES


def write_files(folder: Path, content: str) -> None:
    for name in FILES - {"manifest.json"}:
        (folder / name).write_text(content, encoding="utf-8")
    about = {"command": content, "scenario": "x", "scenario_sha256": "0" * 64, "seed": 1, "replicates": 1}
    write_manifest(folder, AboutRun(**about, mothers="", input_grades={}))


def test_results_are_replaced_and_anything_else_is_not(tmp_path: Path) -> None:
    for content in ("first", "second"):
        with atomic_folder(tmp_path / "out", "x", "run") as folder:
            assert not (folder.building / "manifest.json").exists()
            write_files(folder.building, content)
        assert content in (tmp_path / "out" / "manifest.json").read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    precious = tmp_path / "precious"
    precious.mkdir()
    with atomic_folder(precious, "x", "run") as folder:  # an empty folder may be filled
        (folder.building / "thesis.txt").touch()
    with pytest.raises(BadInput, match="holds other files"), atomic_folder(precious, "x", "run"):
        pass
    with pytest.raises(BadInput, match="is a file"), atomic_folder(precious / "thesis.txt", "x", "run"):
        pass
    for others in ("", "[]", "{}", '{"program": "other"}', "[" * 9999):  # other software has manifests too
        (precious / "manifest.json").write_text(others, encoding="utf-8")
        with pytest.raises(BadInput, match="holds other files"), atomic_folder(precious, "x", "run"):
            pass
    assert (precious / "thesis.txt").exists()


@pytest.mark.parametrize("name", ["notes.txt", "figures/mine.png"])
def test_what_somebody_has_put_beside_results_is_never_lost(name: str, tmp_path: Path) -> None:
    with atomic_folder(tmp_path / "out", "x", "run") as folder:
        write_files(folder.building, "first")
    (tmp_path / "out" / name).parent.mkdir(exist_ok=True)
    (tmp_path / "out" / name).touch()
    with (
        pytest.raises(BadInput, match=rf"holds other files.*\(found {name}\)"),
        atomic_folder(tmp_path / "out", "x", "run"),
    ):
        pass
    assert (tmp_path / "out" / name).exists()


def test_results_of_another_kind_are_not_replaced(tmp_path: Path) -> None:
    with atomic_folder(tmp_path / "out", "x", "run") as folder:
        write_files(folder.building, "first")
    with pytest.raises(BadInput, match=r"another kind.*\(found a run\)"), atomic_folder(tmp_path / "out", "x", "story"):
        pass
    assert {path.name for path in (tmp_path / "out").iterdir()} == FILES


@pytest.mark.parametrize("exists", [True, False])
def test_a_link_leads_to_the_folder_that_is_replaced(exists: bool, tmp_path: Path) -> None:
    real = tmp_path / "real"
    if exists:
        real.mkdir()
    (tmp_path / "link").symlink_to("real")
    with atomic_folder(tmp_path / "link", "x", "run") as folder:
        (folder.building / "new").touch()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "real"]
    assert (tmp_path / "link").is_symlink()
    assert [path.name for path in real.iterdir()] == ["new"]


def test_a_drive_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "is_mount", lambda path: path == tmp_path)
    with pytest.raises(BadInput, match="is a drive"), atomic_folder(tmp_path, "x", "run"):
        pytest.fail("filled in vain")


def test_what_a_killed_process_left_behind_is_no_obstacle(tmp_path: Path) -> None:
    left = tmp_path / f".out.{os.getpid()}.part"  # in a container every run has the same number
    left.mkdir()
    with atomic_folder(tmp_path / "out", "x", "run") as folder:
        assert folder.building.exists()
    assert (tmp_path / "out").exists()
    assert left.exists()


def test_default_folders_are_numbered_and_never_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "results" / "a-b-7").mkdir(parents=True)
    (tmp_path / "results" / "a-9").mkdir()
    with atomic_folder(None, "a", "run") as folder:
        other = tmp_path / "results" / "a-10"  # another run is quicker
        other.mkdir()
        (other / "manifest.json").touch()
    assert folder.final == Path("results/a-11")
    assert list(other.iterdir()) == [other / "manifest.json"]


def test_arrays_of_every_length_keep_their_missing_values(tmp_path: Path) -> None:
    from bpssim.outcomes.columns import Column
    from bpssim.studies.results_folder.parquet import ParquetTable

    meaning = {"flag": Column("f"), "age": Column("a", None, -1), "word": Column("w", ("é", "", "z"))}
    for rows in (0, 1, 7, 8, 9):
        age = np.arange(rows, dtype=np.int16) % 3 - 1
        with ParquetTable(tmp_path / "x.parquet", meaning) as file:
            file.write(4, {"flag": age > 0, "age": age, "word": age.astype(np.int8)})
        read = pq.read_table(tmp_path / "x.parquet").to_pylist()
        words = ("é", "", "z")
        assert read == [
            {"replicate": 4, "flag": a > 0, "age": a if a >= 0 else None, "word": words[a] if a >= 0 else None}
            for a in age.tolist()
        ]
