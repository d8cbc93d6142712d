"""Access gates: which circumstances help or hinder a mother in getting past one stage of a pathway.

The odds that a mother passes a gate follow from her circumstances. What the evidence gives by quintile is a total over
mothers of the nation; it sets the level of a gate, and the part of its gradient that circumstances do not explain is a
residual by area (`bpssim.scenario.gate_levels`).
"""

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Annotated, NamedTuple

from pydantic import Field, field_validator, model_validator

from bpssim.scenario.fields import (
    LENGTH,
    Days,
    Grade,
    NoNull,
    PerQuintile,
    Rate,
    Ratio,
    Real,
    Section,
    Share,
    Span,
    TextInWords,
    given,
)
from bpssim.scenario.words import Demand, Trait


class Effect(Section):
    """Changes the odds of passing a gate for mothers for whom all the named traits hold."""

    when: Annotated[list[Trait], Field(min_length=1, max_length=len(Trait))] = Field(
        description="Traits that must all hold"
    )
    odds: Ratio = Field(description="Multiply the odds of passing by this [odds ratio]")

    @field_validator("when")
    @classmethod
    def _about_her(cls, when: list[Trait]) -> list[Trait]:
        if Trait.WRONG_NUMBER in when:
            raise ValueError(
                "wrong_number is an error of records and no barrier of hers; use data_sharing.wrong_number"
            )
        return when


Probability = Annotated[Real, Field(gt=0, lt=1)]
"""Strictly between 0 and 1, so that it has log odds."""


