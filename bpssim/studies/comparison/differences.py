"""Differences of every metric between a base and an alternative, and what pairing them was worth."""

from collections.abc import Iterator

from bpssim.outcomes.estimates import Estimates
from bpssim.outcomes.groups import ALL, GROUPS
from bpssim.outcomes.metrics import METRICS
from bpssim.outcomes.paired import paired_difference
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
    interval = alternative.minus(base).interval()
    rows = []
    for name, unit, cell in _cells():
        before, after = base.value[cell].item(), alternative.value[cell].item()
        difference, lower, upper, replicates = (part[cell].item() for part in interval)
        limits = (difference, lower, upper)
        rows.append(ComparisonRow(scenario, name, GROUPS[cell[1]], before, after, *limits, unit, replicates))
    return rows


def pairing_rows(scenario: str, base: Estimates, alternative: Estimates) -> list[PairingRow]:
    """Widths with and without pairing, for every metric in every group that has it; parameters as above."""
    found = paired_difference(base.contributions, alternative.contributions)
    half_width = (found.upper - found.lower) / 2.0
    independent = (found.unpaired_upper - found.unpaired_lower) / 2.0
    columns = (half_width, independent, found.correlation, found.variance_removed)
    return [
        PairingRow(scenario, name, GROUPS[cell[1]], *(column[cell].item() for column in columns))
        for name, _, cell in _cells()
    ]


def _cells() -> Iterator[tuple[str, str, tuple[int, int]]]:
    """Each metric in each group that has it: its id and unit, and its place in an array of estimates."""
    for number, (name, metric) in enumerate(METRICS.items()):
        for group in range(len(GROUPS)) if metric.by_quintile else (ALL,):
            yield name, metric.unit, (number, group)
