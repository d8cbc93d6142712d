"""How an access gate varies: its totals by quintile by one shift of their log odds.

So probabilities stay probabilities, and odds ratios between quintiles stay as they are. Effects of circumstances vary
by inputs of their own. Whatever is drawn, the level of a gate is fitted anew, so that the drawn totals come back over
the nation: the residual by area takes up what drawn effects leave or overdo. It varies by an input of its own, the same
for all gates (`access.area_residual`), because access by deprivation was hardly ever measured (P1-P20).

The triangular distribution is that of the shift: a range such as 0.5 % to 20 % around 5 % (P8) is closer to symmetric
as a ratio than as a difference; drawn as a difference it would double the effect of a text on average.
"""

import math
from dataclasses import dataclass

from bpssim.scenario.access import GateProbability
from bpssim.scenario.fields import Grade
from bpssim.studies.uncertainty.distributions import Drawn, Limits, ReportedAs, triangular

UNKNOWN_ODDS: dict[Grade, float] = {"B": 1.5, "C": 2.0}
"""Assumption: factor by which the odds of a gate may be off in either direction where the evidence gives no range.
The rows P1-P18 that do give one are wider, most of them by a factor of about 3."""


@dataclass(frozen=True)
class VaryingGate:
    """A gate whose log odds may shift.

    Parameters
    ----------
    own
        The scenario's own gate.
    limits
        Lowest and highest shift of the log odds.
    """

    own: GateProbability
    limits: Limits
    reported_as: ReportedAs = "mean probability"

    @property
    def range(self) -> Limits:
        """Lowest and highest mean probability over quintiles."""
        return self.at(0.0).reported, self.at(1.0).reported

    def at(self, quantile: float) -> Drawn:
        """The gate at a quantile of 0 to 1; probabilities rise with it."""
        shift = triangular(quantile, self.limits, 0.0)
        by_quintile = _shifted(self.own.by_quintile, shift)
        gate = self.own.model_copy(update={"by_quintile": by_quintile})
        return Drawn(gate, mean_of(gate))


def varying_gate(gate: GateProbability) -> VaryingGate:
    """A gate that varies over its range or, without one, by `UNKNOWN_ODDS` of its grade.

    The ends of the range are where a probability as large as the mean over quintiles would shift to; the mean of the
    shifted probabilities is then never outside the range. A mean that lies outside widens it.

    Parameters
    ----------
    gate
        Of grade B or C, with a mean probability between 0 and 1.
    """
    middle = _log_odds(mean_of(gate))
    if gate.range:
        low, high = (_log_odds(end) - middle for end in gate.range)
    else:
        high = math.log(UNKNOWN_ODDS[gate.grade])
        low = -high
    return VaryingGate(gate, (min(low, 0.0), max(high, 0.0)))


def mean_of(gate: GateProbability) -> float:
    """Mean probability of a gate over the five quintiles, each counting the same."""
    return sum(gate.by_quintile) / len(gate.by_quintile)


def _shifted(probabilities: tuple[float, ...], shift: float) -> tuple[float, ...]:
    """Probabilities whose odds are multiplied; 0 and 1 stay what they are."""
    times = math.exp(shift)
    return tuple(p * times / (1.0 - p + p * times) for p in probabilities)


def _log_odds(p: float) -> float:
    return math.log(p / (1.0 - p))
