"""What can happen in a mother's story, as facts; `bpssim.report.story_words` puts them into words."""

from dataclasses import dataclass
from enum import Enum

from bpssim.model.records import Problem
from bpssim.scenario.words import Channel, Difficulty, Feeding, Item, Outcome, Reason, Source


@dataclass(frozen=True)
class Moment:
    """Something that happened on one day.

    Parameters
    ----------
    age
        Age of the baby [days; negative in pregnancy].
    """

    age: int


# ---- her own days ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Pregnancy(Moment):
    """The story begins before the birth."""


@dataclass(frozen=True)
class Birth(Moment):
    """The day of birth, and how feeding began."""

    feeding: Feeding


@dataclass(frozen=True)
class LeftWard(Moment):
    """She left the postnatal ward; the baby may still be in neonatal care."""

    baby_stays: bool


@dataclass(frozen=True)
class CameHome(Moment):
    """Mother and baby are both at home."""


@dataclass(frozen=True)
class PartnerBackAtWork(Moment):
    """The partner's leave has ended."""


class Heard(Enum):
    """How she came to know that the service exists."""

    BEFORE = "before"
    FROM_MIDWIFE = "from a midwife"
    FROM_FRIEND = "from a friend"
    BY_CHANCE = "by chance"


@dataclass(frozen=True)
class HeardOfService(Moment):
    """From now on she knows that the service exists."""

    how: Heard


@dataclass(frozen=True)
class DifficultyStarted(Moment):
    """A feeding difficulty started; early support may have kept it from becoming a problem."""

    kind: Difficulty | None
    """``None`` if she stopped on the same day, so that it is not on record."""
    prevented: bool


@dataclass(frozen=True)
class DifficultyPassed(Moment):
    """A feeding difficulty passed by itself."""

    kind: Difficulty
    problem: Problem
    """What had become of it until then."""


@dataclass(frozen=True)
class FirstFormula(Moment):
    """Formula was given for the first time beside breast milk."""


@dataclass(frozen=True)
class Stopped(Moment):
    """She stopped breastfeeding."""

    sooner_than_wanted: bool
    problem: Difficulty | None
    """The problem that was unresolved on that day or the evening before."""
    thought_to_breastfeed: bool
    """By the service, going by what it holds."""


@dataclass(frozen=True)
class MetOthers(Moment):
    """She met other breastfeeding mothers in a group or online."""


@dataclass(frozen=True)
class Relieved(Moment):
    """A visit linked her to help that ended a food, housing or benefit stressor."""


@dataclass(frozen=True)
class FollowUpEnded(Moment):
    """The end of follow-up."""

    feeding: Feeding


# ---- what the service knew -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DataArrived(Moment):
    """A record about her reached the service."""

    feed: str
    source: Source
    items: tuple[Item, ...]
    """What it said."""
    missing: tuple[Item, ...]
    """What it should have said, and the record did not hold."""
    wrong: tuple[Item, ...]
    """What it said and is wrong."""


class NotSent(Enum):
    """Why a feed did not carry a mother."""

    NOT_BREASTFEEDING = "not breastfeeding"
    CHOICE = "choice"
    COVERAGE = "coverage"
    CHOICE_OR_COVERAGE = "choice or coverage"


@dataclass(frozen=True)
class DataNotSent(Moment):
    """The source of a feed saw her, and the service was not told."""

    feed: str
    source: Source
    why: NotSent
    opt_in: bool
    """Records go by opt-in."""


class How(Enum):
    """How the service learned something other than from a feed."""

    CONTACT = "contact"
    ASKED = "asked"
    REFERRAL = "referral"


@dataclass(frozen=True)
class Learned(Moment):
    """The service learned something from her, or from who referred her."""

    pathway: str
    how: How
    items: tuple[Item, ...]
    not_given: tuple[Item, ...] = ()
    """Asked for, and still not known."""


@dataclass(frozen=True)
class Held(Moment):
    """All that the service held about her at the end of a day on which that changed."""

    items: dict[Item, int]
    """Each item that it held, with its value."""

    @property
    def unknown(self) -> tuple[Item, ...]:
        """What it did not know."""
        return tuple(item for item in Item if item not in self.items)


# ---- what the service did --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Decision(Moment):
    """The service or its partners changed something while she was there to be reached."""

    what: str
    why: str


@dataclass(frozen=True)
class PassedBy(Moment):
    """An occasion of a pathway came to nothing."""

    pathway: str
    channel: Channel
    reason: Reason
    """`Reason.NONE` if it came round again and no reason is on record."""
    record_on_its_way: bool
    """A record about her had been sent and had not arrived."""


@dataclass(frozen=True)
class WorkWaits(Moment):
    """A piece of work was created for her, and was not done on the same day."""

    pathway: str
    channel: Channel
    step: int
    steps: int


@dataclass(frozen=True)
class WorkUndone(Moment):
    """A piece of work ended without an attempt: it expired, or was withdrawn."""

    pathway: str
    channel: Channel
    outcome: Outcome
    at_session: bool
    """She was there, and whoever was on duty had no time."""


class Next(Enum):
    """What follows an attempt in its pathway."""

    NOTHING = "nothing"
    AGAIN = "again"
    NEXT_STEP = "next step"


@dataclass(frozen=True)
class Attempt(Moment):
    """Somebody tried to reach her."""

    pathway: str
    channel: Channel
    supporter_kind: str
    supporter: int
    """Number in the team, from 1."""
    step: int
    """From 1."""
    steps: int
    """Of the pathway."""
    attempt: int
    """For this step, from 1."""
    outcome: Outcome
    minutes: float
    difficulty: Difficulty | None
    resolved: bool
    waited: int
    """Days for which the work had waited."""
    then: Next
    reason: Reason
    """Why the pathway ended for her with this attempt, if it did and she was lost."""


@dataclass(frozen=True)
class Offer(Moment):
    """During a contact, more was offered or could not be."""

    pathway: str
    accepted: bool
    reason: Reason


@dataclass(frozen=True)
class PathwayEnded(Moment):
    """What was still to come in a pathway did not come."""

    pathway: str
    reason: Reason
