"""The headline numbers of one replicate, and of a run: one value for each metric and group."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bpssim.model.state import NEVER
from bpssim.outcomes.columns import Columns
from bpssim.outcomes.continuation import breastfeeding_at, days_of_feeding, exclusively_at
from bpssim.outcomes.estimates import estimated
from bpssim.outcomes.metrics import Summary, completed, for_all, metrics_in_groups
from bpssim.outcomes.own_metrics import own_metrics
from bpssim.outcomes.reach import believed_reach, reached_before_stop, reached_by
from bpssim.outcomes.resources import Cost, TeamTime, cost, utilisation
from bpssim.outcomes.targeting import accuracy
from bpssim.scenario.service import Costs
from bpssim.scenario.words import Gate
from bpssim.statistics.concentration import concentration_index
from bpssim.statistics.groups import ALL, mean, totals
from bpssim.statistics.inequality import gap, slope_index

WEEK = 7
DAYS_PER_YEAR = 365.0


def summarise(mothers: Columns, time: TeamTime, costs: Costs, window_days: int) -> Summary:
    """Every metric of one replicate.

    Parameters
    ----------
    mothers
        Columns of `bpssim.outcomes.mothers.mothers_table`, of all places.
    time
        Time of all teams.
    costs
        Unit costs.
    window_days
        Length of the recruitment window [days].
    """
    return completed(
        {
            **_feeding(mothers),
            **_contact(mothers),
            **_inequality(mothers),
            **_targeting(mothers),
            **_team(time, cost(time, costs, window_days / DAYS_PER_YEAR)),
            **own_metrics(mothers),
        }
    )


def _feeding(mothers: Columns) -> Summary:
    quintile, started, stop_age = mothers["quintile"], mothers["started"], mothers["stop_age"]
    metrics = {"births": totals(quintile), "initiated": mean(quintile, started)}
    for weeks in (2, 6, 26):
        metrics[f"any_{weeks}w"] = mean(quintile, breastfeeding_at(WEEK * weeks, started, stop_age))
        exclusively = exclusively_at(WEEK * weeks, started, stop_age, mothers["mixed_age"])
        metrics[f"exclusive_{weeks}w"] = mean(quintile, exclusively)
    for weeks in (8, 26):
        # Whole days, including the one on which she stopped; the survival curve is 1 until the end of the day.
        metrics[f"mean_days_{weeks}w"] = mean(quintile, days_of_feeding(started, stop_age, WEEK * weeks - 1))
    metrics["stopped_before_wanted"] = mean(quintile, mothers["stopped_before_wanted"])
    return metrics


def _contact(mothers: Columns) -> Summary:
    quintile, first_contact_age, started = (mothers[name] for name in ("quintile", "first_contact_age", "started"))
    reached, by_day_7 = first_contact_age < NEVER, reached_by(7, first_contact_age)
    in_time = reached_before_stop(reached, started, mothers["stop_age"], first_contact_age)
    return {
        "reach_ever": mean(quintile, reached),
        "reach_day7": mean(quintile, by_day_7),
        "reach_ever_of_starters": mean(quintile, reached, among=started),
        "reach_day7_of_starters": mean(quintile, by_day_7, among=started),
        "reach_before_stop": mean(quintile, in_time),
        "supported": mean(quintile, mothers["gate"] >= Gate.SUPPORTED),
        "contacts_per_birth": mean(quintile, mothers["contacts"]),
        "minutes_per_birth": mean(quintile, mothers["minutes"]),
        "first_contact_age": mean(quintile, first_contact_age, among=reached),
        "need": mean(quintile, mothers["problems"] > 0),
        "minutes": totals(quintile, mothers["minutes"]),
        "mothers_in_need": totals(quintile, mothers["problems"] > 0),
        "mothers_supported": totals(quintile, mothers["gate"] >= Gate.SUPPORTED),
        "data_items": mean(quintile, mothers["data_items"]),
        "believed_reach": believed_reach(mothers["on_list"], mothers["known_quintile"], reached),
    }


def _inequality(mothers: Columns) -> Summary:
    quintile = mothers["quintile"]
    births = totals(quintile)[:ALL]
    any_6w = mean(quintile, breastfeeding_at(6 * WEEK, mothers["started"], mothers["stop_age"]))[:ALL]
    minutes = mean(quintile, mothers["minutes"])[:ALL]
    return {
        "gap_any_6w": for_all(gap(any_6w)),
        "sii_any_6w": for_all(slope_index(any_6w, births).sii),
        "concentration_any_6w": for_all(concentration_index(any_6w, births)),
        "concentration_minutes": for_all(concentration_index(minutes, births)),
    }


def _targeting(mothers: Columns) -> Summary:
    offered = mothers["offered_extra"]
    targeting = accuracy(mothers["in_target"], offered)
    return {
        "extra_offered": mean(mothers["quintile"], offered),
        "target_sensitivity": for_all(targeting.sensitivity),
        "target_positive_predictive_value": for_all(targeting.positive_predictive_value),
        "target_leakage": for_all(targeting.leakage),
    }


def _team(time: TeamTime, spent: Cost) -> Summary:
    return {
        "cost_total": for_all(spent.total),
        **{f"cost_{kind}": for_all(value) for kind, value in spent._asdict().items()},
        "utilisation": for_all(utilisation(time)),
        "expired_requests": for_all(time.expired),
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
