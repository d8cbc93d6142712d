"""From a quantile to a value, by a triangular distribution.

The evidence gives a default and a range and nothing else, so the distribution says no more than that: highest at the
scenario's own value, falling in a straight line to nothing at both ends of the range.
"""

import math
from typing import Literal, NamedTuple

Limits = tuple[float, float]
ToldAs = Literal["value", "multiplier", "mean probability"]


class Drawn(NamedTuple):
    """A drawn input.

    Parameters
    ----------
    value
        What stands in the drawn scenario.
    told
        The one number that says what was drawn: the value itself, the multiplier of several values, or the mean
        probability over quintiles.
    """

    value: object
    told: float


def triangular(quantile: float, limits: Limits, mode: float) -> float:
    """Quantile of a triangular distribution.

    Parameters
    ----------
    quantile
        0 to 1.
    limits
        Ends of the distribution, not both the same.
    mode
        Where it is highest, at one of the ends or between them.
    """
    low, high = limits
    width = high - low
    if quantile * width < mode - low:
        value = low + math.sqrt(quantile * width * (mode - low))
    else:
        value = high - math.sqrt((1.0 - quantile) * width * (high - mode))
    return min(max(value, low), high)  # rounding may lead a hair's breadth out
