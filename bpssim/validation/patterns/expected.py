"""Expectations of a mean over seeds, and the verdict of its interval."""

import math
from collections.abc import Callable
from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import stats

CONFIDENCE = 1.0 - 0.05 / 200
"""Level of each interval: 95 % for all of about two hundred intervals together (Bonferroni). With 95 % for each, about
ten of two hundred checks would have the wrong verdict by chance alone."""


class Interval(NamedTuple):
    """Mean over seeds and the ends of its t interval."""

    mean: float
    low: float
    high: float

    def is_apart_from(self, other: "Interval") -> bool:
        """Whether the two have no value in common."""
        return self.low > other.high or self.high < other.low


def intervals(values: NDArray[np.float64]) -> list[Interval]:
    """Interval of each part of a measured quantity; for paired differences the paired interval.

    Parameters
    ----------
    values
        Shape (seeds,) or (seeds, parts), with at least two seeds.
    """
    parts = values.reshape(len(values), -1)
    mean = parts.mean(axis=0)
    half = stats.t.ppf(0.5 + CONFIDENCE / 2.0, len(parts) - 1) * stats.sem(parts, axis=0)
    return [Interval(float(m), float(m - h), float(m + h)) for m, h in zip(mean, half, strict=True)]


class Verdict(IntEnum):
    """Verdict on a pattern; the lowest of several checks decides."""

    EMERGES_WITHOUT_ITS_MECHANISM = -1  # of a pattern only: what its checks see is no sign of the mechanism
    DOES_NOT_EMERGE = 0
    WEAK = 1
    EMERGES = 2
    OUT_OF_SCOPE = 3

    @property
    def words(self) -> str:
        """The verdict in words."""
        return self.name.lower().replace("_", " ")


class Expected(NamedTuple):
    """Expected position of a mean.

    Parameters
    ----------
    wording
        Such as ``above {}``, with a place for each bound.
    bounds
        In the unit of what is measured.
    margin
        How far an interval, given by its lower and upper end, lies on the right side; not above 0 if part of it lies on
        the wrong side, or an end is NaN.
    """

    wording: str
    bounds: tuple[float, ...]
    margin: Callable[[float, float], float]

    def words(self, scale: float = 1.0) -> str:
        """The expectation in words, with bounds multiplied by a scale."""
        return self.wording.format(*(f"{bound * scale:.3g}" for bound in self.bounds))

    def verdict(self, interval: Interval) -> Verdict:
        """Whether the whole interval lies on the right side, only its mean, or neither."""
        if self.margin(interval.low, interval.high) > 0.0:
            return Verdict.EMERGES
        return Verdict.WEAK if self.margin(interval.mean, interval.mean) > 0.0 else Verdict.DOES_NOT_EMERGE


def above(bound: float) -> Expected:
    """More than a bound."""
    return Expected("above {}", (bound,), lambda low, high: low - bound)


def below(bound: float) -> Expected:
    """Less than a bound."""
    return Expected("below {}", (bound,), lambda low, high: bound - high)


def within(lowest: float, highest: float) -> Expected:
    """Between two bounds."""
    return Expected("from {} to {}", (lowest, highest), lambda low, high: min(low - lowest, highest - high))


def not_above(bound: float) -> Expected:
    """Not shown to exceed a bound: for quantities that should be no better than chance, and may be worse."""
    return Expected("not above {}", (bound,), lambda low, high: bound - low)


def exactly(value: float) -> Expected:
    """The same value for every seed, to the last bit."""
    return Expected(
        "exactly {}",
        (value,),
        lambda low, high: math.inf if low == value == high else -max(abs(low - value), abs(high - value)),
    )
