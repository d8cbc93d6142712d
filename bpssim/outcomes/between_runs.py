"""How far single replicates lie apart: what one year may bring, which is more than how well the mean is known."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from bpssim.outcomes.metrics import Summary, metrics_in_groups, stacked
from bpssim.statistics.monte_carlo import error_of_mean, single_runs


class BetweenRunsRow(NamedTuple):
    """One metric over replicates; NaN where undefined. In nine of ten simulated years it lay between the outer two."""

    scenario: str
    metric: str
    quintile: str
    percentile_5: float
    median: float
    percentile_95: float
    standard_deviation: float
    monte_carlo_error: float  # standard error of the mean over replicates
    unit: str
    replicates: int  # in which the metric exists


def between_runs_rows(scenario: str, summaries: Sequence[Summary]) -> list[BetweenRunsRow]:
    """The spread of every metric in long form."""
    rows = []
    by_replicate = stacked(summaries)
    for each in metrics_in_groups():
        values = by_replicate[(slice(None), *each.cell)]
        found = values[~np.isnan(values)]
        low, middle, high = single_runs(found).tolist() if len(found) else (np.nan,) * 3
        deviation = float(found.std(ddof=1)) if len(found) > 1 else np.nan
        numbers = (low, middle, high, deviation, float(error_of_mean(found)))
        rows.append(BetweenRunsRow(scenario, each.name, each.group, *numbers, each.metric.unit, len(found)))
    return rows
