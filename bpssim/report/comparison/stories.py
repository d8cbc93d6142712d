"""Mothers whose story a change alters."""

from bpssim.outcomes.changed import MEASURES
from bpssim.report.comparison.view import NOTHING, Alternative, ComparisonView
from bpssim.report.elements import Block, Figures, Note, Row, Section, Table, Words
from bpssim.report.figures.drawing import Drawing
from bpssim.report.figures.forest import forest_drawing
from bpssim.report.figures.heading import Heading
from bpssim.report.figures.quintiles import Series, quintile_drawing
from bpssim.report.formatting import fine_cell, in_words
from bpssim.report.summary_lookup import HEADINGS, QUINTILES
from bpssim.scenario.describing import capital
from bpssim.scenario.wording import TRAITS
from bpssim.scenario.words import Trait
from bpssim.statistics.groups import GROUPS

_TOLD = ("changed", "gained", "lost", "newly_reached", "no_longer_reached")
_TRAITS_SHOWN = 6


def stories(view: ComparisonView) -> Section:
    """How many mothers' stories change, by quintile, and by circumstance if mothers are alike in both scenarios."""
    known = [each for each in view.touching if each.stories]
    others = [each.label for each in view.touching if not each.stories]
    missing = [f"No stories are compared for {label}: it changes the mothers' own circumstances." for label in others]
    if not known:
        return Section("stories", "Whose story changes", [Words(missing)])
    blocks: list[Block] = [
        *([Words(missing)] if missing else []),
        Figures([_figure(view, known)], "Breastfeeding is followed for 26 weeks."),
        _by_quintile(known),
        _by_trait(known),
        Note(
            "The same mothers, with the same luck, in both services: what differs is the effect of the change. It "
            "shows how many are affected and who they are; it is not a forecast for one mother. A mother may "
            "be reached later, or stop sooner, because the time that helped her in the base now goes to another."
        ),
    ]
    return Section("stories", "Whose story changes", blocks)


def _figure(view: ComparisonView, known: list[Alternative]) -> Drawing:
    labels = ["breastfeeds\nlonger", "for a\nshorter time"]
    most = max(known, key=lambda each: each.story("gained").value)
    lead = "" if len(known) == 1 else f"With {most.label}, "
    longer, shorter = (in_words(most.story(measure)) for measure in ("gained", "lost"))
    title = f"{lead}{longer} of mothers breastfeed longer, and {shorter} for a shorter time"
    heading = Heading("stories", title, "% of births, with and without the change")
    if len(known) == 1:
        series = [
            Series(label, [most.story_of(measure, q) if q in view.summary.quintiles else NOTHING for q in QUINTILES])
            for label, measure in zip(labels, ("gained", "lost"), strict=True)
        ]
        return quintile_drawing(heading, series)
    lines = {each.label: [each.story("gained"), each.story("lost")] for each in known}
    return forest_drawing(heading, lines, [label.replace("\n", " ") for label in labels])


def _by_quintile(known: list[Alternative]) -> Table:
    bodies = {
        capital(each.label): [
            Row(
                MEASURES[measure].description.removesuffix(", of births"),
                [fine_cell(each.story_of(measure, g)) for g in GROUPS],
            )
            for measure in _TOLD
        ]
        for each in known
    }
    return Table("Mothers whose story changes, % of births", ("What changes", *HEADINGS), bodies)


def _by_trait(known: list[Alternative]) -> Table:
    bodies = {}
    for each in known:
        traits = [name for name, value, measure in each.stories if value == "yes" and measure == "gained"]
        defined = [name for name in traits if each.story("gained", name, "yes").defined]
        way = _commoner(each)
        largest = sorted(defined, key=lambda name: -each.story(way, name, "yes").value)[:_TRAITS_SHOWN]
        by_trait = {TRAITS[Trait[name.upper()]].true: name for name in largest}
        rows = [
            Row(words, [fine_cell(each.story(measure, name, "yes")) for measure in _TOLD[1:]])
            for words, name in by_trait.items()
        ]
        everyone = Row("all mothers", [fine_cell(each.story(measure)) for measure in _TOLD[1:]])
        bodies[capital(each.label)] = [*rows, everyone]
    head = ("Mothers", "Breastfeeds longer", "Breastfeeds shorter", "Newly reached", "No longer reached")
    note = (
        f"The {_TRAITS_SHOWN} circumstances in which most mothers breastfeed longer, or for a shorter time where that "
        "is commoner; changed.csv has all of them."
    )
    return Table("Mothers whose story changes, by their circumstances, % of births", head, bodies, note)


def _commoner(alternative: Alternative) -> str:
    return max(("gained", "lost"), key=lambda measure: alternative.story(measure).value)
