"""The rules as one WebAssembly module give what they give here, to the last bit of every field of every table."""

import gzip
import sys
from typing import Any, NamedTuple

import numpy as np
import pytest
import wasmtime

from bpssim.model import webassembly
from bpssim.model.rules import tally as tallying
from bpssim.model.simulation import Simulation
from bpssim.model.state import empty
from bpssim.outcomes.decisions import decided
from bpssim.scenario.reading import ready
from bpssim.scenario.scenario import Scenario, load
from tests.model.wasm import WasmRules

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


class Finished(NamedTuple):
    """A run to the end, and what it came to."""

    simulation: Simulation
    outcomes: Any
    tally: tallying.Tally


def finished(scenario: Scenario, seed: int) -> Finished:
    """Run a scenario, and count."""
    simulation = Simulation(scenario, seed)
    simulation.run()
    s, p, tally = simulation.state, simulation.parameters, tallying.empty_tally(len(scenario.active_pathways()))
    outcomes = tallying.outcomes_of(s, p)
    tallying.add_to_tally(s, p, empty(tallying.OUTCOME, 1), tally)  # by its module, in which `run_in` replaces it
    return Finished(simulation, outcomes, tally)


def run_in(rules: WasmRules, scenario: Scenario, seed: int) -> Finished:
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
        done = finished(scenario, seed)
    assert {"list_mothers", "set_days", "apply_scenario", "run_days", "settle", "add_to_tally"} <= called
    return done


def assert_same(found: Finished, expected: Finished) -> None:
    """Compare every field of every table; bytes between fields are nobody's."""
    counts = expected.simulation.state.counts[0]
    filled = {"contacts": int(counts.contacts), "requests": int(counts.requests)}  # rows beyond are scratch
    tables, others = tables_of(found), tables_of(expected)
    assert len(tables) == len(others)
    for name, table in tables.items():
        other, used = others[name], filled.get(name)
        for field in table.dtype.names:
            here, there = np.asarray(table[field])[:used], np.asarray(other[field])[:used]
            assert here.tobytes() == there.tobytes(), (name, field)
    assert (found.tally.cascade == expected.tally.cascade).all()
    assert decided(found.simulation) == decided(expected.simulation)


def tables_of(done: Finished) -> dict[str, Any]:
    """All tables by name."""
    tally = {"quintiles": done.tally.quintiles, "team": done.tally.team}
    return {**done.simulation.state._asdict(), "outcomes": done.outcomes, **tally}


@pytest.mark.parametrize("seed", range(1, 11))
@pytest.mark.parametrize(("name", "births"), [("site1", 3000), ("site1_year2", 900)])
def test_a_run_in_the_module_gives_the_same_bytes(rules, name, births, seed):
    scenario = load(name, [f"population.births_per_year={births}"])
    assert_same(run_in(rules, scenario, seed), finished(scenario, seed))


@pytest.mark.parametrize("name", ready.names())
def test_every_ready_scenario_runs_in_the_module(rules, name):
    scenario = load(name, ["population.births_per_year=300"])
    assert_same(run_in(rules, scenario, 3), finished(scenario, 3))
