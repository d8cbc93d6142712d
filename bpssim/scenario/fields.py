"""Declaration of scenario inputs: default, unit, range and evidence row."""

from typing import Annotated, Any, Literal, NamedTuple

from pydantic import AllowInfNan, BaseModel, BeforeValidator, ConfigDict, Field, Strict
from pydantic.fields import FieldInfo

from bpssim.scenario.words import QUINTILES

Grade = Literal["A", "B", "C"]
"""A: read in the source. B: well known, not re-read. C: assumption, to be varied."""

TextInWords = Annotated[str, Field(max_length=1000)]
PathText = Annotated[str, Field(max_length=4096)]
"""Path of a file, or name of a file in the package."""
Whole = Annotated[int, Strict()]  # strict: true, false and quoted numbers are not numbers
Real = Annotated[float, Strict(), AllowInfNan(False)]
Share = Annotated[Real, Field(ge=0, le=1)]
Rate = Annotated[Real, Field(ge=0, le=1000)]
"""A rate, multiple or weight that may be 0; the limit of 1,000 is beyond anything measured."""


class Neutral(NamedTuple):
    """What rules read where a planner gives no value: a member that a mapping does not list, or ``None``."""

    value: float


Ratio = Annotated[Real, Field(ge=0.001, le=1000), Neutral(1.0)]
"""An odds ratio, hazard ratio or multiplier; never 0."""
Weight = Annotated[Real, Field(ge=0, le=1_000_000)]
"""Relative numbers of mothers, which may be counts."""
Money = Annotated[Real, Field(ge=0, le=1_000_000)]
"""Unit cost [GBP]."""
Span = Annotated[Real, Field(ge=0.01, le=10_000)]
"""A length of time in days, weeks or years."""
MinutesOfDay = Annotated[Real, Field(ge=0, le=1440)]
Days = Annotated[Whole, Field(ge=0, le=3650)]
BabyAge = Annotated[Whole, Field(ge=-280, le=730)]
"""Days since birth; negative in pregnancy."""


def _for_each_quintile(given: Any) -> Any:
    """Expand one number to five quintiles; leave a list unchanged."""
    return [given] * QUINTILES if isinstance(given, (int, float)) else given


_ByQuintile = Annotated[
    list[Share], Field(min_length=QUINTILES, max_length=QUINTILES, json_schema_extra={"by": "quintile"})
]
PerQuintile = Annotated[
    tuple[Share, Share, Share, Share, Share],
    BeforeValidator(_for_each_quintile, json_schema_input_type=Share | _ByQuintile),
]
"""Shares for quintile 1 (most deprived) to 5; one number means the same in all."""


class Section(BaseModel):
    """Base of every section: unknown keys are errors, and instances are immutable."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=False)


def range_of(field: FieldInfo) -> tuple[float, float] | None:
    """Range for sensitivity analysis that an input declares, if any."""
    extra = field.json_schema_extra
    limits: Any = extra.get("range") if isinstance(extra, dict) else None
    return (float(limits[0]), float(limits[1])) if limits else None


def given(
    default: Any,
    description: str,
    *,
    unit: str,
    evidence: str,
    grade: Grade,
    low: float | None = None,
    high: float | None = None,
) -> Any:
    """Declare an input that has a default value.

    Parameters
    ----------
    default
        Value if the scenario gives none.
    description
        Description for a planner.
    unit
        Unit of the value; ``share`` for 0 to 1.
    evidence
        Row of the evidence table, or ``assumption: <reason>`` where no row exists.
    grade
        Grade of the weakest input behind the default.
    low, high
        Range for sensitivity analysis; for values by quintile it is a multiplier.
    """
    origin: dict[str, Any] = {"unit": unit, "evidence": evidence, "grade": grade}
    if low is not None and high is not None:
        origin["range"] = [low, high]
    return Field(default, description=f"{description} [{unit}; {evidence}, grade {grade}]", json_schema_extra=origin)
