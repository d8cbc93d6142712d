"""Whose stories an alternative changes, over replicates."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bpssim.outcomes.changed import KINDS, MEASURES
from bpssim.statistics.intervals import over_replicates, within_0_and_1
from bpssim.studies.comparison.rows import ChangeRow


def changed_rows(scenario: str, changed: Sequence[NDArray[np.float64] | None]) -> list[ChangeRow]:
    """Every measure for every kind of mother that there is; none if the alternative has other mothers than the base.

    Parameters
    ----------
    scenario
        Name of the alternative.
    changed
        For each replicate what `bpssim.outcomes.changed.changed_by_kind` gave.
    """
    tables = [table for table in changed if table is not None]
    if not tables:
        return []
    values = np.array(tables)
    interval, births = over_replicates(values), values[:, :, 0].sum(axis=0)[:, np.newaxis]
    shares = np.array([meaning.unit == "share" for meaning in MEASURES.values()])
    interval = within_0_and_1(interval, births, shares=shares)
    rows = []
    for k, kind in enumerate(KINDS):
        if interval.mean[k, 0] > 0.0:
            for m, (measure, meaning) in enumerate(MEASURES.items()):
                estimate, lower, upper, replicates = (part[k, m].item() for part in interval)
                rows.append(ChangeRow(scenario, *kind, measure, estimate, lower, upper, meaning.unit, replicates))
    return rows
