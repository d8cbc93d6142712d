"""Context knowledge: supporters' understanding of hard circumstances, and its effects."""

from typing import Annotated

from pydantic import Field

from bpssim.scenario.fields import LENGTH, NoNull, PathText, Rate, Section, Share, Span, given
from bpssim.scenario.words import Channel


class Learning(Section):
    """How supporters learn of the circumstances of mothers from what they see, and forget.

    Hard circumstances are those that can be seen: food, housing or benefit worries, no partner, no car, no English.
    """

    active: bool = Field(False, description="Whether support depends on what supporters know of circumstances")
    at_start: Share = given(
        0.05, "Context knowledge of a new supporter", unit="0 to 1", evidence="M60; assumption: size", grade="C",
        low=0.0, high=0.3, null=NoNull("`misfit` switches its effect off"),
    )  # fmt: skip
    insight: Annotated[dict[Channel, Share], Field(max_length=len(Channel))] = given(
        {Channel.HOME_VISIT: 0.03, Channel.WARD: 0.003, Channel.CLINIC: 0.005, Channel.GROUP: 0.005},
        "Share of what she does not know yet that a supporter learns from what she sees at one contact with a mother "
        "in hard circumstances; a call or text shows nothing",
        unit="share", evidence="M17, M19; assumption: sizes", grade="C", low=0.5, high=2.0, null=0.0,
    )  # fmt: skip
    half_life_years: Span = given(
        2.0, "Half-life of knowledge that is not renewed", unit="years", evidence="assumption: slower than M44",
        grade="C", low=1, high=10, null=LENGTH,
    )  # fmt: skip
    misfit: Share = given(
        0.15, "Effect of support that mothers in hard circumstances lose when a supporter knows nothing of these",
        unit="share", evidence="M20; assumption: size", grade="C", low=0.0, high=0.3, null=0.0,
    )  # fmt: skip
    context_tool: bool = Field(
        False, description="Supervision goes through circumstances, so that knowledge is shared (M52, M63)"
    )
    influences: PathText = Field(
        "shipped",
        description="Catalogue of influences on access, whose questions the tool asks: the shipped one, or a file that "
        "extends it",
    )
    shared_per_hour: Rate = given(
        0.2, "Share of her distance from the team's best that a supporter gains in an hour of such supervision",
        unit="per hour", evidence="M52; assumption: size", grade="C", low=0.05, high=0.5,
    )  # fmt: skip
