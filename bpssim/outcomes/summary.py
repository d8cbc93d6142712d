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
from bpssim.statistics.groups import ALL, ratio
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
    counted = tally.quintiles.dtype.names or ()
    total = {name: by_group(tally.quintiles[name]).astype(float) for name in counted if name != "days"}
    team = tally.team[0]
    return completed(
        {
            **_feeding(tally, total),
            **_contact(total),
            **_inequality(tally, total),
            **_targeting(total),
            **_team(team, cost(team, costs, window_days / DAYS_PER_YEAR)),
            **own,
        }
    )


def _feeding(tally: Tally, total: Summary) -> Summary:
    births, (fed, exclusively) = total["births"], survival_of(tally)
    metrics = {"births": births, "initiated": ratio(total["started"], births)}
    for weeks in (2, 6, 26):
        metrics[f"any_{weeks}w"] = fed[:, WEEK * weeks]
        metrics[f"exclusive_{weeks}w"] = exclusively[:, WEEK * weeks]
    days = by_group(tally.quintiles["days"][:, 0])
    for weeks in (8, 26):
        # Whole days, including the one on which she stopped; the survival curve is 1 until the end of the day.
        restricted = days @ np.minimum(np.arange(days.shape[-1]), WEEK * weeks)
        metrics[f"mean_days_{weeks}w"] = ratio(restricted, births)
    metrics["stopped_before_wanted"] = ratio(total["stopped_before_wanted"], births)
    return metrics


def _contact(total: Summary) -> Summary:
    births, reached, supported = total["births"], total["reached"], total["supported"]
    return {
        "contact_in_pregnancy": ratio(total["contact_in_pregnancy"], births),
        "reach_ever": ratio(reached, births),
        "reach_day7": ratio(total["reached_day7"], births),
        "reach_ever_of_starters": ratio(total["starters_reached"], total["started"]),
        "reach_day7_of_starters": ratio(total["starters_reached_day7"], total["started"]),
        "reach_before_stop": ratio(supported, births),
        "supported": ratio(supported, births),
        "supported_by_day7": ratio(total["supported_day7"], births),
        "supporters_per_mother": ratio(total["supporters"], supported),
        "several_supporters": ratio(total["several_supporters"], supported),
        "contacts_with_difficulty": ratio(total["supports_in_difficulty"], total["supports"]),
        "contacts_per_birth": ratio(total["contacts"], births),
        "minutes_per_birth": ratio(total["minutes"], births),
        "first_contact_age": ratio(total["first_contact_age"], supported),
        "need": ratio(total["in_need"], births),
        "minutes": total["minutes"],
        "mothers_in_need": total["in_need"],
        "mothers_supported": supported,
        "data_items": ratio(total["data_items"], births),
        "believed_reach": ratio(total["on_list_reached"], total["on_list"]),
    }


def _inequality(tally: Tally, total: Summary) -> Summary:
    births = total["births"][:ALL]
    any_6w = survival_of(tally)[0, :ALL, 6 * WEEK]
    return {
        "gap_any_6w": for_all(gap(any_6w)),
        "sii_any_6w": for_all(slope_index(any_6w, births).sii),
        "concentration_any_6w": for_all(concentration_index(any_6w, births)),
        "concentration_minutes": for_all(concentration_index(ratio(total["minutes"], total["births"])[:ALL], births)),
    }


def _targeting(total: Summary) -> Summary:
    """Whether extras meant for the target group go to it (I10); undefined without a target group.

    What a mother is offered rests on what the service knows, and whether she is a target mother on the truth. The
    difference is what data rules and supporters' ethos cost the group.
    """
    offered, both = total["offered_extra"], total["target_offered_extra"]
    predictive = ratio(both, offered)[ALL] if total["in_target"][ALL] else np.nan
    return {
        "extra_offered": ratio(offered, total["births"]),
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
