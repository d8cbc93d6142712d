"""Context knowledge: supporters' understanding of hard circumstances, and its effects."""

from typing import Annotated

from pydantic import Field

from bpssim.scenario.fields import LENGTH, NoNull, PathText, Rate, Section, Share, Span, given
from bpssim.scenario.names import Reference
from bpssim.scenario.words import Channel, Trait

SHIPPED = "shipped"
"""Name of the catalogue of influences of the package."""


class Learning(Section):
    """How supporters learn of the circumstances of mothers from what they see, share it, and forget."""

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
    hardship: Annotated[list[Trait], Field(max_length=len(Trait))] = Field(
        [Trait.STRESSOR, Trait.LONE, Trait.NO_CAR, Trait.LIMITED_ENGLISH],
        description="Hard circumstances, which a supporter sees in a mother's home (M17)",
    )
    context_tool: bool = Field(
        False,
        description="Supervision goes through the questions of the catalogue of influences, so that what supporters "
        "know of circumstances is shared, and asks them of new designs (M52, M63)",
    )
    asks: Annotated[list[Reference], Field(max_length=100)] = Field(
        [], description="Influences about which the tool asks; without any, all of the catalogue"
    )
    influences: PathText = Field(
        SHIPPED,
        description="Catalogue of influences on access: the shipped one, or a file that extends it",
    )
    shared_per_hour: Rate = given(
        0.2, "Share of her distance from the team's best that a supporter gains in an hour of such supervision",
        unit="per hour", evidence="M52; assumption: size", grade="C", low=0.05, high=0.5,
    )  # fmt: skip
