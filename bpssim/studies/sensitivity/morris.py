"""Morris screening: elementary effects along trajectories (Morris 1991; mean of absolutes of Campolongo et al. 2007).

An elementary effect is the change of the outcome when one factor alone moves, over its whole range. `mu` is the mean,
`mu_star` the mean size, and `sigma` the standard deviation over trajectories: large beside `mu_star` if the factor
acts by other amounts elsewhere in the ranges, alone or together with others.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from bpssim.statistics.intervals import t_quantile
from bpssim.studies.plan.designs import MORRIS_LEVELS, problem_of
from bpssim.studies.sensitivity.index import CONFIDENCE, RESAMPLES, Floats, Index, Outcome, whole_blocks

FEWEST = 2
"""Trajectories without which there is no spread."""


def screened(names: Sequence[str], quantiles: Floats, outcome: Outcome, seed: int) -> Iterator[Index]:
    """`mu`, `mu_star` and `sigma` of each factor.

    Limits of `mu` are those of a t distribution over trajectories, those of `mu_star` from a bootstrap of them.

    Parameters
    ----------
    names
        Of the factors.
    quantiles
        The design, shape (rows, factors).
    outcome
        Of its rows; trajectories with an undefined row are left out.
    seed
        Of the bootstrap.
    """
    from SALib.analyze import morris

    kept = whole_blocks(outcome, len(names) + 1)
    number = int(kept.sum()) // (len(names) + 1)
    if number < FEWEST:
        yield from (Index(name, measure, np.nan) for name in names for measure in ("mu", "mu_star", "sigma"))
        return
    found = morris.analyze(
        problem_of(names), quantiles[kept], outcome.values[kept], num_resamples=RESAMPLES, conf_level=CONFIDENCE,
        num_levels=MORRIS_LEVELS, seed=seed,
    )  # fmt: skip
    mu, mu_star, sigma, width = (
        np.asarray(found[key], float).tolist() for key in ("mu", "mu_star", "sigma", "mu_star_conf")
    )
    per_spread = float(t_quantile(number - 1.0, CONFIDENCE)) / number**0.5
    for n, name in enumerate(names):
        yield Index(name, "mu", mu[n], mu[n] - per_spread * sigma[n], mu[n] + per_spread * sigma[n])
        yield Index(name, "mu_star", mu_star[n], max(mu_star[n] - width[n], 0.0), mu_star[n] + width[n])
        yield Index(name, "sigma", sigma[n])
