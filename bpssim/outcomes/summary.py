"""The headline numbers of a run: one value for each metric and group."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from bpssim.model.records import NEVER
from bpssim.outcomes.columns import Columns
from bpssim.outcomes.concentration import concentration_index, proportionality, shares_of
from bpssim.outcomes.continuation import breastfeeding_at, exclusively_at
from bpssim.outcomes.groups import ALL, GROUPS, Values, mean, ratio, totals
from bpssim.outcomes.inequality import gap, ratio_of_ends, slope_index
from bpssim.outcomes.intervals import over_replicates
from bpssim.outcomes.reach import believed_reach, reached_before_stop, reached_by
from bpssim.outcomes.resources import TeamTime, cost, utilisation
from bpssim.scenario.service import Costs


class Metric(NamedTuple):
    """A number of the summary."""

    unit: str
    description: str
    by_quintile: bool = True


METRICS = {
    "births": Metric("births", "Mothers who gave birth in the recruitment window"),
    "initiated": Metric("share", "Started to breastfeed, of births"),
    "any_2w": Metric("share", "Any breastfeeding at 14 days, of births"),
    "any_6w": Metric("share", "Any breastfeeding at 42 days, of births"),
    "any_26w": Metric("share", "Any breastfeeding at 182 days, of births"),
    "exclusive_6w": Metric("share", "Exclusive breastfeeding at 42 days, of births"),
    "stopped_before_wanted": Metric("share", "Stopped sooner than she wanted to, of births"),
    "reach_ever": Metric("share", "At least one two-way contact, of births"),
    "reach_day7": Metric("share", "A two-way contact by baby age 7 days, of births"),
    "reach_before_stop": Metric("share", "First two-way contact before stopping, of births"),
    "contacts_per_birth": Metric("contacts per birth", "Two-way contacts"),
    "minutes_per_birth": Metric("minutes per birth", "Supporters' time, travel and notes included"),
    "first_contact_age": Metric("days", "Mean baby age at the first two-way contact, of mothers who had one"),
    "minutes_share": Metric("share", "Share of all supporters' minutes"),
    "need_share": Metric("share", "Share of need: of mothers who had a feeding problem"),
    "proportionality": Metric("ratio", "minutes_share over need_share: 1 is in proportion to need"),
    "gap_any_6w": Metric("share", "Quintile 5 minus quintile 1 of any_6w", by_quintile=False),
    "ratio_any_6w": Metric("ratio", "Quintile 5 over quintile 1 of any_6w", by_quintile=False),
    "sii_any_6w": Metric("share", "Slope index of inequality of any_6w (linear)", by_quintile=False),
    "rii_any_6w": Metric("ratio", "Relative index of inequality of any_6w (linear)", by_quintile=False),
    "concentration_minutes": Metric("index", "Concentration index of minutes per birth", by_quintile=False),
    "reach_ratio": Metric("ratio", "Quintile 5 over quintile 1 of reach_ever", by_quintile=False),
    "cost_total": Metric("GBP", "Paid hours available and volunteer hours worked in the window", by_quintile=False),
    "cost_per_birth": Metric("GBP per birth", "cost_total over births in the window", by_quintile=False),
    "data_items": Metric("items per birth", "Items of personal data disclosed to the service"),
    "believed_reach": Metric("share", "Reach as the service sees it: of mothers on its list, by the quintile it holds"),
    "utilisation": Metric("share", "Team minutes at duties and on the queue, of those available", by_quintile=False),
    "expired_requests": Metric("requests", "Work that expired undone in the whole run", by_quintile=False),
}
"""The metrics of `summary.csv`, by id, in order."""

Summary = dict[str, Values]
"""One array of shape (6,) for each metric."""


def summarise(mothers: Columns, time: TeamTime, costs: Costs) -> Summary:
    """Every metric of one replicate.

    Parameters
    ----------
    mothers
        Columns as of `bpssim.outcomes.mothers.mothers_table`, of all places.
    time
        Time of all teams.
    costs
        Unit costs.
    """
    quintile, started, stop_age = mothers["quintile"], mothers["started"], mothers["stop_age"]
    first_contact_age = mothers["first_contact_age"]
    reached = first_contact_age < NEVER
    births = totals(quintile)
    any_6w = mean(quintile, breastfeeding_at(42, started, stop_age))
    slope = slope_index(any_6w[:ALL], births[:ALL])
    minutes, need = totals(quintile, mothers["minutes"]), totals(quintile, mothers["problems"] > 0)
    reach_ever = mean(quintile, reached)
    total = cost(time, costs.paid_hour, costs.volunteer_hour)
    return {
        "births": births,
        "initiated": mean(quintile, started),
        "any_2w": mean(quintile, breastfeeding_at(14, started, stop_age)),
        "any_6w": any_6w,
        "any_26w": mean(quintile, breastfeeding_at(182, started, stop_age)),
        "exclusive_6w": mean(quintile, exclusively_at(42, started, stop_age, mothers["mixed_age"])),
        "stopped_before_wanted": mean(quintile, mothers["stopped_before_wanted"]),
        "reach_ever": reach_ever,
        "reach_day7": mean(quintile, reached_by(7, first_contact_age)),
        "reach_before_stop": mean(quintile, reached_before_stop(reached, started, stop_age, first_contact_age)),
        "contacts_per_birth": mean(quintile, mothers["contacts"]),
        "minutes_per_birth": mean(quintile, mothers["minutes"]),
        "first_contact_age": mean(quintile, first_contact_age, among=reached),
        "minutes_share": _shares(minutes),
        "need_share": _shares(need),
        "proportionality": np.append(proportionality(minutes[:ALL], need[:ALL]), np.nan),
        "gap_any_6w": _for_all(gap(any_6w)),
        "ratio_any_6w": _for_all(ratio_of_ends(any_6w)),
        "sii_any_6w": _for_all(slope.sii),
        "rii_any_6w": _for_all(slope.rii),
        "concentration_minutes": _for_all(concentration_index(ratio(minutes, births)[:ALL], births[:ALL])),
        "reach_ratio": _for_all(ratio_of_ends(reach_ever)),
        "cost_total": _for_all(total),
        "cost_per_birth": ratio(_for_all(total), births),
        "data_items": mean(quintile, mothers["data_items"]),
        "believed_reach": believed_reach(mothers["on_list"], mothers["known_quintile"], reached),
        "utilisation": _for_all(utilisation(time)),
        "expired_requests": _for_all(time.expired),
    }


def _shares(amounts: Values) -> Values:
    """Shares of the quintiles in an amount, and their sum."""
    shares = shares_of(amounts[:ALL])
    return np.append(shares, shares.sum())


def _for_all(value: float) -> Values:
    values = np.full(len(GROUPS), np.nan)
    values[ALL] = value
    return values


class SummaryRow(NamedTuple):
    """One row of the summary: mean over replicates with its 95 % interval; NaN where undefined."""

    scenario: str
    metric: str
    quintile: str
    value: float
    lower: float
    upper: float
    unit: str
    replicates: int  # in which the metric exists


def summary_rows(scenario: str, summaries: Sequence[Summary]) -> list[SummaryRow]:
    """The summary of a run in long form, from those of its replicates."""
    rows = []
    interval = over_replicates(np.array([[summary[metric] for metric in METRICS] for summary in summaries]))
    for number, (name, metric) in enumerate(METRICS.items()):
        for group in range(len(GROUPS)) if metric.by_quintile else (ALL,):
            value, lower, upper, replicates = (part[number, group] for part in interval)
            limits = float(value), float(lower), float(upper)
            rows.append(SummaryRow(scenario, name, GROUPS[group], *limits, metric.unit, int(replicates)))
    return rows
