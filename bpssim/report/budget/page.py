"""The page of a budget."""

from bpssim.report.assumptions import assumptions
from bpssim.report.budget.sentences import (
    answer_in_words,
    assumed_in_words,
    joined,
    not_priced_in_words,
    question_in_words,
)
from bpssim.report.budget.view import BudgetView, LeverView, pounds_cell
from bpssim.report.elements import Block, Bullets, Figures, Note, Page, Row, Section, Table, Words
from bpssim.report.figures.drawing import Drawing
from bpssim.report.figures.forest import forest_drawing
from bpssim.report.figures.heading import Heading
from bpssim.report.formatting import UNDEFINED, change_cell, percent, plain, signed
from bpssim.report.periods import births_in_words
from bpssim.report.provenance import made_by, provenance, what_it_rests_on, what_not_to_conclude
from bpssim.report.questions import in_place
from bpssim.scenario.describing import PERCENT
from bpssim.studies.results_folder.reading import BudgetResults

_NOT_TO_CONCLUDE = (
    "Levers that share a band, or a rank, are not ranked by these runs, whatever place a table of means gives them.",
    "Every lever is a mixture of its own change and of hours, because each has to cost the same. A price that is "
    "assumed decides how much is left for hours.",
    "It is judged at six weeks. What serves mothers with older babies, such as groups, looks as if it did little.",
)
_RANKS = (
    "The rank is 1 plus the number of levers that are better beyond chance, at a level that holds for all pairs of "
    "levers together (Bonferroni); levers that share it, or whose difference may be chance, are not ranked."
)


def budget_page(results: BudgetResults) -> Page:
    """Return the report of a budget from the contents of its folder."""
    view = BudgetView(results)
    manifest = results.manifest
    labels = {each.row.scenario: each.label for each in view.levers} | {view.base.name: view.base.name}
    annex = [
        _quintile_1(view),
        _how(view),
        _prices(view),
        *([_unavailable(view)] if view.unavailable else []),
        _pairs(view),
        assumptions(results.scenarios, labels),
    ]
    pairs = "one pair of simulated runs" if view.replicates == 1 else f"{view.replicates} pairs of simulated runs"
    return Page(
        kicker=f"bpssim budget of {view.base.name}{in_place(view.base)}",
        title=question_in_words(view),
        subtitle=f"{births_in_words(view.summary.value('births'), view.base)}; {len(view.levers)} levers, {pairs}",
        first=[
            _answer(view),
            what_not_to_conclude(_NOT_TO_CONCLUDE, drawn=view.draws > 0),
            what_it_rests_on(manifest, results.scenarios),
        ],
        annex=[*annex, provenance(manifest, view.base, "the command above")],
        footer=made_by(manifest, "budget"),
    )


def _answer(view: BudgetView) -> Section:
    first, *rest = answer_in_words(view)
    blocks: list[Block] = [
        Words([first]),
        Bullets(rest),
        Figures([ranking_drawing(view), _gap_drawing(view)], _band(view)),
    ]
    return Section("answer", "In short", [*blocks, _table(view)])


def _band(view: BudgetView) -> str:
    shown = f"Dots are means, bars 95{PERCENT} intervals over {view.replicates} pairs of runs"
    second = f"; the second dot and bar are over {view.draws} draws of the inputs, in which the sum buys the same hours"
    drawn = second if view.draws else ""
    shade = "; the shaded levers are not told apart from the first" if len(view.together) > 1 else ""
    gap = "the gap is quintile 5 minus quintile 1, and smaller left of 0"
    return f"{shown}{drawn}{shade}. The line at 0 is the service as it is; {gap}."


def ranking_drawing(view: BudgetView) -> Drawing:
    """The ranking: more mothers with each lever, those not told apart from the first in one band."""
    series = ["runs"] + [f"{view.draws} draws of the inputs"] * bool(view.draws)
    lines = {each.title: [each.mothers, each.drawn][: len(series)] for each in _ordered(view)}
    tied = len(view.together) if len(view.together) > 1 else 0
    axis = f"{'Change in' if view.saves else 'More'} mothers breastfeeding at six weeks, a year"
    return forest_drawing(Heading("ranking", _title(view), axis), lines, series, tied)


def _title(view: BudgetView) -> str:
    labels = [each.label for each in view.together]
    what = f"a cut of {view.money}" if view.saves else f"{view.money} more"
    if len(labels) > 3:
        return f"{len(labels)} uses of {what} a year are not told apart from the first"
    does = ("costs fewest mothers" if view.saves else "brings most") if len(labels) == 1 else (
        "cost fewest mothers" if view.saves else "bring most")  # fmt: skip
    apart = "" if len(labels) == 1 else ", and are not told apart"
    return f"Of {what} a year, {joined(labels)} {does}{apart}"


