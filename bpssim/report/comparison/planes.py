"""Equity impact plane and cost-effectiveness plane."""

import math
from collections.abc import Mapping

from bpssim.report.comparison.answer import alternatives_in_words
from bpssim.report.comparison.prices import FIXED
from bpssim.report.comparison.view import Alternative, ComparisonView
from bpssim.report.elements import Block, Bullets, Figures, Note, Row, Section, Table, Words
from bpssim.report.figures.acceptability import acceptability_drawing
from bpssim.report.figures.drawing import Drawing
from bpssim.report.figures.heading import Heading
from bpssim.report.figures.planes import Cloud, Corners, plane_drawing
from bpssim.report.formatting import (
    POINTS,
    UNDEFINED,
    Amount,
    cell,
    change_cell,
    count,
    differs,
    opposite,
    percent,
    plain,
)
from bpssim.scenario.describing import capital
from bpssim.statistics.equity_impact import impact_of
from bpssim.studies.comparison.economics import impact_in_words

_EQUITY = Corners(
    "more mothers,\nsteeper gradient", "more mothers,\nflatter gradient", "fewer mothers,\nsteeper gradient",
    "fewer mothers,\nflatter gradient",
)  # fmt: skip
_COST = Corners(
    "fewer mothers,\ncosts more", "more mothers,\ncosts more", "fewer mothers,\ncosts less", "more mothers,\ncosts less"
)


def equity(view: ComparisonView) -> Section | None:
    """Whether more mothers breastfeed and whether the gradient flattens; nothing if there is no gradient."""
    clouds = {}
    for each in view.touching:
        points = [row for row in view.results.plane if row.scenario == each.name and not math.isnan(row.equity_gain)]
        if points and not math.isnan(each.impact.equity_gain):
            mean = (100.0 * each.impact.equity_gain, each.impact.extra_mothers)
            clouds[each.label] = Cloud(
                [100.0 * row.equity_gain for row in points], [row.extra_mothers for row in points], mean
            )
    if not clouds:
        return None
    both = [each.label for each in view.touching if _better(each.extra_mothers("all")) and _better(each.flattening)]
    title = (
        f"More mothers and a flatter gradient: {alternatives_in_words(both)}"
        if both
        else "No alternative clearly has both more mothers and a flatter gradient"
    )
    axis = "More mothers breastfeeding at six weeks (up is more)"
    below = "Points by which the gradient is flatter (right is better)"
    drawing = plane_drawing(Heading("equity_plane", title, axis), below, clouds, _EQUITY)
    blocks: list[Block] = [Figures([drawing], f"{_points(view)} {_GRADIENT}"), _impact_table(view)]
    levelling = [each.label for each in view.touching if each.impact.levelling_down and _better(each.flattening)]
    if levelling:
        text = "the gradient is flatter, and some quintile has fewer mothers breastfeeding than in the base."
        blocks.append(Bullets([f"Levelling down with {alternatives_in_words(levelling)}: {text}"]))
    return Section("equity", "More mothers, and a flatter gradient?", blocks)


def _better(difference: Amount) -> bool:
    return differs(difference) and difference.value > 0.0


_GRADIENT = (
    "The gradient is the slope index of inequality of breastfeeding at six weeks; flatter means closer to 0, from "
    "either side. It rests on all quintiles and the gap on the first and the last alone, so these runs may be able to "
    "tell whether one of the two changes and not the other."
)


def _points(view: ComparisonView) -> str:
    if view.draws:
        return (
            f"Small points are {view.draws} draws of the inputs; large ones are means of runs with the inputs as given."
        )
    return "Small points are pairs of runs, large ones their means."


def _impact_table(view: ComparisonView) -> Table:
    rows = []
    for each in view.touching:
        impact = each.impact
        change = Amount(impact.sii_change, impact.sii_change_lower, impact.sii_change_upper, POINTS)
        cells = (
            change_cell(each.extra_mothers("all")),
            change_cell(each.flattening),
            change_cell(change),
            _where(each),
        )
        rows.append(Row(each.label, cells))
    head = ("Alternative", "More mothers", "Flatter by, points", "Change of the slope, points", "Where it lies")
    return Table("More mothers and the gradient", head, {"": rows}, prose=frozenset({4}))


def _where(alternative: Alternative) -> str:
    """The quadrant, as far as the wider intervals distinguish it from no change."""
    impact, mothers, gain = alternative.impact, alternative.extra_mothers("all"), alternative.flattening
    quadrant = impact_of(impact.extra_mothers, impact.equity_gain)
    return impact_in_words(quadrant, mothers[:3], gain[:3])


_NOT_COUNTED = (
    "Costs are those of the team's time and travel at 2025/26 prices, not discounted, and what costs.other_per_year "
    "adds. The model does not know what else a change costs, such as interpreters or a data link; add it there. "
    f"{FIXED}"
)


