"""Number of replicates: stopping rules for the replicates run so far, and planning from a pilot (metrics, 8.3)."""

import math
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.statistics.checks import Numbers, Values, above_zero, level, numbers
from bpssim.statistics.intervals import CONFIDENCE, REPLICATE, t_quantile
from bpssim.statistics.statistic import Flag

FEWEST = 3
"""Default number of replicates before which no rule stops."""

LOOK_AHEAD = 5
"""Further replicates for which the target must still be met, per 100 run so far (or fewer)."""


class Precision(NamedTuple):
    """Precision of a number of replicates.

    Parameters
    ----------
    target
        Wanted half-width of the interval, absolute or relative to the mean.
    half_width
        Half-width with all replicates run, in the same terms; NaN for fewer than two.
    enough
        Smallest number of replicates that meets the target and, as far as it has been run, the look-ahead; None if
        there is none.
    still_to_run
        Replicates that the look-ahead still requires; None where no number is enough yet.
    flag
        Why the half-width is uninformative: fewer than two replicates, or all the same. Otherwise empty.
    """

    target: float
    half_width: float
    enough: int | None
    still_to_run: int | None
    flag: Flag | Literal[""] = ""

    @property
    def met(self) -> bool:
        """Whether the target is met throughout the look-ahead."""
        return self.still_to_run == 0


def relative_precision(
    values: Numbers,
    target: float = 0.05,
    *,
    fewest: int = FEWEST,
    look_ahead: int = LOOK_AHEAD,
    confidence: float = CONFIDENCE,
) -> Precision:
    """Precision of a mean relative to its absolute value (confidence interval method of Robinson).

    Not suitable for quantities near zero, such as differences and indices.

    Parameters
    ----------
    values
        One metric in the order of replicates, shape (replicates,).
    target
        Half-width over absolute mean.
    fewest
        Smallest number of replicates that may be enough, at least 2.
    look_ahead
        Further replicates for which the target must still be met, per 100 run so far (or fewer); 0 for none (Hoad,
        Robinson and Davies 2010).
    confidence
        Level of the interval.
    """
    by_replicate = _in_order_of_replicates(values)
    running = np.cumsum(by_replicate) / np.arange(1, len(by_replicate) + 1)
    with np.errstate(divide="ignore", invalid="ignore"):  # with a mean of 0 it is undefined, and no target is met
        widths = _half_widths(by_replicate, confidence) / np.abs(running)
    return _precision(widths, target, fewest, look_ahead)


def absolute_precision(
    values: Numbers,
    target: float,
    *,
    fewest: int = FEWEST,
    look_ahead: int = LOOK_AHEAD,
    confidence: float = CONFIDENCE,
) -> Precision:
    """Precision of a mean or a mean difference in its own unit, for quantities that may lie near zero.

    Parameters
    ----------
    values
        One metric, or differences of pairs, in the order of replicates, shape (replicates,).
    target
        Half-width that a decision needs, in the unit of the values.
    fewest, look_ahead, confidence
        As for `relative_precision`.
    """
    return _precision(_half_widths(_in_order_of_replicates(values), confidence), target, fewest, look_ahead)


def planned_replicates(pilot: Numbers, target: float, *, fewest: int = FEWEST, confidence: float = CONFIDENCE) -> int:
    """Number of replicates for a wanted half-width, from the standard deviation of a pilot.

    Parameters
    ----------
    pilot
        One metric, or differences of pairs, shape (replicates,): about ten.
    target
        Wanted half-width, in the unit of the values.
    fewest
        Smallest number to plan.
    confidence
        Level of the interval.

    Raises
    ------
    ValueError
        If the pilot has fewer than two replicates, or all are the same, so that nothing can be planned from them.
    """
    by_replicate, target = _in_order_of_replicates(pilot), above_zero(target, "the target")
    if len(by_replicate) < 2:
        raise ValueError(f"the pilot has {len(by_replicate)} replicates; a spread needs 2")
    if np.ptp(by_replicate) == 0.0:
        raise ValueError(
            f"the pilot has {by_replicate[0]:g} in all {len(by_replicate)} replicates; a plan needs some that differ"
        )
    spread = float(np.std(by_replicate, ddof=1))
    return max(fewest, math.ceil((float(t_quantile(len(by_replicate) - 1, confidence)) * spread / target) ** 2))


def _in_order_of_replicates(values: Numbers) -> Values:
    return numbers(values, axes=REPLICATE, missing=False)


def _half_widths(values: Values, confidence: float) -> Values:
    """Half-width of the interval of the first replicate (NaN), the first two, and so on."""
    level(confidence)
    if len(values) == 0:
        return values
    number = np.arange(1, len(values) + 1)
    from_first = values - values[0]  # so that a constant has a width of exactly 0, and few digits are lost
    squares = np.cumsum(from_first**2) - np.cumsum(from_first) ** 2 / number
    differs = np.maximum.accumulate(values) > np.minimum.accumulate(values)
    degrees = np.maximum(number - 1, 1)
    error = np.sqrt(np.where(differs, np.maximum(squares, 0.0), 0.0) / degrees / number)
    return np.where(number > 1, error * t_quantile(degrees, confidence), np.nan)


def _precision(widths: NDArray[np.float64], target: float, fewest: int, look_ahead: int) -> Precision:
    """Find the first number of replicates whose width, and those of the look-ahead, meet the target.

    A width of 0, from replicates that never differed, says nothing about later ones and meets no target.
    """
    target = above_zero(target, "the target")
    if fewest < 2 or look_ahead < 0:
        raise ValueError(f"fewest is {fewest} and look_ahead {look_ahead}; they should be at least 2 and 0")
    run = len(widths)
    half_width = float(widths[-1]) if run else math.nan
    flag: Flag | Literal[""] = "" if run > 1 else Flag.ONE_REPLICATE if run else Flag.NO_REPLICATES
    if half_width == 0.0:
        flag = Flag.NEVER_VARIES
    on_target = (widths > 0.0) & (widths <= target)
    for number in range(fewest, run + 1):
        last = number + look_ahead * max(number, 100) // 100
        if np.all(on_target[number - 1 : last]):
            return Precision(target, half_width, number, max(0, last - run), flag)
    return Precision(target, half_width, None, None, flag)
