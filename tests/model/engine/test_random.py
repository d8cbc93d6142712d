"""Random numbers: the published generator, uniform, keyed, and the only ones in the package."""

import ast
from pathlib import Path

import numpy as np
import pytest

import bpssim
from bpssim.model.engine.compiled import entry
from bpssim.model.engine.random import Purpose, exponential, normal, philox, uniform, words

KNOWN_ANSWERS = [
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((0xFFFFFFFF,) * 4, (0xFFFFFFFF,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN_ANSWERS)
def test_philox_gives_the_published_answers(counter, key, answer):
    assert philox(*map(np.uint64, (*counter, *key))) == answer


@entry
def fill(draws, seed, purpose, which, ordinal):
    for entity in range(draws.shape[0]):
        draws[entity] = uniform(seed, entity, purpose, which, ordinal)


def _draws(count=100_000, seed=1, purpose=Purpose.STARTS, which=0, ordinal=0):
    draws = np.empty(count)
    fill(draws, seed, int(purpose), which, ordinal)
    return draws


def test_draws_are_uniform():
    draws = _draws()
    assert 0.0 <= draws.min() <= draws.max() < 1.0
    counts = np.histogram(draws, 100, (0, 1))[0]
    chi_squared = ((counts - 1000.0) ** 2 / 1000.0).sum()
    assert 40 < chi_squared < 190  # 99 degrees of freedom: five standard deviations each side


@pytest.mark.parametrize(
    "change",
    [{"seed": 2}, {"purpose": Purpose.STOP_CLOCK}, {"which": 1}, {"ordinal": 1}, {"seed": 1 + 2**32}],
)
def test_every_part_of_the_key_gives_other_draws(change):
    draws, others = _draws(20_000), _draws(20_000, **change)
    assert not (draws == others).any()
    assert abs(np.corrcoef(draws, others)[0, 1]) < 5 / np.sqrt(20_000)


def test_small_keys_do_not_collide():
    keys = [(e, w, o) for e in range(25) for w in range(25) for o in range(25)]
    assert len({words(1, e, Purpose.FEED, w, o) for e, w, o in keys}) == len(keys)


def test_clocks_are_unit_exponential_and_normals_standard():
    n = 20_000
    clocks = np.array([exponential(3, e, Purpose.STOP_CLOCK, 0, 0) for e in range(n)])
    normals = np.array([normal(3, e, Purpose.ADVANTAGE, 0, 0) for e in range(n)])
    assert clocks.mean() == pytest.approx(1.0, abs=5 / np.sqrt(n))
    assert (clocks > 1.0).mean() == pytest.approx(np.exp(-1.0), abs=5 * 0.5 / np.sqrt(n))
    assert normals.mean() == pytest.approx(0.0, abs=5 / np.sqrt(n))
    assert normals.var() == pytest.approx(1.0, abs=5 * np.sqrt(2 / n))
    assert (normals > 1.959964).mean() == pytest.approx(0.025, abs=5 * np.sqrt(0.025 * 0.975 / n))


def test_every_purpose_has_a_number_of_its_own_that_fits_the_counter():
    assert len(Purpose.__members__) == len(set(Purpose))  # an alias would share its draws
    assert all(0 < purpose < 2**8 for purpose in Purpose)


def _sources():
    package = Path(bpssim.__file__).parent
    return [path for path in package.rglob("*.py") if path != package / "model" / "engine" / "random.py"]


@pytest.mark.parametrize("path", _sources(), ids=lambda path: path.stem)
def test_no_other_file_has_a_source_of_randomness(path):
    """Statistics and draws of inputs may have a generator, if it is given a seed."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    seeded = {
        id(call.func.value)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
        if call.func.attr in ("default_rng", "seed")
        and call.args
        and "model" not in path.parts
        and "scenario" not in path.parts
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            assert not {alias.name.split(".")[0] for alias in node.names} & {"random", "secrets"}
            assert "numpy.random" not in {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            assert node.module not in ("random", "numpy.random")
            assert not (node.module == "numpy" and "random" in {alias.name for alias in node.names})
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and id(node) not in seeded:
            assert (node.value.id, node.attr) not in {("np", "random"), ("numpy", "random")}
