"""A results folder holds what its scenario names, and runs again wherever it is taken."""

import shutil
from pathlib import Path

import pytest

from bpssim.scenario.baseline import shipped
from bpssim.scenario.scenario import load
from bpssim.studies.results_folder.inputs import keep_inputs
from bpssim.studies.results_folder.manifest import read_manifest
from tests.command_line import call

AREAS = "area,births\nE01005061,40\nE01005062,60\nE01005063,30\n"
MOTHERS = "id,quintile,birth_day\n" + "".join(f"{n},{1 + n % 5},{n % 300}\n" for n in range(60))


def test_it_runs_again_elsewhere_to_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "mothers.csv").write_text(MOTHERS, encoding="utf-8")
    first = call("run", "site1", "--set", "population.mothers=mine/mothers.csv", "--replicates", "1", "--out", "here")
    assert first.exit_code == 0, first.output
    assert "the results hold a copy of" in first.stderr
    (tmp_path / "there").mkdir()
    shutil.move(tmp_path / "here", tmp_path / "there" / "taken")
    shutil.rmtree(tmp_path / "mine")
    again = call("run", "there/taken/scenario.yaml", "--out", "again")
    assert again.exit_code == 0, again.output
    for name in ("mothers.parquet", "contacts.parquet", "scenario.yaml", "summary.csv", "inputs/mothers.csv"):
        assert (tmp_path / "again" / name).read_bytes() == (tmp_path / "there" / "taken" / name).read_bytes(), name
    assert read_manifest(tmp_path / "again").inputs == {"inputs/mothers.csv": "population.mothers"}
    assert "inputs/mothers.csv (population.mothers)" in (tmp_path / "again" / "report.html").read_text(encoding="utf-8")


def test_files_of_one_name_are_kept_apart_and_one_file_once(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "areas.csv").write_text(AREAS, encoding="utf-8")
    scenarios = [load("site1", [f"population.births_by_small_area={tmp_path / name}/areas.csv"]) for name in "aba"]
    kept = keep_inputs(tmp_path, scenarios)
    assert sorted(path.name for path in (tmp_path / "inputs").iterdir()) == ["areas-2.csv", "areas.csv"]
    assert 'births_by_small_area: "../inputs/areas-2.csv"' in kept.resolved(scenarios[1], "../")
    assert "births_by_small_area: inputs/areas.csv" in kept.resolved(scenarios[2])


def test_a_baseline_that_builds_on_another_file_is_kept_whole(tmp_path: Path) -> None:
    name = shipped()[0]
    original = load("site1", [f"feeding.baseline={name}"])
    parent = Path(load.__code__.co_filename).parent / "data" / "baselines" / f"{name}.yaml"
    (tmp_path / "parent.yaml").write_bytes(parent.read_bytes())
    (tmp_path / "mine.yaml").write_text("extends: parent.yaml\n", encoding="utf-8")
    mine = original.with_("feeding.baseline", str(tmp_path / "mine.yaml"))
    kept = keep_inputs(tmp_path, [mine])
    (tmp_path / "parent.yaml").unlink()
    (tmp_path / "scenario.yaml").write_text(kept.resolved(mine), encoding="utf-8")
    assert load(tmp_path / "scenario.yaml").feeding.baseline == str(tmp_path / "inputs" / "mine.yaml")


def test_a_list_of_codes_is_kept_wherever_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text("E01005061\n", encoding="utf-8")
    (tmp_path / "other.txt").write_text("E01005062\nE01005063\n", encoding="utf-8")
    one = load("site1", [f"population.place={tmp_path}/one.csv"])
    several = load("site1", [f"population.places=[{tmp_path}/one.csv, Oldham, {tmp_path}/other.txt]"])
    kept = keep_inputs(tmp_path, [one, several])
    assert kept.as_manifest == {"inputs/one.csv": "population.place", "inputs/other.txt": "population.places.2"}
    for n, scenario in enumerate((one, several)):
        (tmp_path / f"{n}.yaml").write_text(kept.resolved(scenario), encoding="utf-8")
    assert load(tmp_path / "0.yaml").population.place == str(tmp_path / "inputs" / "one.csv")
    assert load(tmp_path / "1.yaml").population.places[1:] == ["Oldham", str(tmp_path / "inputs" / "other.txt")]
