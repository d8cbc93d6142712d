"""Variation between single runs: what one year may bring, which is wider than the uncertainty of the mean."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from bpssim.outcomes.metrics import Summary, metrics_in_groups, stacked
from bpssim.statistics.monte_carlo import error_of_mean, single_runs


class BetweenRunsRow(NamedTuple):
    """One metric over replicates; NaN where undefined. Nine runs in ten lie between the outer percentiles."""

    scenario: str
    metric: str
    quintile: str
    percentile_5: float
    median: float
    percentile_95: float
    standard_deviation: float
    monte_carlo_error: float  # standard error of the mean over replicates
    unit: str
    replicates: int  # in which the metric is defined


def between_runs_rows(scenario: str, summaries: Sequence[Summary]) -> list[BetweenRunsRow]:
    """Variation of every metric between runs, in long form."""
    rows = []
    by_replicate = stacked(summaries)
    for entry in metrics_in_groups():
        values = by_replicate[(slice(None), *entry.cell)]
        values = values[~np.isnan(values)]
        low, middle, high = single_runs(values).tolist() if len(values) else (np.nan,) * 3
        deviation = float(values.std(ddof=1)) if len(values) > 1 else np.nan
        numbers = (low, middle, high, deviation, float(error_of_mean(values)))
        rows.append(BetweenRunsRow(scenario, entry.name, entry.group, *numbers, entry.metric.unit, len(values)))
    return rows
