"""Influences as cards of a sheet."""

from collections.abc import Collection, Sequence
from textwrap import shorten

from bpssim.report.barriers.view import FIRST, MAIN, BarriersView, InfluenceView
from bpssim.report.formatting import Amount, count, differs, in_words, limits_in_words
from bpssim.report.story.phrases import listed
from bpssim.scenario.wording import LEVELS, MOVERS
from bpssim.scenario.words import Mover
from bpssim.studies.barriers.largest import largest

LONGEST = 240
"""Letters of a text that has room on a card."""


def chosen_influences(view: BarriersView, movers: Collection[Mover]) -> list[InfluenceView]:
    """The influences with the largest fair shares that somebody of these could move."""
    rows = largest(view.results.barriers, view.results.influences, movers)
    return [view.influence(row.influence) for row in rows]


def about(each: InfluenceView) -> str:
    """Level of an influence, and who could move it."""
    who = listed([MOVERS[mover] for mover in each.influence.movers])
    return f"{each.level.word} level: {LEVELS[each.level].what}. Could be moved by {who}."


def fact(view: BarriersView, each: InfluenceView) -> str:
    """The number of an influence, in a sentence."""
    first = view.influence(each.row.influence, MAIN, FIRST)
    limits = limits_in_words(each.share)
    there = f", {in_words(first.share)} of them in quintile 1" if _is_above_0(first.share) else ""
    return (
        f"Of {count(view.missed())} mothers a year who are not supported in time, {in_words(each.share)}"
        f"{f' ({limits})' if limits else ''} are its fair share{there}."
    ).replace(" mothers of them", " of them")


def _is_above_0(amount: Amount) -> bool:
    return amount.value > 0.0 and (differs(amount) or not amount.has_limits)


def cut(text: str, longest: int = LONGEST) -> str:
    """A text that fits."""
    return shorten(text, longest, placeholder=" …")


def none_in_words(cards: Sequence[object], who: str) -> list[str]:
    """What to say where there is no influence to show."""
    return [] if cards else [f"No influence that {who} could move has a share above 0 beyond chance in these runs."]
