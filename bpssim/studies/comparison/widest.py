"""Which interval of a difference is the widest: that over pairs of runs, or that over draws of the inputs.

A headline quotes the wider one. Over pairs it says what more runs would change, over draws what the inputs may bring
as far as they are drawn; the narrower of the two would be told as if the other doubt did not exist.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from bpssim.studies.comparison.rows import ComparisonRow, UncertaintyRow

PAIRS = "95 % over pairs of runs"


class WidestRow(NamedTuple):
    """A difference with the wider of its intervals."""

    scenario: str
    metric: str
    quintile: str
    difference: float  # mean over the pairs, or over the draws, that the interval is of
    lower: float
    upper: float
    kind: str  # what the interval is: `PAIRS`, 95 % of draws, or range of all draws; empty without limits
    unit: str


def widest_rows(comparison: Sequence[ComparisonRow], uncertainty: Sequence[UncertaintyRow]) -> list[WidestRow]:
    """For each difference its widest interval.

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
