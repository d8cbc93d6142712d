"""Survival of breastfeeding in a run: the share of births still breastfed at each age, over replicates.

All babies are followed to the same age without censoring, so the curve is a plain share. Its limits come from the
replicates and not from Greenwood's formula, because mothers of one run share the same team.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.model.rules.tally import CURVES, LAST_AGE, Tally, by_group
from bpssim.statistics.groups import GROUPS, ratio
from bpssim.statistics.intervals import Interval, Running, within_0_and_1


def survival_of(tally: Tally) -> NDArray[np.float64]:
    """Survival curves: share of births, shape (curves, 6, ages); NaN for a quintile without births.

    A mother who stops on day t was breastfeeding at age t, so at age 0 it is the share who started.
    """
    mothers = by_group(tally.quintiles["days"]).swapaxes(0, 1)
    births = mothers.sum(axis=-1, keepdims=True)
    return ratio(births - np.cumsum(mothers, axis=-1)[..., :-1], births)


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
