"""Cost-effectiveness and equity impact of an alternative: cost per additional mother, net benefit, planes, frontier."""

import math
from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from bpssim.outcomes.metrics import Summary
from bpssim.statistics.cost_effectiveness import Quadrant, cost_per_mother, net_benefit_gain
from bpssim.statistics.equity_impact import Impact, equity_impact, levelling_down
from bpssim.statistics.frontier import Standing, frontier, shares_on_frontier
from bpssim.statistics.groups import ALL
from bpssim.statistics.intervals import Interval, over_replicates
from bpssim.studies.comparison.rows import ComparisonRow, CostRow, FrontierRow, ImpactRow, NetBenefitRow, PlaneRow

WILLINGNESS = (0, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 20_000)
"""Willingness to pay for one additional mother breastfeeding at six weeks [GBP]; a range, as none is official."""

UNIT = "GBP per additional mother"
NOT_PRICED = "part of its cost is not priced"
"""Status of a scenario that cannot be placed on the frontier."""

UNCLEAR = "unclear"
"""Code of an alternative whose quadrant is not known."""
QUADRANTS = {
    Quadrant.ICER.value: "more mothers at more cost",
    Quadrant.DOMINANT.value: "more mothers at no more cost",
    Quadrant.ICER_SW.value: "fewer mothers at less cost",
    Quadrant.DOMINATED.value: "fewer mothers at no less cost",
    Quadrant.UNDEFINED.value: "as many mothers in every pair",
    UNCLEAR: "an interval includes 0, there is none, or part of the cost is not priced",
}
"""Quadrants of the plane of cost and effect, by their codes in `cost_effectiveness.csv`."""
_REASONS = {
    Quadrant.ICER: "",
    Quadrant.ICER_SW: "fewer mothers for less money: the ratio is the saving for each mother lost",
    Quadrant.DOMINANT: "more mothers for no more money: there is no cost per additional mother",
    Quadrant.DOMINATED: "no more mothers, and no less money",
    Quadrant.UNDEFINED: "as many mothers as before: there is nothing to divide by",
}
_UNSURE = "the interval of the change in mothers includes 0, so there is no cost per additional mother"
_UNSURE_COST = "the interval of the change in cost includes 0, so there is no cost per additional mother"
_ONE = "one replicate has no interval, so there is no cost per additional mother"
_NOT_PRICED = "the cost is that of the team's time alone, and other costs of the change are not given"

Summaries = Sequence[Summary]
"""One for each replicate, with the same seeds in each scenario."""

Values = NDArray[np.float64]

Limits = tuple[float, float, float]
"""A value, and the lower and upper limit of its interval."""


def cost_row(scenario: str, base: Summaries, alternative: Summaries, not_priced: Sequence[str] = ()) -> CostRow:
    """Cost per additional mother breastfeeding at six weeks, unless part of the cost is unknown.

    Parameters
    ----------
    scenario
        Name of the alternative.
    base, alternative
        At least one replicate of each.
    not_priced
        Costs of the change beside the team's time that are not priced (`bpssim.studies.comparison.not_priced`).
    """
    extra_cost, extra_mothers = (
        total_cost(alternative) - total_cost(base),
        mothers_at_six_weeks(alternative) - mothers_at_six_weeks(base),
    )
    icer = cost_per_mother(extra_cost, extra_mothers)
    cost, mothers = _limits(over_replicates(extra_cost)), _limits(over_replicates(extra_mothers))
    quadrant, price, reason = icer.quadrant.value, (icer.ratio, icer.lower, icer.upper), _REASONS[icer.quadrant]
    unclear = _why_unclear(cost, mothers, not_priced, len(base)) if extra_mothers.any() else ""
    if unclear:
        quadrant, price, reason = UNCLEAR, (math.nan,) * 3, unclear
    return CostRow(scenario, *cost, *mothers, quadrant, *price, reason, "; ".join(not_priced), len(base))


def _why_unclear(cost: Limits, mothers: Limits, not_priced: Sequence[str], replicates: int) -> str:
    """Why chance or costs without a price leave open in which quadrant an alternative lies; empty if they do not."""
    if replicates == 1:
        return _ONE
    if not _differs(mothers):
        return _UNSURE
    if not _differs(cost):
        return _UNSURE_COST
    return _NOT_PRICED if not_priced else ""


def as_comparison_row(row: CostRow) -> ComparisonRow:
    """The ratio as a row of `comparison.csv`; a ratio of differences has no value in base or alternative."""
    about = (row.scenario, "cost_per_additional_6w", "all", math.nan, math.nan)
    limits = (row.cost_per_additional_6w, row.lower, row.upper)
    return ComparisonRow(*about, *limits, UNIT, row.replicates, math.nan, "")


def net_benefit_rows(
    scenario: str, base: Summaries, alternative: Summaries, probability_best: Sequence[float] | None
) -> list[NetBenefitRow]:
    """Net benefit at each willingness to pay; parameters as for `cost_row`.

    Parameters
    ----------
    probability_best
        Share of draws in which the alternative is the best of all scenarios, at each willingness to pay.
    """
    gain = net_benefit_gain(
        total_cost(alternative) - total_cost(base),
        mothers_at_six_weeks(alternative) - mothers_at_six_weeks(base),
        np.array(WILLINGNESS),
    )
    shares = probability_best or [math.nan] * len(WILLINGNESS)
    return [
        NetBenefitRow(scenario, float(price), *_limits(gain, place), shares[place], int(gain.replicates[place]))
        for place, price in enumerate(WILLINGNESS)
    ]


