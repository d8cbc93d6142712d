"""Profiles: how many mothers breastfeed at which age without peer support, by quintile (evidence O70-O73).

A profile is a target for `bpssim calibrate`. All cells by quintile below are grade C: they are constructed so that
their sums over births meet published figures. The 6-8 week review of routine statistics is taken at 42 days.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Annotated

from pydantic import Field, model_validator

from bpssim.scenario.baseline import MOST_AGES, Age, RatesAre
from bpssim.scenario.feeding import FeedingInputs
from bpssim.scenario.fields import Grade, PathText, PerQuintile, Ratio, Section, Share, TextInWords
from bpssim.scenario.names import Name
from bpssim.scenario.places.births import mix_of
from bpssim.scenario.population import Attributes, Population
from bpssim.scenario.reading.loader import read
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin, nearest, refuse, wrong
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import QUINTILES, SurveyGroup

OLDEST = 730
"""Baby age to which the model follows mothers at most [days]."""
_NAMED_PLACES = ("place", "places", "births_by_small_area", "mothers")
_WHERE = (*_NAMED_PLACES, "published_index", "published_populations", "services", "births_per_year")
"""Inputs of a population about where its mothers live and how many there are."""


class SurveyedCell(Section):
    """Any breastfeeding that a survey found in a group of mothers."""

    group: SurveyGroup = Field(description="Which mothers")
    age: Age = Field(description="Baby age, 0 being the start [days]")
    share: Annotated[float, Field(gt=0, lt=1)] = Field(description="Any breastfeeding [share of births]")
    error: Annotated[float, Field(ge=0, lt=0.5)] = Field(description="How far that may be off [share]")
    grade: Grade = Field(description="Grade of the weakest part")
    evidence: TextInWords = Field(description="Row of the evidence, and what it is taken for")
    only_checked: bool = Field(False, description="Compared with the fit, and not fitted")


class Profile(Section):
    """Breastfeeding with usual care in a population; also the format of a planner's own profile file."""

    name: Name = Field(description="Short name")
    initiation: TextInWords = Field(description="Definition of initiation: recall, first feed or other; conflict 9.1")
    evidence: TextInWords = Field(description="Rows of the evidence, or the planner's own source")
    rates: RatesAre = Field(
        "observed",
        description="What the rates by quintile are: observed; moved = those of another profile, moved to a "
        "rate that was observed for all; or constructed to meet published sums",
    )
    population: Population = Field(Population(), description="Quintile mix and attributes of the mothers")
    feeding: FeedingInputs = Field(FeedingInputs(), description="Multipliers of traits, and difficulties")
    breastfeeding: dict[Age, PerQuintile] = Field(
        max_length=MOST_AGES,
        description="Any breastfeeding by baby age, age 0 being initiation [days; share of births]",
    )
    exclusive: dict[Age, Share] = Field(
        {},
        max_length=MOST_AGES,
        description="Exclusive breastfeeding by baby age; none is carried over [days; share of all births]",
    )
    cells: list[SurveyedCell] = Field(
        [],
        max_length=MOST_AGES,
        description="Any breastfeeding by age, education and ethnic group, at the start and at one later age; without "
        "any the effects of these are carried over",
    )
    assumed_stopping: Annotated[dict[SurveyGroup, Ratio], Field(max_length=len(SurveyGroup))] = Field(
        {}, description="Hazard ratio of stopping of groups that have no cell after the start"
    )
    difficulty_week_1: Annotated[float, Field(gt=0, lt=1)] = Field(
        0.55, description="Of mothers who start, those who meet a difficulty by day 6 [share; F8, grade C]"
    )
    level_error: Share = Field(
        0.01, description="How far breastfeeding in all quintiles together may be off, for a bank [share]"
    )
    gradient_error: Share = Field(
        0.03, description="How far that of quintiles 1 and 5 may be off in opposite directions, for a bank [share]"
    )
    shape: PathText | None = Field(
        "national_2010",
        description="Fitted baseline whose periods, and whose rates where the profile gives none, are carried over; "
        "null if the profile is complete",
    )

    def fitted_cells(self, later: bool) -> list[SurveyedCell]:
        """Cells to fit, at the start or at the later age."""
        return [cell for cell in self.cells if not cell.only_checked and (cell.age > 0) == later]

    def birth_shares(self) -> list[float]:
        """Share of births in each quintile."""
        mix = self.population.mix_without_data
        return [births / sum(mix) for births in mix]

    @property
    def later_cell_age(self) -> int:
        """Baby age after the start at which cells are fitted [days]; -1 if none is."""
        return max((cell.age for cell in self.fitted_cells(later=True)), default=-1)

    def overall(self, age: int) -> float:
        """Any breastfeeding at an age the profile names, as a share of all births."""
        return sum(w * y for w, y in zip(self.birth_shares(), self.breastfeeding[age], strict=True))

    @model_validator(mode="after")
    def _can_be_fitted(self) -> "Profile":
        refuse(self._mistakes())
        return self

    def _mistakes(self) -> Iterator[Mistake]:
        if any(getattr(self.population, way) for way in _NAMED_PLACES):
            text = "should give quintile_mix and no place or list, as mothers are drawn by quintile"
            yield wrong("population", f"{text}; `bpssim calibrate --for` takes a place")
        if not self.breastfeeding:
            yield wrong("breastfeeding", "needs values for at least age 0")
        curves = {f"quintile {q + 1}": {a: row[q] for a, row in self.breastfeeding.items()} for q in range(QUINTILES)}
        yield from _not_a_curve("breastfeeding", curves)
        yield from _not_a_curve("exclusive", {"it": self.exclusive})
        for age in self.exclusive.keys() & self.breastfeeding.keys():
            if self.exclusive[age] >= self.overall(age):
                yield wrong("exclusive", f"at {age} days it should be below any breastfeeding at that age")
        fitted = self.fitted_cells(False) + self.fitted_cells(True)
        if len({(cell.group, cell.age > 0) for cell in fitted}) < len(fitted):
            yield wrong("cells", "should have each group once at the start and once later, apart from checks")
        if not {cell.age for cell in fitted} <= {0, max(self.later_cell_age, 0)}:
            yield wrong("cells", "should have one age after the start, apart from checks")
        if any(cell.age not in self.breastfeeding for cell in self.cells):
            yield wrong("cells", "should be at ages of breastfeeding")
        if self.shape is None and (len(self.breastfeeding) < 2 or len(self.exclusive) < 2):
            yield wrong("shape", "without one to carry over, breastfeeding and exclusive need a value after age 0")


