"""The page of a study of barriers, for a team to read together."""

from bpssim.report.assumptions import assumptions
from bpssim.report.barriers.drawings import levels_drawing, waterfall
from bpssim.report.barriers.sentences import DECISION, findings, headline, question, service
from bpssim.report.barriers.tables import (
    every_influence,
    of_100,
    pairs,
    what_remains,
    who_could_move,
    without_and_evidence,
)
from bpssim.report.barriers.view import FIRST, MAIN, BarriersView
from bpssim.report.elements import Block, Bullets, Figures, Page, Section, Words
from bpssim.report.formatting import count
from bpssim.report.periods import births_in_words
from bpssim.report.provenance import made_by, provenance, what_it_rests_on, what_not_to_conclude
from bpssim.scenario.describing import PERCENT
from bpssim.studies.barriers.measures import MEASURES
from bpssim.studies.results_folder.reading import BarriersResults

_NOT_TO_CONCLUDE = (
    "Influences are taken away as far as a scenario can be without them: nobody on a ward goes unmet, as many hours as "
    "there is work. Nobody could buy that. It measures what an influence does, not what a change would bring.",
    "A share of the mothers is not a share of the blame: barriers lie in services and circumstances, not in women. "
    f"{DECISION}",
)


def barriers_page(results: BarriersResults) -> Page:
    """Return the report of a study of barriers from the contents of its folder."""
    view, manifest, scenario = BarriersView(results), results.manifest, results.scenario
    first = [_answer(view)]
    annex: list[Section] = []
    if view.active and view.missed():
        first.append(Section("movers", "Who could move this", [who_could_move(view)]))
        annex += [_influences(view), *_pairs(view)]
    if view.missed():
        annex.append(Section("remain", "What remains", [what_remains(view)]))
    if view.active:
        annex += [_other_measures(view), Section("without", "What was taken away", [without_and_evidence(view)])]
    annex.append(assumptions([scenario], {scenario.name: scenario.name}))
    runs = "one replicate" if view.replicates == 1 else f"{view.replicates} replicates"
    return Page(
        kicker=f"bpssim barriers of {service(view)}",
        title=question(view),
        subtitle=f"{_births(view)}; {_how_many(view)} in {runs}",
        first=[*first, what_not_to_conclude(_NOT_TO_CONCLUDE), what_it_rests_on(manifest, [scenario])],
        annex=[*annex, provenance(manifest, scenario, "the command above")],
        footer=made_by(manifest, "study of barriers"),
    )


def _how_many(view: BarriersView) -> str:
    number = len(view.active)
    return {0: "nothing to take away", 1: "one influence, taken away"}.get(
        number, f"{number} influences, each taken away"
    )


def _births(view: BarriersView) -> str:
    if view.results.manifest.among:
        return f"{count(view.births())} births to these mothers in a year"
    return births_in_words(view.births() * view.results.scenario.run.window_days / 365.0, view.results.scenario)


def _answer(view: BarriersView) -> Section:
    blocks: list[Block] = [Words([headline(view)])]
    if found := findings(view):
        blocks.append(Bullets(found))
    if view.active and view.groups:
        blocks.append(Figures([levels_drawing(view), waterfall(view)], _figures_note(view)))
    return Section("answer", "In short", blocks)


def _tiny(view: BarriersView) -> str:
    tiny = [group for group in "12345" if group not in view.groups and view.births(group)]
    if not tiny:
        return ""
    which = f"quintile {tiny[0]} has" if len(tiny) == 1 else f"quintiles {', '.join(tiny)} have"
    return f" Not shown: {which} fewer than ten such mothers a year."


def _figures_note(view: BarriersView) -> str:
    limits = (
        f" Bars with ends are 95{PERCENT} intervals: in the first figure of where those who remain begin, in the "
        "second of each step and of the whole."
        if view.replicates > 1
        else ""
    )
    return (
        "The first figure has whole mothers that add up to 100; a part left of 0 would cost others the time that "
        "supporters had for them. In the second each step is the fair share of one influence. Hatching and colour "
        f"show its level, which is taken away as a whole and need not be the sum of its steps.{limits}{_tiny(view)}"
    )


def _influences(view: BarriersView) -> Section:
    caption = "More mothers supported in time, a year, without each influence"
    blocks: list[Block] = [of_100(view), every_influence(view, MAIN, caption, folded=False)]
    if view.first == FIRST:
        blocks.insert(1, Figures([waterfall(view, FIRST)]))
    return Section("influences", "Every influence", blocks)


def _pairs(view: BarriersView) -> list[Section]:
    return [Section("pairs", "Influences that depend on each other", [pairs(view)])] if view.pairs() else []


def _other_measures(view: BarriersView) -> Section:
    tables = [
        every_influence(view, each.name, f"More mothers {each.title}, a year, without each influence", folded=True)
        for each in MEASURES
        if each.name != MAIN
    ]
    words = (
        "The same for mothers who are supported at all, early or late, and for mothers still breastfeeding at six "
        "weeks, to which influences on feeding itself contribute as well as those on support, and for mothers who "
        "start to breastfeed, without whom there is nothing to support."
    )
    return Section("measures", "Support at all, breastfeeding at six weeks, and starting", [Words([words]), *tables])
