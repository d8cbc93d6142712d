"""The sheet for supervision of supporters: three influences, a question and a story about each."""

from bpssim.report.barriers.sheets.cards import about, chosen_influences, cut, fact, none_in_words
from bpssim.report.barriers.sheets.elements import Card, Sheet
from bpssim.report.barriers.sheets.stories import sides, who_she_is
from bpssim.report.barriers.view import BarriersView, InfluenceView
from bpssim.report.barriers.whose import whose
from bpssim.report.provenance import made_by
from bpssim.studies.barriers.largest import SUPERVISION

_RULE = (
    "Shown are the three influences with the largest fair share, beyond chance, among those that the service can move "
    "alone or with others. A fair share is the mean of what an influence brings over orders in which all are taken away."
)
_NOT = (
    "It is the answer of a model, and much that goes into it is assumed. “Instead” is an extreme that nobody could buy. A "
    "share is not a share of blame: barriers lie in services and circumstances, not in women. How a mother feeds her "
    "baby is her decision."
)


def supervision_sheet(view: BarriersView) -> Sheet:
    """Return the sheet for supervision."""
    cards = [_card(view, each) for each in chosen_influences(view, SUPERVISION)]
    mothers = whose(view.results.manifest.among)
    lead = [
        f"Three things that keep {mothers} from support in time in a simulation of this service, and a question about "
        "each. Take one, and talk about mothers whom you know.",
        *none_in_words(cards, "the service"),
    ]
    if view.results.scenario.population.mothers:
        lead.append("There are no stories, because the mothers come from a table and may be real.")
    return Sheet(
        kicker=f"For supervision: {view.results.scenario.name}",
        title="Whom did we miss, and what could we do?",
        lead=" ".join(lead[1:] if not cards else lead),
        sections=[],
        heading="",
        cards=cards,
        write="What we will try, who does it, and when we look again",
        notes=[f"{_RULE} {_NOT}", made_by(view.results.manifest, "study of barriers")],
    )


def _card(view: BarriersView, each: InfluenceView) -> Card:
    story = next((story for story in view.results.stories if story.influence == each.row.influence), None)
    return Card(
        title=each.title,
        about=about(each),
        fact=fact(view, each),
        question=cut(each.influence.ask.supervision),
        story=who_she_is(story) if story else "",
        sides=sides(story, view.results.scenario, each.influence.without) if story else (),
    )