def _not_a_curve(path: str, curves: Mapping[str, Mapping[int, float]]) -> Iterator[Mistake]:
    """Mistakes that keep shares by age from being continuation curves; all have the same ages."""
    ages = list(next(iter(curves.values())))
    if ages and 0 not in ages:
        yield wrong(path, "needs a value for age 0")
    if ages and (min(ages) < 0 or max(ages) > OLDEST):
        yield wrong(path, f"should be at baby ages of 0 to {OLDEST} days")
    if ages != sorted(ages):
        yield wrong(path, "should list baby ages in rising order")
        return
    for name, curve in curves.items():
        values = [1.0, *curve.values(), 0.0]
        if not all(later < earlier for earlier, later in pairwise(values)):
            yield wrong(path, f"{name} should be between 0 and 1 and fall from each age to the next")


def _two_days(initiation: PerQuintile, week_1: PerQuintile) -> PerQuintile:
    """Any breastfeeding at 48 h: the same part of the fall to week 1 in every quintile as in O11, 81 to 76 to 69."""
    part = (81 - 76) / (81 - 69)
    values = [round(start - part * (start - week), 4) for start, week in zip(initiation, week_1, strict=True)]
    return (values[0], values[1], values[2], values[3], values[4])


_INITIATION_2010 = (0.73, 0.79, 0.83, 0.86, 0.89)
_WEEK_1_2010 = (0.59, 0.66, 0.72, 0.76, 0.81)

