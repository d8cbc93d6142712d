"""The headline numbers of one replicate, and of a run: one value for each metric and group."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from bpssim.model.rules.tally import Tally, by_group
from bpssim.model.state import Row
from bpssim.outcomes.estimates import estimated
from bpssim.outcomes.metrics import Summary, completed, for_all, metrics_in_groups
from bpssim.outcomes.resources import Cost, cost, utilisation
from bpssim.outcomes.survival_curves import survival_of
from bpssim.scenario.service import Costs
from bpssim.statistics.concentration import concentration_index
from bpssim.statistics.groups import ALL, Values, ratio
from bpssim.statistics.inequality import gap, slope_index

WEEK = 7
DAYS_PER_YEAR = 365.0


def summarise(tally: Tally, costs: Costs, window_days: int, own: Summary) -> Summary:
    """Every metric of one replicate.

    Parameters
    ----------
    tally
        Of all places.
    costs
        Unit costs.
    window_days
        Length of the recruitment window [days].
    own
        From `bpssim.outcomes.own_metrics.own_metrics`, if there are any.
    """
    total, curves, team = _totals(tally), survival_of(tally), tally.team[0]
    return completed(
        {
            **_shares(total),
            **_feeding(tally, total, curves[:, :, ::WEEK]),
            "minutes": total["minutes"],
            "mothers_in_need": total["in_need"],
            "mothers_supported": total["supported"],
            **_inequality(total, curves[0, :ALL, 6 * WEEK]),
            **_targeting(total),
            **_team(team, cost(team, costs, window_days / DAYS_PER_YEAR)),
            **own,
        }
    )


def _totals(tally: Tally) -> Summary:
    """Every count and sum by group, but for days of feeding."""
    counted = [name for name in tally.quintiles.dtype.names or () if name != "days"]
    by_quintile = np.array([tally.quintiles[name] for name in counted], float)
    return dict(zip(counted, by_group(by_quintile.T).T, strict=True))


SHARES = {
    "initiated": ("started", "births"),
    "stopped_before_wanted": ("stopped_before_wanted", "births"),
    "contact_in_pregnancy": ("contact_in_pregnancy", "births"),
    "reach_ever": ("reached", "births"),
    "reach_day7": ("reached_day7", "births"),
    "reach_ever_of_starters": ("starters_reached", "started"),
    "reach_day7_of_starters": ("starters_reached_day7", "started"),
    "reach_before_stop": ("supported", "births"),
    "supported": ("supported", "births"),
    "supported_by_day7": ("supported_day7", "births"),
    "supporters_per_mother": ("supporters", "supported"),
    "several_supporters": ("several_supporters", "supported"),
    "contacts_with_difficulty": ("supports_in_difficulty", "supports"),
    "contacts_per_birth": ("contacts", "births"),
    "minutes_per_birth": ("minutes", "births"),
    "first_contact_age": ("first_contact_age", "supported"),
    "need": ("in_need", "births"),
    "data_items": ("data_items", "births"),
    "believed_reach": ("on_list_reached", "on_list"),
    "extra_offered": ("offered_extra", "births"),
}
"""Metrics that are one total over another."""


def _shares(total: Summary) -> Summary:
    tops, bottoms = (np.array([total[name] for name in names]) for names in zip(*SHARES.values(), strict=True))
    return dict(zip(SHARES, ratio(tops, bottoms), strict=True))


def _feeding(tally: Tally, total: Summary, by_week: Values) -> Summary:
    """Feeding at some ages, and its mean duration.

    Parameters
    ----------
    tally, total
        Counts.
    by_week
        From `survival_of`, one age a week.
    """
    metrics = {"births": total["births"]}
    for weeks in (2, 6, 26):
        metrics[f"any_{weeks}w"], metrics[f"exclusive_{weeks}w"] = by_week[:, :, weeks]
    days = by_group(tally.quintiles["days"][:, 0])
    for weeks in (8, 26):
        # Whole days, including the one on which she stopped; the survival curve is 1 until the end of the day.
        restricted = days @ np.minimum(np.arange(days.shape[-1]), WEEK * weeks)
        metrics[f"mean_days_{weeks}w"] = ratio(restricted, total["births"])
    return metrics


def _inequality(total: Summary, any_6w: Values) -> Summary:
    births, minutes = total["births"][:ALL], ratio(total["minutes"], total["births"])[:ALL]
    return {
        "gap_any_6w": for_all(gap(any_6w)),
        "sii_any_6w": for_all(slope_index(any_6w, births).sii),
        "concentration_any_6w": for_all(concentration_index(any_6w, births)),
        "concentration_minutes": for_all(concentration_index(minutes, births)),
    }


def _targeting(total: Summary) -> Summary:
    """Whether extras meant for the target group go to it (I10); undefined without a target group.

    What a mother is offered rests on what the service knows, and whether she is a target mother on the truth. The
    difference is what data rules and supporters' ethos cost the group.
    """
    offered, both = total["offered_extra"], total["target_offered_extra"]
    predictive = ratio(both, offered)[ALL] if total["in_target"][ALL] else np.nan
    return {
        "target_sensitivity": for_all(ratio(both, total["in_target"])[ALL]),
        "target_positive_predictive_value": for_all(predictive),
        "target_leakage": for_all(1.0 - predictive),
    }


def _team(team: Row, spent: Cost) -> Summary:
    used = utilisation(team)
    return {
        "cost_total": for_all(spent.total),
        **{f"cost_{kind}": for_all(value) for kind, value in spent._asdict().items()},
        "utilisation": for_all(used.all),
        "utilisation_paid": for_all(used.paid),
        "utilisation_volunteer": for_all(used.volunteer),
        "expired_requests": for_all(team.expired),
    }


class SeedRow(NamedTuple):
    """One metric of one replicate in one group (`by_seed.csv`); NaN where undefined."""

    scenario: str
    replicate: int  # from 0
    seed: int
    metric: str
    quintile: str
    value: float  # in this replicate
    unit: str


def seed_rows(scenario: str, seed: int, summaries: Iterable[Summary]) -> Iterator[SeedRow]:
    """The summaries of replicates in long form.

    Parameters
    ----------
    scenario
        Its name.
    seed
        Seed of the first replicate; each further one has the next.
    summaries
        Summaries of the replicates, in order.
    """
    for number, summary in enumerate(summaries):
        for entry in metrics_in_groups():
            if entry.name in summary:
                value = float(summary[entry.name][entry.cell[1]])
                yield SeedRow(scenario, number, seed + number, entry.name, entry.group, value, entry.metric.unit)


class SummaryRow(NamedTuple):
    """One row of the summary: mean over replicates with its 95 % interval; NaN where undefined."""

    scenario: str
    metric: str
    quintile: str
    value: float
    lower: float
    upper: float
    unit: str
    replicates: int  # in which the metric is defined


def summary_rows(scenario: str, summaries: Sequence[Summary]) -> list[SummaryRow]:
    """The summary of a run in long form, from those of its replicates."""
    interval = estimated(summaries).interval()
    rows = []
    for entry in metrics_in_groups():
        value, lower, upper, replicates = (part[entry.cell].item() for part in interval)
        limits = (value, lower, upper)
        rows.append(SummaryRow(scenario, entry.name, entry.group, *limits, entry.metric.unit, replicates))
    return rows
