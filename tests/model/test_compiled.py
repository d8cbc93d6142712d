"""Compiled rules say what the source says: with and without compilation, and after an edit anywhere."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import bpssim
from bpssim.model import compiled, layout, population, records

DIGEST = """
import hashlib
from tests.model.services import MECHANISMS, run, small, state
simulation = run(small({births}, MECHANISMS), 5)
print(simulation.calendar.events)
for name, content in state(simulation).items():
    print(name, hashlib.sha256(content).hexdigest())
"""

FIRST_DAY = """
from tests.model.services import small
from bpssim.model.setup import apply_inputs
from bpssim.model.simulation import Simulation
from bpssim.scenario.words import Item
simulation = Simulation(small(50), 5)
print(simulation.world.records["value"][0, Item.BEST_TIME], sum(apply_inputs.stats.cache_hits.values()))
"""


def python(code: str, *path: Path, **environment: str) -> str:
    search = os.pathsep.join([*map(str, path), str(Path(__file__).parent), *sys.path])
    done = subprocess.run(
        [sys.executable, "-P", "-c", code],
        env={**os.environ, "PYTHONPATH": search, **environment},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_rules_give_the_same_bytes_without_compilation():
    code = DIGEST.format(births=150)
    assert python(code, NUMBA_DISABLE_JIT="1") == python(code)


def test_an_edit_in_another_file_gives_the_new_answer_and_no_edit_is_served_from_the_cache(tmp_path):
    shutil.copytree(Path(bpssim.__file__).parent, tmp_path / "bpssim", ignore=shutil.ignore_patterns("__pycache__"))
    cache = {"BPSSIM_CACHE": str(tmp_path / "cache")}
    assert python(FIRST_DAY, tmp_path, **cache).split() == ["1", "0"]
    assert python(FIRST_DAY, tmp_path, **cache).split() == ["1", "1"]
    callee = tmp_path / "bpssim" / "model" / "knowledge.py"  # its caller is in setup.py
    source = callee.read_text(encoding="utf-8")
    edited = source.replace("record.value[Item.BEST_TIME] = 1", "record.value[Item.BEST_TIME] = 7")
    assert edited != source
    callee.write_text(edited, encoding="utf-8")
    assert python(FIRST_DAY, tmp_path, **cache).split() == ["7", "0"]


def test_every_file_with_a_rule_decides_the_name_of_the_cache():
    package = Path(bpssim.__file__).parent
    with_rules = [
        path
        for path in package.rglob("*.py")
        if any(mark in path.read_text(encoding="utf-8") for mark in ("@rule", "@entry", "@draw"))
    ]
    assert len(with_rules) > 5
    assert set(with_rules) <= set(compiled.rule_sources())


def test_rules_are_kept_elsewhere_where_the_cache_cannot_be_written(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("not a folder")
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("BPSSIM_CACHE", str(tmp_path / "file" / "cache"))
    monkeypatch.setattr(compiled.tempfile, "gettempdir", lambda: str(tmp_path / "temporary"))
    assert compiled.cache_folder.__wrapped__().is_relative_to(tmp_path / "temporary")


def test_rules_are_kept_elsewhere_where_the_cache_is_read_only(tmp_path, monkeypatch):
    readable = os.access
    monkeypatch.setenv("BPSSIM_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(compiled.tempfile, "gettempdir", lambda: str(tmp_path / "temporary"))
    monkeypatch.setattr(  # permissions do not bind the superuser who may run this test
        compiled.os, "access", lambda path, mode: "temporary" in str(path) and readable(path, mode)
    )
    assert compiled.cache_folder.__wrapped__().is_relative_to(tmp_path / "temporary")


def test_nowhere_to_write_is_said_with_what_to_do(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("BPSSIM_CACHE", str(tmp_path / "file" / "cache"))
    monkeypatch.setattr(compiled.tempfile, "gettempdir", lambda: str(tmp_path / "file"))
    with pytest.raises(OSError, match="set BPSSIM_CACHE"):
        compiled.cache_folder.__wrapped__()


def test_different_sources_have_different_digests(tmp_path, monkeypatch):
    source = tmp_path / "rule.py"
    source.write_text("a = 1")
    monkeypatch.setattr(compiled, "rule_sources", lambda: [source])
    before = compiled.digest_of_sources()
    assert compiled.digest_of_sources() == before
    source.write_text("a = 2")
    assert compiled.digest_of_sources() != before


def test_no_field_has_the_name_of_something_that_every_record_has():
    # Without compilation `record.base` would be the attribute, and not the field.
    dtypes = {
        name: value
        for module in (records, layout, population)
        for name, value in vars(module).items()
        if isinstance(value, np.dtype) and value.names
    }
    assert len(dtypes) > 15
    for name, dtype in dtypes.items():
        assert not set(dtype.names) & {*dir(np.record), *dir(np.recarray)}, name
