"""Straight lines through published values and their limits: methods linear, ohid_logit, ohid_log (metrics, 3.2, 3.4).

The limits come from how sure the values are, as in the method of the Office for Health Improvement and Disparities, and
not from how straight five points lie.
"""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bpssim.statistics.inequality import ranks, slope_index
from bpssim.statistics.intervals import normal_quantile
from bpssim.statistics.published import Published, draws
from bpssim.statistics.scales import from_scale, on_scale
from bpssim.statistics.statistic import Estimate, Flag, estimate

Estimates = tuple[Estimate, ...]
"""Slope index, relative index, and what else a method gives, in order."""

Values = NDArray[np.float64]

SIMULATED, CLOSED_FORM = "simulated", "closed_form"


def straight_line(data: Published, confidence: float) -> Estimates:
    """Slope index, relative index, and slope index over mean, from the line through the values as they stand.

    Parameters
    ----------
    data
        With at least three groups and no missing value.
    confidence
        Level of the limits. Simulated limits are good to about 0.2 %.
    """
    line, mean = slope_index(data.values, data.population), float(ranks(data.population)[0] @ data.values)
    drawn_slope, drawn_mean = _drawn_lines(data)
    tails = (1.0 - confidence) / 2.0, (1.0 + confidence) / 2.0
    # The direction of the point (fitted at rank 0, fitted at rank 1) rises with both relative indices and, unlike them,
    # does not jump between infinities where the line leaves the possible range. An eighth of a turn is equality.
    direction = np.quantile(np.arctan2(drawn_mean + drawn_slope / 2.0, drawn_mean - drawn_slope / 2.0), tails)
    from_equality = direction - math.pi / 4.0
    rii = np.where((direction > 0.0) & (direction < math.pi / 2.0), np.tan(direction), np.nan)
    over_mean = np.where(np.abs(from_equality) < math.pi / 2.0, 2.0 * np.tan(from_equality), np.nan)
    sii = estimate(line.sii, np.quantile(drawn_slope, tails), SIMULATED)
    return (
        _closed_form(line.sii, data, confidence) if data.scale == "natural" else sii,
        simulated_estimate(line.rii, rii, Flag.FITTED_VALUE_NOT_POSITIVE),
        simulated_estimate(line.sii / mean if mean > 0.0 else math.nan, over_mean, Flag.MEAN_NOT_POSITIVE),
    )


def transformed_line(data: Published, confidence: float) -> Estimates:
    """Slope and relative index from the line through the values on their scale; the middle of the line is held.

    Parameters
    ----------
    data
        As for `straight_line`; proportions or rates that are all within the ends of their scale.
    confidence
        Level of the limits, which are exact.
    """
    values = on_scale(data.values, data.scale)
    slope, weights = slope_index(values, data.population), _contrast(data.population)
    middle = (slope.at_rank_0 + slope.at_rank_1) / 2.0
    half = normal_quantile(confidence) * math.hypot(*(weights * data.errors))
    slopes = slope.sii + np.array([0.0, -half, half])
    low, high = from_scale(middle - slopes / 2.0, data.scale), from_scale(middle + slopes / 2.0, data.scale)
    sii, rii = high - low, high / low
    return estimate(sii[0], sii[1:], CLOSED_FORM), estimate(rii[0], rii[1:], CLOSED_FORM)


def simulated_estimate(value: float, limits: NDArray[np.floating[Any]], flag: Flag) -> Estimate:
    """A number with simulated limits, flagged where it or a limit does not exist; without itself it has no limits."""
    if math.isnan(value):
        return Estimate(flags=(flag,))
    return estimate(value, limits, SIMULATED, (flag,) if np.isnan(limits).any() else ())


def _closed_form(slope: float, data: Published, confidence: float) -> Estimate:
    half = normal_quantile(confidence) * math.hypot(*(_contrast(data.population) * data.errors))
    return Estimate(slope, slope - half, slope + half, CLOSED_FORM)


def _contrast(population: NDArray[Any]) -> Values:
    """Weight of each group in the slope, shape (groups,): their sum is 0."""
    shares, ridits = ranks(population)
    lever = shares * (ridits - 0.5)
    return np.asarray(lever / (lever @ (ridits - 0.5)))


def _drawn_lines(data: Published) -> tuple[Values, Values]:
    """Slopes and means of lines through what might as well have been observed, shape (draws,) each."""
    drawn = draws(data)
    return drawn @ _contrast(data.population), drawn @ ranks(data.population)[0]
