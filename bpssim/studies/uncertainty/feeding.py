"""How feeding without support varies: by a member of the bank of its baseline, refitted to inputs drawn for it."""

from dataclasses import dataclass

from bpssim.scenario.baseline import Bank
from bpssim.scenario.feeding import FeedingInputs
from bpssim.studies.uncertainty.distributions import Drawn, Limits, ReportedAs


@dataclass(frozen=True)
class VaryingFeeding:
    """Inputs of feeding, with the baseline that was fitted with them.

    A member holds factors of inputs, so that what a scenario sets otherwise moves along.

    Parameters
    ----------
    own
        The scenario's own inputs.
    bank
        The bank of its baseline.
    """

    own: FeedingInputs
    bank: Bank
    reported_as: ReportedAs = "level without support"

    @property
    def range(self) -> Limits:
        """Lowest and highest level of the members."""
        return self.bank.members[0].level, self.bank.members[-1].level

    def at(self, quantile: float) -> Drawn:
        """The inputs at a quantile of 0 to 1; the level of breastfeeding rises with it."""
        number = min(int(quantile * len(self.bank.members)), len(self.bank.members) - 1)
        return Drawn(self.own.drawn(number, self.bank.factors_of(number)), self.bank.members[number].level)