class GateProbability(Section):
    """Who passes a gate: how many mothers in each quintile of the nation, and which circumstances matter for it."""

    by_quintile: PerQuintile = Field(
        description="Share of the mothers of the nation who pass, for quintile 1 to 5, or one for all; mothers with "
        "other circumstances pass more or less often [share]"
    )
    demands: Annotated[list[Demand], Field(max_length=len(Demand))] = Field(
        [],
        description="What passing demands of a mother: the circumstances that bear on it (access.circumstances) have "
        "an effect. Without demands it depends on the area alone",
    )
    effects: list[Effect] = Field(
        [],
        max_length=100,
        description="Effects of this gate alone; one that names a single trait is used in place of the effect that "
        "this trait has on all gates",
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


class Circumstances(Section):
    """Effects of circumstances on the odds of passing every gate that demands something of a mother.

    Each is an assumption about size that may be half or double.
    """

    partner_away: Ratio = given(
        0.9, "No partner is there at that hour", unit="odds ratio", evidence="assumption: size; M36", grade="C",
        low=0.45, high=1.8,
    )  # fmt: skip
    limited_english: Ratio = given(
        0.4, "She speaks English not well or not at all, and there is no common language", unit="odds ratio",
        evidence="assumption: size; P1, P5, M67", grade="C", low=0.2, high=0.8,
    )  # fmt: skip
    stressor: Ratio = given(
        0.75, "Worries about food, housing or benefits, or caring for others", unit="odds ratio",
        evidence="assumption: size; M15", grade="C", low=0.375, high=1.5,
    )  # fmt: skip
    under_20: Ratio = given(
        0.7, "She is under 20", unit="odds ratio", evidence="assumption: size; P1, R12", grade="C", low=0.35, high=1.4,
    )  # fmt: skip
    no_degree: Ratio = given(
        0.9, "She has no degree", unit="odds ratio", evidence="assumption: size; M68", grade="C", low=0.45, high=1.8,
    )  # fmt: skip
    unsupportive_family: Ratio = given(
        0.8, "Her partner or mother does not favour breastfeeding", unit="odds ratio",
        evidence="assumption: size; M13", grade="C", low=0.4, high=1.6,
    )  # fmt: skip
    school_run: Ratio = given(
        0.6, "She must fetch a child of nursery age, where she has to come by day", unit="odds ratio",
        evidence="assumption: size; M37", grade="C", low=0.3, high=1.2,
    )  # fmt: skip
    no_weekday_car: Ratio = given(
        0.4, "She has no car on weekdays, where she has to travel", unit="odds ratio",
        evidence="assumption: size; P15, M37", grade="C", low=0.2, high=0.8,
    )  # fmt: skip
    rural: Ratio = given(
        0.8, "Her home is in the country, where she has to travel", unit="odds ratio",
        evidence="assumption: distance hinders; M37", grade="C", low=0.4, high=1.6,
    )  # fmt: skip
    low_literacy: Ratio = given(
        0.5, "She reads with difficulty, where she has to read", unit="odds ratio", evidence="assumption: size; M15",
        grade="C", low=0.25, high=1.0,
    )  # fmt: skip
    confidence_asking: Ratio = given(
        1.5, "One standard deviation of the nation more confidence to seek help, where she must ask or come",
        unit="odds ratio", evidence="assumption: size; M14", grade="C", low=0.75, high=3.0,
    )  # fmt: skip
    confidence_answering: Ratio = given(
        1.1, "The same where the service comes to her", unit="odds ratio", evidence="assumption: size; M14", grade="C",
        low=0.55, high=2.2,
    )  # fmt: skip
    met_before: Ratio = given(
        1.5, "She has had support before, in this or another pathway; not in one that is offered, where all have",
        unit="odds ratio", evidence="assumption: size; R7, M31", grade="C", low=0.75, high=3.0,
    )  # fmt: skip
    twice_the_places: Ratio = given(
        1.3, "Groups have twice the places for their births, where she has to travel", unit="odds ratio",
        evidence="assumption: size; M38", grade="C", low=1.0, high=2.0,
    )  # fmt: skip


class _Shared(NamedTuple):
    """A trait that bears on all gates: on those with one demand, or with any."""

    trait: Trait
    demand: Demand | None = None


_SHARED: Mapping[str, _Shared] = {
    "partner_away": _Shared(Trait.PARTNER_AWAY),
    "limited_english": _Shared(Trait.LIMITED_ENGLISH),
    "stressor": _Shared(Trait.STRESSOR),
    "under_20": _Shared(Trait.UNDER_20),
    "no_degree": _Shared(Trait.DEGREE),
    "unsupportive_family": _Shared(Trait.UNSUPPORTIVE_FAMILY),
    "school_run": _Shared(Trait.SCHOOL_RUN, Demand.DAYTIME),
    "no_weekday_car": _Shared(Trait.NO_WEEKDAY_CAR, Demand.TRAVEL),
    "rural": _Shared(Trait.RURAL, Demand.TRAVEL),
    "low_literacy": _Shared(Trait.LOW_LITERACY, Demand.READING),
}
_CONFIDENCE = {"confidence_asking": Demand.ASKING, "confidence_answering": Demand.ANSWERING}
"""Confidence matters once: more where she must ask, also if the service comes to her then."""


def is_certain(gate: GateProbability) -> bool:
    """Whether everybody passes a gate, whatever her circumstances."""
    return min(gate.by_quintile) == 1.0


def depends_on_circumstances(gate: GateProbability) -> bool:
    """Whether some mothers pass a gate more easily than others of their area."""
    return bool(gate.demands or gate.effects) and any(0.0 < share < 1.0 for share in gate.by_quintile)


def shared_effects(gate: GateProbability) -> tuple[str, ...]:
    """Names of `Circumstances` that bear on a gate, apart from supply and having met a supporter before."""
    return _shared_by(tuple(gate.demands), tuple(effect.when[0] for effect in gate.effects if len(effect.when) == 1))


@cache
def _shared_by(demands: tuple[Demand, ...], replaced: tuple[Trait, ...]) -> tuple[str, ...]:
    """Names of `Circumstances` that bear on all gates with some demands, where traits have no effect of their own."""
    traits = (
        name
        for name, (trait, demand) in _SHARED.items()
        if demands and trait not in replaced and (demand is None or demand in demands)
    )
    return *traits, *[name for name, demand in _CONFIDENCE.items() if demand in demands][:1]


def effects_on(gate: GateProbability, circumstances: Circumstances) -> list[Effect]:
    """All effects of traits on a gate: its own, and those on all gates that it does not replace."""
    shared = [name for name in shared_effects(gate) if name in _SHARED]
    return [*gate.effects, *(_shared_effect(name, getattr(circumstances, name)) for name in shared)]


@lru_cache(1024)
def _shared_effect(name: str, odds: float) -> Effect:
    """What a circumstance does to a gate; levels are fitted, so a degree may as well help as its absence hinder."""
    return Effect(when=[_SHARED[name].trait], odds=1.0 / odds if name == "no_degree" else odds)


def confidence_odds(gate: GateProbability, circumstances: Circumstances) -> float:
    """Odds ratio of a gate for one standard deviation of confidence in the nation."""
    names = [name for name in shared_effects(gate) if name in _CONFIDENCE]
    return float(getattr(circumstances, names[0])) if names else 1.0


class Access(Section):
    """Settings shared by the gates of all pathways."""

    circumstances: Circumstances = Field(
        Circumstances(), description="Effects of circumstances on all gates that demand something"
    )
    area_residual: Annotated[Real, Field(ge=0, le=1.5)] = given(
        1.0, "Multiplies the residual by area: the difference between quintiles that circumstances do not explain, in "
        "log odds; with 0 mothers with the same circumstances pass equally often in all areas",
        unit="ratio", evidence="P1-P18; assumption: they vary together", grade="C", low=0.0, high=1.5, null=0.0,
    )  # fmt: skip
    usual_places: Annotated[Real, Field(gt=0, le=1000)] = given(
        1.33, "Supporters at groups a week for 1,000 births a year, at which attendance of groups is as given",
        unit="supporters per 1,000 births",
        evidence="assumption: two groups a week with two supporters for 3,000 births", grade="C",
        null=NoNull("a unit in which places are counted"),
    )  # fmt: skip
    help_seeking_days: Span = given(
        14.0, "Days of a difficulty within which the probability of seeking help applies", unit="days",
        evidence="P17; assumption: two weeks", grade="C", low=7, high=28, null=LENGTH,
    )  # fmt: skip
    attempt_correlation: Share = given(
        0.69, "Correlation between attempts to reach the same mother: who misses one call tends to miss the next",
        unit="correlation", evidence="P4 given P3", grade="C", low=0.4, high=0.95, null=0.0,
    )  # fmt: skip
    aware: GateProbability = Field(
        GateProbability(
            by_quintile=(0.45, 0.47, 0.50, 0.52, 0.55), demands=[Demand.READING], range=(0.05, 0.80), evidence="P18",
            grade="C",
        ),
        description="Aware that the service exists, if not contacted by it",
    )  # fmt: skip
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
        evidence="P19; assumption: timing", grade="C", low=3, high=21, null=LENGTH,
    )  # fmt: skip
    difficulty_current_days: Days = given(
        14, "Days for which what she said of a difficulty counts as current", unit="days",
        evidence="assumption: F12, as most difficulties pass or change within two weeks", grade="C", low=7, high=28,
        null=LENGTH,
    )  # fmt: skip
    handed_on: Ratio = given(
        0.33, "She goes on to the next step after a contact by somebody other than her named supporter",
        unit="odds ratio", evidence="M31: 0.75 of such steps, 0.90 where one person stays with her", grade="C",
        low=0.15, high=1.0,
    )  # fmt: skip
    local_trust: Share = given(
        0.80, "Acceptance of a supporter at full social distance, relative to one from the same community",
        unit="ratio", evidence="M16; assumption: size", grade="C", low=0.5, high=1.0, null=1.0,
    )  # fmt: skip
