"""Fitted baselines: feeding with usual care and no peer support, as written by `bpssim calibrate`."""

from bisect import bisect_left
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError, model_validator

from bpssim.scenario.fields import Grade, PerQuintile, Ratio, Real, Section, Share, TextInWords, Whole
from bpssim.scenario.local_rate import FORTNIGHT, Moved
from bpssim.scenario.reading.loader import read
from bpssim.scenario.reading.messages import NOWHERE, BadInput, Mistake, Origin
from bpssim.scenario.words import QUINTILES, SurveyGroup

_SHIPPED = Path(__file__).parent / "data" / "baselines"
MOST_AGES = 100
"""Baby ages, or the periods between them, in a list."""
Age = Annotated[int, Field(ge=0, le=3650)]
"""Baby age as the key of a map [days]."""
Ages = Annotated[list[Annotated[Whole, Field(ge=1, le=3650)]], Field(min_length=1, max_length=MOST_AGES)]
Rates = Annotated[list[Annotated[Real, Field(ge=0, le=10)]], Field(min_length=1, max_length=MOST_AGES)]
Ratios = Annotated[list[Ratio], Field(max_length=MOST_AGES)]
FiveShares = tuple[Share, Share, Share, Share, Share]
LogOdds = Annotated[Real, Field(ge=-100, le=100)]
FiveLogOdds = tuple[LogOdds, LogOdds, LogOdds, LogOdds, LogOdds]
RatesAre = Literal["observed", "moved", "constructed"]
CellUse = Literal["fitted", "checked", "none"]


class FittedCell(Section):
    """Breastfeeding in a group of mothers, as surveyed and as fitted."""

    group: SurveyGroup = Field(description="Which mothers")
    age: Age = Field(description="Baby age, 0 being the start [days]")
    target: Share | None = Field(None, description="What the survey found, if it was a target or a check [share]")
    use: CellUse = Field("none", description="Whether the target was fitted or only checked; none without one")
    fitted: Share = Field(description="What the baseline gives [share of births]")
    grade: Grade = Field("C", description="Grade of the target")
    evidence: TextInWords = Field("", description="Source of the target")


class Fit(Section):
    """Fit of a baseline, measured on mothers other than those it was fitted to."""

    births: Annotated[Whole, Field(ge=0, le=1_000_000_000)] = Field(
        description="Simulated births, the same number in each quintile [births]"
    )
    seed: Annotated[Whole, Field(ge=0, lt=2**63)] = Field(description="Seed of the mothers it was measured with")
    breastfeeding: dict[Age, PerQuintile] = Field(
        max_length=MOST_AGES, description="Any breastfeeding by baby age [days; share of births]"
    )
    exclusive: dict[Age, Share] = Field(
        max_length=MOST_AGES, description="Exclusive breastfeeding by baby age [days; share of births]"
    )
    cells: list[FittedCell] = Field(
        [], max_length=MOST_AGES, description="Any breastfeeding by age, education and ethnic group"
    )
    difficulty_week_1: Share = Field(description="Meet a difficulty by day 6 [share of those who start]")


class FittedFor(Section):
    """The mothers for whom a baseline was fitted; with other mothers it gives other rates."""

    quintile_mix: FiveShares = Field(description="Share of births in quintiles 1 to 5")
    attributes: dict[str, PerQuintile] = Field(
        max_length=100, description="Shares by quintile of mothers with each attribute that feeding depends on [share]"
    )
    fingerprint: TextInWords = Field(
        description="Of all else that was the same for them: what shifts feeding, and by how much"
    )


class Baseline(Section):
    """Result of a calibration; its numbers hold only with the traits' multipliers they were fitted with."""

    profile: TextInWords = Field(description="Profile of breastfeeding by quintile and baby age that was fitted")
    version: Annotated[Whole, Field(ge=0, le=1_000_000)] = Field(
        description="Version of the fit, raised when inputs or method change"
    )
    initiation: TextInWords = Field(description="Definition of initiation that the profile uses")
    fitted_to: TextInWords = Field(description="What was fitted, and what was carried over from another baseline")
    rates: RatesAre = Field("constructed", description="What the rates by quintile are that were fitted")
    fitted_for: FittedFor | None = Field(None, description="The mothers for whom it was fitted")
    start_log_odds: FiveLogOdds = Field(
        description="Log odds of starting, by quintile, for a mother without traits in no survey group"
    )
    start_effects: dict[SurveyGroup, LogOdds] = Field(
        {}, max_length=len(SurveyGroup), description="Log odds ratio of starting, by survey group"
    )
    stop_effects: Annotated[dict[SurveyGroup, Ratio], Field(max_length=len(SurveyGroup))] = Field(
        {}, description="Hazard ratio of stopping in the first weeks, before it wanes, by survey group"
    )
    exclusive_at_birth: Share = Field(description="Of mothers who start, those who give breast milk only")
    periods: Ages = Field(description="Baby ages that end the periods of stopping; the last rate goes on [days]")
    stopping_hazard: Rates = Field(
        description="Hazard of stopping by period: geometric mean over births of all quintiles [per day]"
    )
    residual: Annotated[list[Ratios], Field(min_length=QUINTILES, max_length=QUINTILES)] = Field(
        description="Residual quintile term: hazard ratio by quintile and period, beyond what traits explain"
    )
    mixing_periods: Ages = Field(description="Baby ages that end the periods of mixing; the last rate goes on [days]")
    mixing_hazard: Rates = Field(description="Hazard of giving formula too, by period [per day]")
    difficulty_scale: Ratio = Field(description="Multiplies the incidence of difficulties so that F8 comes back")
    fit: Fit | None = Field(None, description="What the baseline reproduces")

    @model_validator(mode="after")
    def _one_rate_for_each_period(self) -> "Baseline":
        for name, found, ends in (
            ("stopping_hazard", [self.stopping_hazard], self.periods),
            ("residual", self.residual, self.periods),
            ("mixing_hazard", [self.mixing_hazard], self.mixing_periods),
        ):
            if ends != sorted(set(ends)):
                raise ValueError(f"the periods of {name} must rise from one to the next")
            if any(len(rates) != len(ends) for rates in found):
                raise ValueError(f"{name} needs {len(ends)} values, one for each period")
        return self

    def moved_by(self, moved: Moved) -> "Baseline":
        """The same baseline at another level: every mother's odds of starting, and hazards of stopping, are multiplied.

        Periods are split at a fortnight. Survey groups, residuals, mixing and difficulties stay as they are.
        """
        ends = sorted({*self.periods, FORTNIGHT, max(self.periods[-1], FORTNIGHT + 1)})
        of_old = [min(bisect_left(self.periods, end), len(self.periods) - 1) for end in ends]
        ratios = [moved.stopping_early if end <= FORTNIGHT else moved.stopping_later for end in ends]
        return self.model_copy(
            update={
                "start_log_odds": tuple(log_odds + moved.starting for log_odds in self.start_log_odds),
                "periods": ends,
                "stopping_hazard": [self.stopping_hazard[n] * ratio for n, ratio in zip(of_old, ratios, strict=True)],
                "residual": [[of_quintile[n] for n in of_old] for of_quintile in self.residual],
                "fit": None,
            }
        )


