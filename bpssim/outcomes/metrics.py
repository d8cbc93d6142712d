"""The metrics of the summary: meaning, unit, and which of them are computed from others."""

from collections.abc import Callable, Collection, Iterable, Iterator
from enum import Enum
from typing import Any, NamedTuple

import numpy as np

from bpssim.outcomes.columns import Columns
from bpssim.statistics.concentration import shares_of
from bpssim.statistics.groups import ALL, GROUPS, Values, ratio
from bpssim.statistics.inequality import ratio_of_ends, slope_index
from bpssim.statistics.need import kakwani, proportionality

Summary = dict[str, Values]
"""One array of shape (6,) for each metric."""


def for_all(value: float) -> Values:
    """A value that is defined only for all mothers together."""
    values = np.full(len(GROUPS), np.nan)
    values[ALL] = value
    return values


class Better(Enum):
    """Which change of a metric is an improvement."""

    MORE = "more"
    LESS = "less"
    NEARER_ZERO = "nearer to zero"


class Metric(NamedTuple):
    """A metric of the summary.

    Parameters
    ----------
    unit, description
        In plain words.
    by_quintile
        Whether it is defined for quintiles, and not only for all mothers together.
    better
        Which change is an improvement, if the metric alone decides that.
    own
        For a metric added by a user: its value for each mother, from the columns of the mothers' table; the metric is
        the mean over mothers for whom it is not NaN.
    of
        For a quotient or an index of quotients: its function of the other metrics. It is applied to their means over
        replicates, because a mean of quotients is not the quotient of means.
    """

    unit: str
    description: str
    by_quintile: bool = True
    better: Better | None = None
    of: Callable[[Summary], Values] | None = None
    own: Callable[[Columns], Any] | None = None


def _shares_in(metric: str) -> Callable[[Summary], Values]:
    """Shares of the quintiles in a total, and their sum."""

    def shares(known: Summary) -> Values:
        by_quintile = shares_of(known[metric][:ALL])
        return np.append(by_quintile, by_quintile.sum())

    return shares


def _proportionality(known: Summary) -> Values:
    return np.append(proportionality(known["minutes"][:ALL], known["mothers_in_need"][:ALL]), np.nan)


def _horizontal_inequity(known: Summary) -> Values:
    minutes, need, births = (known[metric][:ALL] for metric in ("minutes", "mothers_in_need", "births"))
    return for_all(kakwani(minutes, need, births))


def _relative_index(known: Summary) -> Values:
    return for_all(slope_index(known["any_6w"][:ALL], known["births"][:ALL]).rii)


def _ends(metric: str) -> Callable[[Summary], Values]:
    return lambda known: for_all(ratio_of_ends(known[metric][:ALL]))


def _cost_per_supported(known: Summary) -> Values:
    return ratio(known["cost_total"], known["mothers_supported"])


