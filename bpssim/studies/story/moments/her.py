"""Moments of her own days: birth, feeding, difficulties, family, and what she knows of the service."""

from dataclasses import dataclass

from bpssim.scenario.words import Difficulty, Feeding, Heard, Problem
from bpssim.studies.story.moments.moment import Moment


@dataclass(frozen=True)
class OfHer(Moment):
    """Something in her own days."""


@dataclass(frozen=True)
class Pregnancy(OfHer):
    """The story begins before the birth."""


@dataclass(frozen=True)
class Birth(OfHer):
    """The day of birth, and how feeding began."""

    feeding: Feeding


@dataclass(frozen=True)
class LeftWard(OfHer):
    """She left the postnatal ward; the baby may still be in neonatal care."""

    baby_stays: bool


@dataclass(frozen=True)
class CameHome(OfHer):
    """Mother and baby are both at home."""


@dataclass(frozen=True)
class PartnerBackAtWork(OfHer):
    """The partner's leave has ended."""


@dataclass(frozen=True)
class HeardOfService(OfHer):
    """From now on she knows that the service exists."""

    how: Heard


@dataclass(frozen=True)
class DifficultyStarted(OfHer):
    """A feeding difficulty started; early support may have kept it from becoming a problem."""

    kind: Difficulty
    prevented: bool


@dataclass(frozen=True)
class DifficultyPassed(OfHer):
    """A feeding difficulty passed by itself."""

    kind: Difficulty
    problem: Problem
    """What had become of it until then."""


@dataclass(frozen=True)
class FirstFormula(OfHer):
    """Formula was given for the first time beside breast milk."""


@dataclass(frozen=True)
class Stopped(OfHer):
    """She stopped breastfeeding."""

    sooner_than_wanted: bool
    problem: Difficulty | None
    """The problem that was unresolved when she stopped."""
    thought_to_breastfeed: bool
    """By the service, going by what it holds."""


@dataclass(frozen=True)
class MetOthers(OfHer):
    """She met other breastfeeding mothers in a group or online."""


@dataclass(frozen=True)
class Relieved(OfHer):
    """A visit linked her to help that ended a food, housing or benefit stressor."""


@dataclass(frozen=True)
class FollowUpEnded(OfHer):
    """The end of follow-up."""

    feeding: Feeding
