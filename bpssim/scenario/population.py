"""Who the mothers are: births, places, and attributes by deprivation quintile (evidence D1-D25)."""

import math
from typing import Annotated, Any, NamedTuple

from pydantic import AfterValidator, Field, field_validator, model_validator

from bpssim.scenario.eased import Eased
from bpssim.scenario.fields import (
    DESCRIBES,
    FITTED,
    LENGTH,
    Grade,
    PathText,
    PerQuintile,
    Ratio,
    Real,
    Section,
    Share,
    Weight,
    Whole,
    given,
)
from bpssim.scenario.names import Language, distinct_names
from bpssim.scenario.reading.messages import cut, refuse, wrong
from bpssim.scenario.words import Services

BIRTHS_PER_YEAR = 3000
"""Default births a year, without a number, place, file or table."""
NATIONAL_MIX = (0.28, 0.22, 0.18, 0.165, 0.155)
"""Default quintile mix, of births in England (evidence D1)."""
YOUNGEST, OLDEST = 10, 60
"""Limits of a mother's age [years]."""
MOST_LANGUAGES = 60

PlaceName = Annotated[str, Field(max_length=4096)]
"""Name or code of a place, or path of a file with codes of small areas."""
Mix = tuple[Weight, Weight, Weight, Weight, Weight]
_Languages = Annotated[dict[Language, Ratio], Field(max_length=MOST_LANGUAGES), AfterValidator(distinct_names)]


def _refuse_more_than_all(groups: Section, kind: str) -> None:
    """Refuse shares of groups that add up to more than 1 in some quintile."""
    by_group = [getattr(groups, name) for name in type(groups).model_fields]
    sums = {quintile: sum(shares) for quintile, shares in enumerate(zip(*by_group, strict=True), 1)}
    over = {str(quintile): f"{total:g}" for quintile, total in sums.items() if total > 1.0 + 1e-9}
    if over:
        which = f"quintile {', '.join(over)} add up to {', '.join(over.values())}"
        raise ValueError(f"the {kind} of {which}, more than 1")


class AgeGroups(Section):
    """Shares of mothers by age group in each quintile; the rest are 35 or older."""

    under_20: PerQuintile = given(
        (0.042, 0.027, 0.018, 0.011, 0.006), "Mother under 20", unit="share", evidence="D3", grade="C",
        low=0.7, high=1.3, null=DESCRIBES,
    )  # fmt: skip
    from_20_to_24: PerQuintile = given(
        (0.21, 0.16, 0.12, 0.09, 0.06),
        "Mother 20 to 24",
        unit="share",
        evidence="D4",
        grade="C",
        null=DESCRIBES,
    )
    from_25_to_29: PerQuintile = given(
        (0.30, 0.29, 0.27, 0.25, 0.21),
        "Mother 25 to 29",
        unit="share",
        evidence="D4",
        grade="C",
        null=DESCRIBES,
    )
    from_30_to_34: PerQuintile = given(
        (0.28, 0.32, 0.35, 0.37, 0.40),
        "Mother 30 to 34",
        unit="share",
        evidence="D4",
        grade="C",
        null=DESCRIBES,
    )

    @model_validator(mode="after")
    def _no_more_than_all(self) -> "AgeGroups":
        _refuse_more_than_all(self, "age groups")
        return self


class MinorityGroups(Section):
    """Ethnic groups among mothers of minority ethnic groups in each quintile; the rest are of other groups.

    The shares of D26 are those of residents, weighted by the infants of their areas; those of mothers may differ.
    """

    asian: PerQuintile = given(
        (0.528, 0.485, 0.492, 0.507, 0.537), "Asian, Chinese included", unit="share",
        evidence="D26: residents, not mothers", grade="A",
    )  # fmt: skip
    black: PerQuintile = given(
        (0.257, 0.266, 0.219, 0.171, 0.132), "Black", unit="share", evidence="D26: residents, not mothers", grade="A"
    )
    mixed: PerQuintile = given(
        (0.107, 0.131, 0.171, 0.207, 0.215), "Mixed or multiple", unit="share", evidence="D26: residents, not mothers",
        grade="A",
    )  # fmt: skip

    @model_validator(mode="after")
    def _no_more_than_all(self) -> "MinorityGroups":
        _refuse_more_than_all(self, "ethnic groups")
        return self


