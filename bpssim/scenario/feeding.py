"""Feeding without peer support: initiation, supplementing, stopping, and feeding difficulties."""

import math
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, Field, model_validator

from bpssim.scenario.fields import FITTED, Days, NoNull, PathText, Ratio, Real, Section, Share, Span, Whole, given
from bpssim.scenario.local_rate import LocalRate, Moved
from bpssim.scenario.reading.messages import Mistake, refuse, wrong
from bpssim.scenario.words import Difficulty, Trait

_NOT_OF_HERS = {
    Trait.PARTNER_AWAY: "partner_away changes from day to day; use alone_hazard",
    Trait.TOOK_LEAVE: "took_leave follows from partner_leave; use alone_hazard",
    Trait.WRONG_NUMBER: "wrong_number is an error of records, which changes nothing about feeding",
}
_FITTED = {Trait.UNDER_20, Trait.DEGREE, Trait.MINORITY_ETHNIC}


def _acts_on_feeding(trait: Trait) -> Trait:
    """A trait that can act on feeding: her own, and constant over the run."""
    if trait in _NOT_OF_HERS:
        raise ValueError(_NOT_OF_HERS[trait])
    return trait


def _is_no_cell(trait: Trait) -> Trait:
    """A trait whose effect is an input, not part of the fitted baseline."""
    if trait in _FITTED:
        raise ValueError(f"{trait.word} acts through feeding.baseline, which has its effect fitted to surveys")
    return _acts_on_feeding(trait)


ByTrait = Annotated[dict[Annotated[Trait, AfterValidator(_acts_on_feeding)], Ratio], Field(max_length=len(Trait))]
BesideCells = Annotated[dict[Annotated[Trait, AfterValidator(_is_no_cell)], Ratio], Field(max_length=len(Trait))]
_LIMITS = {"mixed_hazard": (1.0, math.inf), "self_resolution_per_week": (0.001, 0.999)}
"""Least and greatest value of inputs that a factor may take beyond them."""
DailyRates = Annotated[list[Annotated[Real, Field(ge=0, le=10)]], Field(min_length=1, max_length=12)]


class DifficultyKind(Section):
    """One kind of feeding difficulty."""

    incidence: DailyRates = Field(
        description="New difficulties per day in each period of `difficulty_periods`, before multipliers [per day]"
    )
    stopping_multiplier: Annotated[Real, Field(ge=1, le=1000)] = Field(
        description="Hazard of stopping while the problem is unresolved, relative to none [ratio; F11, grade C]"
    )


# The periods end at days 4, 7, 14 and 42. Rates are set so that, before multipliers, 55 % of mothers meet a
# difficulty in week 1, 18 % in week 2 and 6 % in each of weeks 3 to 6 (F8), with the mix and timing of F9.
_KINDS = {
    Difficulty.LATCH: DifficultyKind(incidence=[0.068, 0.030, 0.0060, 0.0015, 0.0005], stopping_multiplier=4.0),
    Difficulty.PAIN: DifficultyKind(incidence=[0.047, 0.035, 0.0055, 0.0020, 0.0005], stopping_multiplier=3.0),
    Difficulty.PERCEIVED_LOW_MILK: DifficultyKind(
        incidence=[0.012, 0.030, 0.0130, 0.0045, 0.0015], stopping_multiplier=5.0
    ),
    Difficulty.WEIGHT_GAIN: DifficultyKind(incidence=[0.002, 0.015, 0.0040, 0.0008, 0.0003], stopping_multiplier=4.0),
}


