"""Designs: which places of the factors are combined."""

from collections.abc import Callable, Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bpssim.studies.plan.factors import Place, place_at, places_of
from bpssim.studies.plan.study import Design, DesignKind, Factor, Study

Combination = dict[str, Place]
"""Place of each factor; one that is left out is as the scenario has it."""

MORRIS_LEVELS = 4
"""Levels of a Morris design, the usual number: places 0, 1/3, 2/3 and 1 of each range."""


def combinations(study: Study) -> list[Combination]:
    """Every combination of a study's design, in order; one with nothing in it if there are no factors."""
    if study.design.kind == "grid":
        return _grid(study.factors)
    if study.design.kind == "one_at_a_time":
        return _one_at_a_time(study.factors)
    quantiles = quantiles_of(study)
    return [
        {
            name: place_at(factor, float(quantile))
            for (name, factor), quantile in zip(study.factors.items(), row, strict=True)
        }
        for row in quantiles
    ]


def quantiles_of(study: Study) -> NDArray[np.float64]:
    """The sample of a design that samples, as quantiles of 0 to 1, shape (combinations, factors)."""
    design = study.design
    sampler = _SAMPLERS[design.kind]
    return np.clip(sampler(design, list(study.factors)), 0.0, 1.0)


def problem_of(names: Sequence[str]) -> dict[str, Any]:
    """The factors as SALib takes them: quantiles of 0 to 1."""
    return {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}


def _grid(factors: Mapping[str, Factor]) -> list[Combination]:
    places = [places_of(factor) for factor in factors.values()]
    return [dict(zip(factors, row, strict=True)) for row in product(*places)]


def _one_at_a_time(factors: Mapping[str, Factor]) -> list[Combination]:
    """The scenario as it is, and then each level, or each end of a range, of each factor by itself."""
    alone: list[Combination] = [{}]
    for name, factor in factors.items():
        places: Sequence[Place] = (0.0, 1.0) if factor.is_continuous else range(factor.number_of_levels)
        alone += [{name: place} for place in places]
    return alone


def _latin_hypercube(design: Design, names: list[str]) -> NDArray[np.float64]:
    from scipy.stats import qmc

    return np.asarray(qmc.LatinHypercube(len(names), rng=design.seed).random(design.size or 1))


def _sobol(design: Design, names: list[str]) -> NDArray[np.float64]:
    from SALib.sample import sobol

    return np.asarray(sobol.sample(problem_of(names), design.size, calc_second_order=False, seed=design.seed))


def _morris(design: Design, names: list[str]) -> NDArray[np.float64]:
    from SALib.sample import morris

    return np.asarray(morris.sample(problem_of(names), design.size, num_levels=MORRIS_LEVELS, seed=design.seed))


_SAMPLERS: dict[DesignKind, Callable[[Design, list[str]], NDArray[np.float64]]] = {
    "latin_hypercube": _latin_hypercube,
    "sobol": _sobol,
    "morris": _morris,
}
