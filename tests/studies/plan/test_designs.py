"""Designs: which combinations are run."""

from pathlib import Path

import numpy as np
import pytest

from bpssim.studies.plan.designs import combinations, quantiles_of
from tests.studies.plan.files import study

FACTORS = (
    "factors: {a: {path: support.strength, range: [0, 1], steps: 3}, b: {path: team.unlimited, levels: [false, true]}}"
)


def test_a_grid_has_every_combination(tmp_path: Path) -> None:
    found = combinations(study(tmp_path, FACTORS).study)
    assert found == [{"a": a, "b": b} for a in (0.0, 0.5, 1.0) for b in (0, 1)]


def test_without_factors_there_is_the_scenario_as_it_is(tmp_path: Path) -> None:
    assert combinations(study(tmp_path, "").study) == [{}]


def test_one_at_a_time_begins_with_the_scenario_as_it_is(tmp_path: Path) -> None:
    found = combinations(study(tmp_path, f"{FACTORS}\ndesign: {{kind: one_at_a_time}}").study)
    assert found == [{}, {"a": 0.0}, {"a": 1.0}, {"b": 0}, {"b": 1}]


def test_a_latin_hypercube_has_one_value_in_each_part_of_each_range(tmp_path: Path) -> None:
    read = study(tmp_path, f"{FACTORS}\ndesign: {{kind: latin_hypercube, size: 20}}").study
    for column in quantiles_of(read).T:
        assert sorted((column * 20).astype(int)) == list(range(20))
    levels = [combination["b"] for combination in combinations(read)]
    assert levels.count(0) == levels.count(1) == 10


@pytest.mark.parametrize(("kind", "size", "number"), [("sobol", 16, 16 * 4), ("morris", 5, 5 * 3)])
def test_designs_for_sensitivity_have_their_number_of_combinations(
    kind: str, size: int, number: int, tmp_path: Path
) -> None:
    read = study(tmp_path, f"{FACTORS}\ndesign: {{kind: {kind}, size: {size}}}").study
    assert len(combinations(read)) == number
    assert np.array_equal(quantiles_of(read), quantiles_of(read))  # its seed decides


def test_a_larger_sobol_sample_begins_with_the_smaller_one(tmp_path: Path) -> None:
    small, large = (
        quantiles_of(study(tmp_path, f"{FACTORS}\ndesign: {{kind: sobol, size: {size}}}").study) for size in (8, 16)
    )
    assert np.array_equal(large[: len(small)], small)
