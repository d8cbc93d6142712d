"""The rules as one WebAssembly module give what they give here, to the last bit of every field of every table."""

import gzip
import sys
from typing import Any

import numpy as np
import pytest
import wasmtime

from bpssim.model import webassembly
from bpssim.model.simulation import Simulation
from bpssim.outcomes.decisions import decided
from bpssim.scenario.reading import ready
from bpssim.scenario.scenario import Scenario, load
from tests.model.wasm import WasmRules

pytestmark = pytest.mark.xdist_group("webassembly")  # so that one process makes the module, and not each

SIZE, SIZE_GZIPPED = 120_000, 40_000


@pytest.fixture(scope="module")
def made() -> bytes:
    return webassembly.module()


@pytest.fixture(scope="module")
def rules(made: bytes) -> WasmRules:
    return WasmRules(made)


def test_the_module_needs_memory_and_a_stack_and_nothing_else(made):
    imports = wasmtime.Module(wasmtime.Engine(), made).imports
    assert {each.name for each in imports} == {"__linear_memory", "__stack_pointer"}


def test_the_module_is_small(made):
    assert len(made) < SIZE
    assert len(gzip.compress(made)) < SIZE_GZIPPED


def run_in(rules: WasmRules, scenario: Scenario, seed: int) -> Simulation:
    """Run a scenario with all that Python calls of the rules replaced by the functions of a module."""
    called: set[str] = set()
    own = {rule: name for name, (rule, _) in webassembly.entries().items()}

    def function(name: str) -> Any:
        def call(*arguments: Any) -> int:
            called.add(name)
            return rules.call(name, *arguments)

        return call

    with pytest.MonkeyPatch.context() as patch:
        for module in [each for name, each in sys.modules.items() if name.startswith("bpssim.model.")]:
            for name, value in list(vars(module).items()):
                if callable(value) and getattr(value, "py_func", None) and value in own:
                    patch.setattr(module, name, function(own[value]))
        simulation = Simulation(scenario, seed)
        simulation.run()
    assert {"list_mothers", "draw_mothers", "set_days", "apply_scenario", "run_days"} <= called
    return simulation


def assert_same(found: Simulation, expected: Simulation) -> None:
    """Compare every field of every table; bytes between fields are nobody's."""
    for name, table, other in zip(found.state._fields, found.state, expected.state, strict=True):
        used = int(expected.state.counts[0].contacts) if name == "contacts" else None
        if name == "requests":  # rows beyond those that wait are scratch
            used = int(expected.state.counts[0].requests)
        for field in table.dtype.names:
            here, there = np.asarray(table[field])[:used], np.asarray(other[field])[:used]
            assert here.tobytes() == there.tobytes(), (name, field)
    assert decided(found) == decided(expected)


@pytest.mark.parametrize("seed", range(1, 11))
@pytest.mark.parametrize(("name", "births"), [("site1", 3000), ("site1_year2", 900)])
def test_a_run_in_the_module_gives_the_same_bytes(rules, name, births, seed):
    scenario = load(name, [f"population.births_per_year={births}"])
    expected = Simulation(scenario, seed)
    expected.run()
    assert_same(run_in(rules, scenario, seed), expected)


@pytest.mark.parametrize("name", ready.names())
def test_every_ready_scenario_runs_in_the_module(rules, name):
    scenario = load(name, ["population.births_per_year=300"])
    expected = Simulation(scenario, 3)
    expected.run()
    assert_same(run_in(rules, scenario, 3), expected)
