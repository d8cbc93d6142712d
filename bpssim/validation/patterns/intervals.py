"""Confidence intervals over seeds with a simultaneous level for all patterns."""

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
