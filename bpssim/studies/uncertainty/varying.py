"""How one input varies: a value for each quantile, around the scenario's own.

Values rise with the quantile, and several values of one input never cross; so scenarios that are given the same
quantile for the same input stay in order.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bpssim.studies.uncertainty.gates import VaryingGate
from bpssim.studies.uncertainty.triangle import Drawn, Limits, ToldAs, triangular

Several = tuple[float, ...] | Mapping[object, float]


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
    told_as: ToldAs = "value"

    def at(self, quantile: float) -> Drawn:
        """The value at a quantile of 0 to 1."""
        value = triangular(quantile, self.range, self.own)
        return Drawn(value, value)


@dataclass(frozen=True)
class VaryingSeveral:
    """Several numbers, by quintile or by channel, that move by one multiplier.

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
    told_as: ToldAs = "multiplier"

    def at(self, quantile: float) -> Drawn:
        """The values at a quantile of 0 to 1."""
        times = triangular(quantile, self.range, 1.0)
        if isinstance(self.own, Mapping):
            return Drawn({key: min(value * times, self.most) for key, value in self.own.items()}, times)
        return Drawn(tuple(min(value * times, self.most) for value in self.own), times)


Varying = VaryingNumber | VaryingSeveral | VaryingGate
