"""How an input varies: a value for each quantile of a triangular distribution around the scenario's own value.

The evidence gives a default and a range and nothing else, so the distribution says no more than that: its density is
highest at the scenario's own value and falls in a straight line to nothing at both ends of the range.

Values rise with the quantile, and the values of one input never cross, so scenarios that are given the same quantile
of the same input stay in order.
"""

import math
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

Limits = tuple[float, float]
ReportedAs = Literal["value", "multiplier", "mean probability", "level without support"]
Several = tuple[float, ...] | Mapping[object, float]


class Drawn(NamedTuple):
    """A drawn input.

    Parameters
    ----------
    value
        What stands in the drawn scenario.
    reported
        One number for tables: the value itself, the multiplier of several values, the mean probability over
        quintiles, or for feeding the level of breastfeeding without support.
    """

    value: object
    reported: float


def triangular(quantile: float, limits: Limits, mode: float) -> float:
    """Quantile of a triangular distribution.

    Parameters
    ----------
    quantile
        0 to 1.
    limits
        Ends of the distribution, not both the same.
    mode
        Where the density is highest, at one of the ends or between them.
    """
    low, high = limits
    width = high - low
    if quantile * width < mode - low:
        value = low + math.sqrt(quantile * width * (mode - low))
    else:
        value = high - math.sqrt((1.0 - quantile) * width * (high - mode))
    return min(max(value, low), high)  # against rounding


@dataclass(frozen=True)
class VaryingNumber:
    """A number that lies between limits.

    Parameters
    ----------
    own
        The scenario's own value.
    range
        Lowest and highest value, in the unit of the input; the own value is between them.
    """

    own: float
    range: Limits
    reported_as: ReportedAs = "value"

    def at(self, quantile: float) -> Drawn:
        """The value at a quantile of 0 to 1."""
        value = triangular(quantile, self.range, self.own)
        return Drawn(value, value)


@dataclass(frozen=True)
class VaryingRatio:
    """A ratio that lies between limits: its logarithm is drawn, so half and twice the own value are alike.

    Parameters
    ----------
    own
        The scenario's own value.
    range
        Lowest and highest value; the own value is between them.
    """

    own: float
    range: Limits
    reported_as: ReportedAs = "value"

    def at(self, quantile: float) -> Drawn:
        """The value at a quantile of 0 to 1."""
        low, high = map(math.log, self.range)
        value = math.exp(triangular(quantile, (low, high), math.log(self.own)))
        return Drawn(value, value)


@dataclass(frozen=True)
class VaryingSeveral:
    """Several numbers, by quintile or by channel, that share one multiplier.

    Parameters
    ----------
    own
        The scenario's own values.
    range
        Lowest and highest multiplier; 1 is between them.
    most
        What no value may exceed, such as 1 for a share.
    """

    own: Several
    range: Limits
    most: float
    reported_as: ReportedAs = "multiplier"

    def at(self, quantile: float) -> Drawn:
        """The values at a quantile of 0 to 1."""
        times = triangular(quantile, self.range, 1.0)
        if isinstance(self.own, Mapping):
            return Drawn({key: min(value * times, self.most) for key, value in self.own.items()}, times)
        return Drawn(tuple(min(value * times, self.most) for value in self.own), times)


STRENGTH = ((0.0, 0.0), (1 / 6, 0.0), (1 / 2, 1.0), (5 / 6, 1.6), (1.0, 1.6))
"""Quantiles of the strength of support, relative to the scenario's own (E47): the spread between studies. The median is
what trials show together; one service in six has no effect, as in the trials of E6, and as many have the most that the
evidence allows. For a service of low intensity a spread between studies of 0.04 on the logarithm of the relative risk
(E6) is as much as its whole effect, and for an intensive one 0.17 is more than that (E48)."""


@dataclass(frozen=True)
class VaryingStrength:
    """The strength of support, whose distribution has a part at no effect.

    Parameters
    ----------
    own
        The scenario's own value.
    """

    own: float
    reported_as: ReportedAs = "value"

    @property
    def range(self) -> Limits:
        """Lowest and highest value."""
        return self.at(0.0).reported, self.at(1.0).reported

    def at(self, quantile: float) -> Drawn:
        """The value at a quantile of 0 to 1."""
        quantiles, strengths = zip(*STRENGTH, strict=True)
        above = max(bisect_right(quantiles[:-1], quantile), 1)
        step = (quantile - quantiles[above - 1]) / (quantiles[above] - quantiles[above - 1])
        value = self.own * (strengths[above - 1] + step * (strengths[above] - strengths[above - 1]))
        return Drawn(value, value)
