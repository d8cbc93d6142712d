"""Which of several options are worth choosing among when there is more than one aim, from paired replicates.

An option is dominated if another one is better in some aim beyond chance, and has a mean as good in every other: what
is not shown to be worse is not taken to be as good. Options that differ in no aim beyond chance are one option, as far
as the replicates can tell.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.statistics.checks import Numbers, numbers
from bpssim.statistics.intervals import CONFIDENCE, REPLICATE
from bpssim.statistics.paired import paired_difference


class TradeOffs(NamedTuple):
    """Options compared in every aim.

    Parameters
    ----------
    dominated_by
        Number of options that dominate each, shape (options,).
    stands_for
        For each option, the first of those that it cannot be told from, or itself, shape (options,). The first option
        given, such as a base, stands before all others, so that none of many is put in its place by luck; the others
        in the order of the first aim.
    """

    dominated_by: NDArray[np.int64]
    stands_for: NDArray[np.int64]


def trade_offs(values: Numbers, confidence: float = CONFIDENCE) -> TradeOffs:
    """Compare options in several aims.

    Parameters
    ----------
    values
        More is better in each, one row per replicate with the same seeds for all options, shape (replicates, options,
        aims), all defined; at least two replicates.
    confidence
        Simultaneous level of all pairs in all aims (Bonferroni).
    """
    given = numbers(values, axes=(*REPLICATE, "option", "aim"), missing=False)
    _, options, aims = given.shape
    contrasts = max(options * (options - 1) // 2, 1) * aims
    means = given.mean(axis=0)
    is_better = np.zeros((options, options), bool)  # the option in the row than that in the column, in some aim
    as_good = np.zeros((options, options), bool)  # ... in every aim, by the means
    for option in range(options):
        this = np.broadcast_to(given[:, option : option + 1], given.shape)
        difference = paired_difference(given, this, contrasts, confidence)  # this option minus each
        is_better[option] = np.any(np.asarray(difference.lower) > 0.0, axis=1)
        as_good[option] = np.all(means[option] >= means, axis=1)
    dominates, differs = is_better & as_good, is_better | is_better.T
    order = [0, *(1 + np.argsort(-means[1:, 0], kind="stable"))]
    stands_for = np.full(options, -1)
    for option in order:
        if stands_for[option] < 0:
            stands_for[option] = option
            alike = (stands_for < 0) & ~differs[option]
            stands_for[alike] = option
    return TradeOffs(dominates.sum(axis=0), stands_for)
