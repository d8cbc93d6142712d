"""Objectives, costs and professionals of the service."""

from typing import Annotated

from pydantic import Field

from bpssim.scenario.fields import PRICE, Money, NoNull, Rate, Real, Section, Share, Span, given
from bpssim.scenario.pathways import Audience
from bpssim.scenario.words import Style


class Objectives(Section):
    """The commission: something for every mother, more for a target group."""

    style: Style = Field(
        Style.BY_TARGET,
        description="To whom the service gives more, in further attempts, extra offers and priority: same_for_all = "
        "extra offers to everyone and nothing else; by_target = mothers known to be in the target group, as far as "
        "ethos allows (M9); by_need = mothers who have spoken of a difficulty",
    )
    target: Audience = Field(Audience(), description="The target group, judged on known data")
    target_weight: Annotated[Real, Field(ge=1, le=100)] = given(
        2.0, "Priority of mothers known to be in the target group, where the style is by_target", unit="ratio",
        evidence="M1; assumption: size", grade="C", low=1, high=5, null=1.0,
    )  # fmt: skip
    need_weight: Annotated[Real, Field(ge=1, le=100)] = given(
        2.0, "Priority of mothers known to have a difficulty, where the style is by_need", unit="ratio",
        evidence="assumption: as the weight of a target group", grade="C", low=1, high=5, null=1.0,
    )  # fmt: skip


class Costs(Section):
    """Unit costs."""

    paid_hour: Money = given(
        34.0, "Employer's cost of a paid supporter's client hour, overhead included", unit="GBP per hour",
        evidence="C16", grade="C", low=27, high=42, null=PRICE,
    )  # fmt: skip
    overhead_share: Share = given(
        0.17, "Part of the paid hour that is overhead: 20 % on top of pay and on-costs", unit="share", evidence="C16",
        grade="C", low=0.1, high=0.25, null=PRICE,
    )  # fmt: skip
    volunteer_hour: Money = given(
        6.0, "Expenses, training and supervision for a volunteer's hour", unit="GBP per hour", evidence="C17",
        grade="C", low=3, high=12, null=PRICE,
    )  # fmt: skip
    travel_hour: Money = given(
        9.0, "Fares or mileage for an hour of travel to homes, beside the hour itself", unit="GBP per hour",
        evidence="assumption: 45p a mile at 20 miles an hour", grade="C", low=4, high=15, null=PRICE,
    )  # fmt: skip
    other_per_year: Annotated[Real, Field(ge=0, le=1e9)] | None = Field(
        None,
        description="What the service costs beside its team: interpreters, rooms, a data link, ... The model knows of "
        "no such cost by itself, so give it where an alternative has one; 0 says that there is none, and without it "
        "a change that costs something else has no price for an additional mother [GBP per year]",
    )


def _awareness(whose: str) -> Share:
    default: Share = given(
        1.0, f"Awareness of {whose}: 1 = the service is part of daily work (Site 1), 0.15 = P16 not embedded",
        unit="0 to 1", evidence="P16, M45, M46: which row holds; its range is that of the referral", grade="C",
        null=NoNull("where awareness begins; the referral that it multiplies rests on P16"),
    )  # fmt: skip
    return default


class Professionals(Section):
    """Awareness of the service among professional teams; multiplies their referrals.

    Where `half_life_days` is given, awareness fades, and duties with the task `professionals` renew it.
    """

    midwifery: Share = _awareness("midwives")
    health_visiting: Share = _awareness("health visitors")
    infant_feeding: Share = _awareness("the infant feeding team")
    signposts: Share = given(
        0.0, "Midwives who know the service tell a mother about it around the birth", unit="probability",
        evidence="M45-M47; off unless studied", grade="C", low=0.0, high=0.5, null=0.0,
    )  # fmt: skip
    half_life_days: Span | None = Field(
        None,
        description="Half-life of awareness; without it awareness does not fade [days; M44: 182]",
    )
    unprompted: Share = given(
        0.15, "Level that awareness falls to unrenewed", unit="0 to 1", evidence="P16 (not embedded)", grade="C",
        low=0.0, high=0.4, null=0.0,
    )  # fmt: skip
    gain_per_hour: Rate = given(
        0.05, "Rate at which an hour with all professional teams raises their awareness towards 1",
        unit="per hour", evidence="M44; assumption: a round of some 30 hours restores most of it", grade="C",
        low=0.02, high=0.1,
    )  # fmt: skip
