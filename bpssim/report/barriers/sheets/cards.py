"""Influences as cards of a sheet."""

import math
from collections.abc import Collection, Sequence
from textwrap import shorten

from bpssim.report.barriers.sentences import before_day, movers_in_words, service
from bpssim.report.barriers.sheets.elements import Card, Side
from bpssim.report.barriers.view import FIRST, MAIN, SIX_WEEKS, BarriersView, InfluenceView
from bpssim.report.formatting import Amount, count, differs, in_words, limits_in_words
from bpssim.scenario.describing import capital
from bpssim.scenario.influences.influence import Influence
from bpssim.scenario.words import Mover
from bpssim.studies.barriers.largest import largest

LONGEST = 240
"""Letters of a text that has room on a card."""


def kicker(view: BarriersView, what: str) -> str:
    """What a sheet is for, and of which service: simulated, so that nobody takes it for a count."""
    return f"{what}: {service(view)}, simulated"


def in_time_means(view: BarriersView) -> str:
    """What it is to be supported in time."""
    return f"Supported in time: a contact that gives support {before_day(view)}, while she breastfeeds."


def chosen_influences(view: BarriersView, movers: Collection[Mover]) -> list[InfluenceView]:
    """The influences with the largest fair shares that somebody of these could move."""
    rows = largest(view.results.barriers, view.results.influences, movers)
    return [view.influence(row.influence) for row in rows]


def about(each: InfluenceView) -> str:
    """Level of an influence, and who could move it."""
    return about_influence(each.influence)


def about_influence(influence: Influence) -> str:
    """The same of one of the catalogue."""
    return f"{capital(influence.level.word)} level. Could be moved by {movers_in_words(influence.movers)}."


def fact(view: BarriersView, each: InfluenceView) -> str:
    """The number of an influence, in a sentence."""
    first = view.influence(each.row.influence, MAIN, FIRST)
    limits = limits_in_words(each.share)
    there = (
        f"; {_bare(first.share)} of these are in quintile 1" if view.first == FIRST and _is_above_0(first.share) else ""
    )
    share = f"{_bare(each.share)}{f' ({limits})' if limits else ''}"
    feeding = in_words(view.influence(each.row.influence, SIX_WEEKS).share)
    return (
        f"Fair share: {share} of the {count(view.missed())} mothers a year who are not supported in time{there}. "
        f"Breastfeeding at six weeks: {feeding} more."
    )


def _bare(amount: Amount) -> str:
    return in_words(amount).removesuffix(" mothers")


def _is_above_0(amount: Amount) -> bool:
    return amount.value > 0.0 and (differs(amount) or not amount.has_limits)


def cut(text: str, longest: int = LONGEST) -> str:
    """A text that fits."""
    return shorten(text, longest, placeholder=" …")


def none_in_words(cards: Sequence[object], who: str) -> list[str]:
    """What to say where there is no influence to show."""
    return [] if cards else [f"No influence that {who} could move has a share above 0 beyond chance in these runs."]


def lines_of(card: Card) -> float:
    """About how many lines of a story's size a card takes on paper."""
    around = _lines(card.about, 130) + 1.2 * _lines(card.fact, 115) + 1.4 * _lines(card.question, 90) + 2.5
    return around + _lines(card.story, 130) + max(map(_lines_of_side, card.sides), default=0)


def _lines_of_side(side: Side) -> float:
    days = sum(max(_lines(text, 50), _lines(when, 13)) + 0.2 for when, text in side.days)
    return _lines(side.heading, 56) + days + _lines(side.ending, 56)


def _lines(text: str, letters: int) -> int:
    return math.ceil(len(text) / letters)
