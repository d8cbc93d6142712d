"""Differences of every metric between a base and an alternative, and what pairing them was worth."""

from bpssim.outcomes.estimates import Estimates
from bpssim.outcomes.metrics import metrics_in_groups
from bpssim.statistics.detection import detectable_difference
from bpssim.statistics.paired import paired_difference
from bpssim.studies.comparison.rows import ComparisonRow, PairingRow


def comparison_rows(scenario: str, base: Estimates, alternative: Estimates) -> list[ComparisonRow]:
    """The difference of every metric in every group that has it.

    Parameters
    ----------
    scenario
        Name of the alternative.
    base, alternative
        Estimates over the same replicates; what a replicate has in one of them only is left out of both.
    """
    base, alternative = base.where_both(alternative), alternative.where_both(base)
    interval = alternative.minus(base).interval_of_difference()
    detectable = detectable_difference((interval.upper - interval.lower) / 2.0, interval.replicates)
    flags = interval.flags
    rows = []
    for each in metrics_in_groups():
        before, after = base.value[each.cell].item(), alternative.value[each.cell].item()
        difference, lower, upper, replicates = (part[each.cell].item() for part in interval)
        values = (before, after, difference, lower, upper)
        about = (each.metric.unit, replicates, detectable[each.cell].item(), flags[each.cell].item())
        rows.append(ComparisonRow(scenario, each.name, each.group, *values, *about))
    return rows


def pairing_rows(scenario: str, base: Estimates, alternative: Estimates) -> list[PairingRow]:
    """Widths with and without pairing, for every metric in every group that has it; parameters as above."""
    found = paired_difference(base.contributions, alternative.contributions)
    half_width = (found.upper - found.lower) / 2.0
    independent = (found.unpaired_upper - found.unpaired_lower) / 2.0
    columns = (half_width, independent, found.correlation, found.variance_removed)
    return [
        PairingRow(scenario, each.name, each.group, *(column[each.cell].item() for column in columns))
        for each in metrics_in_groups()
    ]
