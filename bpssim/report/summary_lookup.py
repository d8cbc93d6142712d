"""Results of a run, looked up by metric and group; names of groups."""

import math
from collections.abc import Iterable
from functools import cached_property

from bpssim.outcomes.summary import SummaryRow
from bpssim.report.formatting import POINTS, Amount
from bpssim.statistics.groups import GROUPS

QUINTILES = GROUPS[:-1]
QUINTILE_NAMES = {quintile: f"quintile {quintile}" for quintile in QUINTILES} | {
    "1": "the most deprived quintile",
    "5": "the least deprived quintile",
}
SHORT_NAMES = {quintile: f"quintile {quintile}" for quintile in QUINTILES} | {
    "1": "1 most deprived",
    "5": "5 least deprived",
}
HEADINGS = ("1 most deprived", "2", "3", "4", "5 least deprived", "all")
"""Headings of columns, in the order of `GROUPS`."""
_DIFFERENCES = {"gap_any_6w", "sii_any_6w"}


class SummaryLookup:
    """The rows of the summary of one scenario."""

    def __init__(self, rows: Iterable[SummaryRow]) -> None:
        self._rows = {(row.metric, row.quintile): row for row in rows}

    def amount(self, metric: str, group: str = "all") -> Amount:
        """Return a metric of one group; undefined if the metric does not exist there."""
        row = self._rows.get((metric, group))
        if row is None:
            return Amount(math.nan, math.nan, math.nan, "")
        return Amount(row.value, row.lower, row.upper, POINTS if metric in _DIFFERENCES else row.unit)

    def has(self, metric: str, group: str) -> bool:
        """Whether there is a row for this metric and group, even if undefined."""
        return (metric, group) in self._rows

    def by_quintile(self, metric: str) -> list[Amount]:
        """Return a metric for quintiles 1 to 5; undefined where there were no births."""
        return [self.amount(metric if quintile in self.quintiles else "", quintile) for quintile in QUINTILES]

    def value(self, metric: str, group: str = "all") -> float:
        """Return the bare value of a metric."""
        return self.amount(metric, group).value

    @cached_property
    def quintiles(self) -> list[str]:
        """Quintiles in which there were births, the most deprived first."""
        return [quintile for quintile in QUINTILES if self.value("births", quintile) > 0.0]
