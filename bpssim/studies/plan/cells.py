"""Metrics of a group as studies write them: ``any_6w`` of all mothers, ``any_6w:1`` of a quintile."""

from bpssim.statistics.groups import ALL, GROUPS


def cell_of(written: str) -> tuple[str, int]:
    """Metric, and number of the group, of a valid text."""
    metric, _, group = written.partition(":")
    return metric, GROUPS.index(group or GROUPS[ALL])