_Age = Annotated[int, Field(ge=YOUNGEST, le=OLDEST)]
_OddsAtAges = Annotated[dict[_Age, Ratio], Field(min_length=1, max_length=51)]


class OddsByAge(Section):
    """Odds ratios of attributes that depend on a mother's age; the shares of each quintile stay as declared.

    Between the ages given the logarithm of an odds ratio is a straight line, beyond them it stays.
    """

    first_birth: _OddsAtAges = given(
        {16: 40.0, 20: 4.0, 25: 1.6, 32: 1.0, 40: 0.6}, "First birth, by her age in years", unit="odds ratio",
        evidence="assumption: nine in ten of the youngest have their first baby, a third of the oldest", grade="C",
        null=DESCRIBES,
    )  # fmt: skip
    school_run: _OddsAtAges = given(
        {18: 0.05, 22: 0.5, 26: 1.0},
        "Of mothers with earlier births, must fetch a child of nursery age, by her age in years", unit="odds ratio",
        evidence="assumption: an older child of a young mother is seldom three yet", grade="C", null=DESCRIBES,
    )  # fmt: skip
    degree: _OddsAtAges = given(
        {21: 0.3, 25: 0.9, 30: 1.0}, "Degree, by her age in years", unit="odds ratio",
        evidence="assumption: most who will have a degree have it by 25", grade="C", null=DESCRIBES,
    )  # fmt: skip
    youngest_degree: Annotated[Whole, Field(ge=YOUNGEST, le=OLDEST)] = given(
        21, "Age from which on a mother may have a degree", unit="years",
        evidence="assumption: age at the end of a first degree", grade="C", low=20, high=22, null=DESCRIBES,
    )  # fmt: skip

    @model_validator(mode="after")
    def _ages_rise(self) -> "OddsByAge":
        for name in ("first_birth", "school_run", "degree"):
            ages = list(getattr(self, name))
            if ages != sorted(ages):
                raise ValueError(f"{name} must list ages in rising order")
        return self


PARTS_OF_WHOLES = (
    ("partner_leave_2_weeks", "partner_leave_1_week"),
    ("limited_english", "other_language"),
    ("no_car", "no_weekday_car"),
    ("smartphone", "mobile"),
)
"""Attributes of which every mother with the first has the second."""


def _attribute(
    values: tuple[float, ...],
    description: str,
    evidence: str,
    grade: Grade = "C",
    low: float = 0.7,
    high: float = 1.3,
) -> Any:
    """Declare an attribute; without a range in its row it varies by 30 % either way."""
    return given(values, description, unit="share", evidence=evidence, grade=grade, low=low, high=high, null=DESCRIBES)