METRICS = {
    "births": Metric("births", "Mothers who gave birth in the recruitment window"),
    "initiated": Metric("share", "Started to breastfeed, of births", better=Better.MORE),
    "any_2w": Metric("share", "Any breastfeeding at 14 days, of births", better=Better.MORE),
    "any_6w": Metric("share", "Any breastfeeding at 42 days, of births", better=Better.MORE),
    "any_26w": Metric("share", "Any breastfeeding at 182 days, of births", better=Better.MORE),
    "exclusive_2w": Metric("share", "Exclusive breastfeeding at 14 days, of births", better=Better.MORE),
    "exclusive_6w": Metric("share", "Exclusive breastfeeding at 42 days, of births", better=Better.MORE),
    "exclusive_26w": Metric("share", "Exclusive breastfeeding at 182 days, of births", better=Better.MORE),
    "mean_days_8w": Metric(
        "days", "Restricted mean duration of any breastfeeding to 56 days, of births", better=Better.MORE
    ),
    "mean_days_26w": Metric(
        "days", "Restricted mean duration of any breastfeeding to 182 days, of births", better=Better.MORE
    ),
    "stopped_before_wanted": Metric("share", "Stopped sooner than she wanted to, of births", better=Better.LESS),
    "contact_in_pregnancy": Metric("share", "A two-way contact in pregnancy, of births", better=Better.MORE),
    "reach_ever": Metric(
        "share", "A two-way contact after the birth, of births; refusals do not count", better=Better.MORE
    ),
    "reach_day7": Metric(
        "share", "A two-way contact after the birth and by baby age 7 days, of births", better=Better.MORE
    ),
    "reach_ever_of_starters": Metric(
        "share", "A two-way contact after the birth, of mothers who started to breastfeed", better=Better.MORE
    ),
    "reach_day7_of_starters": Metric(
        "share",
        "A two-way contact after the birth and by baby age 7 days, of mothers who started to breastfeed",
        better=Better.MORE,
    ),
    "reach_before_stop": Metric(
        "share",
        "Reached while she breastfed, of births: a contact then gives support, so it equals supported",
        better=Better.MORE,
    ),
    "supported": Metric("share", "Had support after the birth, while she breastfed, of births", better=Better.MORE),
    "supported_by_day7": Metric(
        "share", "Had support after the birth and by baby age 7 days, of births", better=Better.MORE
    ),
    "supporters_per_mother": Metric("supporters", "Different supporters who gave support, of mothers supported"),
    "several_supporters": Metric("share", "Had support from more than one supporter, of mothers supported"),
    "contacts_with_difficulty": Metric(
        "share", "Met an unresolved feeding difficulty, of contacts after the birth that gave support"
    ),
    "contacts_per_birth": Metric("contacts per birth", "Two-way contacts, in pregnancy and refusals included"),
    "minutes_per_birth": Metric("minutes per birth", "Supporters' time, including travel and notes"),
    "first_contact_age": Metric("days", "Mean baby age at the first support after the birth, of mothers who had it"),
    "need": Metric("share", "Had a feeding problem, of births"),
    "minutes": Metric("minutes", "Total supporters' time, including travel and notes"),
    "mothers_in_need": Metric("mothers", "Mothers who had a feeding problem"),
    "mothers_supported": Metric("mothers", "Mothers who had support after the birth"),
    "minutes_share": Metric("share", "Share of all supporters' minutes", of=_shares_in("minutes")),
    "need_share": Metric(
        "share", "Share of need: of mothers who had a feeding problem", of=_shares_in("mothers_in_need")
    ),
    "proportionality": Metric(
        "ratio", "minutes_share over need_share: 1 is proportionate to need", of=_proportionality
    ),
    "horizontal_inequity": Metric(
        "index",
        "Concentration index of minutes less that of need: below 0 favours the deprived beyond their greater need",
        by_quintile=False,
        of=_horizontal_inequity,
    ),
    "gap_any_6w": Metric(
        "share", "Quintile 5 minus quintile 1 of any_6w", by_quintile=False, better=Better.NEARER_ZERO
    ),
    "ratio_any_6w": Metric("ratio", "Quintile 5 over quintile 1 of any_6w", by_quintile=False, of=_ends("any_6w")),
    "sii_any_6w": Metric(
        "share", "Slope index of inequality of any_6w (linear)", by_quintile=False, better=Better.NEARER_ZERO
    ),
    "rii_any_6w": Metric(
        "ratio", "Relative index of inequality of any_6w (linear)", by_quintile=False, of=_relative_index
    ),
    "concentration_any_6w": Metric(
        "index", "Concentration index of any_6w", by_quintile=False, better=Better.NEARER_ZERO
    ),
    "concentration_minutes": Metric("index", "Concentration index of minutes per birth", by_quintile=False),
    "reach_ratio": Metric(
        "ratio", "Quintile 5 over quintile 1 of reach_ever", by_quintile=False, of=_ends("reach_ever")
    ),
    "reach_ratio_of_starters": Metric(
        "ratio",
        "Quintile 5 over quintile 1 of reach_ever_of_starters: the gradient in reach apart from that in starting",
        by_quintile=False,
        of=_ends("reach_ever_of_starters"),
    ),
    "extra_offered": Metric(
        "share", "Given priority as one of the target group, or a pathway not meant for everyone, of births"
    ),
    "target_sensitivity": Metric(
        "share",
        "Given something extra, of mothers who truly are in the target group",
        by_quintile=False,
        better=Better.MORE,
    ),
    "target_positive_predictive_value": Metric(
        "share", "Truly in the target group, of mothers given something extra", by_quintile=False, better=Better.MORE
    ),
    "target_leakage": Metric(
        "share", "Not in the target group, of mothers given something extra", by_quintile=False, better=Better.LESS
    ),
    "cost_total": Metric(
        "GBP",
        "Cost of the service in the window, at 2025/26 prices: the sum of the next five",
        by_quintile=False,
        better=Better.LESS,
    ),
    "cost_paid": Metric(
        "GBP", "Pay and on-costs of paid hours in the window, and of any hours worked beyond them", by_quintile=False
    ),
    "cost_overhead": Metric("GBP", "Overhead on pay and on-costs", by_quintile=False),
    "cost_volunteer": Metric(
        "GBP", "Expenses, training and supervision for volunteer hours worked in the window", by_quintile=False
    ),
    "cost_travel": Metric("GBP", "Fares or mileage to homes in the window", by_quintile=False),
    "cost_other": Metric("GBP", "Other costs given by the planner", by_quintile=False),
    "cost_per_birth": Metric(
        "GBP per birth",
        "cost_total over births in the window",
        by_quintile=False,
        of=lambda known: ratio(known["cost_total"], known["births"]),
        better=Better.LESS,
    ),
    "cost_per_supported": Metric(
        "GBP per mother",
        "cost_total over mothers who had support after the birth",
        by_quintile=False,
        of=_cost_per_supported,
        better=Better.LESS,
    ),
    "data_items": Metric("items per birth", "Items of personal data disclosed to the service"),
    "believed_reach": Metric(
        "share",
        "Reach as the service sees it: spoken with, of mothers on its list, by the quintile on record",
    ),
    "utilisation": Metric("share", "Team minutes on duties and on the queue, of those available", by_quintile=False),
    "utilisation_paid": Metric(
        "share", "Minutes of paid supporters on duties and on the queue, of their hours", by_quintile=False
    ),
    "utilisation_volunteer": Metric(
        "share", "Minutes of volunteers on duties and on the queue, of their hours", by_quintile=False
    ),
    "expired_requests": Metric(
        "requests", "Requests that expired unanswered in the whole run", by_quintile=False, better=Better.LESS
    ),
}
"""The metrics of `summary.csv`, by id, in order."""


