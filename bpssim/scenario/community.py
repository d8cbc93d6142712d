"""The community: word of mouth, chance meetings and slowly changing norms."""

from typing import Annotated

from pydantic import Field

from bpssim.scenario.fields import LENGTH, Rate, Real, Section, Share, Span, Whole, given


class Community(Section):
    """Ties between mothers of a neighbourhood, and its norm of breastfeeding."""

    active: bool = Field(False, description="Whether news and norms spread")
    ties: Annotated[Whole, Field(ge=0, le=8)] = given(
        3, "Largest number of mothers in the neighbourhood, with babies of similar age, whom a mother may tell",
        unit="mothers",
        evidence="M49", grade="C", low=1, high=5, null=0,
    )  # fmt: skip
    tells: Share = given(
        0.2,
        "A supported mother tells one of them of the service, and what she learned",
        unit="probability",
        evidence="M49",
        grade="C",
        low=0.05,
        high=0.4,
        null=0.0,
    )
    passes_on: Share = given(
        0.2, "What she passes on to them of what she learned: its effect on their difficulties, relative to an early "
        "contact with a supporter", unit="share", evidence="M49; assumption: size", grade="C", low=0.0, high=0.5,
        null=0.0,
    )  # fmt: skip
    meetings_per_year: Rate = given(
        0.3, "Chance meetings a year of a mother without a degree with supporters, if these are of her own community",
        unit="per year", evidence="M64; assumption: size", grade="C", low=0.0, high=1.0,
    )  # fmt: skip
    presence: Rate = given(
        0.01, "Rise of the norm, towards its highest, for an hour of presence in one neighbourhood", unit="per hour",
        evidence="M50; assumption: takes years", grade="C", low=0.0, high=0.03,
    )  # fmt: skip
    visibility: Rate = given(
        0.05, "Rise of the norm in a year where every mother breastfeeds with support", unit="per year",
        evidence="M50; assumption: takes years", grade="C", low=0.0, high=0.15,
    )  # fmt: skip
    half_life_years: Span = given(
        10.0, "Half-life of a norm that nothing renews", unit="years", evidence="M51; assumption: slow", grade="C",
        low=5, high=30, null=LENGTH,
    )  # fmt: skip
    norm_effect: Share = given(
        0.3, "Fall of the hazard of stopping where the norm is at its highest", unit="share",
        evidence="M50; assumption: as friends who breastfed (D18)", grade="C", low=0.0, high=0.5, null=0.0,
    )  # fmt: skip
    norm_starting: Annotated[Real, Field(ge=1, le=100)] = given(
        1.6, "Odds ratio of starting to breastfeed where the norm is at its highest", unit="odds ratio",
        evidence="M50; assumption: as friends who breastfed (D18)", grade="C", low=1.0, high=2.5,
    )  # fmt: skip
