"""Access gates: the probability that a mother gets past one stage of a pathway."""

from typing import Annotated

from pydantic import Field, model_validator

from bpssim.scenario.fields import Days, Grade, PerQuintile, Rate, Real, Section, Share, Span, TextInWords, given
from bpssim.scenario.words import Trait


class Modifier(Section):
    """Changes a gate's probability for mothers who have all the named traits."""

    when: Annotated[list[Trait], Field(min_length=1, max_length=len(Trait))] = Field(
        description="Traits that must all hold"
    )
    times: Rate | None = Field(None, description="Multiply the probability by this [ratio]")
    becomes: PerQuintile | None = Field(None, description="Replace the probability, by quintile or for all [share]")

    @model_validator(mode="after")
    def _one_change(self) -> "Modifier":
        if (self.times is None) == (self.becomes is None):
            raise ValueError("a modifier needs either `times` or `becomes`")
        if Trait.WRONG_NUMBER in self.when:
            raise ValueError(
                "wrong_number is an error of records and no barrier of hers; use data_sharing.wrong_number"
            )
        return self


Probability = Annotated[Real, Field(gt=0, lt=1)]
"""Strictly between 0 and 1, so that it has log odds."""


class GateProbability(Section):
    """Probability of passing a gate: by quintile, then modified in the order listed, never above 1."""

    by_quintile: PerQuintile = Field(description="Probability for quintile 1 to 5, or one for all [share]")
    modifiers: list[Modifier] = Field(
        [], max_length=100, description="Changes for mothers with certain traits, applied in order"
    )
    confidence_power: Annotated[Real, Field(ge=0, le=10)] = Field(
        0.0,
        description="The probability is multiplied by (her confidence / mean of her quintile in D23) to this power "
        "[exponent; M14]",
    )
    range: tuple[Probability, Probability] | None = Field(
        None,
        description="Lowest and highest plausible probability at the mean of the quintiles; without it the odds are "
        "taken to be uncertain by a factor that depends on the grade [share]",
    )
    evidence: TextInWords = Field(
        "assumption: none given", description="Evidence row, or the reason for the assumption"
    )
    grade: Grade = Field("C", description="Grade of the value")

    @model_validator(mode="after")
    def _from_low_to_high(self) -> "GateProbability":
        if self.range and self.range[0] >= self.range[1]:
            raise ValueError(f"the range must rise from its first number ({self.range[0]:g}) to its second")
        return self


ALWAYS = GateProbability(by_quintile=(1.0,) * 5, evidence="by definition", grade="A")


class Access(Section):
    """Settings shared by the gates of all pathways."""

    gradient: Annotated[Real, Field(ge=0, le=1.5)] = given(
        1.0, "Multiplies the difference of each gate by quintile from its mean; 0 makes all gates equal",
        unit="ratio", evidence="P1-P18; assumption: they vary together", grade="C", low=0.0, high=1.5,
    )  # fmt: skip
    help_seeking_days: Span = given(
        14.0, "Days of a difficulty within which the probability of seeking help applies", unit="days",
        evidence="P17; assumption: two weeks", grade="C", low=7, high=28,
    )  # fmt: skip
    attempt_correlation: Share = given(
        0.75, "Correlation between attempts to reach the same mother: who misses one call tends to miss the next",
        unit="correlation", evidence="P4 given P3", grade="C", low=0.4, high=0.95,
    )  # fmt: skip
    aware: GateProbability = Field(
        GateProbability(by_quintile=(0.45, 0.47, 0.50, 0.52, 0.55), range=(0.05, 0.80), evidence="P18", grade="C"),
        description="Aware that the service exists, if not contacted by it",
    )
    discovery_per_year: Rate = given(
        0.0, "Chance discoveries of the service a year by a mother who does not know of it", unit="per year",
        evidence="M47: by chance; off unless studied", grade="C", low=0.0, high=0.5,
    )  # fmt: skip
    gives_data: GateProbability = Field(
        # P6 ends at 1, which has no log-odds.
        GateProbability(by_quintile=(0.93, 0.94, 0.95, 0.96, 0.97), range=(0.80, 0.99), evidence="P6", grade="C"),
        description="Gives an item of data when asked during a contact",
    )
    tells_of_birth: GateProbability = Field(
        GateProbability(by_quintile=(0.15, 0.18, 0.20, 0.22, 0.25), range=(0.05, 0.50), evidence="P19", grade="C"),
        description="Tells the service of her own accord that the baby is born, having been in contact in pregnancy",
    )
    tells_within_days: Days = given(
        10, "Days after going home within which she tells of her own accord", unit="days",
        evidence="P19; assumption: timing", grade="C", low=3, high=21,
    )  # fmt: skip
    difficulty_current_days: Days = given(
        14, "Days for which what she said of a difficulty counts as current", unit="days",
        evidence="assumption: F12, as most difficulties pass or change within two weeks", grade="C", low=7, high=28,
    )  # fmt: skip
    local_trust: Share = given(
        0.80, "Acceptance of a supporter at full social distance, relative to one from the same community",
        unit="ratio", evidence="M16; assumption: size", grade="C", low=0.5, high=1.0,
    )  # fmt: skip
