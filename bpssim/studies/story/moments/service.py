"""Moments in which the service did something for her, or did not."""

from dataclasses import dataclass
from enum import Enum

from bpssim.scenario.words import Band, Channel, Difficulty, Initiative, Outcome, Reason
from bpssim.studies.story.moments.moment import Moment


@dataclass(frozen=True)
class OfService(Moment):
    """Something that the service did, or did not do."""


@dataclass(frozen=True)
class Decision(OfService):
    """The service or its partners changed something while she was there to be reached."""

    what: str
    why: str


@dataclass(frozen=True)
class PassedBy(OfService):
    """An occasion of a pathway came to nothing."""

    pathway: str
    channel: Channel
    reason: Reason
    """`Reason.NONE` if it came round again and no reason is on record."""
    record_on_its_way: bool
    """A record about her had been sent and had not arrived."""


@dataclass(frozen=True)
class WorkWaits(OfService):
    """A piece of work was created for her, and was not done on the same day."""

    pathway: str
    channel: Channel
    step: int
    steps: int


@dataclass(frozen=True)
class WorkUndone(OfService):
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
class Attempt(OfService):
    """Somebody tried to reach her."""

    pathway: str
    channel: Channel
    band: Band
    initiative: Initiative
    """Who made the first move in the pathway."""
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
class Offer(OfService):
    """During a contact, more was offered or could not be."""

    pathway: str
    accepted: bool
    reason: Reason


@dataclass(frozen=True)
class PathwayEnded(OfService):
    """What was still to come in a pathway did not come."""

    pathway: str
    reason: Reason
