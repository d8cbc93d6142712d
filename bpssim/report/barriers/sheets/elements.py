"""Elements of a sheet, beside those of pages; the template lays them out and computes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from bpssim.report.elements import Section


@dataclass(frozen=True)
class Side:
    """One version of a story.

    Parameters
    ----------
    heading
        What the service is like.
    days
        What happened: day and text.
    ending
        How it ended.
    """

    heading: str
    days: Sequence[tuple[str, str]]
    ending: str


@dataclass(frozen=True)
class Card:
    """One influence to talk about.

    Parameters
    ----------
    title
        The influence.
    about
        Its level, and who could move it.
    fact
        Its number.
    question
        To talk about.
    story
        Who the simulated mother is, and how she was chosen; empty without a story.
    sides
        Her story as things are, and without the influence.
    """

    title: str
    about: str
    fact: str
    question: str
    story: str = ""
    sides: Sequence[Side] = ()


@dataclass(frozen=True)
class Sheet:
    """One side of A4.

    Parameters
    ----------
    kicker
        Kind of sheet.
    title
        Its heading.
    lead
        What it is about, in a few sentences.
    sections
        What is shown before the cards.
    heading
        Of the cards; may be empty.
    cards
        Influences to talk about.
    write
        What to write on the lines at the foot.
    notes
        How it was made, and what not to conclude.
    """

    kicker: str
    title: str
    lead: str
    sections: Sequence[Section]
    heading: str
    cards: Sequence[Card]
    write: str
    notes: Sequence[str]
