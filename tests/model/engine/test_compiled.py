"""Compiled rules say what the source says: with and without compilation, and after an edit anywhere."""

import pickle
import shutil
from pathlib import Path

import numba
import numpy as np
import pytest
from llvmlite import ir
from numba.core import datamodel
from numba.core.caching import NullCache

import bpssim
from bpssim.model.engine import compiled
from bpssim.model.engine.uncompiled import CarefulTable, WideRow
from bpssim.model.simulation import Simulation
from bpssim.scenario.words import Item
from tests.model.services import digests, small
from tests.safety import python

FIRST_DAY = """
from tests.model.services import small
from bpssim.model.initial_state import apply_scenario
from bpssim.model.simulation import Simulation
from bpssim.scenario.words import Item
simulation = Simulation(small(50), 5)
print(simulation.state.true_data["value"][0, Item.NAME], sum(apply_scenario.stats.cache_hits.values()))
"""


def test_rules_give_the_same_bytes_without_compilation():
    code = "from tests.model.services import digests\nfor each in digests(1): print(*each)"
    uncompiled = python(code, NUMBA_DISABLE_JIT="1").splitlines()
    assert uncompiled == [" ".join(each) for each in digests(1)]


def test_uncompiled_records_compute_as_compiled_ones_and_tell_slips():
    table = np.zeros((2, 3), [("small", "i1"), ("several", "i1", (4,))]).view(CarefulTable)
    row = table[1, 2]
    row.small, row.several[3] = 9, 9
    assert 1 << row.small == 64 * row.several[3] - 64 == 512
    assert table.small.tolist() == [[0, 0, 0], [0, 0, 9]]
    table[0, 0] = row
    assert table["several"][0, 0].tolist() == [0, 0, 0, 9]
    for slip in (lambda: table[-1, 0], lambda: row.several[-1], lambda: table[0, 3].small):
        with pytest.raises(IndexError):
            slip()
    with pytest.raises(OverflowError):
        row.small = 128
    with pytest.raises(AttributeError, match="no field tiny"):
        _ = row.tiny


def test_what_is_compiled_is_served_until_a_rule_or_a_field_changes(tmp_path):
    """A rule is compiled anew for an edit in another file, and all are for a field: types are made of fields."""
    shutil.copytree(Path(bpssim.__file__).parent, tmp_path / "bpssim", ignore=shutil.ignore_patterns("__pycache__"))
    cache = {"BPSSIM_CACHE": str(tmp_path / "cache")}
    count = FIRST_DAY + "print((simulation.state.mothers.aware_age < 0).sum())"
    callee = tmp_path / "bpssim" / "model" / "rules" / "knowledge.py"  # its caller is in initial_state.py
    section = tmp_path / "bpssim" / "scenario" / "access.py"
    field = "    aware: GateProbability = Field("
    edits = (
        (section, "", ""),
        (section, "", ""),
        (section, "Aware that the service exists", "Knows that the service exists"),  # said of a field
        (section, field, f'    first: Share = Field(0.5, description="First")\n{field}'),
        (callee, "true.value[Item.NAME] = 1", "true.value[Item.NAME] = 7"),
    )
    said = []
    for path, old, new in edits:
        source = path.read_text(encoding="utf-8")
        assert old in source
        path.write_text(source.replace(old, new, 1), encoding="utf-8")
        said.append(python(count, tmp_path, **cache).split())
    names, served, aware = zip(*said, strict=True)
    assert names == ("1", "1", "1", "1", "7")
    assert served == ("0", "1", "1", "0", "0")
    assert len(set(aware)) == 1


@compiled.rule
def added(a, b):
    return a + b


@compiled.entry
def added_in_every_width(table):
    row = table[0]
    return added(row.small, Item.BEST_TIME) + added(row.large, row.small) + added(3, row.large)


def test_a_rule_is_compiled_once_for_whole_numbers_of_every_width():
    table = np.rec.array([(100, 2**40)], dtype=[("small", "i1"), ("large", "i8")])
    added_in_every_width._cache = NullCache()  # compiled here, whatever an earlier run has kept
    assert added_in_every_width(table) == 203 + 2 * 2**40 + Item.BEST_TIME
    assert len(added.signatures) == 1


def test_state_and_parameters_are_one_pointer_each():
    simulation = Simulation(small(50), 5)
    for tables in (simulation.state, simulation.parameters):
        kind = numba.typeof(tables)
        assert isinstance(datamodel.default_manager[kind].get_argument_type(), ir.PointerType)
        assert pickle.loads(pickle.dumps(kind)) == kind
        others = tables._replace(**{tables._fields[1]: np.zeros(3)})
        assert numba.typeof(others) != kind


@compiled.entry
def active(tables):
    return tables.counts[0].active


def test_a_field_that_is_no_table_of_records_is_told():
    state = Simulation(small(50), 5).state
    assert active(state) == 0
    with pytest.raises(numba.core.errors.TypingError):
        active(state._replace(counts=np.zeros(3)))


def test_every_file_with_a_rule_decides_the_name_of_the_cache():
    package = Path(bpssim.__file__).parent
    with_rules = [
        path
        for path in package.rglob("*.py")
        if any(mark in path.read_text(encoding="utf-8") for mark in ("@rule", "@entry"))
    ]
    assert len(with_rules) > 5
    assert set(with_rules) <= set(compiled.rule_sources())


def test_different_sources_have_different_digests(tmp_path, monkeypatch):
    source = tmp_path / "rule.py"
    source.write_text("a = 1")
    monkeypatch.setattr(compiled, "rule_sources", lambda: [source])
    before = compiled.digest_of_sources()
    assert compiled.digest_of_sources() == before
    monkeypatch.setenv("NUMBA_BOUNDSCHECK", "1")  # Numba itself would load code without checks
    checked = compiled.digest_of_sources()
    source.write_text("a = 2")
    assert len({before, checked, compiled.digest_of_sources()}) == 3


def names_within(dtype):
    """Names of fields of records, and of the records within them."""
    for name in dtype.names or ():
        yield name
        yield from names_within(dtype[name].base)


def test_no_field_has_the_name_of_something_that_every_record_has():
    # `record.base` would be the attribute, and not the field.
    simulation = Simulation(small(50), 5)
    for table in simulation.state:
        assert not set(names_within(table.dtype)) & {*dir(np.record), *dir(np.recarray)}, table.dtype.names
    for part in simulation.parameters:  # what the scenario names is read by rules alone
        assert not set(names_within(part.dtype)) & {*dir(WideRow)}, part.dtype.names
