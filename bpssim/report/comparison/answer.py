"""The answer: what each alternative changes, in words and numbers."""

from collections.abc import Callable, Sequence

from bpssim.report.comparison.prices import FIXED, price_of
from bpssim.report.comparison.sentences import findings_in_words, headline_in_words
from bpssim.report.comparison.view import Alternative, ComparisonView, Effect
from bpssim.report.elements import Block, Bullets, Note, Row, Section, Table, Tile, Tiles
from bpssim.report.formatting import UNDEFINED, change_cell, change_in_words, in_words, limits_in_words
from bpssim.report.local_rate import local_rate_in_words
from bpssim.scenario.describing import capital

_TOLD_IN_FULL, _TOLD_IN_SHORT = 2, 6
"""Number of alternatives for which the first pages have room for all sentences, and for one each."""


def answer(view: ComparisonView) -> Section:
    """What changes with each alternative, for whom, and at what cost."""
    if not view.summary.quintiles:
        return Section("answer", "In short", [Note("These runs have no births, so there is nothing to report.")])
    notes = [Note(each) for each in local_rate_in_words(view.base, view.results.local_rate)[:1]]
    notes += [Note(f"{view.ranges} {FIXED}")] if view.touching else []
    return Section("answer", "In short", [*_headline(view), _briefly_in_words(view), *notes])


def _briefly_in_words(view: ComparisonView) -> Block:
    """As many sentences on each alternative as there is room for."""
    if _all_fit(view):
        return _in_words(view, findings_in_words)
    if len(view.alternatives) <= _TOLD_IN_SHORT:
        return _in_words(view, headline_in_words)
    return Note(f"The annex describes what each of the {len(view.alternatives)} alternatives changes.")


def answer_in_full(view: ComparisonView) -> Section | None:
    """All sentences on every alternative; nothing if the first pages already hold them."""
    return (
        None if _all_fit(view) else Section("each", "Each alternative in words", [_in_words(view, findings_in_words)])
    )


def _all_fit(view: ComparisonView) -> bool:
    return len(view.alternatives) <= _TOLD_IN_FULL


def _in_words(view: ComparisonView, sentences: Callable[[ComparisonView, Alternative], str]) -> Bullets:
    return Bullets([f"{capital(each.label)}: {sentences(view, each)}" for each in view.alternatives])


def _headline(view: ComparisonView) -> list[Block]:
    """Headline numbers; none if no mother's story differs."""
    if not view.touching:
        return []
    return [Tiles(_tiles(view.touching[0])) if len(view.alternatives) == 1 else headline_table(view)]


def _tiles(alternative: Alternative) -> list[Tile]:
    amounts = {
        "Breastfeeding at six weeks": {
            "more mothers, all": alternative.extra_mothers("all"),
            "in quintile 1": alternative.extra_mothers("1"),
        },
        "Gap at six weeks": {"change, in points": alternative.headline_difference("gap_any_6w")},
        "Cost": {"time, travel and what else is priced": alternative.extra_cost},
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
    """Headline differences, one line per alternative."""
    head = (
        "Compared with the base",
        "Change in mothers at six weeks",
        "in quintile 1",
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
                change_cell(each.headline_difference("gap_any_6w")),
                change_cell(each.extra_cost),
                _price(each),
            )
            if each.effect is Effect.SOME
            else [UNDEFINED] * (len(head) - 1),
        )
        for each in view.alternatives
    ]
    note = (
        "The gap is quintile 5 minus quintile 1. A line of dashes: no mother's story differs. Where there is no "
        "price, additional mothers cannot be distinguished from none, there are fewer of them, they come at no more "
        "cost, or part of what the change costs is not priced."
    )
    return Table(f"Differences from {view.labels[view.base.name]}, in {view.period}", head, {"": rows}, note)


def _price(alternative: Alternative) -> str:
    price = price_of(alternative)
    return f"{in_words(price).removesuffix(' a mother')}" if price else UNDEFINED


def alternatives_in_words(labels: Sequence[str]) -> str:
    """Labels joined for a sentence."""
    *others, last = labels
    return f"{', '.join(others)} and {last}" if others else last