def impact_row(scenario: str, base: Summaries, alternative: Summaries) -> ImpactRow:
    """Additional mothers and equity gain; parameters as for `cost_row`."""
    births = np.mean([summary["births"][:ALL] for summary in base], axis=0)
    before, after = (_by_quintile(summaries) for summaries in (base, alternative))
    point = equity_impact(_mean(before), _mean(after), births)
    slopes = [np.array([summary["sii_any_6w"][ALL] for summary in summaries]) for summaries in (base, alternative)]
    # The sign is that of the mean slope, because absolute values of a slope near 0 would be biased upwards.
    sizes = [np.sign(np.nanmean(slope)) * slope if not np.isnan(slope).all() else slope for slope in slopes]
    mothers, gain = (
        _limits(over_replicates(mothers_at_six_weeks(alternative) - mothers_at_six_weeks(base))),
        _limits(over_replicates(sizes[0] - sizes[1])),
    )
    levels_down = levelling_down(before, after, births)
    return ImpactRow(
        scenario,
        *mothers,
        *gain,
        *_limits(over_replicates(slopes[1] - slopes[0])),
        impact_in_words(point.impact, mothers, gain),
        levels_down if levels_down is None else levels_down and gain[1] > 0.0,
        len(base),
    )


def impact_in_words(impact: Impact, mothers: Limits, equity_gain: Limits) -> str:
    """Position of an alternative on the equity impact plane, as far as its intervals exclude no change.

    Parameters
    ----------
    impact
        Quadrant of the means.
    mothers, equity_gain
        Value, lower and upper limit of additional mothers and equity gain.
    """
    more = "more mothers" if mothers[0] > 0.0 else "fewer mothers"
    flatter = "flatter gradient" if equity_gain[0] > 0.0 else "steeper gradient"
    match _differs(mothers), _differs(equity_gain):
        case True, True:
            return impact.value
        case True, False:
            return f"{more}; the change in the gradient may be chance"
        case False, True:
            return f"{flatter}; the change in mothers may be chance"
    return "no change beyond chance"


def plane_rows(scenario: str, point: str, base: Summaries, alternative: Summaries) -> list[PlaneRow]:
    """One point for each replicate, or for each draw of the inputs; parameters as for `cost_row`."""
    columns = zip(
        base,
        alternative,
        total_cost(base),
        total_cost(alternative),
        mothers_at_six_weeks(base),
        mothers_at_six_weeks(alternative),
        strict=True,
    )
    rows = []
    for number, (before, after, *totals) in enumerate(columns):
        impact = equity_impact(before["any_6w"][:ALL], after["any_6w"][:ALL], before["births"][:ALL])
        changes = (totals[1] - totals[0], totals[3] - totals[2], impact.equity_gain, impact.sii_change)
        rows.append(PlaneRow(scenario, point, number, *(float(change) for change in changes)))
    return rows


def frontier_rows(
    names: Sequence[str],
    summaries: Sequence[Summaries],
    drawn: Sequence[Summaries] = (),
    unpriced: Collection[str] = (),
) -> list[FrontierRow]:
    """Every scenario in order of cost, with its place on the frontier of fully priced scenarios.

    Parameters
    ----------
    names, summaries
        Of all scenarios, the base first.
    drawn
        The same by draw of the inputs, if there are any.
    unpriced
        Names of those whose cost is not fully priced; they are left out of the frontier.
    """
    priced = [place for place, name in enumerate(names) if name not in unpriced]
    costs = [total_cost(scenario).mean() for scenario in summaries]
    mothers = [mothers_at_six_weeks(scenario).mean() for scenario in summaries]
    single = [(drawn or summaries)[place] for place in priced]
    shares = shares_on_frontier(
        np.array([total_cost(scenario) for scenario in single]).T,
        np.array([mothers_at_six_weeks(scenario) for scenario in single]).T,
    )
    share_of = "draws" if drawn else "pairs"
    words = {
        Standing.ON_FRONTIER: "on the frontier",
        Standing.DOMINATED: "dominated",
        Standing.EXTENDEDLY_DOMINATED: "extendedly dominated",
    }
    places = frontier(*([values[place] for place in priced] for values in (costs, mothers, names)))
    rows = [
        FrontierRow(on.name, on.cost, on.effect, words[on.standing], *on[4:], float(share), share_of)
        for on, share in zip(places, shares, strict=True)
    ]
    rows += [
        FrontierRow(names[place], float(costs[place]), float(mothers[place]), NOT_PRICED, *(math.nan,) * 4, share_of)
        for place in range(len(names))
        if place not in priced
    ]
    return sorted(rows, key=lambda row: (row.cost, -row.mothers))


def _differs(interval: Limits) -> bool:
    """Whether an interval excludes 0."""
    return interval[1] > 0.0 or interval[2] < 0.0


def total_cost(summaries: Summaries) -> Values:
    """Cost in each replicate [GBP]."""
    return np.array([summary["cost_total"][ALL] for summary in summaries])


def mothers_at_six_weeks(summaries: Summaries) -> Values:
    """Mothers breastfeeding at six weeks in each replicate."""
    births = np.array([summary["births"][ALL] for summary in summaries])
    return np.where(births > 0.0, births * np.array([summary["any_6w"][ALL] for summary in summaries]), 0.0)


def _by_quintile(summaries: Summaries) -> Values:
    return np.array([summary["any_6w"][:ALL] for summary in summaries])


def _mean(by_replicate: Values) -> Values:
    return over_replicates(by_replicate).mean


def _limits(interval: Interval, place: int | tuple[()] = ()) -> Limits:
    return interval.mean[place].item(), interval.lower[place].item(), interval.upper[place].item()
