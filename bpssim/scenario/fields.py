"""Declaration of scenario inputs: default, unit, range and evidence row."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, NamedTuple, cast

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


NEUTRAL_BY_UNIT: Mapping[str, float] = {
    "odds ratio": 1.0, "hazard ratio": 1.0, "risk ratio": 1.0, "per year": 0.0, "per hour": 0.0,
}  # fmt: skip
"""Units that say by themselves at which value an input does nothing."""


class NoNull(NamedTuple):
    """Why an input has no value at which it does nothing."""

    why: str


LENGTH = NoNull("a length of time, which does nothing at no value")
DESCRIBES = NoNull("describes who the mothers are")
FITTED = NoNull("the feeding baseline was fitted with it, and another value would need another fit")
PRICE = NoNull("a price")


def null_of(field: FieldInfo) -> "float | bool | NoNull | None":
    """Value at which an input does nothing, or why it has none; ``None`` if neither was declared.

    For a map or several values it is that of each.
    """
    extra = field.json_schema_extra
    if not isinstance(extra, dict):
        return None
    if "no_null" in extra:
        return NoNull(str(extra["no_null"]))
    null: float | bool | None = cast(Any, extra.get("null", NEUTRAL_BY_UNIT.get(str(extra.get("unit")))))
    return null


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
    null: "float | bool | NoNull | None" = None,
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
    null
        Value at which it does nothing, so that one can see what a result owes to it, or why there is none. It need not
        be given where the unit says it (`NEUTRAL_BY_UNIT`); for several values it is that of each.
    """
    origin: dict[str, Any] = {"unit": unit, "evidence": evidence, "grade": grade}
    if low is not None and high is not None:
        origin["range"] = [low, high]
    if isinstance(null, NoNull):
        origin["no_null"] = null.why
    elif null is not None:
        origin["null"] = null
    return Field(default, description=f"{description} [{unit}; {evidence}, grade {grade}]", json_schema_extra=origin)
