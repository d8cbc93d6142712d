"""Survival of breastfeeding in a run: the share of births still breastfed at each age, over replicates.

All babies are followed to the same age without censoring, so the curve is a plain share. Its limits come from the
replicates and not from Greenwood's formula, because mothers of one run share the same team.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.outcomes.columns import Columns
from bpssim.outcomes.continuation import days_of_feeding, share_still_fed
from bpssim.statistics.groups import GROUPS
from bpssim.statistics.intervals import Interval, Running, within_0_and_1

CURVES = {"any": "stop_age", "exclusive": "exclusive_until"}
"""Kinds of feeding, with the column of the mothers' table that holds the age at which it ended."""
LAST_AGE = 182
"""Age to which every baby is followed [days]."""


def survival_of(mothers: Columns) -> NDArray[np.float64]:
    """Survival curves of a mothers' table: share of births, shape (curves, 6, ages)."""
    started, quintile = mothers["started"], mothers["quintile"]
    days = [days_of_feeding(started, mothers[until], LAST_AGE) for until in CURVES.values()]
    return np.array([share_still_fed(quintile, until, LAST_AGE) for until in days])


class SurvivalRow(NamedTuple):
    """One point of a curve: mean over replicates with pointwise 95 % limits."""

    scenario: str
    feeding: str  # any or exclusive
    quintile: str
    age: int  # of the baby, days
    value: float  # share of births
    lower: float
    upper: float
    replicates: int


class SurvivalOfRun:
    """Survival curves over replicates that arrive one by one."""

    def __init__(self) -> None:
        self._shares = Running((len(CURVES), len(GROUPS), LAST_AGE + 1))
        self._births = np.zeros(len(GROUPS))

    def add(self, curves: NDArray[np.float64], births: NDArray[np.float64]) -> None:
        """Add one replicate.

        Parameters
        ----------
        curves
            From `survival_of`.
        births
            By group, shape (6,).
        """
        self._shares.add(curves)
        self._births += births

    def interval(self) -> Interval:
        """Shares of births, shape (curves, 6, ages)."""
        return within_0_and_1(self._shares.interval(), self._births[:, np.newaxis])


def survival_rows(scenario: str, curves: SurvivalOfRun) -> list[SurvivalRow]:
    """Curves in long form.

    Parameters
    ----------
    scenario
        Its name.
    curves
        Of at least one replicate.
    """
    interval = curves.interval()
    return [
        SurvivalRow(scenario, feeding, quintile, age, *(part[f, q, age].item() for part in interval))
        for f, feeding in enumerate(CURVES)
        for q, quintile in enumerate(GROUPS)
        for age in range(LAST_AGE + 1)
    ]
