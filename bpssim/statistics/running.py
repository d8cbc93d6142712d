"""Mean and confidence interval over replicates that arrive one by one, so that none needs to be kept.

Welford's recurrence (1962), in each cell over the replicates in which it is defined. A cell that never varies has a sum
of squares of exactly 0.
"""

import numpy as np
from numpy.typing import NDArray

from bpssim.statistics.checks import Values
from bpssim.statistics.intervals import CONFIDENCE, Interval, t_interval


class Running:
    """Running mean and sum of squares of arrays of one shape.

    Parameters
    ----------
    shape
        Shape of each array.
    """

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.number: NDArray[np.int64] = np.zeros(shape, np.int64)
        self._mean: Values = np.zeros(shape)
        self._squares: Values = np.zeros(shape)

    def add(self, values: Values) -> None:
        """Add one replicate; NaN where a quantity is undefined."""
        defined = ~np.isnan(values)
        self.number += defined
        before = np.where(defined, values - self._mean, 0.0)
        self._mean += before / np.maximum(self.number, 1)
        self._squares += before * np.where(defined, values - self._mean, 0.0)

    def interval(self, confidence: float = CONFIDENCE) -> Interval:
        """Mean and t interval, as of `bpssim.statistics.intervals.over_replicates`."""
        mean = np.where(self.number > 0, self._mean, np.nan)
        return t_interval(mean, self._squares, self.number, confidence)
