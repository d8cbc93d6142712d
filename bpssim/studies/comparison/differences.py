"""Differences of every metric between a base and an alternative, with their confidence intervals.

Intervals over pairs of runs show what more runs would change; intervals over draws of the inputs show what their
uncertainty may bring, as far as it is drawn. A headline quotes the wider of the two, so that neither is hidden.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from bpssim.outcomes.estimates import Estimates
from bpssim.outcomes.metrics import metrics_in_groups
from bpssim.statistics.detection import detectable_difference
from bpssim.statistics.paired import paired_difference
from bpssim.studies.comparison.rows import ComparisonRow, PairingRow, UncertaintyRow

PAIRS = "95 % over pairs of runs"


def comparison_rows(scenario: str, base: Estimates, alternative: Estimates) -> list[ComparisonRow]:
    """The difference of every metric in every group in which it is defined.

    Parameters
    ----------
    scenario
        Name of the alternative.
    base, alternative
        Estimates over the same replicates; values that a replicate has in only one of them are left out of both.
    """
    base, alternative = base.where_both(alternative), alternative.where_both(base)
    interval = alternative.minus(base).interval_of_difference()
    detectable = detectable_difference((interval.upper - interval.lower) / 2.0, interval.replicates)
    flags = interval.flags
    rows = []
    for entry in metrics_in_groups():
        before, after = base.value[entry.cell].item(), alternative.value[entry.cell].item()
        difference, lower, upper, replicates = (part[entry.cell].item() for part in interval)
        values = (before, after, difference, lower, upper)
        about = (entry.metric.unit, replicates, detectable[entry.cell].item(), flags[entry.cell].item())
        rows.append(ComparisonRow(scenario, entry.name, entry.group, *values, *about))
    return rows


def pairing_rows(scenario: str, base: Estimates, alternative: Estimates) -> list[PairingRow]:
    """Half-widths with and without pairing, for every metric in every group; parameters as for `comparison_rows`."""
    paired = paired_difference(base.contributions, alternative.contributions)
    half_width = (paired.upper - paired.lower) / 2.0
    independent = (paired.unpaired_upper - paired.unpaired_lower) / 2.0
    columns = (half_width, independent, paired.correlation, paired.variance_removed)
    return [
        PairingRow(scenario, entry.name, entry.group, *(column[entry.cell].item() for column in columns))
        for entry in metrics_in_groups()
    ]


class WidestRow(NamedTuple):
    """A difference with its wider interval."""

    scenario: str
    metric: str
    quintile: str
    difference: float  # mean over the pairs or the draws behind the interval
    lower: float
    upper: float
    kind: str  # of the interval: `PAIRS`, 95 % of draws, or range of all draws; empty without limits
    unit: str


def widest_rows(comparison: Sequence[ComparisonRow], uncertainty: Sequence[UncertaintyRow]) -> list[WidestRow]:
    """The wider interval of each difference.

    Parameters
    ----------
    comparison
        Rows of `comparison.csv`.
    uncertainty
        Rows of `uncertainty.csv`; none without draws.
    """
    drawn = {(row.scenario, row.metric, row.quintile): row for row in uncertainty}
    return [_widest(row, drawn.get((row.scenario, row.metric, row.quintile))) for row in comparison]


def _widest(row: ComparisonRow, drawn: UncertaintyRow | None) -> WidestRow:
    width = row.upper - row.lower
    about, unit = (row.scenario, row.metric, row.quintile), row.unit
    if drawn is not None and (drawn.upper - drawn.lower >= width or math.isnan(width)) and not math.isnan(drawn.lower):
        return WidestRow(*about, drawn.difference, drawn.lower, drawn.upper, drawn.kind, unit)
    return WidestRow(*about, row.difference, row.lower, row.upper, "" if math.isnan(width) else PAIRS, unit)