_DEGREE_STANDS_FOR = "a degree stands for education past 18, which half of mothers had"
_CELLS_2010 = [
    SurveyedCell(group=group, age=age, share=share, error=error, grade=grade, evidence=evidence)
    for group, age, share, error, grade, evidence in (
        (SurveyGroup.UNDER_20, 0, 0.58, 0.03, "B", "O53"),
        (SurveyGroup.FROM_30, 0, 0.87, 0.01, "A", "O50"),
        (SurveyGroup.DEGREE, 0, 0.91, 0.01, "C", f"O50; {_DEGREE_STANDS_FOR}"),
        (SurveyGroup.ASIAN, 0, 0.95, 0.02, "A", "O50"),
        (SurveyGroup.BLACK, 0, 0.96, 0.02, "A", "O50"),
        (SurveyGroup.MIXED, 0, 0.89, 0.04, "C", "assumption: between White and Asian or Black mothers (O50)"),
        (SurveyGroup.OTHER_ETHNIC, 0, 0.97, 0.02, "A", "O50: Chinese or other"),
        (SurveyGroup.FROM_30, 183, 0.45, 0.015, "A", "O51"),
        (SurveyGroup.DEGREE, 183, 0.46, 0.02, "C", f"O51; {_DEGREE_STANDS_FOR}"),
        (SurveyGroup.ASIAN, 183, 0.49, 0.03, "A", "O51"),
        (SurveyGroup.BLACK, 183, 0.61, 0.04, "A", "O51"),
        (SurveyGroup.MIXED, 183, 0.49, 0.05, "A", "O51"),
        (SurveyGroup.OTHER_ETHNIC, 183, 0.66, 0.05, "A", "O51: Chinese or other"),
    )
]
_CELLS_2010.append(
    SurveyedCell(
        group=SurveyGroup.UNDER_20,
        age=42,
        share=0.12,
        error=0.01,
        grade="A",
        evidence="O54: Scotland 2016/17, where 41 % of all did; secondary",
        only_checked=True,
    )
)

NATIONAL_2010 = Profile(
    name="national_2010",
    rates="constructed",
    initiation="mother's recall of any breast milk ever: put to the breast once, or given expressed milk (O1)",
    evidence="O70, grade C by quintile; O1, O3-O8 overall; O9, O10 exclusive; O11 at 48 h; D1; "
    "O50, O51, O53 by age, education and ethnic group",
    breastfeeding={
        0: _INITIATION_2010,
        2: _two_days(_INITIATION_2010, _WEEK_1_2010),
        7: _WEEK_1_2010,
        14: (0.55, 0.63, 0.69, 0.73, 0.78),
        42: (0.44, 0.52, 0.58, 0.62, 0.68),
        122: (0.32, 0.39, 0.44, 0.49, 0.55),
        183: (0.27, 0.33, 0.37, 0.38, 0.40),
        274: (0.18, 0.22, 0.25, 0.26, 0.28),
    },
    exclusive={0: 0.69, 7: 0.46, 42: 0.23, 91: 0.17, 122: 0.12, 183: 0.01},
    cells=_CELLS_2010,
    # The survey gives young mothers' start alone; that they stop sooner is a direction (O48, O54).
    assumed_stopping={SurveyGroup.UNDER_20: 1.5},
    shape=None,
)

NATIONAL_2024 = Profile(
    name="national_2024",
    level_error=0.02,
    rates="constructed",
    initiation="routine record of the baby's first feed",
    evidence="O71, grade C; sum over births at 6-8 weeks meets O24, gap O42; D1",
    breastfeeding={
        0: (0.72, 0.75, 0.78, 0.81, 0.85),
        14: (0.56, 0.61, 0.66, 0.71, 0.76),
        42: (0.46, 0.50, 0.54, 0.58, 0.63),
    },
)