def _table(view: BudgetView) -> Table:
    head = (
        "Lever", "Rank", "More mothers at six weeks", "in quintile 1", "Gap, points", "Reached, points",
        "Data items a birth", "Paid hours used", "Costs more, £",
        *(("Best in draws",) if view.draws else ()),
    )  # fmt: skip
    rows = [Row(each.title, [*_cells(each), *([percent(each.row.share_best)] if view.draws else [])])
            for each in view.levers]  # fmt: skip
    rows += [Row(row.title, ["not to be had", *[UNDEFINED] * (len(head) - 2)]) for row in view.unavailable]
    caption = f"Each lever against {view.base.name} as it is, a year"
    return Table(caption, head, {"": rows}, _RANKS)


def _cells(each: LeverView) -> list[str]:
    return [
        str(each.row.rank),
        change_cell(each.mothers),
        change_cell(each.mothers_1),
        change_cell(each.gap),
        change_cell(each.reach),
        signed(each.row.data_items_change, 2),
        percent(each.row.paid_hours_used),
        pounds_cell(each),
    ]


def _gap_drawing(view: BudgetView) -> Drawing:
    """Change of the gap with each lever, in the order of the ranking."""
    narrows = [each.label for each in view.levers if view.beyond_chance(each.gap) and each.gap.value < 0.0]
    title = f"The gap narrows with {joined(narrows)}" if narrows else "No lever is seen to narrow the gap"
    heading = Heading("gap", title, "Change of the gap at six weeks, points")
    return forest_drawing(heading, {each.title: [each.gap] for each in _ordered(view)}, ["runs"])


def _quintile_1(view: BudgetView) -> Section:
    best = max(view.levers, key=lambda each: each.mothers_1.value)
    title = f"In quintile 1 the highest mean is that of {best.label}"
    axis = f"{'Change in' if view.saves else 'More'} mothers in quintile 1, a year"
    lines = {each.title: [each.mothers, each.mothers_1] for each in _ordered(view)}
    drawing = forest_drawing(Heading("quintile_1", title, axis), lines, ["all mothers", "quintile 1"])
    note = f"Breastfeeding at six weeks. Bars are 95{PERCENT} intervals over {view.replicates} pairs of runs."
    return Section("quintile_1", "The most deprived quintile", [Figures([drawing], note)])


def _ordered(view: BudgetView) -> list[LeverView]:
    """Those of the first band, and then the others."""
    return [*view.together, *view.behind]


def _how(view: BudgetView) -> Section:
    rows = [Row(each.title, (each.row.what, each.row.how)) for each in view.levers]
    table = Table(
        "What the sum buys", ("Lever", "What is done", "How it was scaled to the sum"), {"": rows},
        "Hours are adjusted until a few runs cost the sum more than those of the base, journeys included. Each is a "
        "scenario of its own in scenarios/, which `bpssim run` takes.",
        prose=frozenset({1, 2}),
    )  # fmt: skip
    return Section("how", "How each lever was scaled", [table])


def _prices(view: BudgetView) -> Section:
    blocks: list[Block] = []
    if assumed := assumed_in_words(view):
        blocks += [Words(["Prices beside those of the team's time and travel:"]), Bullets(assumed)]
    if missing := not_priced_in_words(view):
        blocks += [Words(["What has no price here, so that a lever may cost more than the sum:"]), Bullets(missing)]
    return Section("prices", "Assumed prices, and what is not priced", blocks or [Note("Nothing but hours is priced.")])


def _unavailable(view: BudgetView) -> Section:
    rows = [Row(row.title, (row.reason,)) for row in view.unavailable]
    table = Table("Levers that cannot be had", ("Lever", "Why"), {"": rows}, prose=frozenset({1}))
    return Section("unavailable", "What cannot be had for the sum, or has no use here", [table])


def _pairs(view: BudgetView) -> Section:
    titles = {each.row.lever: each.title for each in view.levers}
    rows = [
        Row(
            titles[row.lever],
            (
                titles[row.other],
                f"{signed(row.difference, 1)} ({signed(row.lower, 1)} to {signed(row.upper, 1)})",
                "yes" if row.told_apart else "no",
                plain(row.detectable, 1),
            ),
        )
        for row in view.results.budget_pairs
    ]
    head = ("Lever", "compared with", "More mothers at six weeks, a year", "Told apart", "Detectable")
    note = (
        "Intervals hold for all pairs together. Detectable is the difference that nine of ten such comparisons would "
        "tell apart."
    )
    table = Table(f"Every two levers ({len(rows)})", head, {"": rows}, note, prose=frozenset({1}), folded=True)
    return Section("pairs", "Levers compared with each other", [table])
