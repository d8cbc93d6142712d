"""Moments in which the service was told or learned something about her, or was not."""

from dataclasses import dataclass
from enum import Enum

from bpssim.scenario.words import Item, NotSent, Source
from bpssim.studies.story.moments.moment import Moment


@dataclass(frozen=True)
class OfKnowledge(Moment):
    """Something about what the service knew."""


@dataclass(frozen=True)
class DataArrived(OfKnowledge):
    """A record about her reached the service."""

    feed: str
    source: Source
    items: tuple[Item, ...]
    """What it said."""
    missing: tuple[Item, ...]
    """What it should have said, and the record did not hold."""
    wrong: tuple[Item, ...]
    """What it said and is wrong."""


@dataclass(frozen=True)
class DataNotSent(OfKnowledge):
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
    VOLUNTEERED = "volunteered"


@dataclass(frozen=True)
class Learned(OfKnowledge):
    """The service learned something from her, or from who referred her."""

    pathway: str
    """Empty if she told it of her own accord."""
    how: How
    items: tuple[Item, ...]
    not_given: tuple[Item, ...] = ()
    """Asked for, and still not known."""


@dataclass(frozen=True)
class Held(OfKnowledge):
    """All that the service held about her at the end of a day on which that changed."""

    items: dict[Item, int]
    """Each item that it held, with its value."""

    @property
    def unknown(self) -> tuple[Item, ...]:
        """What it did not know."""
        return tuple(item for item in Item if item not in self.items)