class MetricInGroup(NamedTuple):
    """One metric in one group in which it is defined, and its index in an array of shape (metrics, 6)."""

    name: str
    metric: Metric
    cell: tuple[int, int]

    @property
    def group(self) -> str:
        """Name of the group."""
        return GROUPS[self.cell[1]]


def metrics_in_groups() -> Iterator[MetricInGroup]:
    """Every metric in every group in which it is defined, in order."""
    for number, (name, metric) in enumerate(METRICS.items()):
        for group in range(len(GROUPS)) if metric.by_quintile else (ALL,):
            yield MetricInGroup(name, metric, (number, group))


def completed(averaged: Summary, names: Collection[str] | None = None) -> Summary:
    """Metrics in their order, with derived metrics computed from the others.

    Parameters
    ----------
    averaged
        Every metric that is not derived: of one replicate, or means over several.
    names
        Metrics wanted, with all that derived ones are computed from; all metrics by default.
    """
    wanted = {name: metric for name, metric in METRICS.items() if names is None or name in names}
    return {name: averaged[name] if metric.of is None else metric.of(averaged) for name, metric in wanted.items()}


def stacked(summaries: Iterable[Summary], names: Iterable[str] | None = None) -> Values:
    """Metrics of each replicate, shape (replicates, metrics, 6); NaN for metrics added after the run.

    Parameters
    ----------
    summaries
        Of replicates.
    names
        Metrics wanted; all by default.
    """
    undefined = np.full(len(GROUPS), np.nan)
    wanted = list(METRICS if names is None else names)
    return np.array([[summary.get(metric, undefined) for metric in wanted] for summary in summaries])


class MetricRow(NamedTuple):
    """Description of a metric, one row of `metrics.csv`."""

    metric: str
    unit: str
    better: str  # which change is an improvement; empty if the metric alone does not decide that
    description: str


def metric_rows() -> list[MetricRow]:
    """Every metric, in order."""
    return [
        MetricRow(name, metric.unit, metric.better.value if metric.better else "", metric.description)
        for name, metric in METRICS.items()
    ]
