"""The answer first: what each alternative changes, in words and numbers."""

import math
from collections.abc import Iterator, Sequence

from bpssim.report.amounts import (
    Amount,
    change_cell,
    count,
    differs,
    in_words,
    limits_in_words,
    roughly,
    size_in_words,
    with_limits,
)
from bpssim.report.comparison.view import Alternative, ComparisonView
from bpssim.report.elements import Bullets, Note, Row, Section, Table, Tile, Tiles
from bpssim.report.found import QUINTILE_NAMES
from bpssim.studies.grades import counted_grades


def answer(view: ComparisonView) -> Section:
    """What changes with each alternative, for whom, and at what cost."""
    if not view.found.quintiles:
        return Section("answer", "In short", [Note("There were no births in these runs, so there is nothing to tell.")])
    sentences = [_told(view, alternative) for alternative in view.alternatives]
    assumed = counted_grades(view.base)["C"]["count"]
    caution = (
        f"{view.ranges} {count(assumed)} inputs are assumptions, listed below; these are answers of a model, and no "
        "forecast of one service."
    )
    headline = Tiles(_tiles(view.alternatives[0])) if len(view.alternatives) == 1 else headline_table(view)
    return Section("answer", "In short", [headline, Bullets(sentences), Note(caution)])


def _tiles(alternative: Alternative) -> list[Tile]:
    amounts = {
        "Breastfeeding at six weeks": {
            "more mothers, all": alternative.extra_mothers("all"),
            "of them in quintile 1": alternative.extra_mothers("1"),
        },
        "Gap at six weeks": {"change, in points": alternative.difference("gap_any_6w")},
        "Cost": {"extra, in £": alternative.extra_cost},
    }
    return [
        Tile(
            label,
            {
                group: (change_cell(each, limited=False), limits_in_words(each))
                for group, each in values.items()
                if each.defined
            },
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
                change_cell(each.difference("gap_any_6w")),
                change_cell(each.extra_cost),
                _price(each),
            ),
        )
        for each in view.alternatives
    ]
    note = (
        "The gap is quintile 5 minus quintile 1. Where there is no price, additional mothers cannot be told apart from "
        "none, there are fewer of them, or they come at no more cost."
    )
    return Table(f"Differences from {view.labels[view.base.name]}, in {view.period}", head, {"": rows}, note)


def _price(alternative: Alternative) -> str:
    price = price_of(alternative)
    return f"{in_words(price).removesuffix(' a mother')}" if price else "\N{EN DASH}"


def price_of(alternative: Alternative) -> Amount | None:
    """Cost per additional mother; ``None`` unless there clearly are more of them, at more cost."""
    row = alternative.cost
    price = Amount(row.cost_per_additional_6w, row.lower, row.upper, "GBP per mother")
    clear = differs(alternative.extra_mothers("all")) and differs(alternative.extra_cost)
    return price if row.quadrant == "icer" and price.has_limits and clear else None


def _told(view: ComparisonView, alternative: Alternative) -> str:
    births = count(view.found.value("births"))
    extra = alternative.extra_mothers("all")
    lead = f"{alternative.label.capitalize()}: of the {births} births in {view.period}, "
    parts = [f"{lead}{_breastfeeding(extra)}"]
    first = view.found.quintiles[0]
    if view.found.quintiles[1:]:
        parts.append(f"In {QUINTILE_NAMES[first]} {_breastfeeding(alternative.extra_mothers(first))}")
    return ". ".join([*parts, _gap(alternative), _cost(view, alternative), *_over_draws(view, alternative)]) + "."


def _over_draws(view: ComparisonView, alternative: Alternative) -> Iterator[str]:
    """In how many draws of the inputs it is better; nothing without draws."""
    better = {
        (row.metric, row.quintile): f"{100.0 * row.probability_better:.0f} %"
        for row in view.results.uncertainty
        if row.scenario == alternative.name and not math.isnan(row.probability_better)
    }
    if ("any_6w", "all") in better and ("gap_any_6w", "all") in better:
        yield (
            f"More mothers breastfeed in {better['any_6w', 'all']} of the draws of uncertain inputs, and the gap is "
            f"smaller in {better['gap_any_6w', 'all']}"
        )


def _breastfeeding(extra: Amount) -> str:
    """More or fewer mothers, as far as that can be told."""
    if extra.value == 0.0:
        return "there would be as many mothers as before still breastfeeding at six weeks"
    direction = "more" if extra.value > 0.0 else "fewer"
    size = size_in_words(extra).replace(" mothers", "", 1)
    if differs(extra) or not extra.has_limits:
        return f"there would be about {size} {direction} mothers still breastfeeding at six weeks"
    return f"these runs show no difference in mothers still breastfeeding at six weeks ({seen(extra)})"


def seen(difference: Amount) -> str:
    """How large a difference would have been seen."""
    half = (difference.upper - difference.lower) / 2.0
    return f"one of {roughly(half, difference.unit)} would have shown"


def _gap(alternative: Alternative) -> str:
    gap, narrowing = alternative.difference("gap_any_6w"), alternative.narrowing
    if not gap.defined:
        return "The gap between the most and the least deprived quintile is not defined: one of them has no births"
    if gap.value == 0.0:
        return "The gap between the most and the least deprived quintile is unchanged"
    if gap.has_limits and not differs(gap):
        return f"No change of the gap between quintiles 1 and 5 could be told apart from chance ({seen(gap)})"
    if not narrowing.defined:
        return "The gap between the most and the least deprived quintile turns round"
    verb = "narrows" if narrowing.value > 0.0 else "widens"
    return f"The gap between the most and the least deprived quintile {verb} by {size_in_words(narrowing)}"


def _cost(view: ComparisonView, alternative: Alternative) -> str:
    extra = alternative.extra_cost
    both = (each for each in view.results.scenarios if each.name in (view.base.name, alternative.name))
    other = {each.costs.other_per_year for each in both}
    what = "The team's time and travel cost" if len(other) == 1 else "It costs"
    if extra.value == 0.0:
        cost = f"{what} the same"
    elif extra.has_limits and not differs(extra):
        cost = "No difference in cost could be told apart from chance"
    else:
        cost = f"{what} {size_in_words(extra)} {'more' if extra.value > 0.0 else 'less'}"
    price = price_of(alternative)
    if price:
        also = ", before anything else that the change costs" if len(other) == 1 else ""
        return f"{cost}, which is {with_limits(price).replace(' a mother', '')} per additional mother{also}"
    return f"{cost}; a price per additional mother does not exist: {why_no_price(alternative)}"


def why_no_price(alternative: Alternative) -> str:
    """Why there is no cost per additional mother."""
    extra, row = alternative.extra_mothers("all"), alternative.cost
    if extra.value == 0.0:
        return "there are as many as before"
    if not extra.has_limits:
        return "one run cannot tell whether there are more"
    if not differs(extra):
        return "more or fewer mothers could not be told apart from chance"
    if extra.value < 0.0:
        saved = Amount(row.cost_per_additional_6w, row.lower, row.upper, "GBP per mother")
        less = (
            f"; {with_limits(saved).replace(' a mother', '')} is saved for each mother fewer"
            if row.quadrant == "icer_sw" and saved.has_limits
            else ""
        )
        return f"there are fewer{less}"
    if not differs(alternative.extra_cost):
        return "more or less cost could not be told apart from chance"
    return "more mothers come at no more cost"


def alternatives_in_words(labels: Sequence[str]) -> str:
    """Names in a sentence."""
    *others, last = labels
    return f"{', '.join(others)} and {last}" if others else last