class FeedingInputs(Section):
    """Initiation, exclusive and mixed breastfeeding, stopping, and their modifiers."""

    baseline: PathText = Field(
        "national_2010",
        description="Fitted baseline without peer support: a shipped name (national_2010, national_2024, "
        "site1_like, site2_like) or the path of a file written by `bpssim calibrate`",
    )
    member: Annotated[Whole, Field(ge=0, le=999)] | None = Field(
        None,
        description="Number of a baseline in the bank beside that one, refitted to the inputs that draws of the inputs "
        "then give; without it the baseline itself",
    )
    local: LocalRate | None = Field(
        None, description="Rates measured in the place, to which the baseline is moved before a run"
    )
    moved: Moved | None = Field(
        None, description="What moves the baseline to the level of the place; found from `local` unless it is given"
    )
    early_residual: Annotated[Real, Field(ge=0, le=3)] = given(
        1.0, "Multiplies the difference between quintiles in stopping in the first fortnight that mothers' attributes "
        "do not explain, in logarithms; with 1 as fitted, with 0 mothers with the same attributes stop equally often "
        "in all areas", unit="ratio", evidence="O40-O47; assumption: may be none or twice as much", grade="C", low=0.0,
        high=2.0, null=0.0,
    )  # fmt: skip
    initiation_odds: BesideCells = given(
        {Trait.INTENDS: 8.0, Trait.UNDECIDED: 3.0, Trait.UNSUPPORTIVE_FAMILY: 0.6, Trait.FRIENDS_BREASTFED: 1.6,
         Trait.BREASTFED_BEFORE: 2.0, Trait.NEONATAL: 0.8},
        "Odds ratio of starting to breastfeed for mothers with a trait; age, education and ethnic group act through "
        "the baseline", unit="odds ratio", evidence="assumption: directions of A20, A21, O49", grade="C",
        low=0.7, high=1.3, null=FITTED,
    )  # fmt: skip
    stopping_hazard: BesideCells = given(
        {Trait.LEFT_SCHOOL_EARLY: 1.2, Trait.UNSUPPORTIVE_FAMILY: 1.35, Trait.FRIENDS_BREASTFED: 0.75,
         Trait.STRESSOR: 1.2, Trait.INTENDS: 0.7, Trait.BREASTFED_BEFORE: 0.8},
        "Hazard ratio of stopping for mothers with a trait; age, education and ethnic group act through the baseline",
        unit="hazard ratio", evidence="assumption: directions of O55, A21, M13, M15", grade="C", low=0.7, high=1.3,
        null=FITTED,
    )  # fmt: skip
    waning_from: Days = given(
        42, "Baby age from which the effects of age, education and ethnic group on stopping wane", unit="days",
        evidence="E52", grade="C", null=FITTED,
    )  # fmt: skip
    waning_half_life_weeks: Span = given(
        12.0,
        "Half-life of these effects from then on",
        unit="weeks",
        evidence="E52",
        grade="C",
        low=6,
        high=26,
        null=FITTED,
    )
    alone_hazard: Ratio = given(
        1.1, "Hazard ratio of stopping on days without a partner at home", unit="hazard ratio",
        evidence="assumption: direction of A22", grade="C", low=1.0, high=1.3, null=FITTED,
    )  # fmt: skip
    mixed_hazard: Annotated[Real, Field(ge=1, le=1000)] = given(
        1.6, "Hazard ratio of stopping once formula is given too", unit="hazard ratio",
        evidence="assumption: supplementing usually precedes stopping", grade="C", low=1.0, high=2.5, null=FITTED,
    )  # fmt: skip
    difficulty_periods: Annotated[list[Days], Field(max_length=11)] = given(
        [4, 7, 14, 42], "Baby ages that separate the periods of difficulty incidence", unit="days", evidence="F8",
        grade="C", null=FITTED,
    )  # fmt: skip
    difficulties: Annotated[dict[Difficulty, DifficultyKind], Field(max_length=len(Difficulty))] = given(
        _KINDS,
        "Kinds of feeding difficulty",
        unit="per day",
        evidence="F8, F9, F11",
        grade="C",
        low=0.7,
        high=1.3,
        null=FITTED,
    )
    difficulty_multipliers: ByTrait = given(
        {Trait.FIRST_BIRTH: 1.3, Trait.CAESAREAN: 1.2, Trait.NEONATAL: 1.5, Trait.BREASTFED_BEFORE: 0.6},
        "Multiplier of difficulty incidence for mothers with a trait", unit="ratio", evidence="F10", grade="C",
        low=0.8, high=1.2, null=FITTED,
    )  # fmt: skip
    self_resolution_per_week: Annotated[Real, Field(gt=0, lt=1)] = given(
        0.30, "Difficulties that pass within a week without help", unit="share per week", evidence="F12", grade="C",
        low=0.15, high=0.45, null=FITTED,
    )  # fmt: skip
    stopped_before_wanted: Annotated[dict[Annotated[int, Field(ge=0, le=730)], Share], Field(max_length=731)] = given(
        {14: 0.90, 42: 0.87, 182: 0.65, 730: 0.37},
        "Of mothers who stop before this baby age, those who would have liked to go on", unit="share",
        evidence="O61, O62; 65 % between 6 and 26 weeks is interpolated", grade="C",
        null=NoNull("it says what mothers wanted, and changes nothing that happens"),
    )  # fmt: skip

    @model_validator(mode="after")
    def _one_rate_for_each_period(self) -> "FeedingInputs":
        refuse(self._mistakes())
        return self

    @property
    def is_to_be_moved(self) -> bool:
        """Whether there are local rates to which the baseline has not been moved yet."""
        return self.local is not None and self.local.gives_rates and self.moved is None

    def drawn(self, member: int | None, factors: Mapping[str, float]) -> "FeedingInputs":
        """The same inputs with a member of the bank, and some of them multiplied, by path; limits of inputs hold."""
        changed: dict[str, Any] = {"member": member}
        by_name: dict[str, dict[str, float]] = {}
        for path, factor in factors.items():
            name, _, rest = path.partition(".")
            by_name.setdefault(name, {})[rest] = factor
        for name, own in by_name.items():
            changed[name] = _multiplied(getattr(self, name), own, *_LIMITS.get(name, (0.0, math.inf)))
        return self.model_copy(update=changed)

    def _mistakes(self) -> Iterator[Mistake]:
        if self.difficulty_periods != sorted(set(self.difficulty_periods)):
            yield wrong("difficulty_periods", "must rise from one to the next")
        wanted = len(self.difficulty_periods) + 1
        for kind in Difficulty:
            if kind not in self.difficulties:
                yield wrong("difficulties", f"lacks {kind.word}")
            elif len(self.difficulties[kind].incidence) != wanted:
                text = f"needs {wanted} rates, one for each of difficulty_periods and one for the time after"
                yield wrong(f"difficulties.{kind.word}.incidence", text)
        if list(self.stopped_before_wanted) != sorted(self.stopped_before_wanted):
            yield wrong("stopped_before_wanted", "must list baby ages in rising order")


def _multiplied(value: Any, factors: Mapping[str, float], low: float, high: float) -> Any:
    """A value times its factor; of a map or section, the entries that have one."""
    if isinstance(value, Mapping):
        return {key: _part(each, factors, key.word) for key, each in value.items()}
    return min(max(value * factors[""], low), high)


def _part(value: Any, factors: Mapping[str, float], word: str) -> Any:
    if not isinstance(value, DifficultyKind):
        return value * factors.get(word, 1.0)
    return DifficultyKind(
        incidence=[rate * factors.get(f"{word}.incidence", 1.0) for rate in value.incidence],
        stopping_multiplier=max(value.stopping_multiplier * factors.get(f"{word}.stopping_multiplier", 1.0), 1.0),
    )
