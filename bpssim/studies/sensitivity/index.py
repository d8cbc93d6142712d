"""What an analysis takes and gives: an outcome of every row of a design, and numbers for every factor."""

import math
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Measure = Literal["mu", "mu_star", "sigma", "first_order", "total", "rank_regression", "at", "swing"]

CONFIDENCE = 0.95
RESAMPLES = 500
"""Bootstrap samples of an interval."""


class Outcome(NamedTuple):
    """One outcome of every row of a design; NaN where it is undefined, or could not be run.

    Parameters
    ----------
    values
        Shape (rows,).
    by_seed
        The same for each seed, shape (rows, seeds); a function without chance has one.
    """

    values: Floats
    by_seed: Floats

    def of(self, rows: NDArray[np.bool_]) -> "Outcome":
        """The outcome of some rows."""
        return Outcome(self.values[rows], self.by_seed[rows])

    @property
    def never_changes(self) -> bool:
        """Whether it is the same in all rows, but for rounding."""
        return bool(np.ptp(self.values) <= 1e-12 * np.abs(self.values).max(initial=0.0))


class Index(NamedTuple):
    """A number that says how much a factor matters; NaN where undefined.

    Parameters
    ----------
    factor
        Its name.
    measure
        What the number is.
    value, lower, upper
        With 95 % limits.
    at
        For ``at``: the place of the factor, as shown in tables; empty otherwise.
    """

    factor: str
    measure: Measure
    value: float
    lower: float = math.nan
    upper: float = math.nan
    at: str = ""


def whole_blocks(outcome: Outcome, size: int) -> NDArray[np.bool_]:
    """Rows of blocks in which every row has a value: a trajectory or a base point is of no use with a row missing."""
    missing = np.isnan(outcome.values).reshape(-1, size).any(axis=1)
    return np.repeat(~missing, size)
