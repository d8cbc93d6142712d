"""Levels of access gates: intercept, and residual that circumstances do not explain (`bpssim calibrate --gates`)."""

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from bpssim.scenario.access import Circumstances, Effect, GateProbability
from bpssim.scenario.fields import PerQuintile, Real, Section, TextInWords, Whole
from bpssim.scenario.reading.loader import read
from bpssim.scenario.words import Demand

SHIPPED = Path(__file__).parent / "data" / "gates" / "ready.yaml"
"""Levels of the gates of the ready scenarios."""
CERTAIN = 1000.0
"""Log odds of a gate that everybody passes; of one that nobody passes it is the negative."""
LogOdds = Annotated[Real, Field(ge=-2 * CERTAIN, le=2 * CERTAIN)]


class GateLevel(Section):
    """Log odds that a mother passes a gate whom no effect concerns and who has the nation's mean confidence."""

    intercept: LogOdds = Field(description="Of the nation: with it alone the national total comes back [log odds]")
    residual: tuple[LogOdds, LogOdds, LogOdds, LogOdds, LogOdds] = Field(
        description="Of the area, added for quintile 1 to 5, so that the total of each comes back [log odds ratio]"
    )

    def log_odds(self, area_residual: float) -> list[float]:
        """Log odds by quintile, with the residual times `area_residual`."""
        return [self.intercept + area_residual * each for each in self.residual]


class FittedGate(Section):
    """A gate with its level."""

    used_as: Annotated[list[TextInWords], Field(min_length=1)] = Field(
        description="Gates of ready scenarios that are like this one"
    )
    by_quintile: PerQuintile = Field(description="Totals to which it was fitted [share]")
    demands: list[Demand] = Field(description="What it demands of a mother")
    effects: list[Effect] = Field(description="Effects of its own")
    level: GateLevel = Field(description="Its level")
    by_circumstances: PerQuintile = Field(description="Totals without the residual of the area [share]")

    def gate(self) -> GateProbability:
        """The gate, as a scenario has it."""
        return GateProbability(by_quintile=self.by_quintile, demands=self.demands, effects=self.effects)


class FittedGates(Section):
    """Result of a calibration of gates; its levels hold only with the effects they were fitted with."""

    version: Annotated[Whole, Field(ge=0, le=1_000_000)] = Field(
        description="Version of the fit, raised when inputs or method change"
    )
    mothers: Annotated[Whole, Field(ge=0, le=1_000_000_000)] = Field(
        description="Mothers of the nation over whom the totals come back, as many of each quintile [mothers]"
    )
    seed: Annotated[Whole, Field(ge=0, lt=2**63)] = Field(description="Seed of these mothers")
    circumstances: Circumstances = Field(description="Effects on all gates")
    gates: list[FittedGate] = Field(description="Gates")


@cache
def shipped() -> FittedGates | None:
    """The levels that come with the package; none before they are first fitted."""
    return read(SHIPPED, FittedGates) if SHIPPED.exists() else None
