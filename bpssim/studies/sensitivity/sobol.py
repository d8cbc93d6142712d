"""Sobol indices: shares of the variance over all ranges (Saltelli et al. 2010, as SALib computes them).

`first_order` is the share that a factor explains by itself, `total` that share together with all its interactions.
"""

import warnings
from collections.abc import Iterator, Sequence

import numpy as np

from bpssim.studies.plan.designs import problem_of
from bpssim.studies.sensitivity.index import CONFIDENCE, RESAMPLES, Index, Outcome, whole_blocks

FEWEST = 2
"""Base points without which there is no variance."""


def shares_of_variance(names: Sequence[str], outcome: Outcome, seed: int) -> Iterator[Index]:
    """`first_order` and `total` of each factor, with limits from a bootstrap of base points.

    An outcome that is the same everywhere has no variance to share, and every index is 0.

    Parameters
    ----------
    names
        Of the factors.
    outcome
        Of the rows of the design; base points with an undefined row are left out.
    seed
        Of the bootstrap.
    """
    from SALib.analyze import sobol

    kept = outcome.of(whole_blocks(outcome, len(names) + 2))
    if len(kept.values) < FEWEST * (len(names) + 2):
        yield from (Index(name, measure, np.nan) for name in names for measure in ("first_order", "total"))
        return
    if kept.never_changes:
        yield from (Index(name, measure, 0.0, 0.0, 0.0) for name in names for measure in ("first_order", "total"))
        return
    with warnings.catch_warnings():
        # With few base points a bootstrap sample may be constant; its indices are then 0.
        warnings.filterwarnings("ignore", "Constant values encountered", UserWarning)
        found = sobol.analyze(
            problem_of(names), kept.values, calc_second_order=False, num_resamples=RESAMPLES, conf_level=CONFIDENCE,
            seed=seed,
        )  # fmt: skip
    for n, name in enumerate(names):
        for measure, key in (("first_order", "S1"), ("total", "ST")):
            value, width = float(found[key][n]), float(found[f"{key}_conf"][n])
            yield Index(name, measure, value, value - width, value + width)  # type: ignore[arg-type]