class Attributes(Section):
    """Shares of mothers with each attribute, for quintile 1 (most deprived) to 5."""

    age: AgeGroups = Field(AgeGroups(), description="Age groups")
    first_birth: PerQuintile = _attribute((0.43, 0.46, 0.48, 0.50, 0.51), "First birth", "D5")
    lone: PerQuintile = _attribute((0.22, 0.16, 0.11, 0.07, 0.04), "No resident partner at birth", "D6")
    partner_leave_1_week: PerQuintile = _attribute(
        (0.60, 0.68, 0.75, 0.80, 0.84), "Resident partner takes at least one week of leave", "D7"
    )
    partner_leave_2_weeks: PerQuintile = _attribute(
        (0.42, 0.50, 0.58, 0.64, 0.70), "Resident partner takes two weeks of leave", "D7"
    )
    other_language: PerQuintile = _attribute((0.26, 0.23, 0.19, 0.15, 0.12), "First language is not English", "D10")
    limited_english: PerQuintile = _attribute(
        (0.06, 0.04, 0.025, 0.015, 0.01), "Speaks English not well or not at all", "D9"
    )
    minority_ethnic: PerQuintile = _attribute(
        (0.335, 0.274, 0.187, 0.140, 0.121),
        "Of a minority ethnic group: Asian, Black, mixed or other",
        "D26: residents; assumption: mothers are like them",
    )
    minority_groups: MinorityGroups = Field(MinorityGroups(), description="Ethnic groups among these mothers")
    no_car: PerQuintile = _attribute((0.38, 0.27, 0.18, 0.12, 0.08), "No car in the household", "D12")
    no_weekday_car: PerQuintile = _attribute((0.58, 0.48, 0.38, 0.30, 0.22), "Cannot use a car on a weekday", "D12")
    mobile: PerQuintile = _attribute(
        (0.98, 0.99, 0.99, 0.99, 0.99), "Own mobile phone", "D13; assumption: a narrow range, as nearly all have one",
        low=0.97, high=1.01,
    )  # fmt: skip
    smartphone: PerQuintile = _attribute(
        (0.95, 0.96, 0.97, 0.98, 0.98), "Own smartphone", "D13; assumption: a narrow range, as nearly all have one",
        low=0.97, high=1.01,
    )  # fmt: skip
    degree: PerQuintile = _attribute((0.22, 0.32, 0.43, 0.53, 0.64), "Degree", "D14")
    left_school_early: PerQuintile = _attribute((0.20, 0.13, 0.09, 0.06, 0.04), "Left school at or before 16", "D15")
    low_literacy: PerQuintile = _attribute((0.14, 0.10, 0.07, 0.05, 0.03), "Low literacy", "D15")
    intends: PerQuintile = _attribute((0.66, 0.72, 0.77, 0.81, 0.85), "Intends in pregnancy to breastfeed", "D16")
    undecided: PerQuintile = _attribute(
        (0.32, 0.32, 0.32, 0.32, 0.32), "Of mothers who do not intend to, those who are undecided in pregnancy",
        "A20: 8 of 25; assumption: the same in all quintiles",
    )  # fmt: skip
    unsupportive_family: PerQuintile = _attribute(
        (0.30, 0.24, 0.18, 0.14, 0.10), "Partner or own mother unsupportive of breastfeeding", "D17"
    )
    friends_breastfed: PerQuintile = _attribute((0.22, 0.30, 0.40, 0.50, 0.58), "Most friends breastfed", "D18")
    breastfed_before: PerQuintile = _attribute(
        (0.60, 0.68, 0.74, 0.78, 0.82), "Of mothers with earlier births, has breastfed before",
        "assumption: near initiation in O40",
    )  # fmt: skip
    school_run: PerQuintile = _attribute(
        (0.40, 0.38, 0.36, 0.35, 0.34),
        "Of mothers with earlier births, must fetch a child of nursery age",
        "D19",
    )
    caesarean: PerQuintile = _attribute((0.42, 0.44, 0.45, 0.47, 0.49), "Caesarean birth", "D20")
    neonatal: PerQuintile = _attribute((0.16, 0.15, 0.14, 0.13, 0.13), "Baby admitted to a neonatal unit", "D21")
    rural: PerQuintile = _attribute((0.05, 0.08, 0.12, 0.15, 0.15), "Rural home", "assumption: between D22 sites")
    stressor: PerQuintile = _attribute((0.40, 0.25, 0.15, 0.08, 0.04), "Food, housing or benefit stressor", "D24")
    confidence: PerQuintile = _attribute((0.40, 0.46, 0.52, 0.57, 0.62), "Mean confidence to seek help, 0 to 1", "D23")

    @model_validator(mode="after")
    def _parts_fit_in_wholes(self) -> "Attributes":
        refuse(
            wrong(part, f"is more ({inner:g}) than {whole} ({outer:g}) in quintile {quintile}, of which it is a part")
            for part, whole in PARTS_OF_WHOLES
            for quintile, (inner, outer) in enumerate(zip(getattr(self, part), getattr(self, whole), strict=True), 1)
            if inner > outer
        )
        return self


