"""The sheet for supervision of supporters: three influences, a question and a story about each."""

from collections.abc import Sequence
from dataclasses import replace

from bpssim.report.barriers.sheets.cards import (
    about,
    chosen_influences,
    cut,
    fact,
    in_time_means,
    kicker,
    lines_of,
    none_in_words,
)
from bpssim.report.barriers.sheets.elements import Card, Sheet
from bpssim.report.barriers.sheets.stories import sides, who_she_is
from bpssim.report.barriers.view import BarriersView, InfluenceView
from bpssim.report.barriers.whose import whose
from bpssim.report.provenance import made_by
from bpssim.studies.barriers.largest import SUPERVISION

_MOST_MOMENTS = 4
"""Moments of the service's work in a story."""
_LINES = 60
"""Lines of stories that the sheet has room for, those of the cards around them included."""
_RULE = (
    "The three influences with the largest fair share, beyond chance, that the service can move, alone or with "
    "others; a fair share is the mean of what one brings over orders in which all are taken away. Each mother is the "
    "middle one, in order of birth, of those in the first simulated year who then breastfeed longer, if any do."
)
_NOT = (
    "It is the answer of a model, and much that goes into it is assumed. “Instead” is an extreme that nobody could "
    "buy. A share is not a share of blame: barriers lie in services and circumstances, not in women. How a mother "
    "feeds her baby is her decision."
)


def supervision_sheet(view: BarriersView) -> Sheet:
    """Return the sheet for supervision."""
    cards = _cards(view)
    mothers = whose(view.results.manifest.among)
    lead = [
        f"What keeps {mothers} from support in time in a simulation of this service, with a question about each "
        "influence. "
        "Take one, and talk about mothers whom you know.",
        *none_in_words(cards, "the service"),
    ]
    if view.results.scenario.population.mothers:
        lead.append("There are no stories, because the mothers come from a table and may be real.")
    return Sheet(
        kicker=kicker(view, "For supervision"),
        title="Whom did we miss, and what could we do?",
        lead=" ".join(lead[1:] if not cards else lead),
        sections=[],
        heading="",
        cards=cards,
        write="What we will try, who does it, and when we look again",
        notes=[f"{in_time_means(view)} {_RULE} {_NOT}", made_by(view.results.manifest, "study of barriers")],
    )


def _cards(view: BarriersView) -> list[Card]:
    """Cards whose stories have as many moments as there is room for, shared out in turn."""
    chosen = chosen_influences(view, SUPERVISION)
    cards = [_card(view, each, 1) for each in chosen]
    for most in range(2, _MOST_MOMENTS + 1):
        for place, each in enumerate(chosen):
            longer = [*cards[:place], _card(view, each, most), *cards[place + 1 :]]
            cards = longer if _fit(longer) else cards
    return cards if _fit(cards) else [replace(each, sides=()) for each in cards]


def _fit(cards: Sequence[Card]) -> bool:
    return sum(map(lines_of, cards)) <= _LINES


def _card(view: BarriersView, each: InfluenceView, most: int) -> Card:
    story = next((story for story in view.results.stories if story.influence == each.row.influence), None)
    return Card(
        title=each.title,
        about=about(each),
        fact=fact(view, each),
        question=cut(each.influence.ask.supervision),
        story=who_she_is(story) if story else "",
        sides=sides(story, view.results.scenario, each.influence.without, most) if story else (),
    )
