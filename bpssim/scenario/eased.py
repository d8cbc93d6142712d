"""Circumstances made easier for every mother, for a what-if about causes (evidence A12, A13, D23)."""

from collections.abc import Callable
from typing import Annotated

from pydantic import AfterValidator, Field

from bpssim.scenario.fields import Section, Share, Whole
from bpssim.scenario.words import Trait

_CAN_BE_EASED = (
    Trait.LIMITED_ENGLISH,
    Trait.NO_CAR,
    Trait.NO_WEEKDAY_CAR,
    Trait.NO_MOBILE,
    Trait.NO_SMARTPHONE,
    Trait.LOW_LITERACY,
    Trait.UNSUPPORTIVE_FAMILY,
    Trait.SCHOOL_RUN,
    Trait.STRESSOR,
)
_CAN_BE_GIVEN = (Trait.FRIENDS_BREASTFED,)


def _one_of(allowed: tuple[Trait, ...]) -> Callable[[Trait], Trait]:
    def check(trait: Trait) -> Trait:
        if trait not in allowed:
            raise ValueError(f"should be one of {', '.join(each.word for each in allowed)}")
        return trait

    return check


class Eased(Section):
    """Circumstances made easier for every mother, whether she was drawn or listed: for a what-if about causes.

    Access and feeding both respond, because both depend on her life.
    """

    without: Annotated[
        list[Annotated[Trait, AfterValidator(_one_of(_CAN_BE_EASED))]], Field(max_length=len(_CAN_BE_EASED))
    ] = Field([], description="Circumstances that no mother has")
    having: Annotated[
        list[Annotated[Trait, AfterValidator(_one_of(_CAN_BE_GIVEN))]], Field(max_length=len(_CAN_BE_GIVEN))
    ] = Field([], description="Circumstances that every mother has")
    partner_leave: Annotated[Whole, Field(ge=0, le=730)] = Field(
        0,
        description="A resident partner is at home at least so long after the birth; the law gives two weeks "
        "[days; A12, A13]",
    )
    least_confidence: Share = Field(
        0.0, description="Every mother has at least so much confidence to seek help [0 to 1; D23]"
    )
