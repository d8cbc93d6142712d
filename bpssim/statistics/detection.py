"""What paired runs could have shown: a difference that they would mostly find, and what may be where they show none.

Half the width of an interval is no such difference: one as large is found in half of all comparisons only.
"""

import math
from typing import NamedTuple

import numpy as np

from bpssim.statistics.checks import Numbers, Values, amounts, level, numbers, share_from
from bpssim.statistics.intervals import CONFIDENCE, t_quantile

POWER = 0.9
"""Share of comparisons that would find a detectable difference."""


class LimitOfNone(NamedTuple):
    """What may be although no pair differs.

    Parameters
    ----------
    pairs
        Pairs, of which none differs.
    confidence
        With which it is no more than this. All doubt lies above, because nothing is less than none.
    share_of_pairs
        Share of pairs in which a difference may appear: 0.139 for 20 pairs.
    mothers_per_pair
        Mothers in a pair, on average, whom the change may touch, if it touches them one by one: 0.150 for 20 pairs. For
        a share of births divide by the births of a pair. A change that touches many at once, and seldom, is limited by
        `share_of_pairs` alone.
    """

    pairs: int
    confidence: float
    share_of_pairs: float
    mothers_per_pair: float


def limit_of_none(pairs: int, confidence: float = CONFIDENCE) -> LimitOfNone:
    """How much may be there although pairs of runs show no difference at all.

    The share of pairs is the exact limit of Clopper and Pearson for none of so many,
    ``1 - (1 - confidence)^(1/pairs)``, and the number of mothers that of a Poisson count of none,
    ``-ln(1 - confidence) / pairs``: the rule of three (Hanley and Lippman-Hand, JAMA 1983;249:1743).

    Parameters
    ----------
    pairs
        Pairs of runs, of which none differs; at least 1.
    confidence
        Level of the limits.

    Raises
    ------
    ValueError
        If there is no pair, or the confidence is not between 0 and 1.
    """
    if not (isinstance(pairs, int | np.integer) and pairs >= 1):
        raise ValueError(f"there are {pairs!r} pairs; there should be a whole number from 1 up")
    mothers = -math.log(1.0 - level(confidence)) / pairs
    return LimitOfNone(int(pairs), confidence, -math.expm1(-mothers), mothers)


def detectable_difference(
    half_width: Numbers | float, pairs: Numbers | float, power: float = POWER, confidence: float = CONFIDENCE
) -> Values:
    """Difference of which such an interval would exclude 0 in nine comparisons of ten.

    By the noncentral t distribution; the spread of the pairs run stands for that of others. For 20 pairs it is 1.63
    times the half-width.

    Parameters
    ----------
    half_width
        Of t intervals of mean paired differences: a number, or an array of any shape; NaN where there is none.
    pairs
        Pairs behind each: a number, or as many.
    power
        Share of comparisons that are to find it.
    confidence
        Level of the intervals.

    Returns
    -------
    Values
        In the unit of the half-width; NaN for fewer than two pairs, and for an interval of no width, which says nothing
        about what it would find (see `limit_of_none`).

    Raises
    ------
    ValueError
        If a half-width is negative, or the power or the confidence not between 0 and 1.
    """
    from scipy.special import nctdtrinc  # here, because few ask for it

    level(confidence)
    share_from(power, "power")
    half = numbers(half_width, "as half-width", (), more=True, lowest=0.0)
    degrees = np.maximum(amounts(pairs, "as number of pairs", (), more=True) - 1.0, 0.0)
    possible = (half > 0.0) & (degrees > 0.0)
    quantile = t_quantile(np.where(possible, degrees, 1.0), confidence)
    noncentrality = nctdtrinc(np.where(possible, degrees, 1.0), 1.0 - power, quantile)
    return np.where(possible, noncentrality * half / quantile, np.nan)