_SITE_LEVEL, _SITE_GRADIENT = 0.06, 0.02
"""Together 8 points, the range of every cell in O72 and O73."""

SITE1_LIKE = Profile(
    name="site1_like",
    level_error=_SITE_LEVEL,
    gradient_error=_SITE_GRADIENT,
    rates="constructed",
    initiation="routine record of the baby's first feed (O29), near Scottish ever breastfed (O45)",
    evidence="O72, grade C, no data of the site itself; O29, O43, O45; D2, D9, D11, D22",
    population=Population(
        quintile_mix=(0.55, 0.20, 0.12, 0.08, 0.05),
        attributes=Attributes(
            limited_english=(0.08, 0.05, 0.03, 0.02, 0.01),
            minority_ethnic=(0.19, 0.14, 0.10, 0.08, 0.06),
            rural=(0.05, 0.05, 0.08, 0.10, 0.10),
        ),
    ),
    breastfeeding={
        0: (0.60, 0.66, 0.72, 0.78, 0.84),
        14: (0.42, 0.49, 0.57, 0.66, 0.74),
        42: (0.32, 0.39, 0.47, 0.55, 0.63),
    },
)

SITE2_LIKE = Profile(
    name="site2_like",
    level_error=_SITE_LEVEL,
    gradient_error=_SITE_GRADIENT,
    rates="constructed",
    initiation="routine record of the baby's first feed (assumption: no source is anchored)",
    evidence="O73, grade C, no data of the site itself; D2, D9, D11, D22",
    population=Population(
        quintile_mix=(0.10, 0.15, 0.20, 0.25, 0.30),
        attributes=Attributes(
            limited_english=(0.02, 0.01, 0.01, 0.005, 0.005),
            minority_ethnic=(0.08, 0.06, 0.05, 0.04, 0.04),
            rural=(0.15, 0.25, 0.30, 0.35, 0.35),
        ),
    ),
    breastfeeding={
        0: (0.72, 0.78, 0.83, 0.87, 0.90),
        14: (0.53, 0.62, 0.71, 0.77, 0.82),
        42: (0.43, 0.52, 0.61, 0.67, 0.73),
    },
)

PROFILES = {profile.name: profile for profile in (NATIONAL_2010, NATIONAL_2024, SITE1_LIKE, SITE2_LIKE)}
"""Built-in profiles by name; later ones carry over from the fit of the first."""


def find(profile: str) -> Profile:
    """Find a built-in profile by name, or read one from a YAML file.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If there is none, or the file does not describe a profile.
    """
    if profile in PROFILES:
        return PROFILES[profile]
    if profile.endswith((".yaml", ".yml")):
        return read(Path(profile), Profile)
    text = f"no such profile; give the path of a .yaml or .csv file, or one of {', '.join(PROFILES)}"
    raise BadInput(Mistake(Origin("profile"), text, found=repr(profile), suggestion=nearest(profile, PROFILES)))


def with_mothers_of(profile: Profile, scenario: Scenario) -> Profile:
    """Return a profile for the mothers of a scenario: with its circumstances, quintiles and inputs of feeding.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If the scenario has a table of mothers, which a fit cannot draw from, or its place cannot be found.
    """
    population = scenario.population
    if population.mothers:
        text = "has a table of mothers; a fit draws its mothers, so name a scenario with a place or a quintile mix"
        raise BadInput(Mistake(Origin(scenario.name), text))
    mix = mix_of(population)
    drawn = Population().model_copy(
        update={name: getattr(population, name) for name in Population.model_fields if name not in _WHERE}
    )
    unmoved = scenario.feeding.model_copy(update={"local": None, "moved": None})
    return profile.model_copy(update={"population": drawn.model_copy(update={"quintile_mix": mix}), "feeding": unmoved})
