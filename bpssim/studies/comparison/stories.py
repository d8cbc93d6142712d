"""Which mothers an alternative affects, over replicates."""

import numpy as np
from numpy.typing import NDArray

from bpssim.outcomes.changed import KINDS, MEASURES
from bpssim.statistics.intervals import Running, within_0_and_1
from bpssim.studies.comparison.rows import ChangeRow

_SHARES = np.array([meaning.unit == "share" for meaning in MEASURES.values()])


class ChangedOfRun:
    """Mothers whose stories an alternative changes, over replicates that arrive one by one."""

    def __init__(self) -> None:
        self._measures = Running((len(KINDS), len(MEASURES)))
        self._births = np.zeros((len(KINDS), 1))
        self._replicates = 0

    def add(self, changed: NDArray[np.float64] | None) -> None:
        """Add one replicate, from `bpssim.outcomes.changed.changed_by_kind`; ``None`` is ignored."""
        if changed is not None:
            self._measures.add(changed)
            self._births += changed[:, :1]
            self._replicates += 1

    def rows(self, scenario: str) -> list[ChangeRow]:
        """Every measure for every kind of mother present; no rows if the alternative has other mothers.

        Parameters
        ----------
        scenario
            Name of the alternative.
        """
        if not self._replicates:
            return []
        interval = within_0_and_1(self._measures.interval(), self._births, shares=_SHARES)
        rows = []
        for k, kind in enumerate(KINDS):
            if interval.mean[k, 0] > 0.0:
                for m, (measure, meaning) in enumerate(MEASURES.items()):
                    estimate, lower, upper, replicates = (part[k, m].item() for part in interval)
                    rows.append(ChangeRow(scenario, *kind, measure, estimate, lower, upper, meaning.unit, replicates))
        return rows
