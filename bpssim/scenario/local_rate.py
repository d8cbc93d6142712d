"""Breastfeeding rates measured where the mothers of a scenario live, and what moves a baseline to them.

A local rate is of all mothers. Moving is the same for mothers of all quintiles, so the gradient stays that of the
baseline: a log odds ratio of starting, and a hazard ratio of stopping. Evidence O20 gives the range of both rates over
places.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, Any

from pydantic import Field, model_validator

from bpssim.scenario.fields import PathText, Real, Section, TextInWords
from bpssim.scenario.reading.messages import Mistake, cut, refuse, wrong
from bpssim.scenario.words import Measured

AGES = {"initiation": 0, "any_2w": 14, "any_6w": 42}
"""Baby age at which each rate is taken [days]: the review at 10 to 14 days at 14, that at 6 to 8 weeks at 42."""
FORTNIGHT = AGES["any_2w"]
MOST_LOG_ODDS, MOST_RATIO = 3.0, 5.0
"""Limits of what may move; the range over places in O20 is 3 in log odds from end to end."""
_Rate = Annotated[Real, Field(gt=0, lt=1)]
_HazardRatio = Annotated[Real, Field(ge=1 / MOST_RATIO, le=MOST_RATIO)]


class LocalRate(Section):
    """Rates of any breastfeeding of all mothers of a place."""

    any_6w: _Rate | None = Field(None, description="Any breastfeeding at 6 to 8 weeks [share of births]")
    any_2w: _Rate | None = Field(None, description="Any breastfeeding at 10 to 14 days [share of births]")
    initiation: _Rate | None = Field(None, description="Started to breastfeed [share of births]")
    file: PathText | None = Field(
        None,
        description="CSV file of official statistics with a row for the place; rates written beside it go before",
    )
    area: TextInWords = Field(
        "", description="Code or name of the row of the file to use, if not that of population.place"
    )
    measured: Measured = Field(
        Measured.WITH_SERVICE,
        description="Whether the service was at work when the rates were measured (with_service; in a comparison that "
        "of the base), or none was (without_service)",
    )
    source: TextInWords = Field("", description="Where the rates come from")

    @property
    def rates(self) -> dict[str, float]:
        """Rates that are given, by name in order of age."""
        given = {name: getattr(self, name) for name in AGES}
        return {name: rate for name, rate in given.items() if rate is not None}

    @property
    def gives_rates(self) -> bool:
        """Whether there is anything to move a baseline to."""
        return bool(self.file or self.rates)

    @model_validator(mode="before")
    @classmethod
    def _is_no_single_value(cls, written: Any) -> Any:
        if isinstance(written, int | float) and not isinstance(written, bool):
            rate = f"{written:g}" if written < 1 else "0.46"
            refuse([wrong("", f"should say which rate it is, such as feeding.local.any_6w={rate}")])
        if isinstance(written, str):
            refuse([wrong("", f"should say what it is; a file is feeding.local.file={cut(written)}")])
        return written

    @model_validator(mode="after")
    def _falls_with_age(self) -> "LocalRate":
        refuse(self.mistakes())
        return self

    def mistakes(self) -> Iterator[Mistake]:
        """Rates that do not fall from each age to the next."""
        for (before, higher), (after, rate) in pairwise(self.rates.items()):
            if rate >= higher:
                yield wrong(after, f"should be above 0 and below {before}, {higher:g}, as it is of older babies")


class Moved(Section):
    """What moves a baseline to the level of a place, the same for mothers of all quintiles."""

    starting: Annotated[Real, Field(ge=-MOST_LOG_ODDS, le=MOST_LOG_ODDS)] = Field(
        0.0, description="Added to the log odds of starting to breastfeed [log odds]"
    )
    stopping_early: _HazardRatio = Field(1.0, description="Hazard of stopping in the first 14 days [hazard ratio]")
    stopping_later: _HazardRatio = Field(1.0, description="Hazard of stopping from then on [hazard ratio]")
