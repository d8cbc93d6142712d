"""How many replicates are enough: rules that look at those run so far, and a plan from a pilot (metrics, 8.3)."""

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.statistics.checks import refuse_not_finite
from bpssim.statistics.intervals import CONFIDENCE, over_replicates, t_quantile

FEWEST = 3
"""Replicates before which no rule stops."""

LOOK_AHEAD = 5
"""Further replicates in which the target must still be met, for each 100 run so far (or fewer)."""


class Precision(NamedTuple):
    """What a number of replicates is worth.

    Parameters
    ----------
    target
        Half-width of the interval that is wanted, absolute or relative to the mean.
    half_width
        That of all replicates run, in the same terms; NaN for fewer than two.
    enough
        Smallest number of replicates from which on the target was met, as far as the look-ahead has been run; None if
        there is none.
    still_to_run
        Replicates that the look-ahead still asks for; None where no number is enough yet.
    """

    target: float
    half_width: float
    enough: int | None
    still_to_run: int | None

    @property
    def met(self) -> bool:
        """Whether the target is met, look-ahead and all."""
        return self.still_to_run == 0


def relative_precision(values: NDArray[Any], target: float = 0.05) -> Precision:
    """Precision of a mean, as a share of its absolute value (confidence interval method of Robinson).

    Not for what lies near zero, such as differences and indices: a share of almost nothing is never reached.

    Parameters
    ----------
    values
        Of one metric in the order of replicates, shape (replicates,).
    target
        Half-width over absolute mean.

    Raises
    ------
    ValueError
        If a value is infinite or undefined, or the target not above 0.
    """
    _refuse(values, target)
    running = np.cumsum(values) / np.arange(1, len(values) + 1)
    with np.errstate(divide="ignore", invalid="ignore"):  # of a mean of 0 no share is defined, and no target met
        return _precision(_half_widths(values) / np.abs(running), target)


def absolute_precision(values: NDArray[Any], target: float) -> Precision:
    """Precision of a mean or a mean difference in its own unit, for what may lie near zero.

    Parameters
    ----------
    values
        Of one metric, or differences of pairs, in the order of replicates, shape (replicates,).
    target
        Half-width that a decision needs, in the unit of the values.

    Raises
    ------
    ValueError
        As `relative_precision`.
    """
    _refuse(values, target)
    return _precision(_half_widths(values), target)


def planned_replicates(pilot: NDArray[Any], target: float) -> int:
    """Replicates that should give a half-width, from the spread of a pilot; half the width needs four times as many.

    Parameters
    ----------
    pilot
        Of one metric, or differences of pairs, shape (replicates,): ten or so.
    target
        Half-width that is wanted, in the unit of the values.

    Raises
    ------
    ValueError
        As `relative_precision`, or if the pilot has fewer than two replicates.
    """
    _refuse(pilot, target)
    if len(pilot) < 2:
        raise ValueError(f"the pilot has {len(pilot)} replicates; a spread needs 2")
    spread = float(np.std(pilot, ddof=1))
    return max(FEWEST, math.ceil((float(t_quantile(len(pilot) - 1, CONFIDENCE)) * spread / target) ** 2))


def look_ahead(replicates: int) -> int:
    """Further replicates in which a target must still be met (Hoad, Robinson and Davies)."""
    return LOOK_AHEAD * max(replicates, 100) // 100


def _half_widths(values: NDArray[Any]) -> NDArray[np.float64]:
    """Half-width of the interval of the first replicate (NaN), of the first two, and so on."""
    intervals = (over_replicates(values[:number]) for number in range(1, len(values) + 1))
    return np.array([interval.upper - interval.mean for interval in intervals], float)


def _precision(widths: NDArray[np.float64], target: float) -> Precision:
    """The first number of replicates of which the width, and those of the look-ahead, are on target."""
    run = len(widths)
    half_width = float(widths[-1]) if run else math.nan
    for number in range(FEWEST, run + 1):
        last = number + look_ahead(number)
        if np.all(widths[number - 1 : last] <= target):
            return Precision(target, half_width, number, max(0, last - run))
    return Precision(target, half_width, None, None)


def _refuse(values: NDArray[Any], target: float) -> None:
    refuse_not_finite(values)
    if not target > 0.0:
        raise ValueError(f"the target is {target}; it should be above 0")
