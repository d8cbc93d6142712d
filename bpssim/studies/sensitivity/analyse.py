"""The analysis that fits a design."""

from collections.abc import Mapping, Sequence

import numpy as np

from bpssim.studies.plan.study import Design, DesignKind
from bpssim.studies.sensitivity.index import Floats, Index, Measure, Outcome
from bpssim.studies.sensitivity.morris import screened
from bpssim.studies.sensitivity.one_at_a_time import Alone, moved
from bpssim.studies.sensitivity.sobol import shares_of_variance
from bpssim.studies.uncertainty.importance import has_enough_draws, importance

RANKED_BY: dict[DesignKind, Measure] = {
    "morris": "mu_star",
    "sobol": "total",
    "latin_hypercube": "rank_regression",
    "one_at_a_time": "swing",
}
"""Designs that can be analysed, and the measure by whose size factors are put in order."""


def analyse(
    design: Design,
    names: Sequence[str],
    outcome: Outcome,
    *,
    quantiles: Floats | None = None,
    alone: Mapping[str, Sequence[Alone]] | None = None,
) -> list[Index]:
    """How much each factor matters for an outcome.

    Parameters
    ----------
    design
        Of one of the kinds in `RANKED_BY`.
    names
        Of the factors.
    outcome
        Of every row of the design: of the model, or of any function of the factors.
    quantiles
        The design, if it samples, from `bpssim.studies.plan.designs.quantiles_of`.
    alone
        Rows by factor, if it is one at a time.
    """
    if design.kind == "one_at_a_time":
        return list(moved(alone or {}, outcome))
    if quantiles is None:
        raise ValueError(f"{design.kind} needs its quantiles")
    if design.kind == "morris":
        return list(screened(names, quantiles, outcome, design.seed))
    if design.kind == "sobol":
        return list(shares_of_variance(names, outcome, design.seed))
    enough = has_enough_draws(int(np.sum(~np.isnan(outcome.values))), len(names))
    coefficients = importance(quantiles, outcome.values) if enough else np.full(len(names), np.nan)
    return [Index(name, "rank_regression", float(value)) for name, value in zip(names, coefficients, strict=True)]