def _not_priced(view: ComparisonView) -> list[Block]:
    """Costs of some alternatives that have no price, so that their total here is too low."""
    items = [f"{capital(each.label)}: {each.cost.not_priced}." for each in view.touching if each.cost.not_priced]
    lead = "Not priced, so that the costs above are too low, and there is no net benefit and no place on the frontier:"
    return [Words([lead]), Bullets(items)] if items else []


def money(view: ComparisonView) -> Section:
    """Cost against additional mothers, net benefit by willingness to pay, and the efficiency frontier."""
    blocks: list[Block] = [
        Figures([_cost_plane(view), *_acceptability(view)], _points(view)),
        _net_benefit_table(view),
    ]
    if len(view.touching) > 1:
        blocks.append(_frontier_table(view))
    blocks += [*_not_priced(view), Note(_NOT_COUNTED)]
    if not view.draws:
        words = "How often an alternative would be the best needs draws of the inputs: --uncertainty."
        blocks.append(Note(words))
    return Section("money", "What it costs, and what it achieves", blocks)


_NOT_CHEAPER = "No alternative clearly costs less than the base"
_IN_PART = "part of what a change costs is not priced"


def _cost_plane(view: ComparisonView) -> Drawing:
    clouds = {}
    for each in view.touching:
        points = [row for row in view.results.plane if row.scenario == each.name]
        mean = (each.cost.extra_mothers, each.cost.extra_cost)
        clouds[each.label] = Cloud([row.extra_mothers for row in points], [row.extra_cost for row in points], mean)
    priced = [each for each in view.touching if not each.cost.not_priced]
    cheaper = [each.label for each in priced if _better(opposite(each.extra_cost))]
    clearly = f"Costs less than the base: {alternatives_in_words(cheaper)}" if cheaper else _NOT_CHEAPER
    title = clearly if len(priced) == len(view.touching) else f"{clearly}; {_IN_PART}"
    below = "More mothers breastfeeding at six weeks (right is more)"
    return plane_drawing(Heading("cost_plane", title, "Extra cost, £ (down is cheaper)"), below, clouds, _COST)


def _acceptability(view: ComparisonView) -> list[Drawing]:
    """Acceptability curves, over draws of the inputs only: over runs alone shares tend to 0 or 1 as runs are added."""
    if not view.draws or any(each.cost.not_priced for each in view.touching):
        return []
    rows = view.results.net_benefit
    prices = sorted({row.willingness_to_pay for row in rows})
    shares = {each.label: [row.probability_best for row in rows if row.scenario == each.name] for each in view.touching}
    base = [1.0 - sum(values) for values in zip(*shares.values(), strict=True)]
    shares = {**shares, f"{view.labels[view.base.name]} (base)": base}
    best = [_largest({label: values[place] for label, values in shares.items()}) for place in (0, -1)]
    ends = [
        f"{label} at a price of £{count(price)}" for label, price in zip(best, (prices[0], prices[-1]), strict=True)
    ]
    title = f"Most often the best in the draws: {alternatives_in_words(ends)}"
    return [acceptability_drawing("acceptability", title, prices, shares)]


def _largest(shares: Mapping[str, float]) -> str:
    return max(shares, key=lambda label: shares[label])


def _net_benefit_table(view: ComparisonView) -> Table:
    rows = view.results.net_benefit
    prices = sorted({row.willingness_to_pay for row in rows})
    found = {
        (row.scenario, row.willingness_to_pay): Amount(row.net_benefit, row.lower, row.upper, "GBP") for row in rows
    }
    lines = [
        Row(f"£{count(price)}", [change_cell(found[each.name, price]) for each in view.touching]) for price in prices
    ]
    note = (
        "Net benefit is the price (willingness to pay) times additional mothers, minus the extra cost; above 0 the "
        "alternative is worth that price. There is no official price for one more mother breastfeeding, so none is "
        "chosen."
    )
    head = ("Price for one additional mother", *(each.label for each in view.touching))
    return Table("Net benefit over the base, £, at a range of prices", head, {"": lines}, note)


def _frontier_table(view: ComparisonView) -> Table:
    priced_in_part = any(each.cost.not_priced for each in view.touching)
    share_of = view.results.frontier[0].share_of
    rows = [
        Row(
            view.labels[row.scenario],
            (
                cell(Amount(row.cost, math.nan, math.nan, "GBP")),
                plain(row.mothers, 1),
                row.status,
                percent(row.share_on_frontier),
                UNDEFINED if priced_in_part else cell(Amount(row.ratio, math.nan, math.nan, "GBP per mother")),
            ),
        )
        for row in view.results.frontier
    ]
    note = (
        "In order of cost; the last column is over the one before on the frontier, and left out where part of a cost "
        "is not priced. Dominated: another has as many mothers or more for no more money. Extendedly dominated: a mix "
        f"of two others would. The standing is that of the means; in how many {share_of} a scenario is on the frontier "
        "says how sure that is."
    )
    head = (
        "Scenario",
        "Cost, £",
        "Mothers at six weeks",
        "Standing",
        f"On the frontier, of {share_of}",
        "£ per extra mother",
    )
    return Table("All scenarios by cost", head, {"": rows}, note, frozenset({3}))
