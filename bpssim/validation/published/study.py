"""A published study as data: its groups of mothers, what was measured in them, and what was found.

A trial has groups that are offered different support, a survey groups of different mothers. What a group lives with is
a scenario; it stands in the file of the study and is read by `bpssim.validation.published.reading`.
"""

from collections.abc import Iterator
from typing import Annotated, Literal, NamedTuple

from pydantic import AfterValidator, Field, model_validator

from bpssim.scenario.evidence import evidence
from bpssim.scenario.fields import BabyAge, Grade, Real, Section, Share, TextInWords, Whole
from bpssim.scenario.names import Name, Named, PathwayName
from bpssim.scenario.reading.messages import Mistake, refuse, unknown, wrong
from bpssim.scenario.words import Trait

Quintile = Annotated[Whole, Field(ge=1, le=5)]
AgeInYears = Annotated[Whole, Field(ge=10, le=60)]
Value = Annotated[Real, Field(ge=-100, le=100)]
Role = Literal["fitted", "checked"]

Measure = Literal["feeding", "exclusive", "supported", "answered", "came"]
"""What share of a group is taken: fed any breast milk or breast milk only at an age, had support after the birth by an
age, answered in a pathway of those tried, had support in a pathway."""
Effect = Literal["ratio_of_not", "difference", "odds_ratio", "share"]
"""How groups are compared: ratio of the shares who do *not* (relative risk of stopping), difference of shares, odds
ratio; or not at all, for the share of one group."""


class Kind(NamedTuple):
    """Words and properties of an effect."""

    words: str
    groups: int
    is_ratio: bool


KINDS: dict[Effect, Kind] = {
    "ratio_of_not": Kind("relative risk of not", 2, True),
    "odds_ratio": Kind("odds ratio of", 2, True),
    "difference": Kind("difference in", 2, False),
    "share": Kind("share", 1, False),
}


def _is_row(row: str) -> str:
    if row not in evidence():
        refuse([wrong("", "there is no such row of the evidence (`bpssim evidence` prints them)")])
    return row


Row = Annotated[str, Field(max_length=4), AfterValidator(_is_row)]


class Who(Section):
    """Which mothers take part; everybody unless limited."""

    has: list[Trait] = Field([], max_length=len(Trait), description="Traits that all of them have")
    has_not: list[Trait] = Field([], max_length=len(Trait), description="Traits that none of them has")
    has_any: list[Trait] = Field([], max_length=len(Trait), description="Traits of which each has at least one")
    quintiles: list[Quintile] = Field([], max_length=5, description="Deprivation quintiles of the home")
    youngest: AgeInYears = Field(10, description="Lowest age of the mother [years]")
    oldest: AgeInYears = Field(60, description="Highest age of the mother [years]")
    started: bool = Field(False, description="Only mothers who start to breastfeed")
    feeding_at_discharge: bool = Field(False, description="Only mothers who still breastfeed when they go home")


class Group(Section):
    """An arm of a trial, or a group of a survey."""

    counted: Annotated[Whole, Field(ge=2, le=10_000_000)] | None = Field(
        None, description="Mothers in the published result, from which its sampling error follows [mothers]"
    )
    mothers: Who = Field(Who(), description="Further limits on who belongs to it")


class Level(Section):
    """The level without the support under study, which is the setting of a study and no result of it."""

    group: Name = Field(description="Group whose level is made to be that of the study")
    age: BabyAge = Field(description="Baby age [days]")
    feeding: Share = Field(description="Any breastfeeding in that group as published [share]")


class Result(Section):
    """One published result."""

    title: str = Field(max_length=120, description="What was measured, in words")
    measure: Measure = Field("feeding", description="What share of a group is taken")
    age: BabyAge | None = Field(None, description="Baby age at which, or by which, it is taken [days]")
    pathway: PathwayName | None = Field(None, description="Pathway, for `answered` and `came`")
    effect: Effect = Field("ratio_of_not", description="How groups are compared")
    groups: Annotated[list[Name], Field(min_length=1, max_length=2)] = Field(
        description="Group of interest, and the group that it is compared with"
    )
    shares: Annotated[list[Share], Field(min_length=1, max_length=2)] | None = Field(
        None, description="Published share of each of these groups, from which the effect follows [share]"
    )
    published: Value | None = Field(None, description="Published effect, where it does not follow from shares")
    interval: tuple[Value, Value] | None = Field(
        None, description="Published interval of the effect; without it, it follows from shares and `counted`"
    )
    grade: Grade = Field(description="Grade of the published result")
    slope: Role | None = Field(
        None, description="Whether the slope of support is fitted to it or only checked against it; neither if left out"
    )
    no_test: TextInWords = Field("", description="Why it is no test, if it restates an input or another result")
    why_not: TextInWords = Field("", description="Why the model is known to miss it; empty if it should not")
    about_interval: TextInWords = Field("", description="Where the interval comes from, if it is not as published")

    @model_validator(mode="after")
    def _says_all(self) -> "Result":
        refuse(self._mistakes())
        return self

    def _mistakes(self) -> Iterator[Mistake]:
        wanted = KINDS[self.effect].groups
        for name, given in (("groups", self.groups), ("shares", self.shares)):
            if given is not None and len(given) != wanted:
                yield wrong(name, f"needs {wanted} for effect {self.effect}, and has {len(given)}")
        if (self.shares is None) == (self.published is None):
            yield wrong("published", "give either `shares` or `published`")
        if self.published is not None and self.interval is None:
            yield wrong("interval", "must be given with `published`")
        if self.interval and self.interval[0] >= self.interval[1]:
            yield wrong("interval", "must rise from its first number to its second")
        if (self.measure in ("answered", "came")) != (self.pathway is not None):
            yield wrong("pathway", "goes with the measures answered and came, and with no other")
        if (self.measure in ("feeding", "exclusive", "supported")) != (self.age is not None):
            yield wrong("age", "goes with the measures feeding, exclusive and supported, and with no other")


class Study(Section):
    """A published study."""

    name: Name = Field(description="Short name, that of its file")
    title: str = Field(max_length=60, description="First author, year and place")
    evidence: Row = Field(description="Row of the evidence")
    about: TextInWords = Field(description="Who took part and what was done, in one sentence")
    doses: TextInWords = Field("", description="Where the doses come from")
    mothers: Who = Field(Who(), description="Which mothers take part")
    level: Level | None = Field(None, description="Level of breastfeeding to set, so that the effect is compared there")
    groups: Named[Group] = Field(description="Arms or groups by name")
    results: Named[Result] = Field(description="What was found, by name")

    @model_validator(mode="after")
    def _groups_exist(self) -> "Study":
        refuse(self._mistakes())
        return self

    def _mistakes(self) -> Iterator[Mistake]:
        named = {f"results.{name}.groups.{n}": group for name, result in self.results.items()
                 for n, group in enumerate(result.groups)}  # fmt: skip
        if self.level:
            named["level.group"] = self.level.group
        for path, group in named.items():
            if group not in self.groups:
                yield unknown(path, group, "groups", self.groups, "groups")
        for name, result in self.results.items():
            counted = all(self.groups[group].counted for group in result.groups if group in self.groups)
            if result.interval is None and not counted:
                yield wrong(f"results.{name}.interval", "needs `counted` in its groups, or an interval of its own")
