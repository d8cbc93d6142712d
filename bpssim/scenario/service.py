"""What the service is for and what it costs."""

from typing import Annotated

from pydantic import Field

from bpssim.scenario.fields import NonNegative, Section, given
from bpssim.scenario.pathways import Audience


class Objectives(Section):
    """The commission: something for every mother, more for a target group."""

    target: Audience = Field(Audience(), description="The target group, judged on known data")
    target_weight: Annotated[float, Field(ge=1, le=100)] = given(
        2.0, "Priority of mothers known to be in the target group, relative to others", unit="ratio",
        evidence="M1; assumption: size", grade="C", low=1, high=5,
    )  # fmt: skip


class Costs(Section):
    """Unit costs."""

    paid_hour: NonNegative = given(
        34.0, "Employer's cost of a paid supporter's client hour", unit="GBP per hour", evidence="C16", grade="C",
        low=27, high=42,
    )  # fmt: skip
    volunteer_hour: NonNegative = given(
        6.0, "Expenses, training and supervision for a volunteer's hour", unit="GBP per hour", evidence="C17",
        grade="C", low=3, high=12,
    )  # fmt: skip
