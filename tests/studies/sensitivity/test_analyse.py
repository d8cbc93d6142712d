"""Indices of functions with known ones, through the designs of studies."""

import math
import warnings
from typing import Any

import numpy as np
import pytest

from bpssim.studies.plan.designs import place_at, quantiles_of
from bpssim.studies.plan.factors import Base, step_of
from bpssim.studies.plan.study import Study
from bpssim.studies.sensitivity.analyse import analyse
from bpssim.studies.sensitivity.index import Index, Outcome
from bpssim.studies.sensitivity.one_at_a_time import Alone
from tests.small import small

FIRST, TOTAL = (0.3139, 0.4424, 0.0), (0.5576, 0.4424, 0.2437)
"""Analytic Sobol indices of the Ishigami function with a = 7 and b = 0.1."""
PATHS = ("support.strength", "support.encouragement", "support.prevention")
NAMES = ["x1", "x2", "x3"]
SOBOL = {"kind": "sobol", "size": 2048, "seed": 3}


def study(design: dict[str, Any]) -> Study:
    """Three factors between minus pi and pi."""
    factors = {name: {"path": path, "range": [-math.pi, math.pi]} for name, path in zip(NAMES, PATHS, strict=True)}
    return Study.model_validate({"name": "known", "scenarios": ["site1"], "factors": factors, "design": design})


def places_of(planned: Study) -> np.ndarray:
    """Values of the factors in each row, as a sweep sets them."""
    base, factors = Base(small()), list(planned.factors.values())
    rows = [zip(factors, row, strict=True) for row in quantiles_of(planned)]
    return np.array(
        [[step_of(factor, base, place_at(factor, float(each))).shown for factor, each in row] for row in rows]
    )


def ishigami(x: np.ndarray) -> np.ndarray:
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def without_chance(values: np.ndarray) -> Outcome:
    return Outcome(values, values[:, np.newaxis])


def analysed(planned: Study, values: np.ndarray) -> dict[tuple[str, str], Index]:
    found = analyse(planned.design, NAMES, without_chance(values), quantiles=quantiles_of(planned))
    return {(each.factor, each.measure): each for each in found}


def test_sobol_indices_of_ishigami_are_the_analytic_ones() -> None:
    planned = study(SOBOL)
    found = analysed(planned, ishigami(places_of(planned)))
    for measure, truths in (("first_order", FIRST), ("total", TOTAL)):
        for name, truth in zip(NAMES, truths, strict=True):
            index = found[name, measure]
            assert index.lower <= truth <= index.upper, (name, measure, index)
            assert index.upper - index.lower < 0.16
            assert index.value == pytest.approx(truth, abs=0.04)


def test_an_outcome_that_never_changes_has_no_variance_to_share_and_no_warning() -> None:
    for design in ({"kind": "sobol", "size": 8}, {"kind": "morris", "size": 4}):
        planned = study(design)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            found = analysed(planned, np.full(len(quantiles_of(planned)), 0.1))
        assert {each.value for each in found.values()} == {0.0}


def test_a_base_point_with_a_row_missing_is_left_out() -> None:
    planned = study(SOBOL)
    values = ishigami(places_of(planned))
    values[7] = np.nan
    assert analysed(planned, values)["x2", "total"].value == pytest.approx(TOTAL[1], abs=0.04)


def test_elementary_effects_are_over_the_whole_range() -> None:
    planned = study({"kind": "morris", "size": 20})
    found = analysed(planned, places_of(planned) @ [3.0, -1.0, 0.0] / (2 * math.pi))
    for name, effect in zip(NAMES, (3.0, -1.0, 0.0), strict=True):
        assert found[name, "mu"].value == pytest.approx(effect)
        assert found[name, "mu_star"].value == pytest.approx(abs(effect))
        assert found[name, "sigma"].value == pytest.approx(0.0, abs=1e-9)


def test_a_factor_that_acts_differently_elsewhere_has_a_spread_of_effects() -> None:
    planned = study({"kind": "morris", "size": 40})
    found = analysed(planned, np.prod(places_of(planned)[:, :2], axis=1))
    assert found["x1", "sigma"].value > found["x1", "mu_star"].value
    assert found["x1", "mu_star"].lower < found["x1", "mu_star"].value < found["x1", "mu_star"].upper
    assert found["x3", "mu_star"].value == 0.0


def test_the_latin_hypercube_has_rank_regression() -> None:
    planned = study({"kind": "latin_hypercube", "size": 60})
    found = analysed(planned, np.exp(places_of(planned)[:, 1]))
    assert found["x2", "rank_regression"].value == pytest.approx(1.0)
    assert found["x1", "rank_regression"].value == pytest.approx(0.0, abs=1e-9)


def test_one_at_a_time_is_paired_by_seed() -> None:
    luck = np.random.default_rng(1).normal(size=6)
    effects = np.array([0.0, -2.0, 1.0, 0.5])
    by_seed = effects[:, np.newaxis] + 100 * luck  # luck that all rows have in common
    alone = {"a": [Alone(1, "low"), Alone(2, "high")], "b": [Alone(3, "on")]}
    found = analyse(
        study({"kind": "one_at_a_time"}).design, ["a", "b"], Outcome(by_seed.mean(axis=1), by_seed), alone=alone
    )
    told = {(each.factor, each.measure, each.at): each for each in found}
    assert told["a", "at", "low"].value == pytest.approx(-2.0)
    assert told["a", "swing", ""].value == pytest.approx(3.0)
    assert told["b", "swing", ""].value == pytest.approx(0.5)  # from where the scenario stands
    assert told["a", "swing", ""].upper - told["a", "swing", ""].lower == pytest.approx(0.0, abs=1e-9)
