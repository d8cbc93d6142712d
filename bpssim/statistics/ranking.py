"""Ranks of several options from paired replicates: options that chance may have put in order share a rank.

The best of several means looks better than it is, because it was picked. Every pair of options is therefore compared at
a simultaneous level (Bonferroni), which holds whichever of them is picked afterwards.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.statistics.checks import Numbers, Values, numbers
from bpssim.statistics.intervals import CONFIDENCE, REPLICATE
from bpssim.statistics.paired import level_of_each, paired_difference


class Ranking(NamedTuple):
    """Options compared with each other.

    Parameters
    ----------
    rank
        1 plus the number of options that are better beyond chance, shape (options,). So a rank is shared by options
        that are not told apart from the same better ones.
    difference, lower, upper
        Of the option in the row minus that in the column, with simultaneous limits, shape (options, options).
    confidence
        Level of each of these intervals.
    """

    rank: NDArray[np.int64]
    difference: Values
    lower: Values
    upper: Values
    confidence: float


def ranking(values: Numbers, confidence: float = CONFIDENCE) -> Ranking:
    """Rank options by their means, higher first.

    Parameters
    ----------
    values
        One row per replicate with the same seeds for all options, shape (replicates, options), all defined. With one
        replicate there are no limits, and all options share rank 1.
    confidence
        Simultaneous level of all pairs.
    """
    given = numbers(values, axes=(*REPLICATE, "option"), missing=False)
    options = given.shape[1]
    pairs = max(options * (options - 1) // 2, 1)
    difference, lower, upper = (np.zeros((options, options)) for _ in range(3))
    for row in range(options):
        rest = np.delete(np.arange(options), row)
        if len(rest):
            found = paired_difference(given[:, rest], given[:, [row] * len(rest)], pairs, confidence)
            difference[row, rest], lower[row, rest], upper[row, rest] = found.mean, found.lower, found.upper
    better = (lower > 0.0).sum(axis=0)
    return Ranking(1 + better, difference, lower, upper, level_of_each(confidence, pairs))
