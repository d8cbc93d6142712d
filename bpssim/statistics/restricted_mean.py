"""Mean time of breastfeeding up to a horizon, which exists although some ends were not seen (metrics, section 5)."""

import math
from typing import NamedTuple

import numpy as np

from bpssim.statistics.intervals import CONFIDENCE, normal_quantile
from bpssim.statistics.survival import Curve

EIGHT_WEEKS, TWENTY_SIX_WEEKS = 56, 182
"""Usual horizons [days]."""


class RestrictedMean(NamedTuple):
    """Mean days up to a horizon, or a difference of two; NaN where undefined."""

    mean: float
    error: float  # standard error
    lower: float
    upper: float


def restricted_mean(curve: Curve, horizon: float = EIGHT_WEEKS, confidence: float = CONFIDENCE) -> RestrictedMean:
    """Area under a survival curve up to a horizon: the mean of durations of which none counts for more than that.

    Undefined where mothers were lost from sight before the horizon and none was followed up to it.

    Parameters
    ----------
    curve
        As of `bpssim.statistics.survival.survival_curve`.
    horizon
        Days after birth, above 0.
    confidence
        Level of the limits.

    Raises
    ------
    ValueError
        If the horizon is not a number above 0.
    """
    if not 0.0 < horizon < math.inf:
        raise ValueError(f"the horizon is {horizon} days; it should be above 0")
    if not (horizon <= curve.last or np.any(curve.survival == 0.0)):
        return RestrictedMean(np.nan, np.nan, np.nan, np.nan)
    before = curve.days < horizon
    width = np.diff(np.concatenate([[0.0], curve.days[before], [horizon]]))
    areas = width * np.append(1.0, curve.survival[before])
    after = np.cumsum(areas[:0:-1])[::-1]  # area from each day on which somebody stopped to the horizon
    left = (curve.at_risk > curve.stopped)[before]
    error = math.sqrt(np.sum(after[left] ** 2 * curve.greenwood[before][left]))
    return _with_limits(float(areas.sum()), error, confidence)


def difference(first: RestrictedMean, second: RestrictedMean, confidence: float = CONFIDENCE) -> RestrictedMean:
    """Second restricted mean minus the first, of two groups of different mothers and with one horizon.

    Parameters
    ----------
    first, second
        As of `restricted_mean`.
    confidence
        Level of the limits.
    """
    return _with_limits(second.mean - first.mean, math.hypot(first.error, second.error), confidence)


def _with_limits(mean: float, error: float, confidence: float) -> RestrictedMean:
    half = normal_quantile(confidence) * error
    return RestrictedMean(mean, error, mean - half, mean + half)