class Stay(Section):
    """How long mother and baby stay in hospital after birth."""

    home_by_next_day_vaginal: Share = given(
        0.72,
        "Discharged on the day of birth or the next after a vaginal birth",
        unit="share",
        evidence="R9",
        grade="A",
    )
    home_by_next_day_caesarean: Share = given(
        0.46,
        "Discharged on the day of birth or the next after a caesarean",
        unit="share",
        evidence="R9",
        grade="A",
    )
    longest: Annotated[Whole, Field(ge=2, le=14)] = given(
        4, "Longest ordinary stay", unit="days", evidence="assumption: few ordinary stays exceed four days", grade="C",
        low=3, high=6, null=LENGTH,
    )  # fmt: skip
    extra_neonatal: Annotated[Whole, Field(ge=0, le=120)] = given(
        7, "Extra days in hospital when the baby is admitted", unit="days",
        evidence="assumption: most admissions are short term ones (A11)", grade="C", low=3, high=14, null=LENGTH,
    )  # fmt: skip


class Population(Section):
    """The mothers of one or many places."""

    births_per_year: Annotated[Whole, Field(ge=1, le=1_000_000)] | None = Field(
        None,
        description="Births a year in all places together. Without it those of the place, file or table of mothers, "
        f"and {BIRTHS_PER_YEAR:,} where there is none of these [births]",
    )
    quintile_mix: Mix | None = given(
        None, "Relative births by quintile 1 to 5. Without it those of the place or file, and where there is neither "
        f"those of England: {', '.join(map(str, NATIONAL_MIX))}", unit="weight", evidence="D1", grade="A",
    )  # fmt: skip
    place: PlaceName | None = Field(
        None,
        description="A district of the United Kingdom of any year since 2016 (name or code), a county, integrated care "
        "board, region or nation, a ward and its district (`Castle, Cambridge`), or a file (.csv or .txt) with codes "
        "of small areas: its neighbourhoods, quintile mix and births, estimated by infants, are used",
    )
    places: list[PlaceName] = Field(
        [], max_length=40_000,
        description="Several places, used in the same way; codes of small areas together are one place",
    )  # fmt: skip
    services: Services = Field(
        Services.ONE, description="Over several places: one service for all of them, or each its own whole service"
    )
    births_by_small_area: PathText | None = Field(
        None,
        description="Table of births a year by small area, of the place or places, or else of all areas listed: a CSV "
        "file with a column of ONS codes and a column of births",
    )
    published_index: PathText | None = Field(
        None,
        description="Published file of deprivation ranks by small area, used instead of the shipped table",
    )
    published_populations: PathText | None = Field(
        None, description="Published file of population denominators, goes with published_index"
    )
    mothers: PathText | None = Field(
        None,
        description="CSV or Parquet file with one row a mother, born in the window; columns that it lacks are drawn, "
        "and birth_day counts from the first day of the window",
    )
    attributes: Attributes = Field(Attributes(), description="Attributes by quintile")
    odds_by_age: OddsByAge = Field(OddsByAge(), description="What depends on a mother's age")
    stay: Stay = Field(Stay(), description="Hospital stay")
    eased: Eased = Field(Eased(), description="Circumstances made easier for every mother, for a what-if")
    quintile_correlation: Share = given(
        0.45, "Correlation of a mother's own advantage with the quintile of her area", unit="correlation",
        evidence="D25", grade="C", low=0.25, high=0.65, null=0.0,
    )  # fmt: skip
    attribute_loading: Share = given(
        0.7, "How closely education, confidence, language, transport, family and stressors follow that advantage",
        unit="correlation", evidence="assumption: attributes share about half their variance", grade="C",
        low=0.3, high=0.9, null=FITTED,
    )  # fmt: skip
    neighbourhood_births: Annotated[Real, Field(ge=1, le=10_000)] = given(
        18.0, "Births a year in one small area, where no place is named, and in Northern Ireland", unit="births",
        evidence="assumption: about 600,000 births in the 32,844 areas of L9", grade="C", low=10, high=30,
        null=DESCRIBES,
    )  # fmt: skip
    confidence_spread: Share = given(
        0.15,
        "Standard deviation of confidence to seek help within a quintile",
        unit="0 to 1",
        evidence="assumption: D23 gives means only",
        grade="C",
        low=0.05,
        high=0.25,
        null=0.0,
    )
    due_date_spread: Annotated[Real, Field(ge=0, le=20)] = given(
        8.9, "Standard deviation of the day of birth about the due date", unit="days",
        evidence="R17: 60 % within a week and 90 % within two", grade="A", low=8.0, high=10.0,
    )  # fmt: skip
    other_language_if_minority: Share = given(
        0.6,
        "Mothers of minority ethnic groups whose first language is not English",
        unit="share",
        evidence="assumption: ties D10 to D11",
        grade="C",
        low=0.4,
        high=0.8,
        null=DESCRIBES,
    )
    languages: _Languages = given(
        {"urdu": 3.0, "polish": 2.0, "romanian": 2.0, "arabic": 1.0, "bengali": 1.0, "other": 3.0},
        "Relative number of mothers by first language, among mothers whose first language is not English",
        unit="weight", evidence="assumption: ordering only; set it to the place", grade="C", null=DESCRIBES,
    )  # fmt: skip

    @property
    def mix_without_data(self) -> Mix:
        """Relative births by quintile where neither place nor file says them."""
        return NATIONAL_MIX if self.quintile_mix is None else self.quintile_mix

    @field_validator("place", mode="before")
    @classmethod
    def _one_place(cls, value: object) -> object:
        if isinstance(value, list):
            listed = ", ".join(map(str, value))
            raise ValueError(f"should be one place; for several use population.places=[{cut(listed)}]")
        return value

    @field_validator("places", mode="before")
    @classmethod
    def _places_in_a_list(cls, value: object) -> object:
        if isinstance(value, str):
            raise ValueError(f"should be a list, which stands in brackets: [{cut(value)}]")
        return value

    @model_validator(mode="after")
    def _one_way_to_say_where(self) -> "Population":
        ways = [name for name in ("place", "places", "births_by_small_area", "mothers") if getattr(self, name)]
        index, populations = self.published_index, self.published_populations
        found = {
            "services": self.services is Services.EACH and len(self.places) < 2,
            "births_per_year": self.mothers is not None and self.births_per_year is not None,
            "quintile_mix": self.quintile_mix is not None and sum(self.quintile_mix) <= 0,
            "published_index": (index is None) != (populations is None),
            "published_populations": bool(index and populations) and {*ways} <= {"mothers"},
        }
        mistakes = [wrong(name, _MISTAKES[name]) for name, holds in found.items() if holds]
        if not self.mothers:
            ways = [name for name in ways if name != "births_by_small_area"]  # of the places
        if len(ways) > 1:
            mistakes.append(wrong(ways[-1], f"give one of {' and '.join(ways)}, not both"))
        refuse(mistakes)
        return self


class Confidence(NamedTuple):
    """Distribution of confidence to seek help over mothers, 0 to 1."""

    mean: float
    deviation: float


def _confidence_of(population: Population) -> Confidence:
    """Confidence over all births of a population, from its spread within and between quintiles."""
    mix, means = population.mix_without_data, population.attributes.confidence
    mean = sum(share * each for share, each in zip(mix, means, strict=True)) / sum(mix)
    between = sum(share * (each - mean) ** 2 for share, each in zip(mix, means, strict=True)) / sum(mix)
    return Confidence(mean, math.sqrt(population.confidence_spread**2 + between))


NATIONAL_CONFIDENCE = _confidence_of(Population())
"""Confidence over the mothers of the nation, by which that of a mother is measured wherever she lives."""

_MISTAKES = {
    "services": "each needs several places, such as places: [Rochdale, Oldham]",
    "births_per_year": "a table of mothers has a row for every birth, so this has no effect; leave it out",
    "quintile_mix": "needs at least one quintile with births",
    "published_index": "published_index and published_populations go together",
    "published_populations": "needs place, places or births_by_small_area, which it locates",
}
