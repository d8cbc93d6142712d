"""The answer first: what each alternative changes, in words and numbers."""

from collections.abc import Sequence

from bpssim.report.amounts import UNDEFINED, change_cell, change_in_words, count, in_words, limits_in_words
from bpssim.report.comparison.prices import price_of
from bpssim.report.comparison.told import told_in_words
from bpssim.report.comparison.view import Alternative, ComparisonView, Effect
from bpssim.report.elements import Block, Bullets, Note, Row, Section, Table, Tile, Tiles
from bpssim.studies.grades import grades_of


def answer(view: ComparisonView) -> Section:
    """What changes with each alternative, for whom, and at what cost."""
    if not view.found.quintiles:
        return Section("answer", "In short", [Note("There were no births in these runs, so there is nothing to tell.")])
    told_of = [f"{each.label.capitalize()}: {told_in_words(view, each)}" for each in view.alternatives]
    assumed = len({path for each in view.results.scenarios for path in grades_of(each)["C"]})
    ranges = f"{view.ranges} " if view.touching else ""
    caution = (
        f"{ranges}{count(assumed)} inputs are assumptions, listed below; these are answers of a model, and no forecast "
        "of one service."
    )
    return Section("answer", "In short", [*_headline(view), Bullets(told_of), Note(caution)])


def _headline(view: ComparisonView) -> list[Block]:
    """The headline numbers; none where no mother differs."""
    if not view.touching:
        return []
    return [Tiles(_tiles(view.touching[0])) if len(view.alternatives) == 1 else headline_table(view)]


def _tiles(alternative: Alternative) -> list[Tile]:
    amounts = {
        "Breastfeeding at six weeks": {
            "more mothers, all": alternative.extra_mothers("all"),
            "of them in quintile 1": alternative.extra_mothers("1"),
        },
        "Gap at six weeks": {"change, in points": alternative.surest("gap_any_6w")},
        "Cost": {"of the team's time and travel": alternative.extra_cost},
    }
    return [
        Tile(
            label,
            {group: (change_in_words(each), limits_in_words(each)) for group, each in values.items() if each.defined},
        )
        for label, values in amounts.items()
        if any(each.defined for each in values.values())
    ]


def headline_table(view: ComparisonView) -> Table:
    """The headline differences, one line for each alternative."""
    head = (
        "Compared with the base",
        "Change in mothers at six weeks",
        "of them in quintile 1",
        "Gap at six weeks, points",
        "Cost, £",
        "£ per additional mother",
    )
    rows = [
        Row(
            each.label,
            (
                change_cell(each.extra_mothers("all")),
                change_cell(each.extra_mothers("1")),
                change_cell(each.surest("gap_any_6w")),
                change_cell(each.extra_cost),
                _price(each),
            )
            if each.effect is Effect.SOME
            else [UNDEFINED] * (len(head) - 1),
        )
        for each in view.alternatives
    ]
    note = (
        "The gap is quintile 5 minus quintile 1. A line of dashes: no mother differs, as told below. Where there is no "
        "price, additional mothers cannot be told apart from none, there are fewer of them, they come at no more cost, "
        "or part of what the change costs is not priced."
    )
    return Table(f"Differences from {view.labels[view.base.name]}, in {view.period}", head, {"": rows}, note)


def _price(alternative: Alternative) -> str:
    price = price_of(alternative)
    return f"{in_words(price).removesuffix(' a mother')}" if price else UNDEFINED


def alternatives_in_words(labels: Sequence[str]) -> str:
    """Names in a sentence."""
    *others, last = labels
    return f"{', '.join(others)} and {last}" if others else last
