"""How many replicates are enough: rules that look at those run so far, and a plan from a pilot (metrics, 8.3)."""

import math
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpssim.statistics.checks import Numbers, Values, above_zero, level, numbers
from bpssim.statistics.intervals import CONFIDENCE, REPLICATE, t_quantile
from bpssim.statistics.statistic import Flag

FEWEST = 3
"""Replicates before which no rule stops, unless more are asked for."""

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
    flag
        Why the half-width says nothing: there are fewer than two replicates, or they are all the same. Empty where it
        does.
    """

    target: float
    half_width: float
    enough: int | None
    still_to_run: int | None
    flag: Flag | Literal[""] = ""

    @property
    def met(self) -> bool:
        """Whether the target is met, look-ahead and all."""
        return self.still_to_run == 0


def relative_precision(
    values: Numbers,
    target: float = 0.05,
    *,
    fewest: int = FEWEST,
    look_ahead: int = LOOK_AHEAD,
    confidence: float = CONFIDENCE,
) -> Precision:
    """Precision of a mean, as a share of its absolute value (confidence interval method of Robinson).

    Not for what lies near zero, such as differences and indices: a share of almost nothing is never reached.

    Parameters
    ----------
    values
        Of one metric in the order of replicates, shape (replicates,).
    target
        Half-width over absolute mean.
    fewest
        Replicates before which no number is enough, at least 2.
    look_ahead
        Further replicates in which the target must still be met, for each 100 run so far (or fewer); 0 for none (Hoad,
        Robinson and Davies 2010).
    confidence
        Level of the interval.

    Raises
    ------
    ValueError
        If a value is infinite or missing, or a setting cannot be.
    """
    found = _in_order_of_replicates(values)
    running = np.cumsum(found) / np.arange(1, len(found) + 1)
    with np.errstate(divide="ignore", invalid="ignore"):  # of a mean of 0 no share is defined, and no target met
        widths = _half_widths(found, confidence) / np.abs(running)
    return _precision(widths, target, fewest, look_ahead)


def absolute_precision(
    values: Numbers,
    target: float,
    *,
    fewest: int = FEWEST,
    look_ahead: int = LOOK_AHEAD,
    confidence: float = CONFIDENCE,
) -> Precision:
    """Precision of a mean or a mean difference in its own unit, for what may lie near zero.

    Parameters
    ----------
    values
        Of one metric, or differences of pairs, in the order of replicates, shape (replicates,).
    target
        Half-width that a decision needs, in the unit of the values.
    fewest, look_ahead, confidence
        As of `relative_precision`.

    Raises
    ------
    ValueError
        As `relative_precision`.
    """
    return _precision(_half_widths(_in_order_of_replicates(values), confidence), target, fewest, look_ahead)


def planned_replicates(pilot: Numbers, target: float, *, fewest: int = FEWEST, confidence: float = CONFIDENCE) -> int:
    """Replicates that should give a half-width, from the spread of a pilot; half the width needs four times as many.

    Parameters
    ----------
    pilot
        Of one metric, or differences of pairs, shape (replicates,): ten or so.
    target
        Half-width that is wanted, in the unit of the values.
    fewest
        The least that is planned.
    confidence
        Level of the interval.

    Raises
    ------
    ValueError
        As `relative_precision`, or if the pilot has fewer than two replicates, or they are all the same, so that
        nothing can be planned from them.
    """
    found, target = _in_order_of_replicates(pilot), above_zero(target, "the target")
    if len(found) < 2:
        raise ValueError(f"the pilot has {len(found)} replicates; a spread needs 2")
    if np.ptp(found) == 0.0:
        raise ValueError(f"the pilot has {found[0]:g} in all {len(found)} replicates; a plan needs some that differ")
    spread = float(np.std(found, ddof=1))
    return max(fewest, math.ceil((float(t_quantile(len(found) - 1, confidence)) * spread / target) ** 2))


def _in_order_of_replicates(values: Numbers) -> Values:
    return numbers(values, axes=REPLICATE, missing=False)


def _half_widths(values: Values, confidence: float) -> Values:
    """Half-width of the interval of the first replicate (NaN), of the first two, and so on."""
    level(confidence)
    if len(values) == 0:
        return values
    number = np.arange(1, len(values) + 1)
    from_first = values - values[0]  # so that what never varies has a width of exactly 0, and few digits are lost
    squares = np.cumsum(from_first**2) - np.cumsum(from_first) ** 2 / number
    differs = np.maximum.accumulate(values) > np.minimum.accumulate(values)
    degrees = np.maximum(number - 1, 1)
    error = np.sqrt(np.where(differs, np.maximum(squares, 0.0), 0.0) / degrees / number)
    return np.where(number > 1, error * t_quantile(degrees, confidence), np.nan)


def _precision(widths: NDArray[np.float64], target: float, fewest: int, look_ahead: int) -> Precision:
    """The first number of replicates of which the width, and those of the look-ahead, are on target.

    A width of 0, of replicates that never differed, says nothing of those that do and is on no target.
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