class Member(Section):
    """One refitted baseline of a bank, and what was drawn for it."""

    factors: Annotated[list[Ratio], Field(max_length=100)] = Field(
        description="Factor of each drawn input of feeding, in the order of the bank's inputs"
    )
    level: Share = Field(
        description="Any breastfeeding as drawn, at the age of the profile nearest to six weeks [share of births]"
    )
    difficulty_week_1: Share = Field(description="Meet a difficulty by day 6, as drawn [share of those who start]")
    start_log_odds: FiveLogOdds
    start_effects: list[LogOdds]
    stop_effects: list[Ratio]
    exclusive_at_birth: Share
    stopping_hazard: Rates
    residual: Annotated[list[Ratios], Field(min_length=QUINTILES, max_length=QUINTILES)]
    mixing_hazard: Rates
    difficulty_scale: Ratio


class Bank(Section):
    """Baselines refitted to drawn inputs of feeding and drawn targets, in order of the level that was drawn."""

    profile: TextInWords
    version: Annotated[Whole, Field(ge=0, le=1_000_000)]
    inputs: Annotated[list[str], Field(max_length=100, description="Paths of drawn inputs below feeding")]
    members: Annotated[list[Member], Field(min_length=2, max_length=1000)]

    def factors_of(self, number: int) -> dict[str, float]:
        """Factor of each drawn input of a member, by its path below feeding."""
        return dict(zip(self.inputs, self.members[number].factors, strict=True))


BANK = ".bank.json"
"""Ending of the name of a bank, beside the file of its baseline."""


def shipped() -> list[str]:
    """Names of the baselines in the package."""
    return sorted(path.stem for path in _SHIPPED.glob("*.yaml"))


def load(name: str, member: int | None = None) -> Baseline:
    """Read a baseline by name or path; cached until the file changes.

    Parameters
    ----------
    name
        Name of a shipped baseline, or path of a file.
    member
        Number of a member of its bank, to have that instead.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If the file cannot be read or is not a baseline, or the bank has no such member.
    """
    path = _path(name)
    whole = _read(path, path.stat().st_mtime_ns if path.is_file() else 0)
    return whole if member is None else _member_of(whole, load_bank(name), member)


def load_bank(name: str) -> Bank | None:
    """Read the bank of a baseline by its name or path; None if it has none.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If the file is not a bank.
    """
    path = bank_path(_path(name))
    return _read_bank(path, path.stat().st_mtime_ns) if path.is_file() else None


def bank_path(path: Path) -> Path:
    """Path of the bank of a baseline."""
    return path.with_suffix(BANK)


def _path(name: str) -> Path:
    return _SHIPPED / f"{name}.yaml" if name in shipped() else Path(name)


def _member_of(whole: Baseline, bank: Bank | None, number: int) -> Baseline:
    if bank is None or number >= len(bank.members):
        text = f"should be 0 to {len(bank.members) - 1}" if bank else "needs a baseline with a bank"
        raise BadInput(Mistake(NOWHERE, text, "feeding.member", str(number)))
    member = bank.members[number]
    own = {field: getattr(member, field) for field in Member.model_fields if field in Baseline.model_fields}
    effects = {
        "start_effects": dict(zip(SurveyGroup, member.start_effects, strict=True)),
        "stop_effects": dict(zip(SurveyGroup, member.stop_effects, strict=True)),
    }
    return whole.model_copy(update={**own, **effects, "fit": None})


@lru_cache(maxsize=16)
def _read(path: Path, _modified: int) -> Baseline:
    return read(path, Baseline)


@lru_cache(maxsize=16)
def _read_bank(path: Path, _modified: int) -> Bank:
    try:
        return Bank.model_validate_json(path.read_bytes())
    except ValidationError:
        text = "is not a bank of baselines; make it again with `bpssim calibrate --bank`"
        raise BadInput(Mistake(Origin(str(path)), text)) from None
