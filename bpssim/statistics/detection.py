"""What paired runs could have detected: the detectable difference, and an upper limit where no pair differs.

The half-width of a confidence interval is not a detectable difference: one of that size is found in only half of all
comparisons.
"""

import math
from typing import NamedTuple

import numpy as np

from bpssim.statistics.checks import Numbers, Values, amounts, level, numbers, share_from
from bpssim.statistics.intervals import CONFIDENCE, t_quantile

POWER = 0.9
"""Share of comparisons in which a detectable difference is found."""


class LimitOfNone(NamedTuple):
    """Upper limits of an effect when no pair differs.

    Parameters
    ----------
    pairs
        Pairs of runs, none of which differs.
    confidence
        One-sided level of the limits, since an effect cannot be less than none.
    share_of_pairs
        Largest plausible share of pairs with a difference: 0.139 for 20 pairs.
    mothers_per_pair
        Largest plausible mean number of mothers in a pair whom the change affects, if it affects them one by one: 0.150
        for 20 pairs. For a share of births divide by the births of a pair. For a change that rarely affects many
        mothers at once only `share_of_pairs` is a limit.
    """

    pairs: int
    confidence: float
    share_of_pairs: float
    mothers_per_pair: float


def limit_of_none(pairs: int, confidence: float = CONFIDENCE) -> LimitOfNone:
    """Upper limits of an effect when pairs of runs show no difference at all.

    The share of pairs is the exact limit of Clopper and Pearson for 0 of `pairs`, ``1 - (1 - confidence)^(1/pairs)``,
    and the number of mothers that of a Poisson count of 0, ``-ln(1 - confidence) / pairs``: the rule of three (Hanley
    and Lippman-Hand, JAMA 1983;249:1743).

    Parameters
    ----------
    pairs
        Pairs of runs, none of which differs; at least 1.
    confidence
        One-sided level of the limits.
    """
    if not (isinstance(pairs, int | np.integer) and pairs >= 1):
        raise ValueError(f"there are {pairs!r} pairs; there should be a whole number from 1 up")
    mothers = -math.log(1.0 - level(confidence)) / pairs
    return LimitOfNone(int(pairs), confidence, -math.expm1(-mothers), mothers)


def detectable_difference(
    half_width: Numbers | float, pairs: Numbers | float, power: float = POWER, confidence: float = CONFIDENCE
) -> Values:
    """Difference that a comparison of this precision detects with a given power.

    By the noncentral t distribution, with the standard deviation of the pairs that were run. For 20 pairs and a power
    of 0.9 it is 1.63 times the half-width.

    Parameters
    ----------
    half_width
        Of t intervals of mean paired differences: a number, or an array of any shape; NaN where undefined.
    pairs
        Number of pairs behind each: a number, or an array.
    power
        Share of comparisons whose interval excludes 0.
    confidence
        Level of the intervals.

    Returns
    -------
    Values
        In the unit of the half-width; NaN for fewer than two pairs, and for an interval of zero width, which says
        nothing about what it would detect (see `limit_of_none`).
    """
    from scipy.special import nctdtrinc  # here, because it is rarely needed

    level(confidence)
    share_from(power, "power")
    half = numbers(half_width, "as half-width", (), more=True, lowest=0.0)
    degrees = np.maximum(amounts(pairs, "as number of pairs", (), more=True) - 1.0, 0.0)
    possible = (half > 0.0) & (degrees > 0.0)
    quantile = t_quantile(np.where(possible, degrees, 1.0), confidence)
    noncentrality = nctdtrinc(np.where(possible, degrees, 1.0), 1.0 - power, quantile)
    return np.where(possible, noncentrality * half / quantile, np.nan)
